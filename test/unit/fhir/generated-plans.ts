import fc from 'fast-check';
import type { PlanContent } from '../../../src/plans/domain/model.ts';
import { Problem } from '../../../src/shared/problem.ts';
import { actOf, CENTRE, NOW, Story } from '../plans/acting.ts';
import { COMMANDS, plans, rightful, tries } from '../plans/random-commands.ts';

/** Contents of a person's plans after whatever anyone has tried, refused or not. */
export const lived: fc.Arbitrary<PlanContent> = fc
  .tuple(plans, fc.array(tries, { minLength: 5, maxLength: 60, size: 'max' }))
  .map(([plan, draws]) => {
    const story = new Story(plan, CENTRE);
    draws.forEach((draw, n) => {
      const count = story.all('plan').length;
      if (draw.what < 2) story.turnTo(story.all('plan')[(count - 1) >> (draw.three % 2)]!.id);
      const who = draw.who === 'rightful' ? rightful(story.hand, draw) : draw.who;
      const act = actOf(who, new Date(Date.parse(NOW) + n * 3_600_000).toISOString());
      try {
        story.does((hand) => COMMANDS[draw.command]!(hand, draw, act));
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
      }
    });
    return story.hand.content;
  });
