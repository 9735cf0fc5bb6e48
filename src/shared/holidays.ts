import { createRequire } from 'node:module';
import type { default as Holidays, HolidaysTypes } from 'date-holidays';
import { addDays, type LocalDate, weekday } from './calendar.ts';

/**
 * `public`: a public holiday (lag 1989:253 om allmänna helgdagar), other than an ordinary Sunday.
 * `eve`: midsommarafton, julafton or nyårsafton, which is no public holiday but by lag 1930:173 2 § as good as one.
 */
export type HolidayKind = 'public' | 'eve';

export interface Holiday {
  readonly kind: HolidayKind;
  /** The day's Swedish name, `långfredagen`. */
  readonly name: string;
}

/** How working days are counted. */
export interface WorkingDayRule {
  /** Whether the three eves count as working days; by law they do not. */
  readonly evesAreWorkingDays?: boolean;
}

// The library's types of day; it marks exactly the three eves as `bank`, which the tests hold it to.
const KINDS: Readonly<Record<string, HolidayKind>> = { public: 'public', bank: 'eve' };

const years = new Map<string, ReadonlyMap<LocalDate, Holiday>>();

/** Years around one that is asked about which are worked out with it, so that most processes do so once. */
const AROUND = { before: 2, after: 7 };
const LAST_YEAR = 9999;

function holidaysOf(year: string): ReadonlyMap<LocalDate, Holiday> {
  if (!years.has(year)) workOutAround(Number(year));
  return years.get(year)!;
}

/**
 * The library holds the holidays of the whole world and takes a tenth of a second to read: it is read once someone asks
 * about a day, and let go when it has told the years, since it is a tenth of the heap of a process that is at work.
 */
function workOutAround(asked: number): void {
  const require = createRequire(import.meta.url);
  const others = new Set(Object.keys(require.cache));
  try {
    const Calendar = require('date-holidays') as typeof Holidays;
    const calendar = new Calendar('SE', { languages: 'sv', types: ['bank', 'public'] });
    const [first, last] = [Math.max(asked - AROUND.before, 0), Math.min(asked + AROUND.after, LAST_YEAR)];
    for (let year = first; year <= last; year++)
      years.set(String(year).padStart(4, '0'), told(calendar.getHolidays(year)));
  } finally {
    for (const name of Object.keys(require.cache)) if (!others.has(name)) delete require.cache[name];
  }
}

function told(days: readonly HolidaysTypes.Holiday[]): ReadonlyMap<LocalDate, Holiday> {
  const found = new Map<LocalDate, Holiday>();
  for (const { date, type, name } of days) {
    const kind = KINDS[type];
    const day = date.slice(0, 10);
    // Two holidays may share a date (the national day and Whit Sunday): the public one counts.
    if (kind && found.get(day)?.kind !== 'public') found.set(day, { kind, name });
  }
  return found;
}

/** The public holiday or eve that a date is; undefined for every other day, ordinary Sundays included. */
export function holidayOn(date: LocalDate): Holiday | undefined {
  return holidaysOf(date.slice(0, 4)).get(date);
}

/** Whether a date is a public holiday; an ordinary Sunday, a Saturday or an eve is not. */
export function isPublicHoliday(date: LocalDate): boolean {
  return holidayOn(date)?.kind === 'public';
}

/** Whether a date is midsommarafton, julafton or nyårsafton. */
export function isEve(date: LocalDate): boolean {
  return holidayOn(date)?.kind === 'eve';
}

/** Whether a date is a working day (vardag): Monday to Friday, no public holiday and, unless said otherwise, no eve. */
export function isWeekdayWorking(date: LocalDate, rule: WorkingDayRule = {}): boolean {
  const day = weekday(date);
  if (day === 'sat' || day === 'sun') return false;
  const holiday = holidayOn(date);
  return !holiday || (holiday.kind === 'eve' && rule.evesAreWorkingDays === true);
}

/** The date itself when it is a working day, else the first one after it (söndagsregeln, lag 1930:173 2 §). */
export function workingDayOnOrAfter(date: LocalDate, rule: WorkingDayRule = {}): LocalDate {
  let day = date;
  while (!isWeekdayWorking(day, rule)) day = addDays(day, 1);
  return day;
}

/** The first working day after a date. */
export function nextWorkingDay(date: LocalDate, rule: WorkingDayRule = {}): LocalDate {
  return workingDayOnOrAfter(addDays(date, 1), rule);
}

/**
 * The date that is `count` working days after `date`, the day after being the first that can count: Friday and one is
 * Monday, so is Saturday and one. Negative counts backwards. None leaves the date as it is, working day or not.
 *
 * @throws RangeError when `count` is no whole number
 */
export function addWeekdays(date: LocalDate, count: number, rule: WorkingDayRule = {}): LocalDate {
  if (!Number.isInteger(count)) throw new RangeError('working days are counted in whole numbers');
  const stride = Math.sign(count);
  let day = date;
  for (let left = Math.abs(count); left > 0; ) {
    day = addDays(day, stride);
    if (isWeekdayWorking(day, rule)) left--;
  }
  return day;
}

/** How many working days lie after `from` up to and including `to`; 0 when `to` is not later. */
export function weekdaysBetween(from: LocalDate, to: LocalDate, rule: WorkingDayRule = {}): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWeekdayWorking(day, rule)) count++;
  return count;
}
