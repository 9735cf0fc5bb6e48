import { Temporal } from 'temporal-polyfill';
import { DAY_MS, dateOfDay, dayNumber, type LocalDate, MINUTE_MS, parseLocalDate } from './calendar.ts';

/** What a clock on a Swedish wall shows. */
export interface WallClock {
  /** Days since 1970-01-01. */
  readonly day: number;
  /** Minutes since midnight as the clock shows them, 0 to 1439. */
  readonly minute: number;
}

const ZONE = 'Europe/Stockholm';
const LOCAL_FORM = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;

/** A time from `from` up to, not including, `to` when Sweden keeps one offset. */
interface OffsetRange {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/** One entry per UTC year ever asked for: Temporal takes 20 microseconds a time, this look-up far below one. */
const rangesByYear = new Map<number, readonly OffsetRange[]>();
/** Most questions in a row are about the same half of a year. */
let latest: OffsetRange = { from: 0, to: 0, offset: 0 };

function rangesOf(year: number): readonly OffsetRange[] {
  const known = rangesByYear.get(year);
  if (known) return known;
  const end = Date.UTC(year + 1, 0, 1);
  const ranges: OffsetRange[] = [];
  let moment = Temporal.Instant.fromEpochMilliseconds(Date.UTC(year, 0, 1)).toZonedDateTimeISO(ZONE);
  for (;;) {
    const next = moment.getTimeZoneTransition('next');
    const from = moment.epochMilliseconds;
    const to = Math.min(next?.epochMilliseconds ?? end, end);
    ranges.push({ from, to, offset: moment.offsetNanoseconds / 1e6 });
    if (!next || to === end) break;
    moment = next;
  }
  rangesByYear.set(year, ranges);
  return ranges;
}

/** How far Swedish time is ahead of UTC at an instant, in milliseconds. */
function offsetAt(at: number): number {
  if (at >= latest.from && at < latest.to) return latest.offset;
  latest = rangesOf(new Date(at).getUTCFullYear()).find((range) => at < range.to)!;
  return latest.offset;
}

/** What the clock on the wall shows at an instant (epoch milliseconds). */
export function wallClock(at: number): WallClock {
  const local = at + offsetAt(at);
  const day = Math.floor(local / DAY_MS);
  return { day, minute: Math.floor((local - day * DAY_MS) / MINUTE_MS) };
}

/** The date in Sweden at an instant. */
export function swedishDate(at: number): LocalDate {
  return dateOfDay(wallClock(at).day);
}

/** `HH:MM` in Sweden at an instant, seconds dropped. */
export function swedishTime(at: number): string {
  const { minute } = wallClock(at);
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

interface Reading {
  /** The first instant when clocks show the time; in a gap, the instant when the clocks jump past it. */
  readonly at: number;
  readonly gap: boolean;
  /** The second such instant, in the hour that comes twice. */
  readonly laterAt?: number;
}

/** `local` is the wall clock's reading as if it were UTC. */
function read(local: number): Reading {
  const offsetBefore = offsetAt(local - DAY_MS);
  const offsetAfter = offsetAt(local + DAY_MS);
  const byOld = local - offsetBefore;
  if (offsetBefore === offsetAfter) return { at: byOld, gap: false };
  const byNew = local - offsetAfter;
  const oldHolds = offsetAt(byOld) === offsetBefore;
  const newHolds = offsetAt(byNew) === offsetAfter;
  if (oldHolds) return newHolds ? { at: byOld, gap: false, laterAt: byNew } : { at: byOld, gap: false };
  if (newHolds) return { at: byNew, gap: false };
  const jump = rangesOf(new Date(local).getUTCFullYear()).find(({ to }) => to > byNew && to <= byOld);
  return { at: jump?.to ?? byOld, gap: true };
}

/**
 * The instant of a time on a day, always an answer: a time that clocks jump past in spring becomes the jump
 * itself, a time that comes twice in autumn the first of the two. A later time never gives an earlier instant.
 * `minute` may pass 1439 and then means the day after.
 */
export function localInstant(day: number, minute: number): number {
  return read(day * DAY_MS + minute * MINUTE_MS).at;
}

/** The first instant of a date in Sweden. */
export function startOfDay(date: LocalDate): number {
  return localInstant(dayNumber(date), 0);
}

/** The end of a date: the first instant that is no longer part of it. In time means `at < endOfDay(date)`. */
export function endOfDay(date: LocalDate): number {
  return localInstant(dayNumber(date) + 1, 0);
}

export type ParsedLocal =
  | { readonly at: number; readonly laterAt?: number }
  | { readonly fault: 'form' | 'date' | 'gap' };

/**
 * Reads a Swedish wall-clock time, `YYYY-MM-DDTHH:MM` with or without `:SS`, as an instant.
 *
 * Refused: another form (24:00 too), a day that does not exist (`date`), and a time that no clock shows because
 * summer time begins (`gap`). In the hour that comes twice in autumn `at` is the first and `laterAt` the second.
 */
export function parseLocal(text: string): ParsedLocal {
  const parts = LOCAL_FORM.exec(text);
  if (!parts) return { fault: 'form' };
  const date = parseLocalDate(parts[1]!);
  if (date === undefined) return { fault: 'date' };
  const seconds = Number(parts[2]) * 3600 + Number(parts[3]) * 60 + Number(parts[4] ?? 0);
  const { at, gap, laterAt } = read(dayNumber(date) * DAY_MS + seconds * 1000);
  if (gap) return { fault: 'gap' };
  return laterAt === undefined ? { at } : { at, laterAt };
}
