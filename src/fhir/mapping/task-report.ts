import type { RecordedBy, Report } from '../../plans/domain/model.ts';
import { elementId, words } from './owned.ts';
import { patientRef, unitRef } from './references.ts';
import type { FhirView } from './view.ts';

/** What happened, told as what a task gave: the outcome with its time, and a measured value when there is one. */

const OUTCOME_WORDS: Readonly<Record<Report['outcome'], string>> = {
  done: 'Gjort',
  'not-done': 'Blev inte gjort',
  skipped: 'Hoppades över',
  undone: 'Ångrat',
};

const REASON_WORDS: Readonly<Record<NonNullable<Report['reason']>, string>> = {
  declined: 'Tackade nej',
  'not-at-home': 'Inte hemma',
  'in-hospital': 'På sjukhus',
  'no-staff': 'Personal saknades',
  'not-needed': 'Behövdes inte',
  other: 'Annat skäl',
};

export function outputsOf(view: FhirView, report: Report): fhir4.TaskOutput[] {
  const system = view.urls.system('report');
  const outcome: fhir4.TaskOutput = {
    ...elementId(report),
    type: { coding: [{ system, code: report.outcome }], text: OUTCOME_WORDS[report.outcome] },
    valueDateTime: report.performedAt,
  };
  const { value } = report;
  if (!value) return [outcome];
  const measured: fhir4.TaskOutput = {
    type: { coding: [{ system, code: 'value' }], text: 'Mätvärde' },
    valueQuantity: { value: value.amount, unit: value.unit },
  };
  return [outcome, measured];
}

/** Who wrote it: the patient, or the unit that owns the words. */
export function authorOf(view: FhirView, by: RecordedBy): fhir4.Reference {
  if (by.kind === 'patient') return patientRef(view.patientId, 'Patienten');
  return unitRef(view, by.unit);
}

export function notesOf(view: FhirView, report: Report): fhir4.Annotation[] {
  const author = { authorReference: authorOf(view, report.recordedBy), time: report.reportedAt };
  const reason = report.reason && REASON_WORDS[report.reason];
  return [words(report.patientText), words(report.note), reason].flatMap((text) =>
    text === undefined ? [] : [{ ...author, text }],
  );
}

/** Why it was not done, by the latest report that says so. */
export function reasonFrom(reports: readonly Report[]): string | undefined {
  const last = reports.filter((one) => one.outcome === 'not-done').at(-1);
  return last && (words(last.patientText) ?? (last.reason && REASON_WORDS[last.reason]));
}
