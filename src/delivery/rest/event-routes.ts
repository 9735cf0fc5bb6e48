import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { answer, problems } from '../../http/documented.ts';
import { cursor, limit } from '../../http/paging.ts';
import type { Server } from '../../http/server.ts';
import { actorKey } from '../../shared/actor.ts';
import { Problem } from '../../shared/problem.ts';
import { feedOf, readFeed } from '../feed.ts';
import { eventCursorInvalid } from '../problems.ts';
import { feedAnswer } from './answers.ts';
import { access, systemAsking, TAGS } from './door.ts';
import { waitSeconds } from './requests.ts';

const place = z.object({ after: z.int().min(0) });

const USUAL_TIMEOUT_MS = 30_000;
/** What is left of a request's time when the waiting is over. */
const ANSWER_WITHIN_MS = 4000;

/** The feed of a system client: what has happened, in its own numbers. */
export function registerEventRoutes(door: Server, { desk, cursors, server }: Deps): void {
  const longest = (server.requestTimeoutMs ?? USUAL_TIMEOUT_MS) - ANSWER_WITHIN_MS;
  const schema = {
    tags: TAGS,
    operationId: 'readEvents',
    summary: 'Läs vad som har hänt',
    description:
      'Systemets eget flöde: id:n och namn på händelser som systemets vårdgivare eller omsorgsgivare får veta om nu. Första frågan öppnar flödet, som börjar där och då. Skicka `nextCursor` i nästa fråga; efter ett avbrott fortsätter flödet där det var. Samma händelse kan komma igen; skilj på numret.',
    querystring: z.strictObject({ limit, cursor, wait: waitSeconds }),
    response: { 200: answer(feedAnswer, 'En sida av flödet.'), ...problems(400, 401, 403, 404, eventCursorInvalid) },
  };
  door.get('/events', { config: access('event.read'), schema }, async (request) => {
    const { limit: most, cursor: from, wait } = request.query;
    const asking = systemAsking(request);
    const feed = await feedOf(desk, asking);
    const scope = { actor: actorKey(asking.actor), route: request.routeOptions.url!, filter: feed.id };
    const after = from === undefined ? 0 : own(() => cursors.decode(scope, from, place).after);
    const page = { after, limit: most, waitMs: Math.min(wait * 1000, longest) };
    const isOver = () => request.raw.destroyed || door.readiness.draining;
    const { messages, last } = await readFeed(desk, asking, feed, page, isOver);
    return {
      items: messages.map(({ resource, ...rest }) => ({ ...rest, ...(resource ? { resource: { ...resource } } : {}) })),
      nextCursor: cursors.encode(scope, { after: last }),
    };
  });
}

/** A cursor that does not open is another's, another feed's, or no cursor: one answer for all. */
function own<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Problem ? eventCursorInvalid() : error;
  }
}
