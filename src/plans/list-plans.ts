import { type Asking, type Desk, momentOf, reading } from '../access/index.ts';
import type { PatientId } from '../shared/ids.ts';
import { loadRecord } from './store/record.ts';
import { factsOf } from './view/facts.ts';
import { resourcesIn, type VisiblePlan, visiblePlans } from './view/visible.ts';

/**
 * Lists one person's plans that the reader may know of; none is an empty list, whether the person is unknown, has no
 * plan, or has plans that the reader takes no part in.
 */
export function listPlans(desk: Desk, asking: Asking, patientId: PatientId): Promise<readonly VisiblePlan[]> {
  return reading(desk, asking, {
    action: 'plan.list',
    load: () => loadRecord(desk.pool, asking.actor, { patientId, ...momentOf(desk) }),
    facts: (record) => factsOf(record, asking.actor),
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      const plans = visiblePlans(record, asking.actor);
      return {
        answer: plans,
        resources: plans.flatMap((plan) => resourcesIn(plan.content).filter(({ kind }) => kind === 'plan')),
        search: ['patientId'],
        hits: plans.length,
      };
    },
  });
}
