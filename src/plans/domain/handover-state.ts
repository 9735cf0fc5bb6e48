import type { FollowUp, Handover, HandoverState, HsaId, NamedContact, Plan, PlanContent, Step } from './model.ts';
import { ACCEPTED_STATES } from './step-state.ts';
import { lateFrom } from './when.ts';

/**
 * All allowed moves of a handover (docs/domain.md 4, "Order and handover"). What was corrected or sent on after it had been
 * received is offered anew: a receipt is of one text and of one unit.
 */
export const HANDOVER_MOVES: Readonly<Record<HandoverState, readonly HandoverState[]>> = {
  offered: ['received', 'accepted', 'returned', 'cancelled'],
  received: ['offered', 'accepted', 'returned', 'cancelled'],
  accepted: [],
  returned: [],
  cancelled: [],
};

/** Whether somebody is still waited for. */
export function isOpenHandover(handover: Pick<Handover, 'state' | 'enteredInError'>): boolean {
  return !handover.enteredInError && HANDOVER_MOVES[handover.state].length > 0;
}

/**
 * Whether the receiver has neither accepted nor returned in time, so that the escalation party is to be alarmed. The one
 * who gives keeps the duty all the same.
 */
export function isLateHandover(handover: Handover, now: number): boolean {
  return isOpenHandover(handover) && now >= lateFrom(handover.answerBy);
}

/** Handovers of a record that nobody has answered in time: for what falls between chairs. */
export function lateHandovers(content: Pick<PlanContent, 'handover'>, now: number): readonly Handover[] {
  return content.handover.filter((one) => isLateHandover(one, now));
}

/** What is handed over, as it stands: who has it, and nothing when there is nothing to hand over any more. */
export function holderOf(
  content: Pick<PlanContent, 'plan' | 'step' | 'named-contact' | 'follow-up'>,
  handover: Pick<Handover, 'of' | 'aboutId'>,
): HsaId | undefined {
  const { of, aboutId } = handover;
  const named = <T extends { readonly id: string }>(things: readonly T[]) => things.find(({ id }) => id === aboutId);
  switch (of) {
    case 'step':
      return stepHolder(named(content.step));
    case 'named-contact':
      return contactHolder(named(content['named-contact']));
    case 'follow-up':
      return followUpHolder(named(content['follow-up']));
    case 'planning-lead':
      return leadHolder(named(content.plan));
  }
}

function stepHolder(step: Step | undefined): HsaId | undefined {
  return step && !step.enteredInError && ACCEPTED_STATES.includes(step.state) ? step.responsibleNow : undefined;
}

function contactHolder(contact: NamedContact | undefined): HsaId | undefined {
  return contact?.state === 'designated' && !contact.enteredInError ? contact.unit : undefined;
}

function followUpHolder(followUp: FollowUp | undefined): HsaId | undefined {
  return followUp?.doneOn === undefined && !followUp?.enteredInError ? followUp?.responsibleUnit : undefined;
}

function leadHolder(plan: Plan | undefined): HsaId | undefined {
  const isOver = !plan || ['completed', 'revoked', 'declined', 'entered-in-error'].includes(plan.status);
  return isOver ? undefined : plan.leadUnit;
}
