import { type Asking, type Desk, momentOf, reading, type Shown } from '../access/index.ts';
import type { PatientId, ThingRef } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import { demandPatient } from './change-person.ts';
import { findRelatedPerson, type RelatedPerson } from './domain/related-person.ts';
import { resourceOf } from './store/changes.ts';
import { loadPatient, type PatientRecord } from './store/record.ts';

export type { PatientRecord };

/**
 * Reads one person with related persons: for staff, and for the patient what is approved for the patient. Any key that
 * was joined to the person leads there.
 *
 * @throws notFound for a person who is not there and for one whom the reader may not know of, alike
 */
export function readPatient(desk: Desk, asking: Asking, patientId: PatientId): Promise<PatientRecord> {
  return readPerson(desk, asking, 'patient.read', patientId, (record) => {
    const related = record.relatedPersons.map((one) => resourceOf('related-person', one));
    return { answer: record, resources: [resourceOf('patient', demandPatient(record)), ...related] };
  });
}

/** Reads one related person. @throws notFound */
export function readRelatedPerson(
  desk: Desk,
  asking: Asking,
  patientId: PatientId,
  ref: ThingRef,
): Promise<RelatedPerson> {
  return readPerson(desk, asking, 'representative.read', patientId, (record) => {
    const related = findRelatedPerson(record.relatedPersons, ref);
    if (!related) throw notFound();
    return { answer: related, resources: [resourceOf('related-person', related)] };
  });
}

/** Lists a person's related persons: for staff, and for the patient what is approved for the patient. @throws notFound */
export function listRelatedPersons(
  desk: Desk,
  asking: Asking,
  patientId: PatientId,
): Promise<readonly RelatedPerson[]> {
  return readPerson(desk, asking, 'representative.read', patientId, ({ relatedPersons }) => {
    const resources = relatedPersons.map((one) => resourceOf('related-person', one));
    return { answer: relatedPersons, resources, hits: relatedPersons.length };
  });
}

function readPerson<T>(
  desk: Desk,
  asking: Asking,
  action: 'patient.read' | 'representative.read',
  patientId: PatientId,
  show: (record: PatientRecord) => Shown<T>,
): Promise<T> {
  return reading(desk, asking, {
    action,
    load: () => loadPatient(desk.pool, asking.actor, { patientId, ...momentOf(desk) }),
    facts: (record) => record.facts,
    patientOf: (record) => record.patientId,
    show: (grant, record) => {
      demandPatient(record);
      return show(grant.actor.kind === 'citizen' ? approvedOnly(record) : record);
    },
  });
}

/** What the patient is shown of the own record. */
function approvedOnly(record: PatientRecord): PatientRecord {
  const relatedPersons = record.relatedPersons.filter((one) => one.approvedForPatient && !one.enteredInError);
  return { ...record, relatedPersons };
}
