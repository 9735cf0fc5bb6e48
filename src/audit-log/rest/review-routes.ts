import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Answered } from '../../access/index.ts';
import type { Deps } from '../../deps.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { paging } from '../../http/paging.ts';
import { createHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import { actorKey, type StaffActor } from '../../shared/actor.ts';
import { publicReferenceId } from '../../shared/ids.ts';
import { findingUnknown, periodOutOfOrder, reviewTooLarge } from '../problems.ts';
import { concludeReview, listReviews, makeReview, type Reviewing, readReview } from '../reviews.ts';
import { periodOf, TAGS } from './extract-routes.ts';
import {
  conclusionAnswer,
  presentConclusion,
  presentReview,
  presentReviewHead,
  reviewAnswer,
  reviewsAnswer,
} from './review-answers.ts';
import { conclusionBody, reviewBody, reviewPath } from './review-requests.ts';

export const MADE = { Location: REPLY_HEADERS.location, 'Idempotency-Replayed': REPLY_HEADERS.replayed };
const WRITES = [400, 401, 403, 404, 413, 415, 422] as const;

/** Access of a route for reviewers; which right it takes, the policy says. */
export function access(action: 'log.review' | 'log.record-review') {
  return { access: { actions: [action], actors: ['staff'] as const } };
}

/** The request as reviewers' use cases see it: the door has let no other kind of actor in. */
export function reviewing(request: FastifyRequest): Reviewing {
  return { ...askingOf(request), actor: request.actor as StaffActor };
}

/** Status and headers of what was made. */
export function headed(reply: FastifyReply, made: Answered<unknown>, location?: string): void {
  if (made.replayed) reply.header('idempotency-replayed', 'true');
  if (location !== undefined) reply.header('location', location);
  reply.code(made.status);
}

const place = z.object({ at: z.string(), id: z.string() });

/** Reviews of the log by the provider that answers for it. */
export function registerReviewRoutes(door: Server, deps: Deps): void {
  registerMake(door, deps);
  registerReads(door, deps);
  registerConclude(door, deps);
}

function registerMake(door: Server, { desk }: Deps): void {
  const schema = {
    tags: TAGS,
    operationId: 'makeLogReview',
    summary: 'Granska åtkomstloggen',
    description:
      'Stickprov, en medarbetare, en patient, nödöppningar eller ovanliga mönster, i det som den egna vårdgivaren svarar för (PDL 4 kap. 3 §). Granskningen bevaras med urval och fynd, och står i loggen. Kräver behörigheten Loggkontroll.',
    headers: createHeaders,
    body: reviewBody,
    response: {
      201: answer(reviewAnswer, 'Granskningen med det som hittades.', { headers: MADE }),
      ...problems(...WRITES, periodOutOfOrder, reviewTooLarge),
    },
  };
  door.post('/access-log/reviews', { config: access('log.review'), schema }, async (request, reply) => {
    periodOf(request.body);
    const { seed, ...criteria } = { seed: undefined, ...request.body };
    const sent = { idempotency: request.idempotency, ...(seed === undefined ? {} : { seed }) };
    const made = await makeReview(desk, reviewing(request), criteria, sent);
    const shown = presentReview(made.answer);
    headed(reply, made, `${door.prefix}/access-log/reviews/${shown.id}`);
    return shown;
  });
}

function registerReads(door: Server, { desk, cursors }: Deps): void {
  const config = access('log.review');
  const listSchema = {
    tags: TAGS,
    operationId: 'listLogReviews',
    summary: 'Lista granskningar',
    description: 'Den egna vårdgivarens granskningar, nyast först, med vad de kom fram till.',
    querystring: z.strictObject(paging),
    response: { 200: answer(reviewsAnswer, 'En sida av listan.'), ...problems(400, 401, 403, 404) },
  };
  door.get('/access-log/reviews', { config, schema: listSchema }, async (request) => {
    const { limit, cursor } = request.query;
    const scope = { actor: actorKey(request.actor), route: request.routeOptions.url!, filter: 'reviews' };
    const after = cursor === undefined ? undefined : cursors.decode(scope, cursor, place);
    const reviews = await listReviews(desk, reviewing(request), { limit, ...(after ? { after } : {}) });
    const last = reviews.length === limit ? reviews.at(-1) : undefined;
    const nextCursor = last && cursors.encode(scope, { at: last.at, id: last.id });
    return { items: reviews.map(presentReviewHead), ...(nextCursor === undefined ? {} : { nextCursor }) };
  });
  const schema = {
    tags: TAGS,
    operationId: 'readLogReview',
    summary: 'Läs en granskning',
    description: 'Med fynd och bedömningar. Personers namn läses om varje gång och bevaras inte.',
    params: reviewPath,
    response: { 200: answer(reviewAnswer, 'Granskningen.'), ...problems(400, 401, 403, 404) },
  };
  door.get('/access-log/reviews/:reviewId', { config, schema }, async (request) =>
    presentReview(await readReview(desk, reviewing(request), request.params.reviewId)),
  );
}

function registerConclude(door: Server, { desk }: Deps): void {
  const schema = {
    tags: TAGS,
    operationId: 'concludeLogReview',
    summary: 'Dokumentera vad en granskning kom fram till',
    description: 'Skriver aldrig över: en ny bedömning står bredvid en tidigare.',
    headers: createHeaders,
    params: reviewPath,
    body: conclusionBody,
    response: {
      201: answer(conclusionAnswer, 'Bedömningen.', { headers: MADE }),
      ...problems(...WRITES, findingUnknown),
    },
  };
  const config = access('log.record-review');
  door.post('/access-log/reviews/:reviewId/conclusions', { config, schema }, async (request, reply) => {
    const { reviewId } = request.params;
    const made = await concludeReview(desk, reviewing(request), reviewId, request.body, {
      idempotency: request.idempotency,
    });
    headed(reply, made, `${door.prefix}/access-log/reviews/${publicReferenceId(reviewId)}`);
    return presentConclusion(made.answer);
  });
}
