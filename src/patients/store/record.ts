import type { Pool, PoolClient } from 'pg';
import { type Facts, type Moment, personFactParts, readPersonFacts, Sealed } from '../../access/index.ts';
import { type RawRecord, type RecordPart, type RecordTarget, recordQuery } from '../../db/record-query.ts';
import type { Actor } from '../../shared/actor.ts';
import type { PatientId } from '../../shared/ids.ts';
import { type PersonOfRecord, patientParts, readPatients } from './record-parts.ts';

/** One person with what the policy asks about, from one snapshot. */
export interface PatientRecord extends PersonOfRecord {
  /** The key that was asked for, or the one that a number led to; nil when it leads to nobody. */
  readonly patientId: PatientId;
  readonly keys: readonly PatientId[];
  readonly facts: Facts;
  /** Who holds the number that was asked about. */
  readonly numberOwner?: PatientId;
}

const numberOwnerPart: RecordPart = {
  name: 'numberOwner',
  sql: 'select n.patient_id from person_numbers n where n.hash = $7',
};

const patientRecord = recordQuery('patient_record', [...personFactParts, ...patientParts, numberOwnerPart]);

/** Reads one person's record, sealed until the policy has decided. */
export async function loadPatient(
  db: Pool | PoolClient,
  actor: Actor,
  target: RecordTarget & Moment,
): Promise<Sealed<PatientRecord>> {
  return new Sealed(recordFrom(await patientRecord(db, actor, target), actor, target));
}

function recordFrom(raw: RawRecord, actor: Actor, target: Parameters<typeof loadPatient>[2]): PatientRecord {
  return {
    ...readPatients(raw),
    patientId: target.patientId ?? raw.keys[0]!,
    keys: raw.keys,
    facts: readPersonFacts(raw, actor, target),
    numberOwner: (raw.numberOwner as PatientId | null) ?? undefined,
  };
}
