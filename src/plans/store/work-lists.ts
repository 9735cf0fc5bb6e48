import type { Pool } from 'pg';
import { actorUnitPart, protectedStaffPart, Sealed } from '../../access/index.ts';
import { ownedFromRow, type StoredRow } from '../../db/owned-row.ts';
import { type RawRecord, type RecordPart, recordQuery } from '../../db/record-query.ts';
import type { StaffActor } from '../../shared/actor.ts';
import { addDays } from '../../shared/calendar.ts';
import type { PatientId, ThingId } from '../../shared/ids.ts';
import { startOfDay, swedishDate } from '../../shared/swedish-time.ts';
import type { AgreementVersion, Handover, Participant, Plan, Step } from '../domain/model.ts';
import { WORK_LISTS, type WorkItemKind, type WorkListName } from '../domain/work-lists.ts';
import { rowsOfSource, WORK_SOURCES } from './work-list-sources.ts';

/** Where a page of a list begins: after this row. */
export interface WorkPlace {
  readonly at: string;
  readonly patientId: PatientId;
  readonly id: ThingId;
}

export interface WorkItem {
  readonly kind: WorkItemKind;
  /** By when, or since when; `infinity` for a step without a time, which stands last. */
  readonly at: string;
  readonly thing: Step | Handover | Participant | AgreementVersion;
  readonly patient: { readonly givenName?: string; readonly familyName?: string };
  readonly plan: { readonly kind: Plan['kind']; readonly status: Plan['status']; readonly title: string };
}

/** What a list is asked for. */
export interface WorkAsked {
  readonly list: WorkListName;
  /** Only what oneself is to do or is the deputy for. */
  readonly mine: boolean;
  readonly limit: number;
  readonly after?: WorkPlace;
}

/** Names every parameter once, so that a list which does not need one can still be given it. */
const asked: RecordPart = {
  name: 'asked',
  sql: `json_build_array($8::timestamptz, $9::uuid, $10::uuid, $11::int, $12::text, $13::timestamptz, $14::boolean,
    $15::timestamptz, $16::timestamptz)`,
};
const AFTER = (at: string) =>
  `and ($8::timestamptz is null or (${at}, t.patient_id, t.id) > ($8::timestamptz, $9::uuid, $10::uuid))
    order by ${at}, t.patient_id, t.id limit $11`;

/** The title of a plan is its lead's words, which the list of another unit does not tell. */
const listPart = (list: WorkListName): RecordPart => ({
  name: 'items',
  sql: `select coalesce(json_agg(json_build_object('kind', l.kind, 'at', l.at, 'stored', l.stored,
      'patient', (select json_build_object('givenName', p.content->>'givenName', 'familyName', p.content->>'familyName')
        from patients p where p.patient_id = l.patient_id and p.id = l.patient_id),
      'plan', (select json_build_object('kind', h.kind, 'status', h.status,
          'title', case when h.recorded_unit = $3 then h.content->>'title' else '' end)
        from plans h where h.patient_id = l.patient_id and h.id = l.plan_id))
      order by l.at, l.patient_id, l.id), '[]'::json)
    from (select * from (${WORK_SOURCES[list].map((source) => rowsOfSource(source, AFTER(source.at))).join(' union all ')}) sources
      order by at, patient_id, id limit $11) l`,
});

const lists = new Map(
  WORK_LISTS.map((list) => [
    list,
    recordQuery(`work_${list}`, [actorUnitPart, asked, listPart(list), protectedStaffPart], { unbound: true }),
  ]),
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
  const { after, limit, mine, list } = page;
  const place = [after?.at ?? null, after?.patientId ?? null, after?.id ?? null, limit];
  const raw = await lists.get(list)!(pool, actor, {}, [...place, ...moment(actor, now, mine)]);
  const items = (raw.items as (Omit<WorkItem, 'thing'> & { readonly stored: StoredRow })[]).map(
    ({ stored, ...rest }) => ({
      ...rest,
      thing: ownedFromRow<Step>(stored),
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
  return new Sealed(await counting(pool, actor, {}, [null, null, null, null, ...moment(actor, now, mine)]));
}

function moment(actor: StaffActor, now: number, mine: boolean): readonly unknown[] {
  const today = swedishDate(now);
  const instants = [now, startOfDay(today), startOfDay(addDays(today, 1))].map((at) => new Date(at).toISOString());
  return [actor.employeeHsaId, instants[0], mine, instants[1], instants[2]];
}
