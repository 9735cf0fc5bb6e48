import type { PatientId, ThingId } from '../../shared/ids.ts';
import { type Act, type NewOwned, newOwned } from '../../shared/owned.ts';
import type { ContributionKind, ContributionsByKind, InPlan } from './model.ts';

export { type Act, type NewOwned, newOwned, revised } from '../../shared/owned.ts';

/** One contribution as it becomes, and as it was (absent when it is new): what is stored, logged and told as one. */
export interface Change<K extends ContributionKind = ContributionKind> {
  readonly kind: K;
  readonly before?: ContributionsByKind[K];
  readonly after: ContributionsByKind[K];
}

/**
 * As {@link newOwned}, for a thing inside a plan. Its kind's own fields are given it by `Object.assign`, as the plan is here: what is spread into a
 * literal that goes on gets a shape of its own for each object, which took ten times as long to make and slows every read.
 */
export function newInPlan(
  act: Act,
  plan: { patientId: PatientId; id: ThingId },
  given: NewOwned,
  id?: ThingId,
): InPlan {
  return Object.assign(newOwned(act, plan.patientId, given, id), { planId: plan.id });
}

/** A new thing as a change. */
export function added<K extends ContributionKind>(kind: K, after: ContributionsByKind[K]): Change<K> {
  return { kind, after };
}

/** A changed thing as a change. */
export function changed<K extends ContributionKind>(
  kind: K,
  before: ContributionsByKind[K],
  after: ContributionsByKind[K],
): Change<K> {
  return { kind, before, after };
}
