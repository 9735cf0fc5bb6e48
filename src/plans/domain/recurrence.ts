import { addMonths, dateOfDay, dayNumber, WEEKDAYS, weekdayOfDay } from '../../shared/calendar.ts';
import { localInstant } from '../../shared/swedish-time.ts';
import type { Recurrence, SwedishDate, When } from './model.ts';
import { dayOf, endOf, isDate, startOf } from './when.ts';

/** One time of a series that is to happen: cancelled ones are not. */
export interface Occurrence {
  /** The day the series puts it on: its name, also when it has been moved. */
  readonly on: SwedishDate;
  /** The day it happens on; another than `on` when it has been moved. */
  readonly day: SwedishDate;
  /** Epoch milliseconds: the clock time it begins, or the first instant of its day. */
  readonly startsAt: number;
  /** Epoch milliseconds: the clock time again, or the end of its day. */
  readonly endsAt: number;
  /** Whether it has a clock time; else it is done some time that day. */
  readonly clock: boolean;
  readonly moved: boolean;
}

type Exception = NonNullable<Recurrence['exceptions']>[number];

/** No series is read further than this; a century of days is a mistake in the content, not a plan. */
const LAST_DAY = dayNumber('2199-12-31');

/** The days of the week a series keeps to, by number from Monday; undefined when any day will do. */
function weekdayNumbers(series: Recurrence): readonly number[] | undefined {
  if (!series.weekdays?.length) return undefined;
  return [...new Set(series.weekdays.map((name) => WEEKDAYS.indexOf(name)))].sort((a, b) => a - b);
}

function weekdayNumber(day: number): number {
  return WEEKDAYS.indexOf(weekdayOfDay(day));
}

function* byDay(start: number, interval: number, from: number, weekdays: readonly number[] | undefined) {
  const first = Math.max(0, Math.ceil((from - start) / interval));
  // Seven steps meet every day of the week that the interval ever meets: seven in a row without one, and none will come.
  let misses = 0;
  for (let n = first; misses < 7; n++) {
    const day = start + n * interval;
    if (!weekdays || weekdays.includes(weekdayNumber(day))) {
      misses = 0;
      yield day;
    } else misses++;
  }
}

/** Weeks are counted from the Monday of the week that the series starts in. */
function* byWeek(start: number, interval: number, from: number, weekdays: readonly number[]) {
  const monday = start - weekdayNumber(start);
  const first = Math.max(0, Math.floor((from - monday) / (7 * interval)));
  for (let n = first; ; n++) {
    for (const weekday of weekdays) yield monday + n * 7 * interval + weekday;
  }
}

/** The same day of each month, its last day where the month lacks it; with weekdays: the first of them from that day on. */
function* byMonth(start: number, interval: number, from: number, weekdays: readonly number[] | undefined) {
  const startOn = dateOfDay(start);
  // A month is at most 31 days, so this begins at or before the first one wanted.
  const first = Math.max(0, Math.floor((from - start) / 31 / interval) - 1);
  for (let n = first; ; n++) {
    const day = dayNumber(addMonths(startOn, n * interval));
    const today = weekdayNumber(day);
    yield weekdays ? day + Math.min(...weekdays.map((weekday) => (weekday - today + 7) % 7)) : day;
  }
}

function daysFrom(series: Recurrence, start: number, from: number): Generator<number> {
  const interval = Math.max(1, Math.trunc(series.interval));
  const weekdays = weekdayNumbers(series);
  if (series.every === 'day') return byDay(start, interval, from, weekdays);
  if (series.every === 'week') return byWeek(start, interval, from, weekdays ?? [weekdayNumber(start)]);
  return byMonth(start, interval, from, weekdays);
}

/**
 * The days a series falls on by its own rule, in order, from `from` up to and including `to` (else its own end), before
 * any of them is moved or cancelled. Lazy: it costs what is taken from it, wherever in the series it begins.
 */
export function* scheduledDays(series: Recurrence, from: SwedishDate, to?: SwedishDate): Generator<SwedishDate> {
  const start = dayNumber(series.startsOn);
  const first = Math.max(start, dayNumber(from));
  const last = Math.min(
    LAST_DAY,
    series.endsOn === undefined ? LAST_DAY : dayNumber(series.endsOn),
    to === undefined ? LAST_DAY : dayNumber(to),
  );
  for (const day of daysFrom(series, start, first)) {
    if (day > last) return;
    if (day >= first) yield dateOfDay(day);
  }
}

