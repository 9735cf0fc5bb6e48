import { addDays, dayNumber, HOUR_MS, type LocalDate } from './calendar.ts';
import { addWeekdays, isWeekdayWorking } from './holidays.ts';
import { endOfDay, localInstant, swedishDate, wallClock } from './swedish-time.ts';

/** `07:00`, Swedish time. */
export type ClockTime = string;

/**
 * How long someone has, as data. `hours` are hours by the clock, also when summer time begins or ends. Days are counted
 * in Sweden, the day after being the first; `weekdays` leaves out Saturdays, Sundays, public holidays and the three eves.
 */
export type DeadlineRule =
  | { readonly counts: 'hours'; readonly number: number }
  | {
      readonly counts: 'calendar-days' | 'weekdays';
      readonly number: number;
      /** What comes after it counts as coming the day after. Exactly at it is not after. */
      readonly cutOff?: ClockTime;
      /** By when on the last day; without it to the end of the day. */
      readonly dueAt?: ClockTime;
    };

/** What there are deadlines for, and what holds where region and kommun have agreed on nothing else. */
export const DEFAULT_DEADLINES = {
  /** To accept or return a handover. */
  'handover-answer': { counts: 'weekdays', number: 1 },
  /** To accept or return a handover before a planned homecoming: so long before it. */
  'handover-before-homecoming': { counts: 'hours', number: 2 },
  /** LUS 2017:612 2:3, from admission or from the later judgement. */
  'lus-admission-notice': { counts: 'hours', number: 24 },
  /** LUS 4:3, from the notice that the patient is ready: three calendar days, to the end of the third. */
  'lus-sip-call': { counts: 'calendar-days', number: 3 },
  /** LUS 5:4, from the notice: three days, four when it was sent after 12:00. */
  'lus-payment': { counts: 'calendar-days', number: 3, cutOff: '12:00' },
} as const satisfies Record<string, DeadlineRule>;

export type DeadlineName = keyof typeof DEFAULT_DEADLINES;
export const DEADLINE_NAMES = Object.keys(DEFAULT_DEADLINES) as readonly DeadlineName[];

/**
 * The day on which the counted days are over.
 *
 * @param from epoch milliseconds
 */
export function dayAfter(rule: Exclude<DeadlineRule, { counts: 'hours' }>, from: number): LocalDate {
  const start = swedishDate(from);
  const number = rule.number + (isAfterCutOff(rule, from, start) ? 1 : 0);
  return rule.counts === 'weekdays' ? addWeekdays(start, number) : addDays(start, number);
}

/**
 * The last instant that is in time, epoch milliseconds: whoever acts at it has kept the deadline, one millisecond later is
 * late.
 *
 * @param from when the time began to run, epoch milliseconds
 */
export function lastInstantOf(rule: DeadlineRule, from: number): number {
  if (rule.counts === 'hours') return from + rule.number * HOUR_MS;
  const day = dayAfter(rule, from);
  return rule.dueAt === undefined ? endOfDay(day) - 1 : localInstant(dayNumber(day), minuteOf(rule.dueAt));
}

/** As {@link lastInstantOf}, backwards: the last instant that is so long before something. Hours only. */
export function lastInstantBefore(rule: Extract<DeadlineRule, { counts: 'hours' }>, event: number): number {
  return event - rule.number * HOUR_MS;
}

/** On a Saturday nobody is waited for anyway: what comes on it comes on the next weekday, whatever the hour. */
function isAfterCutOff(rule: Exclude<DeadlineRule, { counts: 'hours' }>, from: number, start: LocalDate): boolean {
  if (rule.cutOff === undefined) return false;
  if (rule.counts === 'weekdays' && !isWeekdayWorking(start)) return false;
  return from > localInstant(wallClock(from).day, minuteOf(rule.cutOff));
}

function minuteOf(time: ClockTime): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
