/** A calendar date in Sweden, `YYYY-MM-DD`, years 1000 to 9999; sorts and compares as text. */
export type LocalDate = string;

/** Days of the week, by FHIR's codes (`http://hl7.org/fhir/days-of-week`), Monday first. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
/** Twenty-four hours by the clock; a calendar day is 23 or 25 hours twice a year, so use `addDays` for those. */
export const DAY_MS = 24 * HOUR_MS;

const DATE_FORM = /^[1-9]\d{3}-\d{2}-\d{2}$/;

/** The days since 1970-01-01 of a well-formed date; see `parseLocalDate` for text from outside. */
export function dayNumber(date: LocalDate): number {
  const known = dayNumbers.get(date);
  if (known !== undefined) return known;
  const day = Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY_MS;
  // What is asked about is not all from ourselves: other days push none of these out, and are worked out each time.
  if (dayNumbers.size < MOST_KEPT_DATES) dayNumbers.set(date, day);
  return day;
}

/** Some years of days: plans are about the days around today, and ask for the same ones over and over. */
const MOST_KEPT_DATES = 5000;
const dayNumbers = new Map<LocalDate, number>();

/** 1900 to 2100, the days worth remembering: at most some megabytes, and most likely a few hundred entries. */
const FIRST_KEPT_DAY = -25_567;
const LAST_KEPT_DAY = 47_846;
const dateTexts = new Map<number, LocalDate>();

/** The date that is `day` days after 1970-01-01. */
export function dateOfDay(day: number): LocalDate {
  const known = dateTexts.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * DAY_MS).toISOString().slice(0, 10);
  if (day >= FIRST_KEPT_DAY && day <= LAST_KEPT_DAY) dateTexts.set(day, text);
  return text;
}

/** Reads `YYYY-MM-DD`; undefined when it is written otherwise or names a day that never comes (`2026-02-30`). */
export function parseLocalDate(text: string): LocalDate | undefined {
  if (!DATE_FORM.test(text)) return undefined;
  const day = dayNumber(text);
  return dateOfDay(day) === text ? text : undefined;
}

/** The date `days` calendar days later (earlier when negative), whatever the clocks do in between. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfDay(dayNumber(date) + days);
}

/**
 * The date `months` calendar months later (earlier when negative); a day that the month lacks becomes its last day
 * (lag 1930:173 1 §: 31 January and one month is 28 or 29 February).
 */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const month = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const day = Number(date.slice(8, 10));
  const monthLength = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate();
  return dateOfDay(Date.UTC(Math.floor(month / 12), month % 12, Math.min(day, monthLength)) / DAY_MS);
}

/** Calendar days from one date to another, negative when `to` is the earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** The day of the week of a day number. 1970-01-01 was a Thursday. */
export function weekdayOfDay(day: number): Weekday {
  return WEEKDAYS[(((day + 3) % 7) + 7) % 7]!;
}

/** The day of the week of a date. */
export function weekday(date: LocalDate): Weekday {
  return weekdayOfDay(dayNumber(date));
}

/** The first date after `date` that falls on `day`: one to seven days ahead. */
export function nextWeekday(date: LocalDate, day: Weekday): LocalDate {
  const from = dayNumber(date);
  const ahead = (WEEKDAYS.indexOf(day) - WEEKDAYS.indexOf(weekdayOfDay(from)) + 7) % 7;
  return dateOfDay(from + (ahead || 7));
}
