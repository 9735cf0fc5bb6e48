import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, bodyless, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { replyAssembled, requireIfMatch, strongTag } from '../../http/etag.ts';
import { publicThingId, text } from '../../http/fields.ts';
import { paging } from '../../http/paging.ts';
import { changeHeaders, readHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import { actorKey, type StaffActor } from '../../shared/actor.ts';
import { explainFinding } from '../explain-finding.ts';
import { findingClosed, findingNotYours } from '../problems.ts';
import { type FindingPlace, listFindings, listUnitFindings, readFinding, type StaffAsking } from '../read-findings.ts';

import { findingAnswer, findingListAnswer, findingPageAnswer, presentFinding } from './answers.ts';

const TAGS = ['Mellan stolarna'];
const ETAG = { ETag: REPLY_HEADERS.etag };

function access(action: 'finding.read' | 'finding.list' | 'finding.explain') {
  return { access: { actions: [action], actors: ['staff'] as const } };
}

function staffAsking(request: FastifyRequest): StaffAsking {
  return { ...askingOf(request), actor: request.actor as StaffActor };
}

/** What has fallen between chairs: of a plan, of a unit, one, and its explanation. */
export function registerFindingRoutes(door: Server, deps: Deps): void {
  registerOfPlan(door, deps);
  registerOfUnit(door, deps);
  registerRead(door, deps);
  registerExplain(door, deps);
}

function registerOfPlan(door: Server, { desk }: Deps): void {
  const schema = {
    tags: TAGS,
    operationId: 'listPlanFindings',
    summary: 'Läs vad som har fallit mellan stolarna i en plan',
    description: 'Det som gäller och det som har förklarats eller lösts, så långt läsaren får veta om det.',
    headers: readHeaders,
    params: z.strictObject({ planId: publicThingId }),
    response: {
      200: answer(findingListAnswer, 'Listan.', { headers: { ETag: REPLY_HEADERS.weakEtag } }),
      304: bodyless('Oförändrat sedan svaret vars märke skickades i If-None-Match.'),
      ...problems(400, 401, 403, 404),
    },
  };
  door.get('/plans/:planId/findings', { config: access('finding.read'), schema }, async (request, reply) => {
    const found = await listFindings(desk, staffAsking(request), request.params.planId);
    return replyAssembled(request, reply, { items: found.map(presentFinding) });
  });
}

const place = z.object({ since: z.string(), patientId: z.string(), id: z.string() });

function registerOfUnit(door: Server, { desk, cursors }: Deps): void {
  const schema = {
    tags: TAGS,
    operationId: 'listUnitFindings',
    summary: 'Läs vad den egna enheten ska se till',
    description: 'Det som har fallit mellan stolarna och som enheten har hand om, det äldsta först.',
    querystring: z.strictObject(paging),
    response: { 200: answer(findingPageAnswer, 'En sida av listan.'), ...problems(400, 401, 403, 404) },
  };
  door.get('/findings', { config: access('finding.list'), schema }, async (request) => {
    const { limit, cursor } = request.query;
    const scope = { actor: actorKey(request.actor), route: request.routeOptions.url!, filter: 'findings' };
    const after: FindingPlace | undefined = cursor === undefined ? undefined : cursors.decode(scope, cursor, place);
    const found = await listUnitFindings(desk, staffAsking(request), { limit, after });
    const last = found.length === limit ? found.at(-1) : undefined;
    const nextCursor = last && cursors.encode(scope, { since: last.since, patientId: last.patientId, id: last.id });
    return { items: found.map(presentFinding), ...(nextCursor ? { nextCursor } : {}) };
  });
}

const findingPath = z.strictObject({ findingId: publicThingId });

function registerRead(door: Server, { desk }: Deps): void {
  const schema = {
    tags: TAGS,
    operationId: 'readFinding',
    summary: 'Läs en sak som har fallit mellan stolarna',
    description: 'Med vad den gäller, vem som har hand om den och vad man kan göra.',
    params: findingPath,
    response: { 200: answer(findingAnswer, 'Saken.', { headers: ETAG }), ...problems(400, 401, 403, 404) },
  };
  door.get('/findings/:findingId', { config: access('finding.read'), schema }, async (request, reply) => {
    const found = await readFinding(desk, staffAsking(request), request.params.findingId);
    reply.header('etag', strongTag(found.revision));
    return presentFinding(found);
  });
}

function registerExplain(door: Server, { desk }: Deps): void {
  const schema = {
    tags: TAGS,
    operationId: 'explainFinding',
    summary: 'Förklara',
    description:
      'Stänger saken med en förklaring, av den enhet som har hand om den. Så länge samma sak gäller kommer den inte upp igen.',
    headers: changeHeaders,
    params: findingPath,
    body: z.strictObject({ text: text(1000).meta({ description: 'Varför det är som det är.' }) }),
    response: {
      200: answer(findingAnswer, 'Saken, förklarad.', {
        headers: { ...ETAG, 'Idempotency-Replayed': REPLY_HEADERS.replayed },
      }),
      ...problems(400, 401, 403, 404, 412, 413, 415, 422, 428, findingNotYours, findingClosed),
    },
  };
  door.post('/findings/:findingId/explain', { config: access('finding.explain'), schema }, async (request, reply) => {
    const sent = { expectedRevision: requireIfMatch(request), idempotency: request.idempotency };
    const made = await explainFinding(desk, staffAsking(request), request.params.findingId, request.body.text, sent);
    if (made.replayed) reply.header('idempotency-replayed', 'true');
    reply.header('etag', strongTag(made.answer.revision));
    return presentFinding(made.answer);
  });
}
