import { dateOfDay, dayNumber, type LocalDate, type Weekday, weekdayOfDay } from './calendar.ts';
import { holidayOn } from './holidays.ts';
import { localInstant, wallClock } from './swedish-time.ts';

/** What a special day does to the week's hours: closed, no difference, or the hours of a Sunday. */
export type HolidayHours = 'closed' | 'as-usual' | 'as-sunday';

export interface OpeningSpan {
  readonly days: readonly Weekday[];
  /** `HH:MM`, Swedish time, the first minute open. */
  readonly from: string;
  /** `HH:MM`, the first minute closed; not later than `from` means the day after (20:00–07:00), `24:00` midnight. */
  readonly to: string;
}

/** The hours of one date, in place of the week's and of any holiday's; several for one date add up. */
export interface OpeningException {
  readonly date: LocalDate;
  /** Closed the whole date, whatever other exceptions say. */
  readonly closed?: boolean;
  readonly from?: string;
  readonly to?: string;
}

/**
 * When a channel answers. A span belongs to the day it begins: the night from Christmas Eve to Christmas Day goes by
 * the hours of Christmas Eve, and closing one date leaves the night that began the day before.
 */
export interface OpeningHours {
  readonly weekly: readonly OpeningSpan[];
  /** On public holidays other than ordinary Sundays. */
  readonly holidays: HolidayHours;
  /** On midsommarafton, julafton and nyårsafton; as on holidays unless it is given. */
  readonly eves?: HolidayHours;
  readonly exceptions: readonly OpeningException[];
  /** Day and night, holidays too; only exceptions count against it. */
  readonly always?: boolean;
}

export type Opening =
  | { readonly open: true /** Undefined: not within `ENDLESS_DAYS`. */; readonly until: number | undefined }
  | { readonly open: false /** Undefined: not within `HORIZON_DAYS`. */; readonly opens: number | undefined };

/** The form of `from` and `to`, for the doors where hours come in. */
export const OPENING_TIME_PATTERN = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** How far ahead an opening is looked for. */
export const HORIZON_DAYS = 400;

/** An opening that lasts past the first minute of the day this many days ahead has no end in sight. */
export const ENDLESS_DAYS = 15;
const DAY_MINUTES = 1440;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Times that were read before: there are 1441 of them. */
const minutes = new Map<string, number>();

function minuteOf(time: string | undefined): number | undefined {
  if (time === undefined) return undefined;
  const known = minutes.get(time);
  if (known !== undefined) return known;
  if (!OPENING_TIME_PATTERN.test(time)) return undefined;
  const minute = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  minutes.set(time, minute);
  return minute;
}

/** Times that cannot be read give no span: a channel is rather called closed than left to ring unanswered. */
function spanOn(day: number, from: string | undefined, to: string | undefined): Span[] {
  const start = minuteOf(from);
  const end = minuteOf(to);
  if (start === undefined || end === undefined || start === DAY_MINUTES) return [];
  const lastMinute = end > start ? end : end + DAY_MINUTES;
  const span = { from: localInstant(day, start), to: localInstant(day, lastMinute) };
  // Spans that lie wholly in the hour lost in spring are empty.
  return span.from < span.to ? [span] : [];
}

function weeklyDay(hours: OpeningHours, day: number): Weekday | undefined {
  const holiday = holidayOn(dateOfDay(day));
  const special = holiday?.kind === 'eve' ? (hours.eves ?? hours.holidays) : hours.holidays;
  if (!holiday || special === 'as-usual') return weekdayOfDay(day);
  return special === 'as-sunday' ? 'sun' : undefined;
}

/** The spans that begin on a day. */
function spansOf(hours: OpeningHours, day: number): Span[] {
  if (hours.exceptions.length > 0) {
    const date = dateOfDay(day);
    const own = hours.exceptions.filter((exception) => exception.date === date);
    if (own.some((exception) => exception.closed)) return [];
    if (own.length > 0) return own.flatMap(({ from, to }) => spanOn(day, from, to));
  }
  if (hours.always) return spanOn(day, '00:00', '24:00');
  const name = weeklyDay(hours, day);
  if (name === undefined) return [];
  return hours.weekly.flatMap((span) => (span.days.includes(name) ? spanOn(day, span.from, span.to) : []));
}

/** Follows an opening through all spans that touch it, those of `day` and before being given. */
function endOfOpening(hours: OpeningHours, day: number, known: Span[], instant: number): number | undefined {
  if (hours.always && hours.exceptions.length === 0) return undefined;
  let end = instant;
  let spans = known;
  for (let next = day + 1; next <= day + ENDLESS_DAYS; next++) {
    for (const span of spans.sort((a, b) => a.from - b.from)) if (span.from <= end && span.to > end) end = span.to;
    if (wallClock(end).day < next) return end;
    spans = spansOf(hours, next);
  }
  return undefined;
}

function firstStart(hours: OpeningHours, day: number, after: number): number | undefined {
  const starts = spansOf(hours, day).flatMap(({ from }) => (from > after ? [from] : []));
  return starts.length > 0 ? Math.min(...starts) : undefined;
}

function nextOpening(hours: OpeningHours, day: number, instant: number): number | undefined {
  const last = day + HORIZON_DAYS;
  if (hours.always || hours.weekly.some(({ days }) => days.length > 0)) {
    for (let next = day; next <= last; next++) {
      const start = firstStart(hours, next, instant);
      if (start !== undefined) return start;
    }
    return undefined;
  }
  const starts = hours.exceptions.flatMap(({ date }) => {
    const own = dayNumber(date);
    return own >= day && own <= last ? (firstStart(hours, own, instant) ?? []) : [];
  });
  return starts.length > 0 ? Math.min(...starts) : undefined;
}

/**
 * Whether a channel is open at an instant, and when that changes; adjoining spans count as one.
 *
 * Swedish time with both shifts: a time lost in spring becomes the shift itself, a time that comes twice in autumn the
 * first of the two. All instants are epoch milliseconds; `until` is the first instant closed.
 */
export function openAt(hours: OpeningHours, instant: number): Opening {
  const known = lately.get(hours);
  if (known && known.from <= instant && instant < known.to) return known.opening;
  const opening = openingAt(hours, instant);
  const to = opening.open ? opening.until : opening.opens;
  if (to !== undefined) lately.set(hours, { from: instant, to, opening });
  return opening;
}

/** What was found last of hours that never change, and until when it holds: one overview asks several times. */
const lately = new WeakMap<OpeningHours, { readonly from: number; readonly to: number; readonly opening: Opening }>();

function openingAt(hours: OpeningHours, instant: number): Opening {
  const { day } = wallClock(instant);
  const spans = [...spansOf(hours, day - 1), ...spansOf(hours, day)];
  const open = spans.some(({ from, to }) => from <= instant && instant < to);
  if (!open) return { open: false, opens: nextOpening(hours, day, instant) };
  return { open: true, until: endOfOpening(hours, day, spans, instant) };
}
