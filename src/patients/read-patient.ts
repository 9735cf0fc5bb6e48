import { type Asking, type Desk, reading } from '../access/index.ts';
import type { PatientId } from '../shared/ids.ts';
import { demandPatient } from './change-person.ts';
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
  return reading(desk, asking, {
    action: 'patient.read',
    load: () => loadPatient(desk.pool, asking.actor, { patientId }),
    facts: (record) => record.facts,
    patientOf: (record) => record.patientId,
    show: (grant, record) => {
      const patient = demandPatient(record);
      const seen = grant.relation === 'patient' ? approvedOnly(record) : record;
      const related = seen.relatedPersons.map((one) => resourceOf('related-person', one));
      return { answer: seen, resources: [resourceOf('patient', patient), ...related] };
    },
  });
}

/** What the patient is shown of the own record. */
function approvedOnly(record: PatientRecord): PatientRecord {
  const relatedPersons = record.relatedPersons.filter((one) => one.approvedForPatient && !one.enteredInError);
  return { ...record, relatedPersons };
}
