import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { answer, problems } from '../../http/documented.ts';
import { paging } from '../../http/paging.ts';
import { createHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import { actorKey } from '../../shared/actor.ts';
import { nothingToReplay, subscriptionState } from '../problems.ts';
import { listDeadLetters, type ReplayPoint, replay, retryDeadLetters } from '../resend.ts';
import { countAnswer, deadLettersAnswer, presentDeadLetter } from './answers.ts';
import { access, systemAsking, TAGS, WRITES } from './door.ts';
import { replayBody, retryBody, subscriptionPath } from './requests.ts';

const place = z.object({ before: z.int() });

/** Sending again: from a point, or what was given up. */
export function registerResendRoutes(door: Server, deps: Deps): void {
  registerReplay(door, deps);
  registerDeadLetters(door, deps);
  registerRetry(door, deps);
}

function registerReplay(door: Server, { desk }: Deps): void {
  const schema = {
    tags: TAGS,
    operationId: 'replaySubscription',
    summary: 'Skicka om från en punkt',
    description:
      'Skickar om det som har skickats från och med ett nummer eller en tid, under samma nummer och meddelande-id och i ordning per plan. Det som inte längre får berättas hålls inne. Händelser sparas i 30 dagar.',
    headers: createHeaders,
    params: subscriptionPath,
    body: replayBody,
    response: {
      200: answer(countAnswer, 'Så många skickas om.'),
      ...problems(...WRITES, nothingToReplay, subscriptionState),
    },
  };
  door.post(
    '/subscriptions/:subscriptionId/replay',
    { config: access('subscription.change'), schema },
    async (request) => {
      const { subscriptionId } = request.params;
      return { count: await replay(desk, systemAsking(request), subscriptionId, request.body as ReplayPoint) };
    },
  );
}

function registerDeadLetters(door: Server, { desk, cursors }: Deps): void {
  const schema = {
    tags: TAGS,
    operationId: 'listDeadLetters',
    summary: 'Lista händelser som inte gick att lämna',
    description: 'De senaste först. En händelse ges upp när alla försök under tre dygn har misslyckats.',
    params: subscriptionPath,
    querystring: z.strictObject(paging),
    response: { 200: answer(deadLettersAnswer, 'En sida av listan.'), ...problems(400, 401, 403, 404) },
  };
  door.get(
    '/subscriptions/:subscriptionId/dead-letters',
    { config: access('subscription.read'), schema },
    async (request) => {
      const { subscriptionId } = request.params;
      const { limit, cursor } = request.query;
      const scope = { actor: actorKey(request.actor), route: request.routeOptions.url!, filter: subscriptionId };
      const before = cursor === undefined ? undefined : cursors.decode(scope, cursor, place).before;
      const found = await listDeadLetters(desk, systemAsking(request), subscriptionId, { limit, before });
      const last = found.length === limit ? found.at(-1) : undefined;
      const nextCursor = last && cursors.encode(scope, { before: last.position });
      return { items: found.map(presentDeadLetter), ...(nextCursor ? { nextCursor } : {}) };
    },
  );
}

function registerRetry(door: Server, { desk }: Deps): void {
  const schema = {
    tags: TAGS,
    operationId: 'retryDeadLetters',
    summary: 'Försök lämna igen',
    description:
      'Alla händelser som har getts upp, eller några. De kommer efter det som har skickats om planen sedan dess.',
    headers: createHeaders,
    params: subscriptionPath,
    body: retryBody,
    response: { 200: answer(countAnswer, 'Så många skickas om.'), ...problems(...WRITES) },
  };
  door.post(
    '/subscriptions/:subscriptionId/dead-letters/retry',
    { config: access('subscription.change'), schema },
    async (request) => {
      const { subscriptionId } = request.params;
      const only = request.body.messageIds;
      return { count: await retryDeadLetters(desk, systemAsking(request), subscriptionId, only) };
    },
  );
}
