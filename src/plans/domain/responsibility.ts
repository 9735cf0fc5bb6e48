import type { ThingId } from '../../shared/ids.ts';
import { type Act, type Change, changed, revised } from './contribution.ts';
import type { HsaId, NamedContact, Party, Plan, PlanContent, Step } from './model.ts';
import { isOfFamily } from './party.ts';
import { inPlan, type PlanInHand } from './plan-in-hand.ts';
import { isOpenStep } from './step-state.ts';

/** The plan's primary named contact, when one is designated. */
export function primaryContactOf(hand: { plan: Plan; content: PlanContent }): NamedContact | undefined {
  return inPlan(hand, 'named-contact').find((contact) => contact.isPrimary && contact.state === 'designated');
}

/** The unit that keeps an eye on what the patient or a relative does: the support named, else the primary contact's, else the lead's. */
export function supportUnitOf(hand: { plan: Plan; content: PlanContent }, supportUnit?: HsaId): HsaId {
  return supportUnit ?? primaryContactOf(hand)?.unit ?? hand.plan.leadUnit;
}

/**
 * The unit that must act while a step waits for its party's yes, and for a family's step also afterwards. For another
 * unit's, or that of someone outside, it is the unit that asks: nobody is made responsible by being asked.
 */
export function responsibleWhileAsked(
  hand: PlanInHand,
  party: Party,
  supportUnit: HsaId | undefined,
  asking: HsaId,
): HsaId {
  return isOfFamily(party) ? supportUnitOf(hand, supportUnit) : asking;
}

function followsContact(step: Step): boolean {
  const answered = step.state !== 'wished' && step.state !== 'declined' && isOpenStep(step);
  return answered && step.supportUnit === undefined && isOfFamily(step.responsibleParty);
}

/**
 * Open steps of patient and relatives without a support of their own follow the primary named contact when it changes
 * (docs/domain.md 4): else they would stay with a ward that the patient has left.
 *
 * @param hand as it is after the contact has changed
 */
export function followPrimaryContact(hand: PlanInHand, act: Act, except: readonly ThingId[] = []): Change[] {
  const unit = supportUnitOf(hand);
  return inPlan(hand, 'step')
    .filter((step) => followsContact(step) && step.responsibleNow !== unit && !except.includes(step.id))
    .map((step) => changed('step', step, revised<Step>(step, act, { responsibleNow: unit })));
}
