import { ownedFromRow, type StoredRow } from '../../db/owned-row.ts';
import type { RawRecord, RecordPart } from '../../db/record-query.ts';
import type { PatientId } from '../../shared/ids.ts';
import type { Patient } from '../domain/patient.ts';
import type { RelatedPerson } from '../domain/related-person.ts';

const OF_PERSON = 'where t.patient_id = any ((select keys from k)::uuid[])';

/** The person, under all keys, and the related persons: for every slice that reads one patient's record. */
export const patientParts: readonly RecordPart[] = [
  { name: 'patients', sql: `select coalesce(json_agg(t), '[]'::json) from patients t ${OF_PERSON}` },
  { name: 'relatedPersons', sql: `select coalesce(json_agg(t), '[]'::json) from related_persons t ${OF_PERSON}` },
  {
    name: 'canonicalKeys',
    sql: `select coalesce(json_agg(distinct t.canonical_id), '[]'::json) from patient_keys t ${OF_PERSON}`,
  },
];

/** Which related persons there are, for slices that name them; one that was entered in error is nobody. */
export const relatedKeysPart: RecordPart = {
  name: 'relatedKeys',
  sql: `select coalesce(json_agg(t.id), '[]'::json) from related_persons t ${OF_PERSON} and not t.entered_in_error`,
};

/** A person as a record holds them. */
export interface PersonOfRecord {
  /** The row under the key that the person goes by; undefined when nobody is registered. */
  readonly canonical: Patient | undefined;
  /** Rows under every key, that one first: a joined key keeps the row it was registered with. */
  readonly all: readonly Patient[];
  readonly relatedPersons: readonly RelatedPerson[];
}

/** What {@link patientParts} gave. */
export function readPatients(raw: RawRecord): PersonOfRecord {
  const canonicalKeys = new Set(raw.canonicalKeys as PatientId[]);
  const rows = (raw.patients as StoredRow[]).map((row) => ownedFromRow<Patient>(row));
  const goesBy = rows.filter((patient) => canonicalKeys.has(patient.patientId));
  const aliases = rows.filter((patient) => !canonicalKeys.has(patient.patientId));
  const relatedPersons = (raw.relatedPersons as StoredRow[]).map((row) => ownedFromRow<RelatedPerson>(row));
  return {
    canonical: goesBy[0],
    all: [...goesBy, ...aliases.sort(byCreation)],
    relatedPersons: relatedPersons.sort(byCreation),
  };
}

function byCreation(a: { createdAt: string; id: string }, b: { createdAt: string; id: string }): number {
  return a.createdAt === b.createdAt ? (a.id < b.id ? -1 : 1) : a.createdAt < b.createdAt ? -1 : 1;
}
