import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answered, Desk, Sent } from '../../access/index.ts';
import { REPLY_HEADERS } from '../../http/documented.ts';
import { requireIfMatch, strongTag } from '../../http/etag.ts';
import type { Actor } from '../../shared/actor.ts';
import type { PersonNumber } from '../../shared/person-number.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import type { AtDeath } from '../change-person.ts';
import type { HashedNumber } from '../register-patient.ts';
import type { Shown } from './present.ts';

/** What the door of persons works with. */
export interface PatientsDeps {
  readonly desk: Desk;
  /** Keyed hash of a personal identity number: what persons are looked up by. */
  readonly personNumberHash: (digits: string) => string;
  /** What a death does beyond the person's own row. */
  readonly atDeath: AtDeath;
}

export const TAGS = ['Patienter'];
const STAFF: readonly Actor['kind'][] = ['staff'];

/** Access of a route; for staff unless told. */
export function access(action: string, actors: readonly Actor['kind'][] = STAFF) {
  return { access: { actions: [action], actors } };
}

/** Headers of an answer with one thing in it. */
export const CHANGED = { ETag: REPLY_HEADERS.etag, 'Idempotency-Replayed': REPLY_HEADERS.replayed };
export const CREATED = { ...CHANGED, Location: REPLY_HEADERS.location };
export const ASSEMBLED = { ETag: REPLY_HEADERS.weakEtag };
export const UNCHANGED = 'Oförändrat sedan svaret vars märke skickades i If-None-Match.';

/** How a change of a thing was sent: `If-Match` is required. */
export function sentChange(request: FastifyRequest): Sent {
  return { expectedRevision: requireIfMatch(request), idempotency: request.idempotency };
}

/** How something new was sent. */
export function sentNew(request: FastifyRequest): Sent {
  return { idempotency: request.idempotency };
}

/** Status and headers of an answer with one thing in it. */
export function headed(reply: FastifyReply, made: Answered<unknown>, revision: number, location?: string): void {
  if (made.replayed) reply.header('idempotency-replayed', 'true');
  if (location !== undefined) reply.header('location', location);
  reply.header('etag', strongTag(revision)).code(made.status);
}

/** Where a new thing can be found: under the collection that it was sent to. */
export function locationOf(request: FastifyRequest, id: string): string {
  return `${request.url.split('?', 1)[0]!.replace(/\/$/, '')}/${id}`;
}

/** For whom an answer is written. */
export function shownTo(request: FastifyRequest, { desk }: PatientsDeps): Shown {
  return { to: request.actor.kind, today: swedishDate(desk.clock.now()) };
}

export function hashed({ personNumberHash }: PatientsDeps, number: PersonNumber): HashedNumber {
  return { number, hash: personNumberHash(number.digits) };
}
