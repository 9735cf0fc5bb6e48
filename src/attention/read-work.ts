import {
  type Asking,
  type Desk,
  readActorUnit,
  readingMany,
  readProtectedStaff,
  withoutProtectedStaff,
} from '../access/index.ts';
import type { StaffActor } from '../shared/actor.ts';
import { WORK_LISTS, type WorkListName } from './domain/work-lists.ts';
import { loadWork, loadWorkCounts, MOST_COUNTED, type WorkAsked, type WorkItem } from './store/work-lists.ts';

export type { WorkAsked, WorkItem, WorkPlace } from './store/work-lists.ts';

type AtWork = Asking & { readonly actor: StaffActor };

/**
 * One page of one of the acting unit's lists, what is due first. Across patients, so only the unit's own rows and duties
 * are ever read; one log entry for each patient whose data left.
 */
export function readWork(desk: Desk, asking: AtWork, asked: WorkAsked): Promise<readonly WorkItem[]> {
  return readingMany(desk, asking, {
    action: 'work-list.read',
    load: () => loadWork(desk.pool, asking.actor, asked, desk.clock.now()),
    facts: ({ raw }) => ({ actorUnit: readActorUnit(raw), isSelf: false, patientKnown: false }),
    show: (_grant, { raw, items }) => ({
      answer: withoutProtectedStaff(items, readProtectedStaff(raw)),
      hits: items.length,
      resources: items.map(({ kind, thing }) => ({
        patientId: thing.patientId,
        resource: { kind, id: thing.id, owner: kind === 'finding' ? thing.ownerProvider : thing.recordedBy.provider },
      })),
    }),
  });
}

/** How much there is in a list; `more` when there is more than the number says. */
export interface WorkCount {
  readonly list: WorkListName;
  readonly count: number;
  readonly more: boolean;
}

/** How much there is in each of the acting unit's lists. Numbers of nobody in particular: no patient's data leave. */
export function countWork(desk: Desk, asking: AtWork, mine: boolean): Promise<readonly WorkCount[]> {
  return readingMany(desk, asking, {
    action: 'work-list.read',
    load: () => loadWorkCounts(desk.pool, asking.actor, mine, desk.clock.now()),
    facts: (raw) => ({ actorUnit: readActorUnit(raw), isSelf: false, patientKnown: false }),
    show: (_grant, raw) => ({
      answer: WORK_LISTS.map((list) => {
        const found = Number(raw[list]);
        return { list, count: Math.min(found, MOST_COUNTED), more: found > MOST_COUNTED };
      }),
      hits: 0,
      resources: [],
    }),
  });
}
