import { describe, expect, it, test } from 'vitest';
import { STEP_STATES, type Step, type StepState } from '../../../src/plans/domain/model.ts';
import { reportStep } from '../../../src/plans/domain/report-commands.ts';
import { addStep } from '../../../src/plans/domain/step-add.ts';
import { transitionStep } from '../../../src/plans/domain/step-move.ts';
import { allowedStepMoves, STEP_MOVES } from '../../../src/plans/domain/step-state.ts';
import { actOf, CENTRE, made, NURSING, refused, SHOWN, Story } from './acting.ts';
import { movesTold, pairs } from './moves-told.ts';

/** docs/domain.md 4, "States", word for word but for the two moves that depend on where the step was. */
const TOLD = movesTold(
  'wished → proposed, agreed, declined, cancelled · proposed → agreed, declined, cancelled · declined → proposed · agreed → booked, in-progress, done, not-done, cancelled, on-hold · booked → agreed, in-progress, done, not-done, cancelled, on-hold · in-progress → done, not-done, cancelled, on-hold · on-hold → agreed, cancelled',
);
const TIME = { form: 'fixed', start: '2026-11-26T12:00:00.000Z', changeable: { byPatient: false } } as const;

function storyAt(state: StepState, before?: StepState) {
  const story = new Story();
  const step = made<Step>(story.does((hand) => addStep(hand, { title: 'Väga', ...SHOWN }, actOf(CENTRE))));
  const enteredInError = state === 'entered-in-error';
  const at = story.sets('step', step, { state, stateBefore: before, enteredInError });
  return { story, step: at };
}

function isAllowed(from: StepState, to: StepState): boolean {
  return TOLD.has(`${from} → ${to}`) || (to === 'entered-in-error' && from !== 'entered-in-error');
}

describe('the states of a step', () => {
  test.each(pairs(STEP_STATES))('from %s to %s is allowed exactly when the domain says so', (from, to) => {
    // A resting step remembers that it was agreed.
    const { story, step } = storyAt(from, from === 'on-hold' ? 'agreed' : undefined);
    const move = { to, reason: 'Därför', time: TIME };
    expect(allowedStepMoves(step).includes(to)).toBe(isAllowed(from, to));
    const before = story.hand;
    if (isAllowed(from, to)) {
      story.does((hand) => transitionStep(hand, step, move, actOf(CENTRE)));
      const after = story.now('step', step);
      expect(after).toMatchObject({ state: to, revision: 2, enteredInError: to === 'entered-in-error' });
      expect(after.responsibleNow).toBe(CENTRE);
      return;
    }
    const code = to === 'entered-in-error' ? 'entered-in-error' : 'step-transition-not-allowed';
    const problem = refused(code, () => transitionStep(story.hand, step, move, actOf(CENTRE)));
    expect(problem.status).toBe(409);
    if (code !== 'entered-in-error') {
      expect(problem.particulars.extra).toEqual({ from, allowed: allowedStepMoves(step) });
    }
    expect(story.hand).toBe(before);
  });

  test.each(
    STEP_STATES.filter((state) => STEP_MOVES[state].includes('on-hold')),
  )('a resting step returns to %s when that is what it left, and to nothing else', (left) => {
    const { story, step } = storyAt(left);
    story.does((hand) => transitionStep(hand, step, { to: 'on-hold', reason: 'Inlagd' }, actOf(CENTRE)));
    const resting = story.now('step', step);
    expect(resting).toMatchObject({ state: 'on-hold', stateBefore: left, reason: 'Inlagd' });
    for (const other of ['agreed', 'booked', 'in-progress', 'done'] as const) {
      if (other === left) continue;
      const resume = () => transitionStep(story.hand, resting, { to: other, time: TIME }, actOf(CENTRE));
      refused('step-transition-not-allowed', resume);
    }
    story.does((hand) => transitionStep(hand, resting, { to: left, time: TIME }, actOf(CENTRE)));
    const resumed = story.now('step', step);
    expect(resumed.state).toBe(left);
    expect(resumed.stateBefore).toBeUndefined();
    expect(resumed.reason).toBeUndefined();
  });

  it('moves only by staff of the unit that answers for it now', () => {
    const { story, step } = storyAt('agreed');
    for (const other of [NURSING, 'patient']) {
      refused('step-not-yours', () => transitionStep(story.hand, step, { to: 'in-progress' }, actOf(other)));
    }
  });

  it('says why when it is cancelled, rests or is not done, and keeps who and when', () => {
    for (const to of ['cancelled', 'on-hold', 'not-done'] as const) {
      const { story, step } = storyAt('agreed');
      refused('reason-missing', () => transitionStep(story.hand, step, { to }, actOf(CENTRE)));
      story.does((hand) => transitionStep(hand, step, { to, reason: 'Flyttar' }, actOf(CENTRE)));
      expect(story.now('step', step).changedBy).toMatchObject({ unit: CENTRE, why: 'Flyttar' });
    }
  });

  it('is booked with a booked time, and falls back to what was agreed when the time is lost', () => {
    const { story, step } = storyAt('agreed');
    const dated = story.sets('step', step, { agreedLatest: '2026-12-01' });
    refused('time-missing', () => transitionStep(story.hand, dated, { to: 'booked' }, actOf(CENTRE)));
    story.does((hand) => transitionStep(hand, dated, { to: 'booked', time: TIME }, actOf(CENTRE)));
    const booked = story.now('step', step);
    expect(booked).toMatchObject({ state: 'booked', time: TIME, factsChanged: { fields: ['time'] } });
    story.does((hand) => transitionStep(hand, booked, { to: 'agreed' }, actOf(CENTRE)));
    expect(story.now('step', step)).toMatchObject({ state: 'agreed', time: { form: 'latest-by', by: '2026-12-01' } });
  });

  it('is taken back by a correcting report to the state before, also when it was ended by hand', () => {
    for (const from of ['agreed', 'booked', 'in-progress'] as const) {
      const { story, step } = storyAt(from);
      story.does((hand) => transitionStep(hand, step, { to: 'not-done', reason: 'Avböjd' }, actOf(CENTRE)));
      const ended = story.now('step', step);
      const undo = { outcome: 'undone', clientKey: 'a', ...SHOWN } as const;
      story.does((hand) => reportStep(hand, ended, undo, actOf(CENTRE)));
      expect(story.now('step', step).state).toBe(from);
    }
  });
});
