import { type Asking, type Desk, momentOf, reading } from '../access/index.ts';
import type { ThingId, ThingRef } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import type { Contribution, PlanContent } from './domain/model.ts';
import { loadForOverview } from './store/record.ts';
import { factsOf } from './view/facts.ts';
import { leftOf, type SeenPlans, seenPlans } from './view/seen.ts';
import type { VisiblePlan } from './view/visible.ts';

/** What is answered of a plan, and the things that leave with it. */
export interface ThingAnswer<T> {
  readonly answer: T;
  readonly left: Iterable<ThingId>;
}

/** The plan that a thing is in; the thing itself when it is a plan, or is nowhere. */
function planOfThing(content: PlanContent, id: ThingId): ThingId {
  for (const things of Object.values(content) as readonly (readonly Contribution[])[]) {
    const found = things.find((thing) => thing.id === id);
    if (found) return 'planId' in found ? found.planId : found.id;
  }
  return id;
}

/**
 * Reads a thing by its own id, whatever its kind, under the same decision as the plan that it is in: two trips. The
 * person's other plans are at hand in `seen`, since what is next is judged over all of them.
 *
 * @param show picks what is asked for of what the reader may see; throws a Problem when it is not there
 * @throws notFound for a thing that is not there and for one that the reader may not know of, alike
 */
export function readThing<T>(
  desk: Desk,
  asking: Asking,
  ref: ThingRef,
  show: (plan: VisiblePlan, seen: SeenPlans) => ThingAnswer<T>,
): Promise<T> {
  const planIdIn = (content: PlanContent) => planOfThing(content, ref.id);
  return reading(desk, asking, {
    action: 'plan.read',
    load: () => loadForOverview(desk.pool, asking.actor, { patientId: ref.patientId, ...momentOf(desk) }),
    facts: (record) => factsOf(record, asking.actor, planIdIn(record.content)),
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      const seen = seenPlans(record, asking.actor, desk.clock.now());
      const planId = planIdIn(record.content);
      const plan = seen.plans.find(({ header }) => header.id === planId);
      if (!plan) throw notFound();
      const { answer, left } = show(plan, seen);
      return { answer, resources: leftOf(seen, left) };
    },
  });
}
