import type { ThingId } from '../../shared/ids.ts';
import type { Report, Step, SwedishDate } from './model.ts';
import { isOfFamily } from './party.ts';
import { type Occurrence, occurrencesBetween } from './recurrence.ts';
import type { TimeSettings } from './time-settings.ts';
import { endOf, epochOf } from './when.ts';

export type OccurrenceState = 'due' | 'done' | 'not-done' | 'skipped';

/** The report that counts for each occurrence of one step, by its scheduled day; `''` for a step without occurrences. */
export type StepReports = ReadonlyMap<SwedishDate | '', Report>;

/** The reports that count, by step. */
export type EffectiveReports = ReadonlyMap<ThingId, StepReports>;

/** An occurrence with what is known about it. */
export interface OccurrenceView {
  readonly occurrence: Occurrence;
  readonly state: OccurrenceState;
  /** Its time has passed and nobody has said what happened; for the patient's own it is a question, never a reproach. */
  readonly overdue: boolean;
  readonly report?: Report;
}

const NO_REPORTS: StepReports = new Map();

function isLater(a: Report, b: Report): boolean {
  const difference = epochOf(a.reportedAt) - epochOf(b.reportedAt);
  return difference > 0 || (difference === 0 && a.clientKey > b.clientKey);
}

/**
 * Which report counts for each step and occurrence: the one ticked last by the phones' own clocks (two at the same
 * instant: the greater client key), so that reports sent twice or in another order give the same plan. One that undoes
 * counts as the last word too. Reports entered in error count for nothing.
 */
export function effectiveReports(reports: readonly Report[]): EffectiveReports {
  const byStep = new Map<ThingId, Map<SwedishDate | '', Report>>();
  for (const report of reports) {
    if (report.enteredInError) continue;
    let own = byStep.get(report.stepId);
    if (!own) {
      own = new Map();
      byStep.set(report.stepId, own);
    }
    const occurrence = report.occurrence ?? '';
    const known = own.get(occurrence);
    if (!known || isLater(report, known)) own.set(occurrence, report);
  }
  return byStep;
}

/** The reports that count for one step. */
export function reportsOf(all: EffectiveReports, stepId: ThingId): StepReports {
  return all.get(stepId) ?? NO_REPORTS;
}

/** What the report that counts says; nothing said, or said and undone, is still to be done. */
export function occurrenceState(report: Report | undefined): OccurrenceState {
  return report === undefined || report.outcome === 'undone' ? 'due' : report.outcome;
}

/** What tells whose time it is. */
type WhoseTime = Pick<Step, 'responsibleParty' | 'time'>;

/**
 * Whether the patient or a relative does it, or is the one to book it: a passed time of theirs is asked about, never
 * called late.
 */
export function isOwnOfFamily({ responsibleParty, time }: WhoseTime): boolean {
  return isOfFamily(responsibleParty) || time?.form === 'patient-books';
}

/**
 * Whether somebody comes or waits at a clock time. A clock time that patients or relatives set for themselves ("weigh
 * myself at seven") is a habit and no booking, unless that very occurrence has been moved to a time of its own.
 */
export function isBooked(step: WhoseTime, occurrence: Occurrence): boolean {
  return occurrence.clock && (occurrence.moved || !isOwnOfFamily(step));
}

/** The first instant, in epoch milliseconds, when an occurrence that nobody has reported is late (or asked about). */
export function occurrenceLateFrom(step: WhoseTime, occurrence: Occurrence, settings: TimeSettings): number {
  if (!occurrence.clock) return occurrence.endsAt;
  return isBooked(step, occurrence) ? occurrence.startsAt + settings.visitMinutes * 60_000 : endOf(occurrence.day);
}

/** The occurrences of a recurring step from one day to another with the state that the reports give them, in order of time. */
export function occurrencesOf(
  step: Step,
  reports: StepReports,
  days: { readonly from: SwedishDate; readonly to: SwedishDate },
  now: number,
  settings: TimeSettings,
): readonly OccurrenceView[] {
  if (step.time?.form !== 'recurring') return [];
  return occurrencesBetween(step.time.series, days.from, days.to).map((occurrence) => {
    const report = reports.get(occurrence.on);
    const state = occurrenceState(report);
    const overdue = state === 'due' && occurrenceLateFrom(step, occurrence, settings) <= now;
    return { occurrence, state, overdue, report };
  });
}
