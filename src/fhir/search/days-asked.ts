import { addDays } from '../../shared/calendar.ts';
import type { SwedishDate } from '../../shared/owned.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import type { Sent } from './criteria.ts';
import { boundsOf } from './dates.ts';

/** Days from the first to the last, both among them. */
export interface Days {
  readonly from: SwedishDate;
  readonly to: SwedishDate;
}

/** A quarter of a year of a daily series is some ninety resources; more is asked for a quarter at a time. */
const MOST_DAYS = 92;

/**
 * The days whose occurrences a search of tasks asks for: those that its `period` reaches from and to, the first 92 of them.
 *
 * @returns undefined unless it says both: then those around now are meant, since a series has no end of its own
 */
export function daysAsked(criteria: readonly Sent[]): Days | undefined {
  const bounds = criteria.flatMap(({ name, modifier, value }) =>
    name === 'period' && modifier === undefined ? [boundsOf(value)] : [],
  );
  const from = Math.max(...bounds.map((one) => one.from ?? Number.NEGATIVE_INFINITY));
  const to = Math.min(...bounds.map((one) => one.to ?? Number.POSITIVE_INFINITY));
  if (!Number.isFinite(from) || !Number.isFinite(to) || from >= to) return undefined;
  const first = swedishDate(from);
  const [last, longest] = [swedishDate(to - 1), addDays(first, MOST_DAYS - 1)];
  return { from: first, to: last < longest ? last : longest };
}
