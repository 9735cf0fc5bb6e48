import { addDays, addMonths, parseLocalDate } from '../../shared/calendar.ts';
import { parseInstant } from '../../shared/rfc3339.ts';
import { startOfDay } from '../../shared/swedish-time.ts';

/** A stretch of time in epoch milliseconds, from the first up to, not including, the last. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

const PREFIX = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(.+)$/;
const YEAR = /^\d{4}$/;
const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;
const MINUTES = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(Z|[+-]\d{2}:\d{2})$/;
const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

/** A date as it was given, as the whole of what it says: a month is all its days. Swedish days, unless a zone is given. */
export function rangeOf(text: string): Range | undefined {
  const first = YEAR.test(text) ? `${text}-01-01` : MONTH.test(text) ? `${text}-01` : text;
  const date = parseLocalDate(first);
  if (date !== undefined) {
    const after = YEAR.test(text) ? addMonths(date, 12) : MONTH.test(text) ? addMonths(date, 1) : addDays(date, 1);
    return { from: startOfDay(date), to: startOfDay(after) };
  }
  const minutes = MINUTES.exec(text);
  const at = parseInstant(minutes ? `${minutes[1]}:00${minutes[2]}` : text);
  if (at === undefined) return undefined;
  const length = minutes ? MINUTE_MS : text.includes('.') ? 1 : SECOND_MS;
  return { from: at, to: at + length };
}

/** A period of a resource; an end that is not there never comes. */
export function rangeOfPeriod({ start, end }: fhir4.Period): Range {
  const first = start === undefined ? undefined : rangeOf(start);
  const last = end === undefined ? undefined : rangeOf(end);
  return { from: first?.from ?? Number.NEGATIVE_INFINITY, to: last?.to ?? Number.POSITIVE_INFINITY };
}

const AT_LEAST: ReadonlySet<string> = new Set(['eq', 'ge', 'gt', 'sa']);
const AT_MOST: ReadonlySet<string> = new Set(['eq', 'le', 'lt', 'eb']);

/** From when and until when a date criterion looks, as far as it says either. */
export function boundsOf(text: string): Partial<Range> {
  const [, prefix = 'eq', rest = ''] = PREFIX.exec(text) ?? [];
  const wanted = rangeOf(rest);
  if (!wanted) return {};
  // What is later than a day begins after it, and what is earlier ends before it.
  const from = prefix === 'gt' || prefix === 'sa' ? wanted.to : wanted.from;
  const to = prefix === 'lt' || prefix === 'eb' ? wanted.from : wanted.to;
  return { ...(AT_LEAST.has(prefix) && { from }), ...(AT_MOST.has(prefix) && { to }) };
}

/**
 * Reads a date criterion, `ge2026-11`, as a question to put to a stretch of time (FHIR R4 search.html#date).
 *
 * @returns undefined when it cannot be read
 */
export function dateCriterion(text: string): ((value: Range) => boolean) | undefined {
  const [, prefix = 'eq', rest = ''] = PREFIX.exec(text) ?? [];
  const wanted = rangeOf(rest);
  if (!wanted) return undefined;
  const { from, to } = wanted;
  const within = (value: Range) => value.from >= from && value.to <= to;
  const tests: Readonly<Record<string, (value: Range) => boolean>> = {
    eq: within,
    ne: (value) => !within(value),
    gt: (value) => value.to > to,
    lt: (value) => value.from < from,
    ge: (value) => value.to > from,
    le: (value) => value.from < to,
    sa: (value) => value.from >= to,
    eb: (value) => value.to <= from,
    ap: (value) => value.from < to && value.to > from,
  };
  return tests[prefix];
}
