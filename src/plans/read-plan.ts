import { type Asking, type Desk, momentOf, reading } from '../access/index.ts';
import type { ThingRef } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import { loadRecord, type PlanRecord } from './store/record.ts';
import { factsOf } from './view/facts.ts';
import { resourcesIn, type VisiblePlan, visiblePlan } from './view/visible.ts';

export interface ReadPlan {
  readonly plan: VisiblePlan;
  readonly record: PlanRecord;
}

/**
 * Reads one plan for whoever may know of it, each contribution filtered by the policy. Two trips to the database: facts
 * with content, then the log entry.
 *
 * @throws notFound for a plan that is not there and for one that the reader may not know of, alike
 */
export function readPlan(desk: Desk, asking: Asking, ref: ThingRef): Promise<ReadPlan> {
  return reading(desk, asking, {
    action: 'plan.read',
    load: () => loadRecord(desk.pool, asking.actor, { patientId: ref.patientId, planId: ref.id, ...momentOf(desk) }),
    facts: (record) => factsOf(record, asking.actor, ref.id),
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      const plan = visiblePlan(record, asking.actor, ref.id);
      if (!plan) throw notFound();
      return {
        answer: { plan, record },
        resources: resourcesIn(plan.content),
        ...(plan.isEmergency ? { particulars: { ground: 'emergency' } } : {}),
      };
    },
  });
}
