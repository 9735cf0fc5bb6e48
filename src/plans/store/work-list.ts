import type { Pool } from 'pg';
import { actorUnitPart, protectedStaffPart, Sealed } from '../../access/index.ts';
import { behind } from '../../db/keyset.ts';
import { ownedFromRow, type StoredRow } from '../../db/owned-row.ts';
import { type RawRecord, recordQuery } from '../../db/record-query.ts';
import type { StaffActor } from '../../shared/actor.ts';
import type { PatientId, ThingId } from '../../shared/ids.ts';
import type { Step } from '../domain/model.ts';
import { AT_WORK, LIVED, shown, WHOSE, type Whose } from './listed.ts';

/** Where a page of a unit's steps begins: after this row. */
export interface WorkListPlace {
  readonly dueAt: string;
  readonly patientId: PatientId;
  readonly id: ThingId;
}

/** A step in a unit's list, with what is needed to know whose it is and of which plan. */
export interface WorkListRow extends Whose {
  readonly step: Step;
  /** `infinity` for a step without a time: last in the list. */
  readonly dueAt: string;
}

export interface WorkListPage {
  readonly raw: RawRecord;
  readonly rows: readonly WorkListRow[];
}

const AFTER = behind(['t.due_at', 't.patient_id', 't.id'], 8);

const pageOf = (whose: string) => `(select t.* from steps t
  where ${whose} and ${AT_WORK} and not t.entered_in_error and ${AFTER} and ${LIVED}
    and ${shown('t.changed_at')}
  order by t.due_at, t.patient_id, t.id limit $11)`;

/**
 * The acting unit's own open steps: those that it must act on, and those that it is asked to take. Across patients, so
 * only the unit's own rows and duties are ever read: two predicates, no twin of the law. Row-level security, bound to
 * nobody, holds the same. Each half is a walk along its own index that stops at the page's end.
 */
export const workListPart = {
  name: 'rows',
  sql: `select coalesce(json_agg(json_build_object('step', l, 'dueAt', l.due_at,
      ${WHOSE})
      order by l.due_at, l.patient_id, l.id), '[]'::json)
    from (select * from (
        ${pageOf('t.responsible_now = $3')} union all
        ${pageOf(`t.responsible_unit = $3 and t.state = 'proposed' and t.responsible_now <> $3`)}) halves
      order by due_at, patient_id, id limit $11) l`,
};

const workList = recordQuery('work_list', [actorUnitPart, workListPart, protectedStaffPart], { unbound: true });

/** Reads one page of the acting unit's open steps, late ones first, in one statement. */
export async function loadWorkList(
  pool: Pool,
  actor: StaffActor,
  page: { readonly limit: number; readonly after?: WorkListPlace },
  now: number,
): Promise<Sealed<WorkListPage>> {
  const { after, limit } = page;
  const raw = await workList(pool, actor, {}, [
    after?.dueAt ?? null,
    after?.patientId ?? null,
    after?.id ?? null,
    limit,
    actor.employeeHsaId,
    new Date(now).toISOString(),
  ]);
  const rows = (raw.rows as { step: StoredRow; dueAt: string; patient: never; plan: never }[]).map(
    ({ step, ...rest }) => ({ ...rest, step: ownedFromRow<Step>(step) }),
  );
  return new Sealed({ raw, rows });
}
