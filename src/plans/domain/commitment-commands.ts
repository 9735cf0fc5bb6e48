import { commitmentMoveNotAllowed } from '../problems.ts';
import { withAgreedChange } from './change-control.ts';
import { type Act, added, type Change, changed, type NewOwned, newInPlan, revised } from './contribution.ts';
import { demandMove, demandReason, refuseInError } from './demands.ts';
import type { ApprovalMethod, Commitment, CommitmentState } from './model.ts';
import { inviteMissing } from './participant-commands.ts';
import { checkParty, unitOf } from './party.ts';
import { nextOrder, type PlanInHand, refuseClosed } from './plan-in-hand.ts';
import { differing, type Fields } from './same.ts';
import { demandMethod } from './step-add.ts';
import { actsAs, demand, isUnit, mayChangeContent, mayJudge, mayPromise } from './who-may.ts';

/** All allowed moves of a promise (docs/domain.md 3). */
export const COMMITMENT_MOVES: Readonly<Record<CommitmentState, readonly CommitmentState[]>> = {
  proposed: ['accepted', 'entered-in-error'],
  accepted: ['kept', 'broken', 'released', 'entered-in-error'],
  kept: ['entered-in-error'],
  broken: ['entered-in-error'],
  released: ['entered-in-error'],
  'entered-in-error': [],
};

export interface CommitmentCommand extends NewOwned, Pick<Commitment, 'by' | 'to' | 'text' | 'due'> {
  readonly order?: number;
  /** The own yes of the patient, a relative or an outsider, heard or read by the staff who write the promise down. */
  readonly ownYes?: { readonly method: ApprovalMethod };
}

/** Whether the promise is its writer's own, or the yes to it comes along; then it is accepted from the start. */
function birth(command: CommitmentCommand, act: Act): Pick<Commitment, 'state' | 'answeredBy'> {
  const who = actsAs(act);
  const own = unitOf(command.by) === who || (command.by.kind === 'patient' && who === 'patient');
  if (own) return { state: 'accepted', answeredBy: { ...act.by, at: act.now, method: 'digital' } };
  if (!command.ownYes) return { state: 'proposed' };
  // A unit's own staff say yes for it, and nobody else does.
  demand(mayPromise(command, who));
  const method = demandMethod(command.ownYes.method, 'ownYes.method');
  return { state: 'accepted', answeredBy: { ...act.by, at: act.now, method } };
}

/**
 * Adds a promise: accepted from the start when it is the writer's own, else proposed to the promiser, who is invited.
 *
 * @throws promise-not-yours (403), plan-closed (409), party-not-as-registered, method-missing (422)
 */
export function addCommitment(hand: PlanInHand, command: CommitmentCommand, act: Act): Change[] {
  refuseClosed(hand.plan);
  checkParty(command.by, hand.units, 'by');
  checkParty(command.to, hand.units, 'to');
  const { state, answeredBy } = birth(command, act);
  const promise: Commitment = Object.assign(newInPlan(act, hand.plan, command), {
    approvedForPatient: isUnit(actsAs(act)) ? command.approvedForPatient : true,
    by: command.by,
    to: command.to,
    text: command.text,
    due: command.due,
    order: command.order ?? nextOrder(hand, 'commitment'),
    state,
    answeredBy,
  });
  return [added('commitment', promise), ...inviteMissing(hand, [promise.by, promise.to], act)];
}

/**
 * Says yes to a promise: only the promiser, patient and relatives also through staff who record it.
 *
 * @throws promise-not-yours (403), commitment-transition-not-allowed, plan-closed (409), method-missing (422)
 */
export function acceptCommitment(
  hand: PlanInHand,
  promise: Commitment,
  answer: { readonly method?: ApprovalMethod },
  act: Act,
): Change[] {
  const who = actsAs(act);
  demand(mayPromise(promise, who));
  refuseClosed(hand.plan);
  demandMove<CommitmentState>(promise.state, 'accepted', COMMITMENT_MOVES[promise.state], commitmentMoveNotAllowed);
  const own = !isUnit(who) || unitOf(promise.by) === who;
  const method = own ? (answer.method ?? 'digital') : demandMethod(answer.method);
  const answeredBy = { ...act.by, at: act.now, method };
  return [changed('commitment', promise, revised<Commitment>(promise, act, { state: 'accepted', answeredBy }))];
}

/**
 * Judges a promise when someone says so: kept, broken or released, with who and why. Never by a missed tick, and a promise
 * broken by care is as plain as one broken by the patient.
 *
 * @throws judgement-not-yours (403), commitment-transition-not-allowed, plan-closed (409), reason-missing (422)
 */
export function judgeCommitment(
  hand: PlanInHand,
  promise: Commitment,
  judgement: { readonly to: 'kept' | 'broken' | 'released'; readonly why?: string },
  act: Act,
): Change[] {
  const who = actsAs(act);
  demand(mayJudge(promise, hand.plan, who));
  refuseClosed(hand.plan);
  const { to, why } = judgement;
  demandMove<CommitmentState>(promise.state, to, COMMITMENT_MOVES[promise.state], commitmentMoveNotAllowed);
  if (isUnit(who) && to !== 'kept') demandReason(why, 'why');
  const judged = { at: act.now, by: act.by, ...(why === undefined ? {} : { why }) };
  return [changed('commitment', promise, revised<Commitment>(promise, act, { state: to, judged }, why))];
}

type CommitmentField = 'text' | 'due' | 'order' | 'approvedForPatient';

/**
 * Changes a promise, by the promiser (while nobody has said yes also by its writer). Text and due of a promise in the
 * agreed version become a proposal beside it.
 *
 * @throws promise-not-yours (403); commitment-transition-not-allowed once it is judged, plan-closed (409)
 */
export function changeCommitment(
  hand: PlanInHand,
  promise: Commitment,
  fields: Fields<Commitment, CommitmentField>,
  act: Act,
): Change[] {
  const who = actsAs(act);
  const writer = promise.state === 'proposed' && mayChangeContent(promise, who).may;
  if (!writer) demand(mayPromise(promise, who));
  refuseClosed(hand.plan);
  refuseInError(promise);
  if (promise.judged) throw commitmentMoveNotAllowed({ extra: { from: promise.state, allowed: [] } });
  const named = (['text', 'due'] as const).filter((name) => fields[name] !== undefined);
  const wanted = Object.fromEntries(named.map((name) => [name, fields[name] ?? undefined])) as Partial<Commitment>;
  const facts = differing<Commitment, CommitmentField>(promise, {
    order: fields.order,
    approvedForPatient: fields.approvedForPatient,
  });
  return withAgreedChange(hand, 'commitment', promise, wanted, facts, act);
}
