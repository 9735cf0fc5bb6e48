import type { RowChange } from '../../db/save-rows.ts';
import type { PatientId } from '../../shared/ids.ts';
import type { Instant } from '../../shared/owned.ts';
import type { PersonNumber } from '../../shared/person-number.ts';
import type { KeyOfPerson } from '../domain/join.ts';
import { apart, type PatientRecord } from './record.ts';

/** A new person's key goes by itself. */
export function ownKeyRow(key: PatientId): RowChange {
  return keyRow({ patientId: key, canonicalId: key });
}

/** Which key a key goes by; written over when persons are joined and parted. */
export function keyRow({ patientId, canonicalId, joinedAt }: KeyOfPerson): RowChange {
  const row = { patient_id: patientId, canonical_id: canonicalId, joined_at: joinedAt ?? null };
  return { table: 'patient_keys', write: 'insert', row };
}

/** The hash that a number is kept under for the one who asked about it, see `NumberHolder`. */
export function hashIn({ number }: Pick<PatientRecord, 'number'>, hash: string): string {
  return number.isApart ? apart(hash) : hash;
}

/** Who is found by a number; its hash is unique, so that no number ever finds two. */
export function numberRow(hash: string, key: PatientId, number: PersonNumber, from: Instant): RowChange {
  const row = { hash, patient_id: key, number_kind: number.kind, from_at: from };
  return { table: 'person_numbers', write: 'insert', row };
}
