import type { RawRecord, RecordPart } from '../db/record-query.ts';
import type { Actor } from '../shared/actor.ts';
import type { PatientId } from '../shared/ids.ts';
import { actorUnitPart, readActorUnit } from './actor-unit.ts';
import type { Moment } from './guard.ts';
import { lawPart } from './law-parts.ts';
import type { Facts } from './policy/facts.ts';
import { type LawFacts, readKeyOfPerson, readLaw } from './read-law.ts';

/** What the policy is told when no plan is meant, read in the same statement as what it is to judge. */
export const personFactParts: readonly RecordPart[] = [actorUnitPart, lawPart];

/** The facts of one person, and which staff no answer names. */
export type PersonFacts = Facts & Pick<LawFacts, 'protectedStaff'>;

/**
 * Who acts, whether it is the patient, whether there is one, and what holds for that person.
 */
export function readPersonFacts(raw: RawRecord, actor: Actor, moment: Moment): PersonFacts {
  const self = raw.self as PatientId | null;
  return {
    ...readLaw(raw, moment),
    actorUnit: readActorUnit(raw),
    isSelf: actor.kind === 'citizen' && self !== null && raw.keys.includes(self),
    patientKnown: readKeyOfPerson(raw) !== undefined,
  };
}
