import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answered } from '../../access/index.ts';
import { askingOf } from '../../http/asking.ts';
import { REPLY_HEADERS } from '../../http/documented.ts';
import { requireIfMatch, strongTag } from '../../http/etag.ts';
import type { SystemActor } from '../../shared/actor.ts';
import type { SystemAsking } from '../asking.ts';
import type { WebhookTools } from '../webhooks.ts';

export const TAGS = ['Händelser'];
export const CHANGED = { ETag: REPLY_HEADERS.etag, 'Idempotency-Replayed': REPLY_HEADERS.replayed };
export const WRITES = [400, 401, 403, 404, 413, 415, 422] as const;

/** What this slice's routes work with. */
export type DeliveryDoor = WebhookTools;

/** Access of a route for systems alone. */
export function access(action: 'event.read' | 'subscription.read' | 'subscription.change') {
  return { access: { actions: [action], actors: ['system'] as const } };
}

/** The request as use cases see it: the door has let no other kind of actor in. */
export function systemAsking(request: FastifyRequest): SystemAsking {
  return { ...askingOf(request), actor: request.actor as SystemActor };
}

/** How a change was sent: `If-Match` is required. */
export function sentChange(request: FastifyRequest) {
  return { expectedRevision: requireIfMatch(request), idempotency: request.idempotency };
}

/** Status and headers of what was made or changed. */
export function headed(reply: FastifyReply, made: Answered<unknown>, revision: number): void {
  if (made.replayed) reply.header('idempotency-replayed', 'true');
  reply.header('etag', strongTag(revision)).code(made.status);
}
