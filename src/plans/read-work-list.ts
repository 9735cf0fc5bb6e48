import {
  type Asking,
  type Desk,
  readActorUnit,
  readingMany,
  readProtectedStaff,
  withoutProtectedStaff,
} from '../access/index.ts';
import type { StaffActor } from '../shared/actor.ts';
import type { HsaId } from '../shared/owned.ts';
import { loadWorkList, type WorkListPlace, type WorkListRow } from './store/work-list.ts';

export type { WorkListPlace, WorkListRow } from './store/work-list.ts';

/**
 * One page of the acting unit's own steps: what it must act on and what it is asked to take, late ones first. One log
 * entry for each patient whose data left.
 */
export function readWorkList(
  desk: Desk,
  asking: Asking & { readonly actor: StaffActor },
  page: { readonly limit: number; readonly after?: WorkListPlace },
): Promise<readonly WorkListRow[]> {
  return readingMany(desk, asking, {
    action: 'work-list.read',
    load: () => loadWorkList(desk.pool, asking.actor, page, desk.clock.now()),
    facts: ({ raw }) => ({ actorUnit: readActorUnit(raw), isSelf: false, patientKnown: false }),
    show: (_grant, { raw, rows }) => ({
      answer: withoutProtectedStaff(
        rows.map((row) => forUnit(row, asking.actor.unitHsaId)),
        readProtectedStaff(raw),
      ),
      hits: rows.length,
      resources: rows.map(({ step }) => ({
        patientId: step.patientId,
        resource: { kind: 'step', id: step.id, owner: step.recordedBy.provider },
      })),
    }),
  });
}

/** What is another unit's is its duty alone here, and a duty opens no text for colleagues (docs/domain.md 7). */
function forUnit(row: WorkListRow, unit: HsaId): WorkListRow {
  if (row.step.recordedBy.unit === unit) return row;
  const { clinicalText: _, ...step } = row.step;
  return { ...row, step };
}
