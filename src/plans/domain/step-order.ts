import type { ThingId } from '../../shared/ids.ts';
import { wrong } from '../../shared/problem.ts';
import { orderCircle } from '../problems.ts';
import { demandFound } from './demands.ts';
import type { Step } from './model.ts';
import { inPlan, type PlanInHand } from './plan-in-hand.ts';

/** What of a step its order says: which steps come right before it. */
export type Ordered = Pick<Step, 'id' | 'predecessors'>;

/**
 * A step that comes before itself, however far the way round; undefined when there is none. Steps that are named but
 * not given lead nowhere.
 */
export function findCircle(steps: readonly Ordered[]): ThingId | undefined {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const cleared = new Set<ThingId>();
  for (const { id } of steps) {
    // A way of its own rather than recursion: a chain may be as long as the plan.
    const way: { id: ThingId; next: number }[] = [{ id, next: 0 }];
    const onWay = new Set<ThingId>([id]);
    while (way.length > 0) {
      const here = way[way.length - 1]!;
      const before = cleared.has(here.id) ? undefined : byId.get(here.id)?.predecessors[here.next++];
      if (before === undefined) {
        cleared.add(here.id);
        onWay.delete(here.id);
        way.pop();
      } else if (onWay.has(before)) return before;
      else if (!cleared.has(before)) {
        onWay.add(before);
        way.push({ id: before, next: 0 });
      }
    }
  }
  return undefined;
}

/** @throws step-order-circle (422) naming the field */
export function refuseCircle(steps: readonly Ordered[], field: string): void {
  if (findCircle(steps) === undefined) return;
  throw orderCircle({
    invalidParameters: [wrong(field, 'Steget skulle komma före sig självt', 'The step would precede itself')],
  });
}

/**
 * Refuses predecessors that are not steps of the same plan (those it already had, and that stayed behind when it moved
 * to another plan, may remain), and an order that goes round.
 *
 * @throws unknown-reference, step-order-circle (422) naming the field
 */
export function checkOrder(
  hand: PlanInHand,
  step: Ordered,
  had: readonly ThingId[] = [],
  field = 'predecessors',
): void {
  const others = inPlan(hand, 'step').filter((one) => one.id !== step.id);
  step.predecessors.forEach((id, i) => {
    const known = id === step.id || had.includes(id) || others.some((one) => one.id === id);
    demandFound(known || undefined, `${field}[${i}]`);
  });
  // Also by way of steps entered in error or left behind: whoever follows the order from step to step must come to an end.
  const all = hand.content.step.filter((one) => one.id !== step.id);
  refuseCircle([...all, step], field);
}