/** Whether the series itself puts an occurrence on that day (it may be moved or cancelled). */
export function isScheduled(series: Recurrence, on: SwedishDate): boolean {
  return !scheduledDays(series, on, on).next().done;
}

function minuteOf(timeOfDay: string): number {
  return Number(timeOfDay.slice(0, 2)) * 60 + Number(timeOfDay.slice(3, 5));
}

function occurrenceAt(on: SwedishDate, at: When, moved: boolean): Occurrence {
  return { on, day: dayOf(at), startsAt: startOf(at), endsAt: endOf(at), clock: !isDate(at), moved };
}

/** A time that clocks jump past in spring begins at the jump; one that comes twice in autumn, the first time. */
function unmoved(series: Recurrence, on: SwedishDate): Occurrence {
  if (series.timeOfDay === undefined) return occurrenceAt(on, on, false);
  const at = localInstant(dayNumber(on), minuteOf(series.timeOfDay));
  return { on, day: on, startsAt: at, endsAt: at, clock: true, moved: false };
}

function exceptionOn(series: Recurrence, on: SwedishDate): Exception | undefined {
  return series.exceptions?.find((exception) => exception.on === on);
}

/** The occurrence that the series puts on a day, where it has been moved to; undefined when there is none or it is cancelled. */
export function occurrenceOn(series: Recurrence, on: SwedishDate): Occurrence | undefined {
  const exception = exceptionOn(series, on);
  if (exception?.cancelled || !isScheduled(series, on)) return undefined;
  return exception?.movedTo === undefined ? unmoved(series, on) : occurrenceAt(on, exception.movedTo, true);
}

/** The occurrences in the order of their scheduled days, from that of `from` on, each where it has been moved to. Lazy. */
export function* occurrencesFrom(series: Recurrence, from: SwedishDate): Generator<Occurrence> {
  for (const on of scheduledDays(series, from)) {
    const exception = exceptionOn(series, on);
    if (exception?.cancelled) continue;
    yield exception?.movedTo === undefined ? unmoved(series, on) : occurrenceAt(on, exception.movedTo, true);
  }
}

/**
 * What happens from one day to another, both included, in order of time: occurrences moved in are there, those moved
 * out are not. Costs in proportion to what it gives (and to the number of exceptions), not to the age of the series.
 */
export function occurrencesBetween(series: Recurrence, from: SwedishDate, to: SwedishDate): readonly Occurrence[] {
  const found: Occurrence[] = [];
  for (const on of scheduledDays(series, from, to)) {
    if (!exceptionOn(series, on)) found.push(unmoved(series, on));
  }
  for (const exception of series.exceptions ?? []) {
    if (exceptionOn(series, exception.on) !== exception) continue;
    const occurrence = occurrenceOn(series, exception.on);
    if (occurrence && occurrence.day >= from && occurrence.day <= to) found.push(occurrence);
  }
  return found.sort((a, b) => a.startsAt - b.startsAt || (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/**
 * How many days the rule itself puts between two occurrences, at the least: 1 for every day, 3 for Mondays and Thursdays,
 * 28 for every month. What has been moved or cancelled does not change how often a series comes.
 */
export function closestDaysApart(series: Recurrence): number {
  const interval = Math.max(1, Math.trunc(series.interval));
  const weekdays = weekdayNumbers(series);
  if (series.every === 'month') return 28 * interval - (weekdays ? 6 : 0);
  if (!weekdays) return series.every === 'week' ? 7 * interval : interval;
  if (series.every === 'day') return closestOfDays(series);
  const around = weekdays.map((day, i) => (weekdays[i + 1] ?? weekdays[0]! + 7 * interval) - day);
  return Math.min(...around);
}

/** Every so many days, on certain weekdays only: the pattern repeats within seven steps. */
function closestOfDays(series: Recurrence): number {
  const days: number[] = [];
  for (const on of scheduledDays({ ...series, endsOn: undefined }, series.startsOn)) {
    days.push(dayNumber(on));
    if (days.length > 7) break;
  }
  const gaps = days.slice(1).map((day, i) => day - days[i]!);
  return gaps.length ? Math.min(...gaps) : Number.POSITIVE_INFINITY;
}
