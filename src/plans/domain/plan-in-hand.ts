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

/**
 * The content as it is after the changes, in their order: what one act has made is there for the next, and a history
 * read from its beginning gives the present.
 */
export function applyChanges(content: PlanContent, changes: readonly Change[]): PlanContent {
  const next: Record<ContributionKind, readonly Contribution[]> = { ...content };
  for (const { kind, after } of changes) {
    const things = next[kind];
    const place = things.findIndex((thing) => thing.id === after.id);
    next[kind] = place < 0 ? [...things, after] : things.with(place, after);
  }
  return next as unknown as PlanContent;
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
