import type { RawRecord, RecordPart } from '../db/record-query.ts';
import type { Actor } from '../shared/actor.ts';
import type { PatientId } from '../shared/ids.ts';
import { birthDate, type PersonNumber } from '../shared/person-number.ts';
import { actorUnitPart, readActorUnit } from './actor-unit.ts';
import type { Facts } from './policy/facts.ts';
import type { PatientFacts, Protection } from './policy/facts-person.ts';

const GOES_BY =
  'select t.canonical_id from patient_keys t where t.patient_id = any ((select keys from k)::uuid[]) limit 1';

/** What the policy is told when no plan is meant, read in the same statement as what it is to judge. */
export const personFactParts: readonly RecordPart[] = [
  actorUnitPart,
  { name: 'goesBy', sql: GOES_BY },
  {
    name: 'personFacts',
    sql: `select json_build_object('numbers', p.content->'numbers', 'deceasedOn', p.deceased_on,
      'protectedIdentity', p.protected_identity) from patients p where p.patient_id = (${GOES_BY}) and p.id = p.patient_id`,
  },
];

/** A person's row, as far as the policy asks about it. */
export interface PersonRow {
  readonly numbers: readonly (PersonNumber & { readonly until?: string })[];
  readonly deceasedOn?: string | null;
  readonly protectedIdentity?: string | null;
}

/** Who acts, whether it is the patient, whether there is one, and what holds for that person. */
export function readPersonFacts(raw: RawRecord, actor: Actor): Facts {
  const self = raw.self as PatientId | null;
  const person = raw.personFacts as PersonRow | null | undefined;
  return {
    ...NOTHING_REGISTERED,
    actorUnit: readActorUnit(raw),
    isSelf: actor.kind === 'citizen' && self !== null && raw.keys.includes(self),
    patientKnown: readKeyOfPerson(raw) !== undefined,
    ...(person ? { patient: patientFacts(person) } : {}),
  };
}

/** What no door registers yet: that there is none of it is known, not merely unread. */
export const NOTHING_REGISTERED = { blocks: [], sealings: [], guardianBlocks: [] } as const satisfies Partial<Facts>;

/** What the policy may know of a person, by the row: age by the number that tells it most surely, death, protection. */
export function patientFacts({ numbers, deceasedOn, protectedIdentity }: PersonRow): PatientFacts {
  const held = numbers.filter(({ until }) => !until);
  const number = held.find(({ kind }) => kind === 'personnummer') ?? held.find(({ kind }) => kind !== 'reservnummer');
  return {
    birthDate: number && birthDate(number),
    deceasedOn: deceasedOn ?? undefined,
    // Nobody is on a list that no door writes: the patient alone knows of a protected person.
    protection: protectedIdentity ? { grade: protectedIdentity as Protection['grade'], list: [] } : 'none',
  };
}

/** The key that the person goes by: what is newly written is written on it. Undefined when nobody is registered. */
export function readKeyOfPerson(raw: RawRecord): PatientId | undefined {
  return (raw.goesBy as PatientId | null) ?? undefined;
}
