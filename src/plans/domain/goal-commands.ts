import { goalMoveNotAllowed } from '../problems.ts';
import { withAgreedChange } from './change-control.ts';
import { type Act, added, type Change, changed, type NewOwned, newInPlan, revised } from './contribution.ts';
import { demandMove, refuseInError } from './demands.ts';
import type { Goal, GoalState } from './model.ts';
import { type PlanInHand, refuseClosed } from './plan-in-hand.ts';
import { differing, type Fields } from './same.ts';
import { type ActsAs, actsAs, demand, isUnit, type May, mayChangeContent, mayLeadPlan } from './who-may.ts';

/** All allowed moves of a goal; one that was judged too early is taken up again. */
export const GOAL_MOVES: Readonly<Record<GoalState, readonly GoalState[]>> = {
  proposed: ['active', 'cancelled', 'entered-in-error'],
  active: ['achieved', 'not-achieved', 'cancelled', 'entered-in-error'],
  achieved: ['active', 'entered-in-error'],
  'not-achieved': ['active', 'entered-in-error'],
  cancelled: ['entered-in-error'],
  'entered-in-error': [],
};

export interface GoalCommand extends NewOwned, Pick<Goal, 'text' | 'clinicalText' | 'whose' | 'targetOn'> {
  readonly state?: 'proposed' | 'active';
}

/** Adds a goal; what the patient writes is the patient's own goal. */
export function addGoal(hand: PlanInHand, command: GoalCommand, act: Act): Change[] {
  refuseClosed(hand.plan);
  const byStaff = isUnit(actsAs(act));
  const goal: Goal = Object.assign(newInPlan(act, hand.plan, command), {
    approvedForPatient: byStaff ? command.approvedForPatient : true,
    text: command.text,
    clinicalText: command.clinicalText,
    targetOn: command.targetOn,
    whose: byStaff ? command.whose : 'patient',
    state: command.state ?? 'active',
  });
  return [added('goal', goal)];
}

type GoalField = 'text' | 'clinicalText' | 'targetOn' | 'approvedForPatient';

/**
 * Changes a goal, by its writer. Text and target date of a goal in the agreed version become a proposal beside it.
 *
 * @throws content-not-yours (403), plan-closed, entered-in-error (409)
 */
export function changeGoal(hand: PlanInHand, goal: Goal, fields: Fields<Goal, GoalField>, act: Act): Change[] {
  demand(mayChangeContent(goal, actsAs(act)));
  refuseClosed(hand.plan);
  refuseInError(goal);
  const named = (['text', 'targetOn'] as const).filter((name) => fields[name] !== undefined);
  const wanted = Object.fromEntries(named.map((name) => [name, fields[name] ?? undefined])) as Partial<Goal>;
  const { clinicalText, approvedForPatient } = fields;
  const facts = differing<Goal, GoalField>(goal, { clinicalText, approvedForPatient });
  return withAgreedChange(hand, 'goal', goal, wanted, facts, act);
}

/** Whether a goal was reached is said by its writer, by the patient for the patient's goals, or by the planning lead at follow-up. */
function mayJudgeGoal(hand: PlanInHand, goal: Goal, who: ActsAs): May {
  if (who === 'patient' && goal.whose === 'patient') return { may: true };
  return mayLeadPlan(hand.plan, who).may ? { may: true } : mayChangeContent(goal, who);
}

/**
 * Moves a goal: taken up, achieved, not achieved, cancelled.
 *
 * @throws content-not-yours (403), goal-transition-not-allowed with the allowed states, plan-closed (409)
 */
export function transitionGoal(
  hand: PlanInHand,
  goal: Goal,
  move: { readonly to: Exclude<GoalState, 'entered-in-error'>; readonly reason?: string },
  act: Act,
): Change[] {
  demand(mayJudgeGoal(hand, goal, actsAs(act)));
  refuseClosed(hand.plan);
  demandMove<GoalState>(goal.state, move.to, GOAL_MOVES[goal.state], goalMoveNotAllowed);
  return [changed('goal', goal, revised<Goal>(goal, act, { state: move.to }, move.reason))];
}
