import { wrong } from '../../shared/problem.ts';
import {
  notForThisKind,
  reportInFuture,
  reportKeyReused,
  stepNotReportable,
  timeNotInOrder,
  unknownOccurrence,
} from '../problems.ts';
import { type Act, added, type Change, type NewOwned, newInPlan } from './contribution.ts';
import { demandOrder, demandPast, demandReason } from './demands.ts';
import type { Report, Step, StepState, SwedishDate } from './model.ts';
import { type PlanInHand, refuseClosed } from './plan-in-hand.ts';
import { isScheduled } from './recurrence.ts';
import { reportEffects } from './report-effects.ts';
import { isEmpty, isSame, picked } from './same.ts';
import { applyToStep } from './step-change.ts';
import { startOf } from './when.ts';
import { type ActsAs, actsAs, demand, isUnit, mayReportStep } from './who-may.ts';

export { effectiveReports } from './occurrences.ts';

const SAID = ['occurrence', 'note', 'patientText', 'reason', 'value', 'nextTime'] as const;

export interface ReportCommand extends NewOwned, Pick<Report, 'outcome' | 'clientKey' | (typeof SAID)[number]> {
  /** When it was done; now when absent. */
  readonly performedAt?: string;
  /** When it was ticked, by the phone's clock; now when absent. */
  readonly reportedAt?: string;
}

const REPORTABLE: readonly StepState[] = ['agreed', 'booked', 'in-progress', 'done', 'not-done'];

/** A series that rests can still get reports of what was done before it rested: a phone may have been without coverage. */
function demandReportable(step: Step): void {
  const isSeries = step.time?.form === 'recurring';
  if (REPORTABLE.includes(step.state) || (isSeries && step.state === 'on-hold')) return;
  throw stepNotReportable({ extra: { from: step.state, allowed: REPORTABLE } });
}

function checkOccurrence(step: Step, occurrence: SwedishDate | undefined, outcome: Report['outcome']): void {
  const series = step.time?.form === 'recurring' ? step.time.series : undefined;
  if (series) {
    if (occurrence !== undefined && isScheduled(series, occurrence)) return;
    const fault =
      occurrence === undefined
        ? wrong('occurrence', 'Ange vilket tillfälle', 'Say which occurrence')
        : wrong('occurrence', 'Steget har inget tillfälle den dagen', 'The step has no occurrence that day');
    throw unknownOccurrence({ invalidParameters: [fault] });
  }
  if (occurrence !== undefined) {
    throw unknownOccurrence({
      invalidParameters: [wrong('occurrence', 'Steget har inga tillfällen', 'The step has no occurrences')],
    });
  }
  if (outcome !== 'skipped') return;
  throw notForThisKind({
    invalidParameters: [wrong('outcome', 'Bara ett tillfälle hoppas över', 'Only an occurrence is skipped')],
  });
}

function checkTimes(report: Pick<Report, 'performedAt' | 'reportedAt' | 'nextTime'>, act: Act): void {
  demandPast(report.performedAt, act.now, 'performedAt', reportInFuture);
  demandPast(report.reportedAt, act.now, 'reportedAt', reportInFuture);
  // Ticked before it was done: a clock that stepped back would let an old tick win over a newer one.
  if (startOf(report.reportedAt) < startOf(report.performedAt)) {
    throw timeNotInOrder({
      invalidParameters: [wrong('reportedAt', 'Rapporten ges efter utförandet', 'A report comes after the deed')],
    });
  }
  if (report.nextTime !== undefined) demandOrder(report.performedAt, report.nextTime, 'nextTime');
}

function checkReason(command: ReportCommand, who: ActsAs): void {
  if (command.outcome === 'not-done' && isUnit(who)) demandReason(command.reason);
  if (command.reason === undefined || command.outcome === 'not-done' || command.outcome === 'skipped') return;
  throw notForThisKind({
    invalidParameters: [wrong('reason', 'Gäller bara det som inte gjordes', 'Only for what was not done')],
  });
}

/**
 * The report of a step that its sender has given under a key before. A key is its sender's own: phones count theirs from
 * one, and know nothing of each other.
 */
export function findReport(
  reports: readonly Report[],
  { stepId, clientKey }: Pick<Report, 'stepId' | 'clientKey'>,
  who: ActsAs,
): Report | undefined {
  const sender = (report: Report) => (report.recordedBy.kind === 'patient' ? 'patient' : report.recordedBy.unit);
  return reports.find((report) => report.stepId === stepId && report.clientKey === clientKey && sender(report) === who);
}

/** The same report sent again after a lost connection; another one under its key is refused. */
function isRepeated(command: ReportCommand, step: Step, known: readonly Report[], who: ActsAs): boolean {
  const same = findReport(known, { stepId: step.id, clientKey: command.clientKey }, who);
  if (!same) return false;
  const says = (report: ReportCommand | Report) => picked(report as Report, [...SAID, 'outcome']);
  const times = (['performedAt', 'reportedAt'] as const).every(
    (name) => command[name] === undefined || startOf(command[name]) === startOf(same[name]),
  );
  if (times && isSame(says(command), says(same))) return true;
  throw reportKeyReused({ invalidParameters: [wrong('clientKey', 'Redan använd', 'Already used')] });
}

/**
 * Reports what happened with a step, or one occurrence of it: by anyone on duty at the responsible unit, or the patient for
 * own steps. One append; a report is corrected by a new one, and the one ticked last counts.
 *
 * Safe to send again and in any order: the step's state follows from the set of reports alone. A step without occurrences
 * becomes done or not done, or what it was before (`undone`); a series is under way from its first report. A next time
 * applies at once as a fact.
 *
 * @returns the report first, then the step when it changes; nothing when the same report has been received before
 * @throws report-not-yours (403); step-not-reportable, plan-closed (409); report-in-future, unknown-occurrence,
 *   report-key-reused, reason-missing, time-not-in-order (422)
 */
export function reportStep(hand: PlanInHand, step: Step, command: ReportCommand, act: Act): Change[] {
  const who = actsAs(act);
  demand(mayReportStep(step, who));
  if (isRepeated(command, step, hand.content.report, who)) return [];
  refuseClosed(hand.plan);
  const times = {
    performedAt: command.performedAt ?? command.reportedAt ?? act.now,
    reportedAt: command.reportedAt ?? act.now,
  };
  checkTimes({ ...times, nextTime: command.nextTime }, act);
  demandReportable(step);
  checkOccurrence(step, command.occurrence, command.outcome);
  checkReason(command, who);
  const report: Report = {
    ...newInPlan(act, hand.plan, { ...command, approvedForPatient: isUnit(who) ? command.approvedForPatient : true }),
    stepId: step.id,
    outcome: command.outcome,
    ...times,
    clientKey: command.clientKey,
    ...picked(command, SAID),
  };
  const reports = [...hand.content.report.filter((one) => one.stepId === step.id), report];
  const effects = reportEffects(step, report, reports);
  return [added('report', report), ...(isEmpty(effects) ? [] : applyToStep(hand, step, effects, {}, act))];
}
