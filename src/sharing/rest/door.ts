import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Action, Answered, Desk } from '../../access/index.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, bodyless, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { replyAssembled, requireIfMatch, strongTag } from '../../http/etag.ts';
import { publicPatientId, publicThingId } from '../../http/fields.ts';
import { changeHeaders, createHeaders, readHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import type { Actor } from '../../shared/actor.ts';
import { type PatientId, publicId, type ThingRef } from '../../shared/ids.ts';
import type { ProblemFactory } from '../../shared/problem.ts';
import { changeSharing, type SharingAct } from '../change-sharing.ts';
import type { SharingKind, SharingThing, SharingThings } from '../domain/model.ts';
import { readSharing, type SharingReading } from '../read-sharing.ts';
import { ANSWERS } from './answers.ts';
import { presentSharing } from './present.ts';

/** What the door of this slice works with. */
export interface SharingDeps {
  readonly desk: Desk;
}

export type Actors = readonly Actor['kind'][];
export const STAFF: Actors = ['staff'];
export const WITH_PATIENT: Actors = ['staff', 'citizen'];

const USUAL = [400, 401, 403, 404, 413, 415, 422] as const;
const CHANGED = { ETag: REPLY_HEADERS.etag, 'Idempotency-Replayed': REPLY_HEADERS.replayed };
const UNCHANGED = 'Oförändrat sedan svaret vars märke skickades i If-None-Match.';

/** One kind of thing at the door: where it stands, what it is called and how it is read. */
export interface KindDoor<K extends SharingKind> {
  readonly kind: K;
  readonly tag: string;
  /** Under the patient, and alone: `blocks`. */
  readonly collection: string;
  /** Name of the parameter that holds a thing's id: `blockId`. */
  readonly param: string;
  /** In operation ids: `Block`. */
  readonly noun: string;
  readonly read: Pick<SharingReading<K>, 'action' | 'targetOf'> & { readonly actors: Actors };
  readonly words: { readonly list: string; readonly one: string; readonly description: string };
}

const patientPath = z.strictObject({ patientId: publicPatientId });
const thingPath = (param: string) => z.strictObject({ [param]: publicThingId });

/** Reading of one kind: all that there is about a person, and each by its id. */
export function registerReads<K extends SharingKind>(door: Server, { desk }: SharingDeps, at: KindDoor<K>): void {
  const { kind, collection, param, noun, tag, read, words } = at;
  const config = { access: { actions: [read.action], actors: read.actors } };
  const list = z.object({ items: z.array(ANSWERS[kind]) }).meta({ id: `${noun}List` });
  door.route({
    method: 'GET',
    url: `/patients/:patientId/${collection}`,
    config,
    schema: {
      tags: [tag],
      operationId: `list${noun}`,
      summary: words.list,
      description: words.description,
      headers: readHeaders,
      params: patientPath,
      response: {
        200: answer(list, words.list, { headers: { ETag: REPLY_HEADERS.weakEtag } }),
        304: bodyless(UNCHANGED),
        ...problems(400, 401, 403, 404),
      },
    },
    handler: async (request, reply) => {
      const { patientId } = request.params as { patientId: PatientId };
      const things = await readSharing(desk, askingOf(request), { ...read, kind, patientId });
      return replyAssembled(request, reply, { items: things.map((thing) => presentSharing(thing, desk.clock.now())) });
    },
  });
  door.route({
    method: 'GET',
    url: `/${collection}/:${param}`,
    config,
    schema: {
      tags: [tag],
      operationId: `read${noun}`,
      summary: words.one,
      description: words.description,
      params: thingPath(param),
      response: {
        200: answer(ANSWERS[kind], words.one, { headers: { ETag: CHANGED.ETag } }),
        ...problems(400, 401, 403, 404),
      },
    },
    handler: async (request, reply) => {
      const about = (request.params as Record<string, ThingRef>)[param]!;
      const asked = { ...read, kind, patientId: about.patientId, about };
      const [thing] = await readSharing(desk, askingOf(request), asked);
      reply.header('etag', strongTag(thing!.revision));
      return presentSharing(thing!, desk.clock.now()) as never;
    },
  });
}

/** What a route that makes or changes one thing says of itself, and what it makes of what was sent. */
export interface ActRoute<K extends SharingKind, B extends z.ZodType> {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly action: Action;
  readonly actors: Actors;
  readonly body: B;
  readonly refuses: readonly ProblemFactory[];
  readonly act: (
    body: z.output<B>,
  ) => Pick<SharingAct<K>, 'rule'> &
    Partial<Pick<SharingAct<K>, 'target' | 'party' | 'named' | 'legalBasis' | 'alsoReads'>>;
}

/** Records something new about a person: `POST /patients/{patientId}/<collection>`, 201 with Location and ETag. */
export function registerNew<K extends SharingKind, B extends z.ZodType>(
  door: Server,
  { desk }: SharingDeps,
  { kind, collection, tag }: KindDoor<K>,
  route: ActRoute<K, B>,
): void {
  const headers = { ...CHANGED, Location: REPLY_HEADERS.location };
  door.route({
    method: 'POST',
    url: `/patients/:patientId/${collection}`,
    config: { access: { actions: [route.action], actors: route.actors } },
    schema: {
      ...described(tag, route),
      headers: createHeaders,
      params: patientPath,
      body: route.body,
      response: { 201: answer(ANSWERS[kind], route.summary, { headers }), ...problems(...USUAL, ...route.refuses) },
    },
    handler: async (request, reply) => {
      const { patientId } = request.params as { patientId: PatientId };
      const made = await changeSharing<K>(desk, askingOf(request), {
        ...route.act(request.body as z.output<B>),
        ...{ action: route.action, kind, patientId, status: 201, idempotency: request.idempotency },
      });
      const { patientId: key, id } = made.answer;
      reply.header('location', `${door.prefix}/${collection}/${publicId(key, id)}`);
      return replyThing(reply, desk, made);
    },
  });
}

/** Changes or ends one thing: `POST /<collection>/{id}/<path>`, from the revision in If-Match. */
export function registerAct<K extends SharingKind, B extends z.ZodType>(
  door: Server,
  { desk }: SharingDeps,
  { kind, collection, param, tag }: KindDoor<K>,
  path: string,
  route: ActRoute<K, B>,
): void {
  door.route({
    method: 'POST',
    url: `/${collection}/:${param}/${path}`,
    config: { access: { actions: [route.action], actors: route.actors } },
    schema: {
      ...described(tag, route),
      headers: changeHeaders,
      params: thingPath(param),
      body: route.body,
      response: {
        200: answer(ANSWERS[kind], route.summary, { headers: CHANGED }),
        ...problems(...USUAL, 412, 428, ...route.refuses),
      },
    },
    handler: async (request, reply) => {
      const about = (request.params as Record<string, ThingRef>)[param]!;
      const made = await changeSharing<K>(desk, askingOf(request), {
        ...route.act(request.body as z.output<B>),
        ...{ action: route.action, kind, about, patientId: about.patientId, status: 200 },
        ...sentChange(request),
      });
      return replyThing(reply, desk, made);
    },
  });
}

/** How a change of a thing was sent: `If-Match` is required. */
export function sentChange(request: FastifyRequest) {
  return { expectedRevision: requireIfMatch(request), idempotency: request.idempotency };
}

function described(tag: string, { operationId, summary, description }: Omit<ActRoute<never, never>, 'act' | 'body'>) {
  return { tags: [tag], operationId, summary, description };
}

function replyThing<K extends SharingKind>(reply: FastifyReply, desk: Desk, made: Answered<SharingThings[K]>) {
  if (made.replayed) reply.header('idempotency-replayed', 'true');
  const thing: SharingThing = made.answer;
  reply.header('etag', strongTag(thing.revision)).code(made.status);
  return presentSharing(thing, desk.clock.now()) as never;
}
