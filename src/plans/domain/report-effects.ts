import { addDays } from '../../shared/calendar.ts';
import type { Report, Step, StepState, StepTime, SwedishDate, When } from './model.ts';
import { effectiveReports } from './occurrences.ts';
import { occurrencesFrom } from './recurrence.ts';
import { isSame } from './same.ts';
import { isRecurring, stateBeforeReports } from './step-state.ts';
import { epochOf, isDate } from './when.ts';

function isLater(a: Report, b: Report): boolean {
  const difference = epochOf(a.reportedAt) - epochOf(b.reportedAt);
  return difference > 0 || (difference === 0 && a.clientKey > b.clientKey);
}

/** Whether this report is the latest, by the phones' clocks, that names a next time for the same occurrence. */
function saysNextTime(report: Report, reports: readonly Report[]): boolean {
  if (report.nextTime === undefined) return false;
  return !reports.some(
    (other) =>
      other.id !== report.id &&
      other.nextTime !== undefined &&
      other.occurrence === report.occurrence &&
      isLater(other, report),
  );
}

/** A series' next occurrence moves to the time that was said at the one before. */
function movedNext(time: StepTime & { form: 'recurring' }, after: SwedishDate, to: When): StepTime {
  const { series } = time;
  const next = occurrencesFrom(series, addDays(after, 1)).next();
  if (next.done) return time;
  const { on } = next.value;
  const others = (series.exceptions ?? []).filter((exception) => exception.on !== on);
  const exceptions = [...others, { on, movedTo: to }].sort((a, b) => (a.on < b.on ? -1 : 1));
  return { form: 'recurring', series: { ...series, exceptions } };
}

function nextTimeOf(step: Step, report: Report, reports: readonly Report[]): StepTime | undefined {
  const { time } = step;
  if (report.nextTime === undefined || !saysNextTime(report, reports)) return time;
  if (time?.form === 'recurring') return movedNext(time, report.occurrence!, report.nextTime);
  if (isDate(report.nextTime)) return { form: 'latest-by', by: report.nextTime };
  const changeable = time?.form === 'fixed' ? time.changeable : { byPatient: false };
  return { form: 'fixed', start: report.nextTime, changeable };
}

/** A series is under way from its first report on, whatever was reported; a resting one when it goes on again. */
function stateOfSeries(step: Step): Pick<Step, 'state' | 'stateBefore'> {
  const begun = (state: StepState) => (state === 'agreed' || state === 'booked' ? 'in-progress' : state);
  if (step.state !== 'on-hold') return { state: begun(step.state), stateBefore: step.stateBefore };
  return { state: 'on-hold', stateBefore: step.stateBefore && begun(step.stateBefore) };
}

/**
 * A step without occurrences is what the report that counts says. Undone, it is what it was before; not done but with a
 * next time, it goes on towards that, or else it would leave everyone's list with a time still to come.
 */
function stateOfSingle(step: Step, counting: Report | undefined): Pick<Step, 'state' | 'stateBefore'> {
  const before = stateBeforeReports(step);
  const ends = counting?.outcome === 'done' || (counting?.outcome === 'not-done' && counting.nextTime === undefined);
  return ends
    ? { state: counting.outcome as 'done' | 'not-done', stateBefore: before }
    : { state: before, stateBefore: undefined };
}

/**
 * What a report makes of its step: the fields that change. The state depends on the set of reports alone, not on the
 * order in which they arrive or on how often, so that phones without coverage can send theirs whenever they can.
 *
 * @param reports all reports of the step, the new one included
 */
export function reportEffects(step: Step, report: Report, reports: readonly Report[]): Partial<Step> {
  const counting = effectiveReports(reports).get(step.id)?.get('');
  const { state, stateBefore } = isRecurring(step) ? stateOfSeries(step) : stateOfSingle(step, counting);
  const time = nextTimeOf(step, report, reports);
  return {
    ...(state === step.state ? {} : { state }),
    ...(stateBefore === step.stateBefore ? {} : { stateBefore }),
    ...(isSame(time, step.time) ? {} : { time }),
  };
}
