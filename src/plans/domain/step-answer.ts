import { stepMoveNotAllowed } from '../problems.ts';
import { type Act, type Change, changed, revised } from './contribution.ts';
import { demandMove, demandReason } from './demands.ts';
import type { ApprovalMethod, HsaId, Party, Step, StepState } from './model.ts';
import { inviteMissing } from './participant-commands.ts';
import { checkParty, isOfFamily, partyOfUnit, unitOf } from './party.ts';
import { type PlanInHand, refuseClosed } from './plan-in-hand.ts';
import { responsibleWhileAsked, supportUnitOf } from './responsibility.ts';
import { demandAssessment } from './self-care.ts';
import { demandMethod } from './step-add.ts';
import { allowedStepMoves } from './step-state.ts';
import { actsAs, demand, isUnit, mayAnswerStep, mayChangeStep } from './who-may.ts';

export interface StepAnswer {
  /** How a patient, relative or outsider said so; required of staff who record it. */
  readonly method?: ApprovalMethod;
  /** Why; required of staff who decline. */
  readonly reason?: string;
}

/** Whose yes it is: the one asked; a wish becomes that of the unit that takes it on. */
function acceptingParty(hand: PlanInHand, step: Step, who: HsaId): Party {
  if (step.state !== 'wished' || unitOf(step.responsibleParty) === who) return step.responsibleParty;
  if (isOfFamily(step.responsibleParty)) return step.responsibleParty;
  const unit = hand.units.get(who);
  return unit ? partyOfUnit(unit) : { kind: 'other', unit: who };
}

function answerMethod(step: Step, who: string, method: ApprovalMethod | undefined): ApprovalMethod | undefined {
  if (!isUnit(who)) return 'digital';
  // A unit answers for itself, and care answers a wish; only another's own yes was said or written to somebody.
  return step.state === 'wished' || unitOf(step.responsibleParty) !== undefined ? method : demandMethod(method);
}

/** The fields of a step that its party has said yes to; for `acceptStep` and for a yes to an agreement. */
export function acceptedFields(hand: PlanInHand, step: Step, party: Party, act: Act, method?: ApprovalMethod) {
  const unit = unitOf(party);
  const waiting = isOfFamily(party) ? supportUnitOf(hand, step.supportUnit) : step.responsibleNow;
  const answeredBy = { ...act.by, at: act.now, ...(method && { method }) };
  return { state: 'agreed', responsibleParty: party, responsibleNow: unit ?? waiting, answeredBy } as const;
}

/**
 * Says yes to a proposed step or a wish: a unit by its own staff, and from then on it is theirs; the patient by own act,
 * or orally or in writing to staff (relatives and others outside too).
 *
 * @throws step-answer-not-yours (403); step-transition-not-allowed, self-care-assessment-missing, plan-closed (409);
 *   method-missing (422)
 */
export function acceptStep(hand: PlanInHand, step: Step, answer: StepAnswer, act: Act): Change[] {
  const who = actsAs(act);
  demand(mayAnswerStep(step, hand.plan, who));
  refuseClosed(hand.plan);
  demandAnswerable(step, 'agreed');
  const method = answerMethod(step, who, answer.method);
  const party = acceptingParty(hand, step, who);
  demandAssessment(hand.content, step, party);
  const fields = { ...acceptedFields(hand, step, party, act, method), reason: undefined };
  return [changed('step', step, revised<Step>(step, act, fields)), ...inviteMissing(hand, [party], act)];
}

/** Only a step that waits for an answer is answered: a booked one that loses its time becomes `agreed` by another way. */
function demandAnswerable(step: Step, to: StepState): void {
  const waits = step.state === 'wished' || step.state === 'proposed';
  demandMove(step.state, to, waits ? allowedStepMoves(step) : [], stepMoveNotAllowed);
}

/**
 * Says no to a proposed step or a wish, with the reason: it goes back to the unit that wrote it.
 *
 * @throws step-answer-not-yours (403), step-transition-not-allowed, plan-closed (409), reason-missing (422)
 */
export function declineStep(hand: PlanInHand, step: Step, answer: StepAnswer, act: Act): Change[] {
  const who = actsAs(act);
  demand(mayAnswerStep(step, hand.plan, who));
  refuseClosed(hand.plan);
  demandAnswerable(step, 'declined');
  const method = answerMethod(step, who, answer.method);
  const reason = isUnit(who) ? demandReason(answer.reason) : answer.reason;
  const answeredBy = { ...act.by, at: act.now, ...(method && { method }) };
  const fields = { state: 'declined', responsibleNow: step.recordedBy.unit, answeredBy, reason } as const;
  return [changed('step', step, revised<Step>(step, act, fields, reason))];
}

/**
 * Puts a wish, or a step that was declined, to a party: the same or another one. Until that party says yes, the unit
 * that asks must act.
 *
 * @throws step-not-yours (403), step-transition-not-allowed, plan-closed (409), party-not-as-registered (422)
 */
export function proposeStep(hand: PlanInHand, step: Step, to: { responsibleParty?: Party }, act: Act): Change[] {
  const who = actsAs(act);
  demand(mayChangeStep(step, who));
  refuseClosed(hand.plan);
  demandMove<StepState>(step.state, 'proposed', allowedStepMoves(step), stepMoveNotAllowed);
  if (to.responsibleParty) checkParty(to.responsibleParty, hand.units, 'responsibleParty');
  const responsibleParty = to.responsibleParty ?? step.responsibleParty;
  const asking = isUnit(who) ? who : step.responsibleNow;
  const responsibleNow = responsibleWhileAsked(hand, responsibleParty, step.supportUnit, asking);
  const asked = {
    state: 'proposed',
    responsibleParty,
    responsibleNow,
    askedAt: act.now,
    answeredBy: undefined,
    reason: undefined,
  } as const;
  return [changed('step', step, revised<Step>(step, act, asked)), ...inviteMissing(hand, [responsibleParty], act)];
}
