import { addDays, DAY_MS, daysBetween, HOUR_MS, type LocalDate, MINUTE_MS, WEEKDAYS, weekday } from './calendar.ts';
import { swedishDate, swedishTime } from './swedish-time.ts';

const DAY_NAMES = ['måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag', 'söndag'];
const MONTH_NAMES = [
  'januari',
  'februari',
  'mars',
  'april',
  'maj',
  'juni',
  'juli',
  'augusti',
  'september',
  'oktober',
  'november',
  'december',
];

/** `måndag`: the name of a date's day of the week. */
export function weekdayInWords(date: LocalDate): string {
  return DAY_NAMES[WEEKDAYS.indexOf(weekday(date))]!;
}

/** `23 november`, with the year only when it is not that of `today`: `4 januari 2027`. */
export function shortDateInWords(date: LocalDate, today: LocalDate): string {
  const year = date.slice(0, 4) === today.slice(0, 4) ? '' : ` ${Number(date.slice(0, 4))}`;
  return `${Number(date.slice(8, 10))} ${MONTH_NAMES[Number(date.slice(5, 7)) - 1]}${year}`;
}

/** `måndag 23 november`, with the year only when it is not that of `today`. */
export function dateInWords(date: LocalDate, today: LocalDate): string {
  return `${weekdayInWords(date)} ${shortDateInWords(date, today)}`;
}

/**
 * A date as one says it to a person: `igår`, `idag`, `imorgon`; `lördag` for the other days of the coming six,
 * which no other day can be taken for; else `fredag 11 december`.
 */
export function nearDateInWords(date: LocalDate, today: LocalDate): string {
  const ahead = daysBetween(today, date);
  if (ahead === -1) return 'igår';
  if (ahead === 0) return 'idag';
  if (ahead === 1) return 'imorgon';
  return ahead > 1 && ahead < 7 ? weekdayInWords(date) : dateInWords(date, today);
}

/** `idag 14:00`, `imorgon 08:00`, `lördag 11:00`, `fredag 11 december 10:00`: an instant as one says it at `now`. */
export function momentInWords(at: number, now: number): string {
  return `${nearDateInWords(swedishDate(at), swedishDate(now))} ${swedishTime(at)}`;
}

/**
 * Up to when something holds: the clock alone while it is today (`16:00`), `midnatt` for the midnight that ends
 * today, else day and clock (`imorgon 07:00`).
 */
export function untilInWords(at: number, now: number): string {
  const today = swedishDate(now);
  const time = swedishTime(at);
  const date = swedishDate(at);
  if (date === today) return time;
  return time === '00:00' && date === addDays(today, 1) ? 'midnatt' : momentInWords(at, now);
}

function counted(n: number, one: string, many: string): string[] {
  return n === 0 ? [] : [`${n} ${n === 1 ? one : many}`];
}

/**
 * How long, for people: the two largest units of days (of 24 hours), hours and minutes, cut off rather than rounded:
 * `2 dagar 3 timmar`, `1 timme 30 minuter`, `45 minuter`; `mindre än en minut` for less. The sign is dropped.
 */
export function durationInWords(milliseconds: number): string {
  const length = Math.abs(milliseconds);
  const parts = [
    ...counted(Math.floor(length / DAY_MS), 'dag', 'dagar'),
    ...counted(Math.floor((length % DAY_MS) / HOUR_MS), 'timme', 'timmar'),
    ...counted(Math.floor((length % HOUR_MS) / MINUTE_MS), 'minut', 'minuter'),
  ];
  return parts.slice(0, 2).join(' ') || 'mindre än en minut';
}
