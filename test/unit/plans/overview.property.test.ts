import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextStepOfOverview } from '../../../src/plans/domain/next-step.ts';
import { overviewOf } from '../../../src/plans/domain/overview.ts';
import { contextOf, stories } from './stories.ts';

const LIVE = ['proposed', 'active', 'on-hold'];

describe('the overview of random plans', () => {
  test('has every step that the patient may see once and nothing that the patient may not', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const context = contextOf(story);
        const view = overviewOf(story.content, context);
        const live = new Set(story.content.plan.filter((p) => LIVE.includes(p.status)).map((p) => p.id));
        const shown = story.content.step.filter(
          (s) => live.has(s.planId) && s.approvedForPatient && !s.enteredInError && s.state !== 'entered-in-error',
        );
        const told = [...Object.values(view.doing).flatMap((side) => side.steps), ...view.past].map((s) => s.id);
        expect([...told].sort()).toEqual(shown.map((s) => s.id).sort());
        const ids = new Set<string>(told);
        for (const part of [view.askAbout, view.bookedTimes, view.everyDay, view.changed]) {
          for (const { stepId } of part) expect(ids.has(stepId)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('has the one next step, asks only about what is the family’s, and books nothing that is over', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const context = contextOf(story);
        const view = overviewOf(story.content, context);
        expect(view.nextStep).toEqual(nextStepOfOverview(story.content, context));
        const steps = new Map(story.content.step.map((s) => [s.id, s]));
        for (const asked of view.askAbout) {
          const one = steps.get(asked.stepId)!;
          const family = ['patient', 'relative'].includes(one.responsibleParty.kind);
          expect(family || one.time?.form === 'patient-books').toBe(true);
        }
        for (const booked of view.bookedTimes) {
          const end = Date.parse(booked.when.end ?? booked.when.start!) + (booked.when.end ? 1 : 3_600_000);
          expect(end).toBeGreaterThan(story.now);
        }
        for (const doing of Object.values(view.doing).flatMap((side) => side.steps)) {
          expect(doing.late && doing.asked).toBe(false);
        }
        expect(JSON.parse(JSON.stringify(view))).toEqual(view);
      }),
      { numRuns: 300 },
    );
  });
});
