import type { RawRecord } from '../db/record-query.ts';
import type { GuardianAnswer } from '../shared/consent-facts.ts';
import type { PatientId, ThingId } from '../shared/ids.ts';
import type { SwedishDate } from '../shared/owned.ts';
import { birthDate, type PersonNumber } from '../shared/person-number.ts';
import { swedishDate } from '../shared/swedish-time.ts';
import type { Moment } from './guard.ts';
import type { Facts } from './policy/facts.ts';
import type { Inability, PatientFacts, Period, ProtectedAccess, Protection } from './policy/facts-person.ts';
import type { GivenConsent } from './policy/facts-sharing.ts';

/** What is known of one person when no plan is meant. */
export type LawFacts = Pick<
  Facts,
  | 'now'
  | 'settings'
  | 'patient'
  | 'related'
  | 'unitDecisions'
  | 'guardianBlocks'
  | 'sealings'
  | 'information'
  | 'consents'
  | 'blocks'
  | 'careRelations'
  | 'emergencies'
>;

interface StoredPerson extends PersonRow {
  readonly goesBy: boolean;
  readonly protectedWhile?: readonly Period[] | null;
}

interface StoredLaw extends Omit<LawFacts, 'now' | 'settings' | 'patient' | 'consents'> {
  readonly goesBy: PatientId | null;
  readonly persons: readonly StoredPerson[];
  readonly guardians: readonly Guardian[];
  readonly consents: readonly StoredConsent[];
  readonly inabilities: readonly Inability[];
  readonly protectedAccess: readonly ProtectedAccess[];
}

export type StoredConsent = Omit<GivenConsent, 'planId' | 'guardians'> & {
  readonly planId?: ThingId | null;
  readonly guardianAnswers?: readonly GuardianAnswer[];
};

interface Guardian {
  readonly id: ThingId;
  readonly from?: SwedishDate | null;
  readonly until?: SwedishDate | null;
}

/** A person's row, as far as the policy asks about it. */
export interface PersonRow {
  readonly numbers: readonly (PersonNumber & { readonly until?: string })[];
  readonly deceasedOn?: string | null;
  readonly protectedIdentity?: string | null;
}

function lawOf(raw: RawRecord): StoredLaw {
  return raw.law as StoredLaw;
}

/**
 * What `lawPart` gave, as the policy takes it.
 *
 * @param moment business time decides which guardians there are today, and so how many must have said yes
 */
export function readLaw(raw: RawRecord, { now, settings }: Moment): LawFacts {
  const { related, unitDecisions, guardianBlocks, sealings, information, blocks, careRelations, emergencies, ...rest } =
    lawOf(raw);
  const { persons, protectedAccess, inabilities, guardians, consents } = rest;
  const person = persons.find(({ goesBy }) => goesBy);
  return {
    now,
    ...(settings ? { settings } : {}),
    ...{ related, unitDecisions, guardianBlocks, sealings, information, blocks, careRelations, emergencies },
    consents: consents.map((consent) => givenConsent(consent, guardiansOn(swedishDate(now), guardians))),
    ...(person
      ? { patient: { ...patientFacts(person, protectedAccess, strictest(persons)), inability: inabilities } }
      : {}),
  };
}

/** When the person has been protected, whatever the key: what was written then stays with those on the list. */
export function readProtectedWhile(raw: RawRecord): readonly Period[] {
  return lawOf(raw).persons.flatMap(({ protectedWhile }) => protectedWhile ?? []);
}

/** The key that the person goes by: what is newly written is written on it. Undefined when nobody is registered. */
export function readKeyOfPerson(raw: RawRecord): PatientId | undefined {
  return lawOf(raw).goesBy ?? undefined;
}

/** What the policy may know of a person, by the row: age by the number that tells it most surely, death, protection. */
export function patientFacts(
  { numbers, deceasedOn, protectedIdentity }: PersonRow,
  list: readonly ProtectedAccess[],
  grade: Protection['grade'] | undefined = gradeOf(protectedIdentity),
): PatientFacts {
  const held = numbers.filter(({ until }) => !until);
  const number = held.find(({ kind }) => kind === 'personnummer') ?? held.find(({ kind }) => kind !== 'reservnummer');
  return {
    birthDate: number && birthDate(number),
    deceasedOn: deceasedOn ?? undefined,
    protection: grade ? { grade, list } : 'none',
  };
}

/** Joined keys are one person: protected under one of them is protected. */
function strictest(persons: readonly StoredPerson[]): Protection['grade'] | undefined {
  const grades = persons.flatMap(({ protectedIdentity }) => gradeOf(protectedIdentity) ?? []);
  return grades.find((grade) => grade !== 'lifted') ?? grades[0];
}

function gradeOf(stored: string | null | undefined): Protection['grade'] | undefined {
  return (stored ?? undefined) as Protection['grade'] | undefined;
}

function guardiansOn(day: SwedishDate, guardians: readonly Guardian[]): ReadonlySet<ThingId> {
  const present = guardians.filter(({ from, until }) => (!from || from <= day) && (!until || day <= until));
  return new Set(present.map(({ id }) => id));
}

/**
 * One consent as the policy takes it: whoever has custody today must have said yes; the answer of one who no longer has
 * it neither counts nor is needed.
 */
export function givenConsent(
  { guardianAnswers, planId, ...consent }: StoredConsent,
  guardians: ReadonlySet<ThingId>,
): GivenConsent {
  const answers = (guardianAnswers ?? []).filter(({ relatedPersonId }) => guardians.has(relatedPersonId));
  const count = (answer: GuardianAnswer['answer']) => answers.filter((it) => it.answer === answer).length;
  const byGuardians = { needed: Math.max(guardians.size, 1), given: count('yes'), refused: count('no') };
  return { ...consent, ...(planId ? { planId } : {}), ...(guardianAnswers ? { guardians: byGuardians } : {}) };
}
