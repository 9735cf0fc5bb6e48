import type { Step, StepState } from './model.ts';

/**
 * All allowed moves of a step (docs/domain.md 4, "States"). Beside them a resting step returns to the state it left,
 * and a correcting report takes `done` and `not-done` back to the state before.
 */
export const STEP_MOVES: Readonly<Record<StepState, readonly StepState[]>> = {
  wished: ['proposed', 'agreed', 'declined', 'cancelled', 'entered-in-error'],
  proposed: ['agreed', 'declined', 'cancelled', 'entered-in-error'],
  declined: ['proposed', 'entered-in-error'],
  agreed: ['booked', 'in-progress', 'done', 'not-done', 'cancelled', 'on-hold', 'entered-in-error'],
  booked: ['agreed', 'in-progress', 'done', 'not-done', 'cancelled', 'on-hold', 'entered-in-error'],
  'in-progress': ['done', 'not-done', 'cancelled', 'on-hold', 'entered-in-error'],
  'on-hold': ['cancelled', 'entered-in-error'],
  done: ['entered-in-error'],
  'not-done': ['entered-in-error'],
  cancelled: ['entered-in-error'],
  'entered-in-error': [],
};

/** Where the step may go from where it is, the state that a resting one left included. */
export function allowedStepMoves(step: Pick<Step, 'state' | 'stateBefore'>): readonly StepState[] {
  const moves = STEP_MOVES[step.state];
  return step.state === 'on-hold' && step.stateBefore ? [step.stateBefore, ...moves] : moves;
}

/** States in which someone has said yes and the work is not over. */
export const ACCEPTED_STATES: readonly StepState[] = ['agreed', 'booked', 'in-progress', 'on-hold'];
/** States in which nobody has said yes, so that it can still be put to someone else. */
export const UNANSWERED_STATES: readonly StepState[] = ['wished', 'proposed', 'declined'];
/** States in which nothing more is to be done. */
export const ENDED_STATES: readonly StepState[] = ['done', 'not-done', 'cancelled', 'entered-in-error'];

/** States in which somebody has work with it: a declined one is nobody's until it is put to someone else. */
export const WORK_STATES: readonly StepState[] = ['wished', 'proposed', 'agreed', 'booked', 'in-progress', 'on-hold'];

/** Whether something remains to be done or answered about it; a declined one has gone back to its writer. */
export function isOpenStep(step: Pick<Step, 'state' | 'enteredInError'>): boolean {
  return !step.enteredInError && !ENDED_STATES.includes(step.state);
}

/** Whether it comes again and again, with reports for each occurrence. */
export function isRecurring(step: Pick<Step, 'time'>): boolean {
  return step.time?.form === 'recurring';
}

/** The state that reports start from: what the step was before a report or a mark ended it. */
export function stateBeforeReports(step: Pick<Step, 'state' | 'stateBefore'>): StepState {
  const ended = step.state === 'done' || step.state === 'not-done';
  return ended ? (step.stateBefore ?? 'agreed') : step.state;
}
