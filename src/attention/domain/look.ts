import type { Consent } from '../../consents/domain/model.ts';
import type { Stay } from '../../discharge/domain/states.ts';
import type { HsaId, Plan, PlanContent } from '../../plans/domain/model.ts';
import { ACCEPTED_STATES } from '../../plans/domain/step-state.ts';
import type { ThingId } from '../../shared/ids.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { Candidate } from './finding.ts';
import type { AttentionSettings } from './rule-list.ts';

/** Whether a member of staff is still at work. */
export interface StaffStanding {
  readonly hsaId: HsaId;
  readonly active: boolean;
}

/** One person's plans as the rules look at them, at one moment. */
export interface Look {
  /** Business time, epoch milliseconds. */
  readonly now: number;
  readonly content: PlanContent;
  readonly consents: readonly Consent[];
  /** Stays in hospital, as their messages tell them. */
  readonly stays: readonly Stay[];
  readonly units: ReadonlyMap<HsaId, UnitFacts>;
  readonly staff: ReadonlyMap<HsaId, StaffStanding>;
  /** The sheet in the patient's hand, when it no longer is true, and who meets the patient next. */
  readonly staleSheet?: { readonly id: ThingId; readonly renewedBy?: HsaId };
  /** Somebody who has died needs no reminders. */
  readonly deceased: boolean;
  readonly settings: AttentionSettings;
}

/** What one rule says of one plan. */
export type Rule = (look: Look, plan: Plan) => readonly Candidate[];

export const DAY_MS = 86_400_000;

/** What is in one plan, without mistakes. */
export function inPlan<T extends { readonly planId: string; readonly enteredInError: boolean }>(
  things: readonly T[],
  plan: Plan,
): readonly T[] {
  return things.filter((thing) => thing.planId === plan.id && !thing.enteredInError);
}

/** A unit that is at work; what the directory does not know is not held against it. */
export function isAtWork(unit: HsaId, { units }: Look): boolean {
  return units.get(unit)?.active !== false;
}

/**
 * Who sees to what concerns the plan as a whole: its lead. When the lead is no more, who made it, else a named contact's unit,
 * else one that has a step in it: what stands in nobody's list has fallen between chairs itself.
 */
export function planOwner(plan: Plan, look: Look): HsaId {
  const contacts = inPlan(look.content['named-contact'], plan).filter(({ state }) => state === 'designated');
  const steps = inPlan(look.content.step, plan).filter(({ state }) => ACCEPTED_STATES.includes(state));
  const others = [
    ...contacts.toSorted((a, b) => Number(b.isPrimary) - Number(a.isPrimary)).flatMap(({ unit }) => unit ?? []),
    ...steps.toSorted((a, b) => a.order - b.order).map(({ responsibleNow }) => responsibleNow),
  ];
  const units = [plan.leadUnit, plan.createdByUnit, ...others];
  return units.find((unit) => isAtWork(unit, look)) ?? plan.leadUnit;
}
