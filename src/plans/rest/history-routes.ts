import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, bodyless, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { replyAssembled } from '../../http/etag.ts';
import { instant, instantText, publicThingId, thingIdText } from '../../http/fields.ts';
import { pageOf, paging } from '../../http/paging.ts';
import { readHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import { actorKey } from '../../shared/actor.ts';
import { publicId, type ThingRef } from '../../shared/ids.ts';
import { wrong } from '../../shared/problem.ts';
import { notFound } from '../../shared/problems.ts';
import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import { diff } from '../domain/history.ts';
import type { Contribution, ContributionKind } from '../domain/model.ts';
import { timeNotInOrder } from '../problems.ts';
import {
  changesBetweenMoments,
  changesIn,
  compareWordings,
  type Placed,
  planAt,
  readHistory,
  type VisibleHistory,
  wordingsAt,
} from '../read-history.ts';
import { changedBy } from './answer-parts.ts';
import { ANSWERS, wholePlanAnswer } from './answers.ts';
import { presentThing } from './present.ts';
import { presentWholePlan } from './whole-plan.ts';

const TAG = 'Planer';
const ACCESS = { access: { actions: ['plan.read-history'], actors: ['staff', 'citizen', 'system'] as const } };
const KIND_NAMES = Object.keys(ANSWERS) as [ContributionKind, ...ContributionKind[]];

const fieldChange = z.object({
  field: z.string(),
  label: z.string().meta({ description: 'Fältets namn på svenska.' }),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});

const entry = z
  .object({
    kind: z.enum(KIND_NAMES),
    id: thingIdText,
    revision: z.int(),
    at: instantText,
    changedBy,
    fields: z.array(fieldChange),
  })
  .meta({ id: 'HistoryEntry', description: 'En ändring av en uppgift: vem, när, och vilka fält.' });

const change = z
  .object({
    kind: z.enum(KIND_NAMES),
    id: thingIdText,
    fromRevision: z.int().optional().meta({ description: 'Saknas när uppgiften är ny.' }),
    toRevision: z.int(),
    fields: z.array(fieldChange),
  })
  .meta({ id: 'ChangeBetween', description: 'En uppgift som lyder annorlunda än vid den tidigare tidpunkten.' });

const historyPage = pageOf(entry);
const changeList = z.object({ items: z.array(change) });
/** The last entry of the page before: what others write meanwhile moves no entry to another page. */
const place = z.object({ at: z.string(), kind: z.enum(KIND_NAMES), id: z.string(), revision: z.int() });

const LONG_AGO = '1900-01-01T00:00:00.000Z';

/** Fields that differ, as `/v1` shows them: public ids, and only what the reader was let see. */
function shownFields(kind: ContributionKind, before: Contribution | undefined, after: Contribution) {
  const shown = (thing: Contribution) => presentThing(kind, thing as never) as unknown as Contribution;
  return diff(before && shown(before), shown(after));
}

function presentEntry({ kind, at, content, earlier }: Placed) {
  return {
    kind,
    id: publicId(content.patientId, content.id),
    revision: content.revision,
    at,
    changedBy: content.changedBy,
    fields: shownFields(kind, earlier, content),
  };
}

/** A plan's history: all changes, one thing at a revision, the plan at a moment, what changed between two. */
export function registerHistoryRoutes(door: Server, deps: Deps): void {
  const params = z.strictObject({ planId: publicThingId });
  door.route({
    method: 'GET',
    url: '/plans/:planId/history',
    config: ACCESS,
    schema: {
      tags: [TAG],
      summary: 'Läs planens historik',
      description: 'Alla ändringar som läsaren får se, de senaste först.',
      params,
      querystring: z.strictObject(paging),
      response: { 200: answer(historyPage, 'En sida av historiken.'), ...problems(400, 401, 403, 404) },
    },
    handler: async (request) => {
      const { planId } = request.params as { planId: ThingRef };
      const { limit, cursor } = request.query as { limit: number; cursor?: string };
      const route = request.routeOptions.url!;
      const scope = { actor: actorKey(request.actor), route, filter: publicId(planId.patientId, planId.id) };
      const before = cursor ? deps.cursors.decode(scope, cursor, place) : undefined;
      return readHistory(deps.desk, askingOf(request), planId, (history) => {
        const rows = changesIn(history).filter((row) => !before || compareWordings(row, before) < 0);
        const left = rows.slice(-limit).reverse();
        const { at, kind, id, revision } = left.at(-1) ?? {};
        const next = rows.length > limit ? { nextCursor: deps.cursors.encode(scope, { at, kind, id, revision }) } : {};
        return { answer: { items: left.map(presentEntry), ...next } as z.output<typeof historyPage>, left };
      });
    },
  });
  registerMoments(door, deps);
  for (const kind of KIND_NAMES) registerRevision(door, deps, kind);
}

function registerMoments(door: Server, deps: Deps): void {
  const params = z.strictObject({ planId: publicThingId });
  door.route({
    method: 'GET',
    url: '/plans/:planId/as-of',
    config: ACCESS,
    schema: {
      tags: [TAG],
      summary: 'Läs planen som den var',
      description: 'Vid en tidpunkt, genom samma behörighet som i dag.',
      params,
      querystring: z.strictObject({ at: instant.optional().meta({ description: 'Utelämnat: nu.' }) }),
      headers: readHeaders,
      response: {
        200: answer(wholePlanAnswer, 'Planen då.', { headers: { ETag: REPLY_HEADERS.weakEtag } }),
        304: bodyless('Oförändrad sedan förra svaret.'),
        ...problems(400, 401, 403, 404),
      },
    },
    handler: async (request, reply) => {
      const { planId } = request.params as { planId: ThingRef };
      const { at = toRfc3339Utc(deps.desk.clock.now()) } = request.query as { at?: string };
      const then = await readHistory(deps.desk, askingOf(request), planId, (history) => {
        const plan = planAt(history, at);
        if (!plan) throw notFound();
        return { answer: plan, left: wordingsAt(history, at) };
      });
      return replyAssembled(request, reply, presentWholePlan(then));
    },
  });
  door.route({
    method: 'GET',
    url: '/plans/:planId/changes',
    config: ACCESS,
    schema: {
      tags: [TAG],
      summary: 'Läs vad som ändrats mellan två tidpunkter',
      description: 'Uppgift för uppgift, fält för fält. En ändring som ändrats tillbaka är ingen.',
      params,
      querystring: z.strictObject({
        from: instant.optional().meta({ description: 'Utelämnat: innan planen fanns.' }),
        to: instant.optional().meta({ description: 'Utelämnat: nu.' }),
      }),
      response: {
        200: answer(changeList, 'Ändringarna.'),
        ...problems(400, 401, 403, 404, timeNotInOrder),
      },
    },
    handler: async (request) => {
      const { planId } = request.params as { planId: ThingRef };
      const { from = LONG_AGO, to = toRfc3339Utc(deps.desk.clock.now()) } = request.query as {
        from?: string;
        to?: string;
      };
      if (Date.parse(to) < Date.parse(from)) {
        throw timeNotInOrder({
          invalidParameters: [wrong('to', 'Slutet ligger före början', 'The end is before the start')],
        });
      }
      return readHistory(deps.desk, askingOf(request), planId, (history) => changesShown(history, from, to));
    },
  });
}

function changesShown(history: VisibleHistory, from: string, to: string) {
  const changes = changesBetweenMoments(history, from, to)
    .map(({ was, is }) => ({ was, is, fields: shownFields(is.kind, was?.content, is.content) }))
    .filter(({ fields }) => fields.length > 0);
  const items = changes.map(({ was, is, fields }) => ({
    kind: is.kind,
    id: publicId(is.content.patientId, is.content.id),
    ...(was ? { fromRevision: was.revision } : {}),
    toRevision: is.revision,
    fields,
  }));
  const left = changes.flatMap(({ was, is }) => (was ? [was, is] : [is]));
  return { answer: { items } as z.output<typeof changeList>, left };
}

function registerRevision(door: Server, deps: Deps, kind: ContributionKind): void {
  door.route({
    method: 'GET',
    url: `/plans/:planId/history/${kind}/:thingId/:revision`,
    config: ACCESS,
    schema: {
      tags: [TAG],
      summary: 'Läs en uppgift som den löd',
      description: 'En uppgift i en viss revision.',
      params: z.strictObject({
        planId: publicThingId,
        thingId: publicThingId,
        revision: z
          .string()
          .regex(/^[1-9]\d{0,8}$/)
          .meta({ description: 'Uppgiftens revision.', examples: ['2'] }),
      }),
      response: { 200: answer(ANSWERS[kind], 'Uppgiften då.'), ...problems(400, 401, 403, 404) },
    },
    handler: async (request) => {
      const { planId, thingId, revision } = request.params as { planId: ThingRef; thingId: ThingRef; revision: string };
      const { content } = await readHistory(deps.desk, askingOf(request), planId, (history) => {
        const wordings = changesIn(history).filter((one) => one.kind === kind && one.id === thingId.id);
        const found = wordings.find((one) => one.revision === Number(revision));
        if (!found || found.content.patientId !== thingId.patientId) throw notFound();
        return { answer: found, left: [found] };
      });
      return presentThing(kind, content as never) as never;
    },
  });
}
