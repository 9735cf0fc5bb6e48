import { addDays, HOUR_MS, MINUTE_MS } from '../../shared/calendar.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import type { Step, StepTime, When } from './model.ts';
import { isOwnOfFamily, occurrenceLateFrom, type StepReports } from './occurrences.ts';
import { closestDaysApart, type Occurrence, occurrencesBetween } from './recurrence.ts';
import { isToDo, lastReported, type StepMoment, seriesMoment } from './series-moment.ts';
import type { TimeSettings } from './time-settings.ts';
import { endOf, epochOf, lateFrom } from './when.ts';

export { isToldEachTime, type StepMoment } from './series-moment.ts';

export type SingleTime = Exclude<StepTime, { form: 'recurring' }>;

/** How many passed days of one series are asked about at most: a week; a longer list is a reproach. */
const MOST_ASKED = 7;

const NEVER: StepMoment = { at: Number.POSITIVE_INFINITY, lateFrom: Number.POSITIVE_INFINITY, fixed: false };

function by(when: When): StepMoment {
  return { at: endOf(when), lateFrom: lateFrom(when), fixed: false };
}

/** When something that happens once is to happen; without a time of its own at the latest by `latest`. */
export function momentOfTime(time: SingleTime | undefined, settings: TimeSettings, latest?: When): StepMoment {
  switch (time?.form) {
    case 'fixed': {
      const at = epochOf(time.start);
      const over = time.end === undefined ? at + settings.visitMinutes * MINUTE_MS : lateFrom(time.end);
      return { at, lateFrom: over, fixed: true };
    }
    case 'window':
      return by(time.to);
    case 'waiting-list':
      return by(time.expected);
    case 'latest-by':
    case 'as-needed':
      return by(time.by);
  }
  const last = time?.by ?? latest;
  return last === undefined ? NEVER : by(last);
}

/**
 * When a step counts for the next step, on the reports that count for it; its state is not looked at.
 *
 * @returns undefined when nothing of it counts at `now`: a series that stands under "every day" or is over, or a time
 *   of the patient's own (or a relative's) that has passed
 */
export function momentOf(
  step: Step,
  reports: StepReports,
  now: number,
  settings: TimeSettings,
): StepMoment | undefined {
  if (step.time?.form === 'recurring') return seriesMoment(step, step.time.series, reports, now, settings);
  const moment = momentOfTime(step.time, settings, step.agreedLatest);
  return isOwnOfFamily(step) && moment.lateFrom <= now ? undefined : moment;
}

/**
 * The instant that decides a step's place in the order, in epoch milliseconds: the start of a fixed time, the end of a
 * window, latest-by and the like; of a series, its occurrence that counts. Undefined when nothing says when.
 */
export function decidingInstant(
  step: Step,
  reports: StepReports,
  now: number,
  settings: TimeSettings,
): number | undefined {
  const at = momentOf(step, reports, now, settings)?.at;
  return at === Number.POSITIVE_INFINITY ? undefined : at;
}

/** Whether it is booked to a clock time that is at most 24 hours (a setting) ahead, or going on now. */
export function isFixedSoon(moment: StepMoment, now: number, settings: TimeSettings): boolean {
  return moment.fixed && moment.at - now <= settings.fixedWithinHours * HOUR_MS && moment.lateFrom > now;
}

/** Whether care is late with it: its time has passed without a report. Never true of what patient or relatives do. */
export function isOverdue(step: Step, reports: StepReports, now: number, settings: TimeSettings): boolean {
  const moment = isOwnOfFamily(step) ? undefined : momentOf(step, reports, now, settings);
  return moment !== undefined && moment.lateFrom <= now;
}

/**
 * The times of the patient's own (or a relative's) that have passed without a tick: to be asked about, kindly.
 *
 * @returns of a series, the days since the latest tick, at most the last seven; of another step `'passed'`; else undefined
 */
export function passedOwnTime(
  step: Step,
  reports: StepReports,
  now: number,
  settings: TimeSettings,
): readonly Occurrence[] | 'passed' | undefined {
  if (!isOwnOfFamily(step)) return undefined;
  if (step.time?.form !== 'recurring') {
    return momentOfTime(step.time, settings, step.agreedLatest).lateFrom <= now ? 'passed' : undefined;
  }
  const { series } = step.time;
  const last = lastReported(series, reports);
  const today = swedishDate(now);
  const window = addDays(today, -MOST_ASKED * Math.min(closestDaysApart(series), 366));
  const passed = occurrencesBetween(series, window, today).filter(
    (occurrence) => isToDo(occurrence, reports, last) && occurrenceLateFrom(step, occurrence, settings) <= now,
  );
  return passed.length > 0 ? passed.slice(-MOST_ASKED) : undefined;
}
