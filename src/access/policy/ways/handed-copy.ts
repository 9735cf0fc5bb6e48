import type { ContributionFacts, HandedCopy } from '../facts-plan.ts';
import { nowOf } from '../periods.ts';
import { type Answer, isMore, NOT_THIS_WAY, type SeenAnswer, upTo } from '../sight.ts';
import type { Way } from './way.ts';

/** Utlämnande: what the unit or its provider was handed it keeps, as it stood when it was handed (PDL 3:11). */
export const handedCopy: Way =
  ({ unit, facts }) =>
  (c) =>
    latestCopy(
      c,
      (copy) => copy.unit === unit.hsaId || (copy.unit === undefined && copy.provider === unit.provider.hsaId),
      nowOf(facts),
    );

/** The best of the copies that a receiver has been handed: one of how things stand now, else the fullest, else the latest. */
export function latestCopy(c: ContributionFacts, isReceiver: (copy: HandedCopy) => boolean, now: number): Answer {
  let best: Answer = NOT_THIS_WAY;
  for (const copy of c.copies ?? []) {
    if (!isReceiver(copy) || !(Date.parse(copy.at) <= now)) continue;
    const shown: SeenAnswer = { shown: copy.whole ? 'whole' : 'limited', ground: 'handed-copy' };
    const answer = copy.changedSince ? { ...shown, asOf: copy.at } : upTo(shown, copy.at, c);
    if (isMore(answer, best) || isLater(answer, best)) best = answer;
  }
  return best;
}

function isLater(a: SeenAnswer, b: Answer): boolean {
  if (a.shown !== b.shown || a.asOf === undefined || b.asOf === undefined) return false;
  return Date.parse(a.asOf) > Date.parse(b.asOf);
}
