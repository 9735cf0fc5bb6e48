import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { candidatesOf, comparePlaces } from '../../../src/plans/domain/choose-next-step.ts';
import { type NextStep, nextStepOfOverview, nextStepOfPlan } from '../../../src/plans/domain/next-step.ts';
import { oracle } from './next-step-oracle.ts';
import { closeStories, contextOf, stories } from './stories.ts';

const RUNS = 300;
function said(next: NextStep | undefined): string {
  if (!next) return 'nothing';
  return next.kind === 'step' || next.kind === 'late' ? `${next.kind} ${next.step!.id}` : next.kind;
}

describe('for random plans, moments, reports and opening hours', () => {
  test('the next step is the one that the rule told plainly gives, of each plan and of all together', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(fc.oneof(stories, closeStories), (story) => {
        const { content, now } = story;
        const context = contextOf(story);
        const whole = said(nextStepOfOverview(content, context));
        expect(whole).toBe(oracle(content.plan, content, now));
        for (const one of content.plan) {
          expect(said(nextStepOfPlan(content, one.id, context))).toBe(oracle([one], content, now));
        }
        const word = whole.split(' ')[0]!;
        seen.set(word, (seen.get(word) ?? 0) + 1);
      }),
      { numRuns: RUNS * 4 },
    );
    for (const word of ['step', 'late', 'proposal', 'resting', 'follow-up']) {
      expect(seen.get(word), `the stories never came to: ${word}`).toBeGreaterThan(5);
    }
  });

  test('a proposed, active or on-hold plan has exactly one, and the overview’s is that of one of them', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const context = contextOf(story);
        const ofPlans = story.content.plan.map((one) => nextStepOfPlan(story.content, one.id, context));
        for (const [i, one] of story.content.plan.entries()) {
          expect(ofPlans[i] !== undefined).toBe(['proposed', 'active', 'on-hold'].includes(one.status));
        }
        const whole = nextStepOfOverview(story.content, context)!;
        expect(ofPlans.map((next) => next?.sentence)).toContain(whole.sentence);
        expect(nextStepOfOverview(story.content, { ...context, deceased: true })).toBeUndefined();
      }),
      { numRuns: RUNS },
    );
  });

  test('it always says something, whom to reach, and of what is late who has it and who calls', () => {
    fc.assert(
      fc.property(stories, (story) => {
        for (const language of ['sv', 'en'] as const) {
          const context = { ...contextOf(story), language };
          const next = nextStepOfOverview(story.content, context)!;
          expect(next.sentence).toMatch(/^\p{Lu}.*[.!?]$/u);
          expect(next.sentence).not.toMatch(/undefined|NaN|Invalid|\[object/);
          expect(next.reach.channel.value).not.toBe('');
          if (next.kind === 'step' || next.kind === 'late') {
            expect(['agreed', 'booked', 'in-progress']).toContain(next.step!.state);
          }
          if (next.kind === 'late') {
            expect(next.late!.holder.name).not.toBe('');
            expect(
              next.late!.caller.unit === next.step!.responsibleNow.unit || next.late!.caller.as === 'contact',
            ).toBe(true);
            const open = context.channels.get(next.late!.caller.unit) !== undefined;
            if (!open) expect(next.late!.callsToday).toBe(false);
            if (next.late!.opensAt) expect(Date.parse(next.late!.opensAt)).toBeGreaterThan(story.now);
          }
        }
      }),
      { numRuns: RUNS },
    );
  });

  test('the order is total: no two candidates tie, and it does not matter in what order they come', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const context = contextOf(story);
        const { content } = story;
        const candidates = candidatesOf(content.plan, content, context);
        for (const a of candidates) {
          for (const b of candidates) {
            const order = comparePlaces(a, b);
            expect(Number.isNaN(order)).toBe(false);
            expect(Math.sign(order)).toBe(-Math.sign(comparePlaces(b, a)) + 0);
            if (a !== b) expect(order).not.toBe(0);
          }
        }
        const turned = { ...content, step: [...content.step].reverse(), report: [...content.report].reverse() };
        expect(candidatesOf(content.plan, turned, context).map((c) => c.id)).toEqual(candidates.map((c) => c.id));
      }),
      { numRuns: RUNS / 2 },
    );
  });
});
