import type { Report, Step, SwedishDate } from '../../plans/domain/model.ts';
import { effectiveReports, occurrenceState, reportsOf } from '../../plans/domain/occurrences.ts';
import { DAYS_AROUND } from '../../plans/domain/overview-steps.ts';
import { type Occurrence, occurrenceOn, occurrencesBetween } from '../../plans/domain/recurrence.ts';
import { addDays } from '../../shared/calendar.ts';
import { publicId } from '../../shared/ids.ts';
import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import { reportsOfStep } from './of-step.ts';
import { metaOf, some, words } from './owned.ts';
import { occurrenceId, partyRef } from './references.ts';
import { NEEDS_REASON, TASK_STATUS } from './states.ts';
import { lastModified, ofPlan } from './task.ts';
import { authorOf, notesOf, outputsOf, reasonFrom } from './task-report.ts';
import type { FhirView } from './view.ts';

const STATUS_OF_REPORTED = { done: 'completed', 'not-done': 'failed', skipped: 'cancelled' } as const;

function daysAround(now: number) {
  const today = swedishDate(now);
  return { from: addDays(today, -DAYS_AROUND), to: addDays(today, DAYS_AROUND) };
}

/** Occurrences of a series near now, or on the days that a search asks for, and those that something has been reported of. */
export function occurrencesShown(view: FhirView, step: Step): readonly Occurrence[] {
  if (step.time?.form !== 'recurring') return [];
  const { series } = step.time;
  const { from, to } = view.days ?? daysAround(view.context.now);
  const near = occurrencesBetween(series, from, to);
  const shown = new Map(near.map((one) => [one.on, one]));
  for (const { occurrence } of reportsOfStep(view, step)) {
    const reported = occurrence === undefined ? undefined : reportedOccurrence(step, occurrence);
    if (reported) shown.set(reported.on, reported);
  }
  return [...shown.values()].toSorted((a, b) => a.startsAt - b.startsAt || (a.on < b.on ? -1 : 1));
}

/** What was reported stays, also when the series has been changed since. */
function reportedOccurrence(step: Step, on: SwedishDate): Occurrence | undefined {
  if (step.time?.form !== 'recurring') return undefined;
  return occurrenceOn(step.time.series, on);
}

/** The reports of one step that none of its shown occurrences tells: told by the step itself. */
export function strayReports(view: FhirView, step: Step, occurrences: readonly Occurrence[]): readonly Report[] {
  const shown = new Set(occurrences.map(({ on }) => on));
  return reportsOfStep(view, step).filter((one) => one.occurrence !== undefined && !shown.has(one.occurrence));
}

function periodOf(occurrence: Occurrence): fhir4.Period {
  const start = toRfc3339Utc(occurrence.startsAt);
  return occurrence.clock ? { start } : { start, end: toRfc3339Utc(occurrence.endsAt - 1) };
}

/** One time of a series, as a part of its step; undefined for a day that the series does not fall on. */
export function occurrenceTask(view: FhirView, step: Step, on: SwedishDate): fhir4.Task | undefined {
  const occurrence = reportedOccurrence(step, on);
  return occurrence && taskOf(view, step, occurrence, reportsOfStep(view, step));
}

/** All that lists show of a series, each as {@link occurrenceTask}. */
export function occurrenceTasks(view: FhirView, step: Step, occurrences: readonly Occurrence[]): fhir4.Task[] {
  if (occurrences.length === 0) return [];
  const reports = reportsOfStep(view, step);
  return occurrences.map((occurrence) => taskOf(view, step, occurrence, reports));
}

function taskOf(view: FhirView, step: Step, occurrence: Occurrence, ofStep: readonly Report[]): fhir4.Task {
  const { on } = occurrence;
  const stepId = publicId(step.patientId, step.id);
  const reports = ofStep.filter((report) => report.occurrence === on);
  const effective = reportsOf(effectiveReports(reports), step.id).get(on);
  const state = occurrenceState(effective);
  const status = state === 'due' ? TASK_STATUS[step.state] : STATUS_OF_REPORTED[state];
  const reason = words(step.reason) ?? reasonFrom(reports) ?? 'Skäl är inte angivet';
  const changedAt = reports.reduce((latest, one) => (one.changedAt > latest ? one.changedAt : latest), step.changedAt);
  const { basedOn, groupIdentifier, patient } = ofPlan(view);
  return {
    resourceType: 'Task',
    id: occurrenceId(stepId, on),
    meta: { ...metaOf(step), lastUpdated: changedAt },
    basedOn,
    groupIdentifier,
    for: patient,
    partOf: [{ reference: `Task/${stepId}` }],
    status,
    statusReason: NEEDS_REASON.has(status) ? { text: reason } : undefined,
    intent: 'plan',
    code: {
      coding: [{ system: view.urls.system('task-kind'), code: 'occurrence', display: 'Tillfälle' }],
      text: step.title,
    },
    description: words(step.patientText) ?? step.title,
    executionPeriod: periodOf(occurrence),
    authoredOn: step.createdAt,
    lastModified: lastModified(step.createdAt, changedAt),
    requester: authorOf(view, step.recordedBy),
    owner: partyRef(view, step.responsibleParty),
    note: some(reports.flatMap((report) => notesOf(view, report))),
    output: some(reports.flatMap((report) => outputsOf(view, report))),
  };
}
