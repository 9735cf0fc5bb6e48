import type { RawRecord, RecordPart } from '../db/record-query.ts';
import type { Actor } from '../shared/actor.ts';
import type { PatientId } from '../shared/ids.ts';
import { actorUnitPart, readActorUnit } from './actor-unit.ts';
import type { Facts } from './policy/facts.ts';

/** What the policy is told when no plan is meant, read in the same statement as what it is to judge. */
export const personFactParts: readonly RecordPart[] = [
  actorUnitPart,
  {
    name: 'goesBy',
    sql: 'select t.canonical_id from patient_keys t where t.patient_id = any ((select keys from k)::uuid[]) limit 1',
  },
];

/** Who acts, whether it is the patient, and whether there is one. */
export function readPersonFacts(raw: RawRecord, actor: Actor): Facts {
  const self = raw.self as PatientId | null;
  return {
    actorUnit: readActorUnit(raw),
    isSelf: actor.kind === 'citizen' && self !== null && raw.keys.includes(self),
    patientKnown: readKeyOfPerson(raw) !== undefined,
  };
}

/** The key that the person goes by: what is newly written is written on it. Undefined when nobody is registered. */
export function readKeyOfPerson(raw: RawRecord): PatientId | undefined {
  return (raw.goesBy as PatientId | null) ?? undefined;
}
