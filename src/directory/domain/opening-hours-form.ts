import { type LocalDate, parseLocalDate, WEEKDAYS, type Weekday } from '../../shared/calendar.ts';
import {
  type HolidayHours,
  OPENING_TIME_PATTERN,
  type OpeningException,
  type OpeningHours,
  type OpeningSpan,
} from '../../shared/opening-hours.ts';
import { fault, type Reading } from './fields.ts';

export const HOLIDAY_HOURS: readonly HolidayHours[] = ['closed', 'as-usual', 'as-sunday'];

const MOST_SPANS = 100;
const MOST_EXCEPTIONS = 400;

/** Whether `from` and `to` make a span; equal times do not, since nobody could tell whether all day or never is meant. */
export function isSpan(from: unknown, to: unknown): boolean {
  return isTime(from) && isTime(to) && from !== '24:00' && from !== to;
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && OPENING_TIME_PATTERN.test(value);
}

/** One form for hours that mean the same, so that sending them again changes nothing. */
export function canonicalHours(hours: OpeningHours): OpeningHours {
  const exceptions = [...hours.exceptions].sort((a, b) => (exceptionOrder(a) < exceptionOrder(b) ? -1 : 1));
  if (hours.always) return { weekly: [], holidays: 'as-usual', exceptions, always: true };
  const eves = hours.eves === undefined || hours.eves === hours.holidays ? {} : { eves: hours.eves };
  return { weekly: canonicalWeek(hours.weekly), holidays: hours.holidays, ...eves, exceptions };
}

const exceptionOrder = (e: OpeningException) => `${e.date} ${e.from ?? ''} ${e.to ?? ''}`;

function canonicalWeek(weekly: readonly OpeningSpan[]): OpeningSpan[] {
  const daysBySpan = new Map<string, Set<Weekday>>();
  for (const { days, from, to } of weekly) {
    const key = `${from} ${to}`;
    const known = daysBySpan.get(key) ?? new Set();
    for (const day of days) known.add(day);
    daysBySpan.set(key, known);
  }
  const spans = [...daysBySpan].map(([key, set]) => {
    const [from, to] = key.split(' ') as [string, string];
    return { days: WEEKDAYS.filter((day) => set.has(day)), from, to };
  });
  const order = ({ days, from, to }: OpeningSpan) => `${WEEKDAYS.indexOf(days[0]!)} ${from} ${to}`;
  return spans.filter(({ days }) => days.length > 0).sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/**
 * Reads opening hours as JSON holds them: the fields of `OpeningHours`, where `holidays` is `closed` and `exceptions`
 * none unless given. Unknown fields are refused, since a misspelt `always` would close a channel for good.
 */
export function hoursFromObject(raw: object): Reading<OpeningHours> {
  const known = new Set(['weekly', 'holidays', 'eves', 'exceptions', 'always']);
  if (Object.keys(raw).some((field) => !known.has(field))) return fault('har ett okänt fält');
  const { weekly = [], holidays = 'closed', eves, exceptions = [], always } = raw as Record<string, unknown>;
  if (!Array.isArray(weekly) || weekly.length > MOST_SPANS || !weekly.every(isWeeklySpan))
    return fault('har något i weekly som inte är dagar med from och to (TT:MM)');
  if (!Array.isArray(exceptions) || exceptions.length > MOST_EXCEPTIONS || !exceptions.every(isException))
    return fault('har något i exceptions som inte är ett datum med closed eller from och to');
  if (!isHolidayHours(holidays) || (eves !== undefined && !isHolidayHours(eves)))
    return fault(`har holidays eller eves som inte är ${HOLIDAY_HOURS.join(', ')}`);
  if (always !== undefined && typeof always !== 'boolean') return fault('har always som inte är true eller false');
  return { value: canonicalHours({ weekly, holidays, eves, exceptions, always }) };
}

function isHolidayHours(value: unknown): value is HolidayHours {
  return HOLIDAY_HOURS.some((known) => known === value);
}

function hasOnly(value: unknown, ...fields: readonly string[]): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.keys(value).every((field) => fields.includes(field));
}

function isWeeklySpan(value: unknown): value is OpeningSpan {
  if (!hasOnly(value, 'days', 'from', 'to') || !Array.isArray(value.days) || value.days.length === 0) return false;
  return value.days.every((day) => WEEKDAYS.some((known) => known === day)) && isSpan(value.from, value.to);
}

function isException(value: unknown): value is OpeningException {
  if (!hasOnly(value, 'date', 'closed', 'from', 'to') || !isDate(value.date)) return false;
  if (value.closed === true) return value.from === undefined && value.to === undefined;
  return value.closed !== undefined && value.closed !== false ? false : isSpan(value.from, value.to);
}

function isDate(value: unknown): value is LocalDate {
  return typeof value === 'string' && parseLocalDate(value) !== undefined;
}
