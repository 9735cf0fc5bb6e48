import { wrong } from '../../shared/problem.ts';
import { stepMoveNotAllowed, timeMissing } from '../problems.ts';
import { type Act, type Change, changed } from './contribution.ts';
import { demandMove, demandReason } from './demands.ts';
import { enterInError } from './in-error.ts';
import type { ApprovalMethod, Party, Step, StepState, StepTime } from './model.ts';
import { type PlanInHand, refuseClosed } from './plan-in-hand.ts';
import { isSame } from './same.ts';
import { acceptStep, declineStep, proposeStep } from './step-answer.ts';
import { applyToStep } from './step-change.ts';
import { checkTime } from './step-fields.ts';
import { allowedStepMoves } from './step-state.ts';
import { actsAs, demand, isUnit, mayChangeStep } from './who-may.ts';

export interface StepMove {
  readonly to: StepState;
  /** Why; required of staff for `cancelled`, `not-done`, `on-hold` and `declined`. */
  readonly reason?: string;
  /** The time that is booked, or that holds instead when a booked one is lost. */
  readonly time?: StepTime;
  /** For a yes or no that staff record for patient, relative or outsider. */
  readonly method?: ApprovalMethod;
  /** Whom a wish or a declined step is put to. */
  readonly responsibleParty?: Party;
}

const NEEDS_REASON: readonly StepState[] = ['cancelled', 'not-done', 'on-hold'];
const BOOKED_FORMS: readonly StepTime['form'][] = ['fixed', 'window', 'recurring'];

function isAnswer(step: Step, to: StepState): boolean {
  return (step.state === 'wished' || step.state === 'proposed') && (to === 'agreed' || to === 'declined');
}

/** The time after the move: the one given; a lost booking leaves what was agreed at the latest. */
function timeAfter(step: Step, move: StepMove): StepTime | undefined {
  if (move.time) return move.time;
  const lost = step.state === 'booked' && move.to === 'agreed' && step.time?.form === 'fixed';
  if (!lost) return step.time;
  return step.agreedLatest === undefined ? undefined : { form: 'latest-by', by: step.agreedLatest };
}

/** What a resting, ended or resumed step remembers of where it was. */
function memory(step: Step, to: StepState): Pick<Step, 'stateBefore'> {
  const remembers = to === 'on-hold' || to === 'done' || to === 'not-done';
  return { stateBefore: remembers ? step.state : undefined };
}

/**
 * Moves a step to another state on behalf of the unit that answers for it (patients what they have wished or added):
 * books, starts, rests, resumes, cancels or ends it. A yes, a no and a new proposal go by their own rules.
 *
 * @throws step-not-yours (403); step-transition-not-allowed with the allowed states, plan-closed (409); reason-missing,
 *   time-missing, time-not-in-order (422)
 */
export function transitionStep(hand: PlanInHand, step: Step, move: StepMove, act: Act): Change[] {
  if (isAnswer(step, move.to)) {
    return move.to === 'agreed' ? acceptStep(hand, step, move, act) : declineStep(hand, step, move, act);
  }
  if (move.to === 'proposed') return proposeStep(hand, step, move, act);
  if (move.to === 'entered-in-error') return enterInError(hand, 'step', step, move, act);
  const who = actsAs(act);
  demand(mayChangeStep(step, who));
  refuseClosed(hand.plan);
  demandMove<StepState>(step.state, move.to, allowedStepMoves(step), stepMoveNotAllowed);
  if (isUnit(who) && NEEDS_REASON.includes(move.to)) demandReason(move.reason);
  checkTime(move.time);
  const time = timeAfter(step, move);
  if (move.to === 'booked' && !(time && BOOKED_FORMS.includes(time.form))) {
    throw timeMissing({ invalidParameters: [wrong('time', 'Ange den bokade tiden', 'Give the booked time')] });
  }
  const state = { state: move.to, reason: move.reason, ...memory(step, move.to) };
  const facts: Partial<Step> = isSame(time, step.time) ? state : { ...state, time };
  const [own, ...rest] = applyToStep(hand, step, facts, {}, act);
  const after = own!.after as Step;
  const reasoned = move.reason === undefined ? after : { ...after, changedBy: { ...act.by, why: move.reason } };
  return [changed('step', step, reasoned), ...rest];
}
