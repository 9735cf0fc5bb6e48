import { parseLocalDate } from '../../shared/calendar.ts';
import { parseInstant, toRfc3339Utc } from '../../shared/rfc3339.ts';
import { endOfDay, startOfDay, swedishDate } from '../../shared/swedish-time.ts';
import type { Instant, SwedishDate, When } from './model.ts';

const DATE_LENGTH = '2026-11-23'.length;

/** The bounds of days come again and again within one answer and between them; some thousand are all that are ever near. */
const MOST_KEPT = 4096;

function kept(bounds: Map<SwedishDate, number>, date: SwedishDate, find: (date: SwedishDate) => number): number {
  const known = bounds.get(date);
  if (known !== undefined) return known;
  if (bounds.size >= MOST_KEPT) bounds.clear();
  const found = find(date);
  bounds.set(date, found);
  return found;
}
const starts = new Map<SwedishDate, number>();
const ends = new Map<SwedishDate, number>();

/** Whether it is a day (and means any time of it, in Sweden) rather than an instant. */
export function isDate(when: When): when is SwedishDate {
  return when.length === DATE_LENGTH;
}

/** An instant of stored content as epoch milliseconds. */
export function epochOf(instant: Instant): number {
  const at = Date.parse(instant);
  // A time that cannot be read would compare false with everything and sort anywhere: better to stop than to mislead.
  if (Number.isNaN(at)) throw new RangeError('stored time is not an instant');
  return at;
}

/** When it begins, as epoch milliseconds: a day begins with its first instant in Sweden. */
export function startOf(when: When): number {
  return isDate(when) ? kept(starts, when, startOfDay) : epochOf(when);
}

/**
 * When it ends, as epoch milliseconds. A day counts to its end in Sweden (docs/domain.md 6, "end of day"), 23 and 25
 * hour days included: this is the first instant that is no longer part of it. An instant is its own end.
 */
export function endOf(when: When): number {
  return isDate(when) ? kept(ends, when, endOfDay) : epochOf(when);
}

/**
 * The first instant, as epoch milliseconds, when it is too late: the end of the day, or just after the instant
 * (12:00:00 is not after 12:00, docs/domain.md 6).
 */
export function lateFrom(when: When): number {
  return isDate(when) ? kept(ends, when, endOfDay) : epochOf(when) + 1;
}

/** The Swedish day it falls on. */
export function dayOf(when: When): SwedishDate {
  return isDate(when) ? when : swedishDate(epochOf(when));
}

/** Orders by end, so that an instant comes before the day that holds it: negative when `a` is the earlier. */
export function compareWhen(a: When, b: When): number {
  return endOf(a) - endOf(b) || startOf(b) - startOf(a);
}

/**
 * Reads a day (`2026-11-23`) or an instant (RFC 3339 with offset) from outside and gives its stored form.
 *
 * @returns undefined for any other form and for days that never come
 */
export function parseWhen(text: string): When | undefined {
  if (text.length === DATE_LENGTH) return parseLocalDate(text);
  const at = parseInstant(text);
  return at === undefined ? undefined : toRfc3339Utc(at);
}
