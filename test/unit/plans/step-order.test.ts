import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enterInError } from '../../../src/plans/domain/in-error.ts';
import type { Step } from '../../../src/plans/domain/model.ts';
import { addStep } from '../../../src/plans/domain/step-add.ts';
import { changeStep } from '../../../src/plans/domain/step-change.ts';
import { findCircle, type Ordered } from '../../../src/plans/domain/step-order.ts';
import type { ThingId } from '../../../src/shared/ids.ts';
import { SIZES } from '../../support/sizes.ts';
import { actOf, CENTRE, fieldsOf, made, refused, SHOWN, Story } from './acting.ts';
import { id } from './plan-builder.ts';

/** The steps that reach themselves, by trying every way of every length: slow and plain. */
function reachingThemselves(steps: readonly Ordered[]): readonly ThingId[] {
  const reached = new Map(steps.map((step) => [step.id, new Set<ThingId>(step.predecessors)]));
  for (const _ of steps) {
    for (const ways of reached.values()) {
      for (const via of [...ways]) for (const further of reached.get(via) ?? []) ways.add(further);
    }
  }
  return [...reached].filter(([own, ways]) => ways.has(own)).map(([own]) => own);
}

const graphs = fc.integer({ min: 1, max: 9 }).chain((size) =>
  fc.array(fc.uniqueArray(fc.integer({ min: 0, max: size + 1 }), { maxLength: 3 }), {
    minLength: size,
    maxLength: size,
  }),
);

describe('the order of steps', () => {
  it('tells a step that comes before itself exactly when there is one', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const steps = graph.map((before, n) => ({ id: id(n), predecessors: before.map(id) }));
        const found = findCircle(steps);
        const inCircles = reachingThemselves(steps);
        if (inCircles.length === 0) expect(found).toBeUndefined();
        else expect(inCircles).toContain(found);
      }),
      { numRuns: SIZES.stepGraphs },
    );
  });

  it('a chain of ten thousand steps has none', () => {
    const steps = Array.from({ length: 10_000 }, (_, n) => ({ id: id(n), predecessors: n === 0 ? [] : [id(n - 1)] }));
    expect(findCircle(steps)).toBeUndefined();
    expect(findCircle([{ id: id(0), predecessors: [id(9_999)] }, ...steps.slice(1)])).toBeDefined();
  });

  it('a step is refused before itself, directly and the long way round, naming the field', () => {
    const story = new Story();
    const add = (predecessors: ThingId[]) =>
      made<Step>(story.does((hand) => addStep(hand, { title: 'Steg', predecessors, ...SHOWN }, actOf(CENTRE))));
    const first = add([]);
    const second = add([first.id]);
    const third = add([second.id, first.id]);
    for (const before of [first.id, second.id, third.id]) {
      const change = () => changeStep(story.hand, first, { predecessors: [before] }, actOf(CENTRE));
      const problem = refused('step-order-circle', change);
      expect(problem.status).toBe(422);
      expect(fieldsOf(problem)).toEqual(['predecessors']);
    }
    story.does((hand) => changeStep(hand, third, { predecessors: [] }, actOf(CENTRE)));
    story.does((hand) => changeStep(hand, story.now('step', first), { predecessors: [third.id] }, actOf(CENTRE)));
    expect(story.now('step', first).predecessors).toEqual([third.id]);
  });

  it('does not go round by way of a step entered in error, which nobody can name any more', () => {
    const story = new Story();
    const add = (predecessors: ThingId[]) =>
      made<Step>(story.does((hand) => addStep(hand, { title: 'Steg', predecessors, ...SHOWN }, actOf(CENTRE))));
    const first = add([]);
    const wrong = add([first.id]);
    const last = add([wrong.id]);
    story.does((hand) => enterInError(hand, 'step', wrong, {}, actOf(CENTRE)));
    const change = (id: ThingId) => () => changeStep(story.hand, first, { predecessors: [id] }, actOf(CENTRE));
    refused('step-order-circle', change(last.id));
    refused('unknown-reference', change(wrong.id));
  });

  it('a predecessor of another plan is refused, but one that stayed behind in it may remain', () => {
    const story = new Story();
    const old = made<Step>(story.does((hand) => addStep(hand, { title: 'Förr', ...SHOWN }, actOf(CENTRE))));
    story.begins({ kind: 'VP' });
    const add = { title: 'Nu', ...SHOWN };
    refused('unknown-reference', () => addStep(story.hand, { ...add, predecessors: [old.id] }, actOf(CENTRE)));
    const now = made<Step>(story.does((hand) => addStep(hand, add, actOf(CENTRE))));
    const moved = story.sets('step', now, { predecessors: [old.id] });
    const other = made<Step>(story.does((hand) => addStep(hand, add, actOf(CENTRE))));
    story.does((hand) => changeStep(hand, moved, { predecessors: [old.id, other.id] }, actOf(CENTRE)));
    expect(story.now('step', now).predecessors).toEqual([old.id, other.id]);
  });
});
