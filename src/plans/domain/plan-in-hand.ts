import { planClosed } from '../problems.ts';
import type { Change } from './contribution.ts';
import type { Contribution, ContributionKind, ContributionsByKind, Plan, PlanContent, PlanStatus } from './model.ts';
import type { Units } from './party.ts';

/** What a rule is given: the plan at hand, all that the patient's plans hold, and what the directory says of units. */
export interface PlanInHand {
  readonly plan: Plan;
  readonly content: PlanContent;
  readonly units: Units;
}

export const NO_CONTENT: PlanContent = {
  plan: [],
  'what-matters': [],
  goal: [],
  'named-contact': [],
  participant: [],
  step: [],
  report: [],
  'self-care-assessment': [],
  commitment: [],
  'safety-net-item': [],
  'agreement-version': [],
  'agreement-act': [],
  receipt: [],
  'follow-up': [],
  link: [],
  remark: [],
  handover: [],
  feedback: [],
};

/** The plan's own things of one kind; what was entered in error is left out. */
export function inPlan<K extends Exclude<ContributionKind, 'plan'>>(
  hand: Pick<PlanInHand, 'plan' | 'content'>,
  kind: K,
): readonly ContributionsByKind[K][] {
  const all: readonly ContributionsByKind[K][] = hand.content[kind];
  return all.filter((thing) => thing.planId === hand.plan.id && !thing.enteredInError);
}

/** As the first of {@link inPlan} that fits. */
export function findInPlan<K extends Exclude<ContributionKind, 'plan'>>(
  hand: Pick<PlanInHand, 'plan' | 'content'>,
  kind: K,
  fits: (thing: ContributionsByKind[K]) => boolean,
): ContributionsByKind[K] | undefined {
  const all: readonly ContributionsByKind[K][] = hand.content[kind];
  return all.find((thing) => thing.planId === hand.plan.id && !thing.enteredInError && fits(thing));
}

/** The place after the last of the plan's own, for what is given none. */
export function nextOrder(hand: Pick<PlanInHand, 'plan' | 'content'>, kind: OrderedKind): number {
  return 1 + inPlan(hand, kind).reduce((last, { order }) => Math.max(last, order), 0);
}
type OrderedKind = 'step' | 'commitment' | 'safety-net-item';

/**
 * The content as it is after the changes, in their order: what one act has made is there for the next, and a history
 * read from its beginning gives the present.
 */
export function applyChanges(content: PlanContent, changes: readonly Change[]): PlanContent {
  const next: Record<ContributionKind, readonly Contribution[]> = { ...content };
  const own = new Map<ContributionKind, Contribution[]>();
  for (const { kind, after } of changes) {
    let things = own.get(kind);
    if (!things) {
      things = [...next[kind]];
      own.set(kind, things);
      next[kind] = things;
    }
    place(things, after);
  }
  return next as unknown as PlanContent;
}

/** Puts a thing where it was in the list, or last when it is new. */
export function place(things: Contribution[], thing: Contribution): void {
  const at = things.findIndex(({ id }) => id === thing.id);
  if (at < 0) things.push(thing);
  else things[at] = thing;
}

/** What is at hand after the changes, the plan's header included. */
export function handAfter(hand: PlanInHand, changes: readonly Change[]): PlanInHand {
  const content = applyChanges(hand.content, changes);
  return { ...hand, content, plan: content.plan.find((plan) => plan.id === hand.plan.id) ?? hand.plan };
}

const CLOSED: readonly PlanStatus[] = ['completed', 'revoked', 'entered-in-error'];

/** Whether the plan is over; then only mistakes and disagreements can still be noted in it. */
export function isClosed(plan: Plan): boolean {
  return CLOSED.includes(plan.status);
}

/** @throws plan-closed (409) */
export function refuseClosed(plan: Plan): void {
  if (isClosed(plan)) throw planClosed({ extra: { status: plan.status } });
}
