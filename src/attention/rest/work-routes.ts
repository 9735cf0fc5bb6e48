import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, problems } from '../../http/documented.ts';
import { instantText, thingIdText } from '../../http/fields.ts';
import { hsaIdText } from '../../http/owned-answer.ts';
import { pageOf, paging } from '../../http/paging.ts';
import type { Server } from '../../http/server.ts';
import { type Handover, type Step, whoseAnswer } from '../../plans/index.ts';
import { actorKey, type StaffActor } from '../../shared/actor.ts';
import { publicId, publicPatientId } from '../../shared/ids.ts';
import type { Finding } from '../domain/finding.ts';
import { RULES, SEVERITIES } from '../domain/rule-list.ts';
import {
  WORK_ITEM_KINDS,
  WORK_LIST_WORDS,
  WORK_LISTS,
  WORK_ORDERS,
  type WorkItemKind,
  type WorkListName,
  type WorkOrder,
} from '../domain/work-lists.ts';
import { countWork, readWork, type WorkItem, type WorkPlace } from '../read-work.ts';

const TAGS = ['Arbetslista'];
const config = { access: { actions: ['work-list.read' as const], actors: ['staff'] as const } };

const list = z.enum(WORK_LISTS).meta({
  description: WORK_LISTS.map((name) => `\`${name}\` ${WORK_LIST_WORDS[name].toLocaleLowerCase('sv')}`).join('; '),
});
const mine = z
  .enum(['true', 'false'])
  .default('false')
  .meta({ description: '`true`: bara det som man själv ska göra eller är ersättare för.' });

const item = z
  .object({
    kind: z.enum(WORK_ITEM_KINDS),
    id: thingIdText,
    planId: thingIdText.optional().meta({ description: 'Saknas för det som inte hör till någon plan.' }),
    revision: z.int(),
    what: z.string().optional().meta({ description: 'Vad det gäller, när enheten får veta det härifrån.' }),
    state: z.string().optional(),
    at: instantText.optional().meta({ description: 'När det senast ska göras eller besvaras, eller när det kom.' }),
    fromUnit: hsaIdText.optional(),
    toUnit: hsaIdText.optional(),
    performer: z.string().optional(),
    severity: z.enum(SEVERITIES).optional().meta({ description: 'Hur allvarligt det är, när något har fallit.' }),
    patient: whoseAnswer.patient,
    plan: whoseAnswer.plan.optional(),
  })
  .meta({ id: 'WorkItem', description: 'En rad i en av enhetens listor; läs planen för resten.' });
const page = pageOf(item);
const counts = z
  .object({
    lists: z.array(
      z.object({
        list,
        name: z.string(),
        count: z.int(),
        more: z.boolean().meta({ description: 'Det finns fler än så.' }),
      }),
    ),
  })
  .meta({ id: 'WorkCounts' });
const kindAsked = z.enum(WORK_ITEM_KINDS).optional().meta({ description: 'Bara rader av det slaget.' });
const order = z
  .enum(WORK_ORDERS)
  .default('asc')
  .meta({ description: '`asc` det som brådskar mest först, `desc` sist.' });
interface Asked {
  readonly limit: number;
  readonly cursor?: string;
  readonly mine: string;
  readonly kind?: WorkItemKind;
  readonly order: WorkOrder;
}
const place = z.object({ at: z.string(), patientId: z.string(), id: z.string() });

function presentItem({ kind, at, thing, patient, plan }: WorkItem): z.output<typeof item> {
  const { patientId, id, planId, revision } = thing;
  return {
    ...{ kind, revision, plan },
    id: publicId(patientId, id),
    ...(planId === undefined ? {} : { planId: publicId(patientId, planId) }),
    ...('state' in thing ? { state: thing.state } : {}),
    ...(at === 'infinity' ? {} : { at: new Date(at).toISOString() }),
    ...(kind === 'step' ? ofStep(thing as Step) : {}),
    ...(kind === 'handover' ? ofHandover(thing as Handover) : {}),
    ...(kind === 'finding' ? ofFinding(thing) : {}),
    patient: { id: publicPatientId(patientId), ...patient },
  };
}

function ofStep({ title, performer, responsibleNow, responsibleParty }: Step) {
  const toUnit = 'unit' in responsibleParty ? responsibleParty.unit : undefined;
  return { what: title, fromUnit: responsibleNow, toUnit, performer: performer?.name };
}

const ofFinding = ({ rule, severity, ownerUnit }: Finding) => ({
  what: RULES[rule].title,
  severity,
  toUnit: ownerUnit,
});
const ofHandover = ({ needs, fromUnit, toUnit }: Handover) => ({ what: needs, fromUnit, toUnit });

/** A unit's lists: how much there is in each, and each page by page. */
export function registerWorkRoutes(door: Server, deps: Deps): void {
  door.route({
    method: 'GET',
    url: '/work-lists',
    config,
    schema: {
      tags: TAGS,
      operationId: 'countWork',
      summary: 'Räkna den egna enhetens listor',
      description: 'Hur mycket det finns i varje lista. Enheten tas från biljetten.',
      querystring: z.strictObject({ mine }),
      response: { 200: answer(counts, 'Listorna.'), ...problems(400, 401, 403, 404) },
    },
    handler: async (request) => {
      const asking = { ...askingOf(request), actor: request.actor as StaffActor };
      const all = await countWork(deps.desk, asking, request.query.mine === 'true');
      return { lists: all.map((one) => ({ ...one, name: WORK_LIST_WORDS[one.list] })) };
    },
  });
  door.route({
    method: 'GET',
    url: '/work-lists/:list',
    config,
    schema: {
      tags: TAGS,
      operationId: 'readWork',
      summary: 'Läs en av den egna enhetens listor',
      description:
        'Det som ska göras eller besvaras först kommer först (`order=desc`: sist). Enheten tas från biljetten.',
      params: z.strictObject({ list }),
      querystring: z.strictObject({ ...paging, mine, kind: kindAsked, order }),
      response: { 200: answer(page, 'En sida av listan.'), ...problems(400, 401, 403, 404) },
    },
    handler: async (request) => {
      const { limit, cursor, mine: own, ...more } = request.query as Asked;
      const filter = { list: (request.params as { list: WorkListName }).list, mine: own === 'true', ...more };
      const asked = { ...filter, limit };
      const scope = { actor: actorKey(request.actor), route: request.routeOptions.url!, filter };
      const after = cursor ? (deps.cursors.decode(scope, cursor, place) as WorkPlace) : undefined;
      const asking = { ...askingOf(request), actor: request.actor as StaffActor };
      const items = await readWork(deps.desk, asking, { ...asked, after });
      const last = items.length === limit ? items.at(-1) : undefined;
      const nextCursor = last && deps.cursors.encode(scope, placeOf(last));
      return { items: items.map(presentItem), nextCursor } as z.output<typeof page>;
    },
  });
}

function placeOf({ at, thing }: WorkItem): WorkPlace {
  return { at, patientId: thing.patientId, id: thing.id };
}
