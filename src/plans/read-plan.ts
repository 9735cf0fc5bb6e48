import { type Asking, type Desk, momentOf, readingAs } from '../access/index.ts';
import type { ThingRef } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import { loadRecord } from './store/record.ts';
import { factsOf } from './view/facts.ts';
import { resourcesIn, type VisiblePlan, visiblePlan } from './view/visible.ts';

/**
 * Reads one plan for whoever may know of it, each contribution filtered by the policy. Two trips to the database: facts
 * with content, then the log entry.
 *
 * @param form makes what is sent of what the reader may see, while the log entry has yet to be written
 * @throws notFound for a plan that is not there and for one that the reader may not know of, alike
 */
export function readPlan<F>(desk: Desk, asking: Asking, ref: ThingRef, form: (plan: VisiblePlan) => F): Promise<F> {
  return readingAs(desk, asking, form, {
    action: 'plan.read',
    load: () => loadRecord(desk.pool, asking.actor, { patientId: ref.patientId, planId: ref.id, ...momentOf(desk) }),
    facts: (record) => factsOf(record, asking.actor, ref.id),
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      const plan = visiblePlan(record, asking.actor, ref.id);
      if (!plan) throw notFound();
      return {
        answer: plan,
        resources: resourcesIn(plan.content),
        ...(plan.isEmergency ? { particulars: { ground: 'emergency' } } : {}),
      };
    },
  });
}
