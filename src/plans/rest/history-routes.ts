import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { replyAssembled } from '../../http/etag.ts';
import { instant, instantText, publicThingId, thingIdText } from '../../http/fields.ts';
import { pageOf, paging } from '../../http/paging.ts';
import type { Server } from '../../http/server.ts';
import { actorKey } from '../../shared/actor.ts';
import { publicId, type ThingRef } from '../../shared/ids.ts';
import { wrong } from '../../shared/problem.ts';
import { notFound } from '../../shared/problems.ts';
import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import { asOf, diff, type PastWording } from '../domain/history.ts';
import type { Contribution, ContributionKind } from '../domain/model.ts';
import { NO_CONTENT } from '../domain/plan-in-hand.ts';
import { timeNotInOrder } from '../problems.ts';
import { type PastRevision, readHistory, type VisibleHistory } from '../read-history.ts';
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
const place = z.object({ before: z.int().min(0) });

const LONG_AGO = '1900-01-01T00:00:00.000Z';

type Placed = PastWording & { readonly earlier?: Contribution };

/** Each wording with the one before it. */
function withEarlier(past: readonly PastRevision[]): Placed[] {
  const latest = new Map<string, Contribution>();
  return past.map(({ kind, at, thing }) => {
    const earlier = latest.get(thing.id);
    latest.set(thing.id, thing);
    return { kind, at, id: thing.id, revision: thing.revision, content: thing, earlier };
  });
}

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
      const { past } = await readHistory(deps.desk, askingOf(request), planId);
      const placed = withEarlier(past);
      const end = cursor ? Math.min(deps.cursors.decode(scope, cursor, place).before, placed.length) : placed.length;
      const start = Math.max(0, end - limit);
      const items = placed.slice(start, end).reverse().map(presentEntry);
      const next = start > 0 ? { nextCursor: deps.cursors.encode(scope, { before: start }) } : {};
      return { items, ...next } as z.output<typeof historyPage>;
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
      response: {
        200: answer(wholePlanAnswer, 'Planen då.', { headers: { ETag: REPLY_HEADERS.weakEtag } }),
        ...problems(400, 401, 403, 404),
      },
    },
    handler: async (request, reply) => {
      const { planId } = request.params as { planId: ThingRef };
      const { at = toRfc3339Utc(deps.desk.clock.now()) } = request.query as { at?: string };
      const history = await readHistory(deps.desk, askingOf(request), planId);
      return replyAssembled(request, reply, presentWholePlan(planThen(history, at)));
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
      const { past } = await readHistory(deps.desk, askingOf(request), planId);
      return { items: changesShown(withEarlier(past), from, to) } as z.output<typeof changeList>;
    },
  });
}

/** The plan as it was at a moment, as its reader may see it. */
function planThen(history: VisibleHistory, at: string) {
  const then = asOf(withEarlier(history.past), at);
  const header = then.find(({ kind }) => kind === 'plan')?.content;
  if (!header) throw notFound();
  const content = { ...NO_CONTENT } as Record<ContributionKind, Contribution[]>;
  for (const { kind, content: thing } of then) content[kind] = [...content[kind], thing];
  const { plan } = history;
  return { ...plan, header: header as typeof plan.header, content: content as unknown as typeof plan.content };
}

function changesShown(rows: readonly Placed[], from: string, to: string) {
  const before = new Map(asOf(rows, from).map((row) => [row.id, row]));
  return asOf(rows, to).flatMap(({ kind, id, revision, content }) => {
    const was = before.get(id);
    if (was?.revision === revision) return [];
    const fields = shownFields(kind, was?.content, content);
    if (fields.length === 0) return [];
    const fromRevision = was ? { fromRevision: was.revision } : {};
    return [{ kind, id: publicId(content.patientId, content.id), ...fromRevision, toRevision: revision, fields }];
  });
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
      const { past } = await readHistory(deps.desk, askingOf(request), planId);
      const found = past.find(
        (one) => one.kind === kind && one.thing.id === thingId.id && one.thing.revision === Number(revision),
      );
      if (!found || found.thing.patientId !== thingId.patientId) throw notFound();
      return presentThing(kind, found.thing as never) as never;
    },
  });
}
