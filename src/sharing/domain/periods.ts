import type { Period } from '../../access/policy/facts-person.ts';
import { type Act, type Instant, type Owned, revised } from '../../shared/owned.ts';
import { type ProblemFactory, wrong } from '../../shared/problem.ts';
import { alreadyEnded, periodDates } from '../problems.ts';

/**
 * The period of something new, from now unless said.
 *
 * @param refuse what to say of an end that is not after its start and after now
 */
export function newPeriod(
  given: Partial<Period>,
  now: Instant,
  refuse: ProblemFactory = periodDates,
): { readonly from: Instant; readonly until?: Instant } {
  const from = given.from ?? now;
  const { until } = given;
  if (until === undefined) return { from };
  if (Date.parse(until) <= Date.parse(from) || Date.parse(until) <= Date.parse(now)) {
    const sv = 'Ska vara senare än början och senare än nu.';
    throw refuse({ invalidParameters: [wrong('until', sv, 'Must be after its start and after now.')] });
  }
  return { from, until };
}

/** Whether a period has come to its end. */
export function isOver({ until }: Period, now: Instant): boolean {
  return until !== undefined && Date.parse(until) <= Date.parse(now);
}

/**
 * Ends something now, or as if it had never held when it had not begun. What has been read stays read.
 *
 * @throws alreadyEnded
 */
export function endNow<T extends Owned & Period>(act: Pick<Act, 'now' | 'by'>, thing: T, why?: string): T {
  if (isOver(thing, act.now)) throw alreadyEnded();
  const hasBegun = Date.parse(thing.from) <= Date.parse(act.now);
  return revised<Owned & Period>(thing, act, { until: hasBegun ? act.now : thing.from }, why) as T;
}
