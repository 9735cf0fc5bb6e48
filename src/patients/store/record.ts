import type { Pool, PoolClient } from 'pg';
import { type Moment, type PersonFacts, personFactParts, readPersonFacts, Sealed } from '../../access/index.ts';
import { type RawRecord, type RecordPart, type RecordTarget, recordQuery } from '../../db/record-query.ts';
import type { Actor } from '../../shared/actor.ts';
import type { PatientId } from '../../shared/ids.ts';
import { type PersonOfRecord, patientParts, readPatients } from './record-parts.ts';

/** One person with what the policy asks about, from one snapshot. */
export interface PatientRecord extends PersonOfRecord {
  /** The key that was asked for, or the one that a number led to; nil when it leads to nobody. */
  readonly patientId: PatientId;
  readonly keys: readonly PatientId[];
  readonly facts: PersonFacts;
  /** Who holds the number that was asked about. */
  readonly number: NumberHolder;
}

/** Whether a number is free to the one who asks. */
export interface NumberHolder {
  /** Held by somebody whom the one who asks may know of. */
  readonly isTaken: boolean;
  /**
   * Held by somebody who must not exist for the one who asks. It is then free to them as any other, and what they
   * register with it stands apart: a refusal would tell that the person exists (OSL 21:3).
   */
  readonly isApart: boolean;
}

/** The hash under which a number is looked up by those for whom its holder must not exist. */
export function apart(hash: string): string {
  return `apart:${hash}`;
}

const numberPart: RecordPart = {
  name: 'number',
  sql: `select json_build_object(
    'isHeld', exists (select from person_numbers n where n.hash = $7),
    'isHidden', coalesce((select is_hidden_from(n.patient_id, $8, $3, null, $9::timestamptz) from person_numbers n
      where n.hash = $7), false),
    'isHeldApart', exists (select from person_numbers n where n.hash = 'apart:' || $7))`,
};

const patientRecord = recordQuery('patient_record', [...personFactParts, ...patientParts, numberPart]);

/** Reads one person's record, sealed until the policy has decided. */
export async function loadPatient(
  db: Pool | PoolClient,
  actor: Actor,
  target: RecordTarget & Moment,
): Promise<Sealed<PatientRecord>> {
  const staff = actor.kind === 'staff' ? actor.employeeHsaId : null;
  const raw = await patientRecord(db, actor, target, [staff, new Date(target.now).toISOString()]);
  return new Sealed(recordFrom(raw, actor, target));
}

function recordFrom(raw: RawRecord, actor: Actor, target: Parameters<typeof loadPatient>[2]): PatientRecord {
  return {
    ...readPatients(raw),
    patientId: target.patientId ?? raw.keys[0]!,
    keys: raw.keys,
    facts: readPersonFacts(raw, actor, target),
    number: holderOf(raw.number as StoredHolder),
  };
}

interface StoredHolder {
  readonly isHeld: boolean;
  readonly isHidden: boolean;
  readonly isHeldApart: boolean;
}

function holderOf({ isHeld, isHidden, isHeldApart }: StoredHolder): NumberHolder {
  return { isTaken: isHidden ? isHeldApart : isHeld, isApart: isHidden };
}
