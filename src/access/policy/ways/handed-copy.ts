import type { ContributionFacts, HandedCopy } from '../facts-plan.ts';
import { nowOf } from '../periods.ts';
import { type Answer, NOT_THIS_WAY } from '../sight.ts';
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

/** The latest copy that a receiver has been handed; one with clinical text before one without. */
export function latestCopy(c: ContributionFacts, isReceiver: (copy: HandedCopy) => boolean, now: number): Answer {
  let latest: HandedCopy | undefined;
  for (const copy of c.copies ?? []) {
    if (!isReceiver(copy) || !(Date.parse(copy.at) <= now)) continue;
    if (!latest || isBetter(copy, latest)) latest = copy;
  }
  if (!latest) return NOT_THIS_WAY;
  return { shown: latest.whole ? 'whole' : 'limited', ground: 'handed-copy', asOf: latest.at };
}

function isBetter(a: HandedCopy, b: HandedCopy): boolean {
  if ((a.whole ?? false) !== (b.whole ?? false)) return a.whole === true;
  return Date.parse(a.at) > Date.parse(b.at);
}
