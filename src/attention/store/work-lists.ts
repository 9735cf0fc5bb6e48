import type { Pool } from 'pg';
import { actorUnitPart, protectedStaffPart, Sealed } from '../../access/index.ts';
import { behind } from '../../db/keyset.ts';
import { ownedFromRow, type StoredRow } from '../../db/owned-row.ts';
import { type RawRecord, type RecordPart, recordQuery } from '../../db/record-query.ts';
import {
  type AgreementVersion,
  type Handover,
  type Participant,
  type Step,
  WHOSE,
  type Whose,
} from '../../plans/index.ts';
import type { StaffActor } from '../../shared/actor.ts';
import { addDays } from '../../shared/calendar.ts';
import type { PatientId, ThingId } from '../../shared/ids.ts';
import { startOfDay, swedishDate } from '../../shared/swedish-time.ts';
import type { Finding } from '../domain/finding.ts';
import { WORK_LISTS, WORK_ORDERS, type WorkItemKind, type WorkListName, type WorkOrder } from '../domain/work-lists.ts';
import { findingFromRow } from './findings.ts';
import { rowsOfSource, WORK_SOURCES, type WorkSource } from './work-list-sources.ts';

/** Where a page of a list begins: after this row. */
export interface WorkPlace {
  readonly at: string;
  readonly patientId: PatientId;
  readonly id: ThingId;
}

export type WorkItem = WorkRow &
  (
    | {
        readonly kind: Exclude<WorkItemKind, 'finding'>;
        readonly thing: Step | Handover | Participant | AgreementVersion;
      }
    | { readonly kind: 'finding'; readonly thing: Finding }
  );

/** The plan is absent for what is in none. */
interface WorkRow extends Pick<Whose, 'patient'>, Partial<Pick<Whose, 'plan'>> {
  /** By when, or since when; `infinity` for a step without a time, which stands last. */
  readonly at: string;
}

/** What a list is asked for. */
export interface WorkAsked {
  readonly list: WorkListName;
  /** Only what oneself is to do or is the deputy for. */
  readonly mine: boolean;
  /** Only rows of this kind. */
  readonly kind?: WorkItemKind;
  readonly order: WorkOrder;
  readonly limit: number;
  readonly after?: WorkPlace;
}

/** Names every parameter once, so that a list which does not need one can still be given it. */
const asked: RecordPart = {
  name: 'asked',
  sql: `json_build_array($8::timestamptz, $9::uuid, $10::uuid, $11::int, $12::text, $13::timestamptz, $14::boolean,
    $15::timestamptz, $16::timestamptz, $17::text)`,
};
const inOrder = (order: WorkOrder, ...keys: readonly string[]) => keys.map((key) => `${key} ${order}`).join(', ');
const after = ({ kind, at }: WorkSource, order: WorkOrder) =>
  `and ${behind([at, 't.patient_id', 't.id'], 8, order)}
    and ($17::text is null or $17 = '${kind}') order by ${inOrder(order, at, 't.patient_id', 't.id')} limit $11`;

const listPart = (list: WorkListName, order: WorkOrder): RecordPart => ({
  name: 'items',
  sql: `select coalesce(json_agg(json_build_object('kind', l.kind, 'at', l.at, 'stored', l.stored,
      ${WHOSE})
      order by ${inOrder(order, 'l.at', 'l.patient_id', 'l.id')}), '[]'::json)
    from (select * from (${WORK_SOURCES[list].map((source) => rowsOfSource(source, after(source, order))).join(' union all ')}) sources
      order by ${inOrder(order, 'at', 'patient_id', 'id')} limit $11) l`,
});

const lists = new Map(
  WORK_ORDERS.flatMap((order) =>
    WORK_LISTS.map((list) => [
      `${list} ${order}`,
      recordQuery(`work_${list}_${order}`, [actorUnitPart, asked, listPart(list, order), protectedStaffPart], {
        unbound: true,
      }),
    ]),
  ),
);

/** More is told as "more than": nobody works through that many, and counting them all would cost as much as reading. */
export const MOST_COUNTED = 999;

const countPart = (list: WorkListName): RecordPart => ({
  name: list,
  sql: `select count(*) from (${WORK_SOURCES[list].map((source) => rowsOfSource(source, `limit ${MOST_COUNTED + 1}`)).join(' union all ')}) counted`,
});
const counting = recordQuery('work_counts', [actorUnitPart, asked, ...WORK_LISTS.map(countPart)], { unbound: true });

export interface WorkPage {
  readonly raw: RawRecord;
  readonly items: readonly WorkItem[];
}

/** Reads one page of a list of the acting unit's, in one statement. */
export async function loadWork(pool: Pool, actor: StaffActor, page: WorkAsked, now: number): Promise<Sealed<WorkPage>> {
  const { after: begin, limit, mine, list, order, kind } = page;
  const place = [begin?.at ?? null, begin?.patientId ?? null, begin?.id ?? null, limit];
  const values = [...place, ...moment(actor, now, mine), kind ?? null];
  const raw = await lists.get(`${list} ${order}`)!(pool, actor, {}, values);
  const items = (raw.items as (WorkRow & { readonly kind: WorkItemKind; readonly stored: StoredRow })[]).map(
    ({ stored, kind: is, plan, ...rest }): WorkItem => ({
      ...rest,
      ...(plan ? { plan } : {}),
      ...(is === 'finding'
        ? { kind: is, thing: findingFromRow(stored) }
        : { kind: is, thing: ownedFromRow<Step>(stored) }),
    }),
  );
  return new Sealed({ raw, items });
}

/** Counts the rows of every list of the acting unit's, each at most to {@link MOST_COUNTED} and one. */
export async function loadWorkCounts(
  pool: Pool,
  actor: StaffActor,
  mine: boolean,
  now: number,
): Promise<Sealed<RawRecord>> {
  return new Sealed(await counting(pool, actor, {}, [null, null, null, null, ...moment(actor, now, mine), null]));
}

function moment(actor: StaffActor, now: number, mine: boolean): readonly unknown[] {
  const today = swedishDate(now);
  const instants = [now, startOfDay(today), startOfDay(addDays(today, 1))].map((at) => new Date(at).toISOString());
  return [actor.employeeHsaId, instants[0], mine, instants[1], instants[2]];
}
