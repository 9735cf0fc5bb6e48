import type { RawRecord } from '../db/record-query.ts';
import type { GuardianAnswer } from '../shared/consent-facts.ts';
import type { PatientId, ThingId } from '../shared/ids.ts';
import type { HsaId, SwedishDate } from '../shared/owned.ts';
import { birthDate, type PersonNumber } from '../shared/person-number.ts';
import { swedishDate } from '../shared/swedish-time.ts';
import type { Moment } from './guard.ts';
import type { Facts } from './policy/facts.ts';
import type { PatientFacts, Period, ProtectedAccess, Protection, RelatedFacts } from './policy/facts-person.ts';
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
> & {
  /** Staff whom no answer names, see `withoutProtectedStaff`. */
  readonly protectedStaff?: ReadonlySet<HsaId>;
};

/** A person's row, as far as the policy asks about it. */
export interface PersonRow {
  readonly numbers: readonly (PersonNumber & { readonly until?: string })[];
  readonly deceasedOn?: string | null;
  readonly protectedIdentity?: string | null;
}

interface StoredPerson extends PersonRow {
  readonly goesBy: boolean;
  readonly protectedWhile?: readonly Period[] | null;
}

type StoredRelated = { readonly [K in keyof RelatedFacts]: RelatedFacts[K] | null } & {
  readonly id: ThingId;
  readonly kind: RelatedFacts['kind'];
  readonly isActor: boolean | null;
};

export type StoredConsent = Omit<GivenConsent, 'planId' | 'guardians'> & {
  readonly planId?: ThingId | null;
  readonly guardianAnswers?: readonly GuardianAnswer[];
};

interface StoredLaw {
  readonly goesBy: PatientId | null;
  readonly persons: readonly StoredPerson[] | null;
  readonly related: readonly StoredRelated[] | null;
  readonly consents: readonly StoredConsent[] | null;
  readonly facts: readonly { readonly factKind: string }[] | null;
  readonly protectedStaff?: readonly HsaId[] | null;
}

function lawOf(raw: RawRecord): StoredLaw {
  return raw.law as StoredLaw;
}

/**
 * What `lawPart` gave, as the policy takes it.
 *
 * @param moment business time decides which guardians there are today, and so how many must have said yes
 * @param remembered staff whom no answer names, after `lawPartBesideDirectory`
 */
export function readLaw(raw: RawRecord, { now, settings }: Moment, remembered?: ReadonlySet<HsaId>): LawFacts {
  const { persons, related, consents, facts } = lawOf(raw);
  const ofKind = <T>(kind: string) => (facts ?? []).filter(({ factKind }) => factKind === kind) as unknown as T[];
  const person = persons?.find(({ goesBy }) => goesBy);
  const guardians = guardiansOn(swedishDate(now), related ?? []);
  const list = ofKind<ProtectedAccess>('protected-access');
  const inability = ofKind<NonNullable<PatientFacts['inability']>[number]>('inability');
  return {
    now,
    ...(settings ? { settings } : {}),
    ...(person ? { patient: { ...patientFacts(person, list, strictest(persons ?? [])), inability } } : {}),
    related: (related ?? []).filter(({ isActor }) => isActor === true).map(relatedFacts),
    consents: (consents ?? []).map((consent) => givenConsent(consent, guardians)),
    information: ofKind('information-given'),
    careRelations: ofKind('care-relation'),
    blocks: ofKind('block'),
    emergencies: ofKind('emergency-access'),
    guardianBlocks: ofKind('guardian-block'),
    sealings: ofKind('sealing'),
    unitDecisions: ofKind('unit-decision'),
    protectedStaff: remembered ?? protectedStaffOf(lawOf(raw)),
  };
}

/** Without the list nobody would be masked: a record that lacks it is a fault and never shown. */
function protectedStaffOf({ protectedStaff }: StoredLaw): ReadonlySet<HsaId> {
  if (!protectedStaff) throw new Error('a record came without the staff whom no answer names');
  return new Set(protectedStaff);
}

/** The registered guardians, and those of them who have custody today. */
export interface Guardians {
  readonly all: ReadonlySet<ThingId>;
  readonly today: ReadonlySet<ThingId>;
}

export function readGuardians(raw: RawRecord, { now }: Moment): Guardians {
  const related = lawOf(raw).related ?? [];
  const guardians = related.filter(({ kind }) => kind === 'guardian');
  return { all: new Set(guardians.map(({ id }) => id)), today: guardiansOn(swedishDate(now), guardians) };
}

/** When the person has been protected, whatever the key: what was written then stays with those on the list. */
export function readProtectedWhile(raw: RawRecord): readonly Period[] {
  return (lawOf(raw).persons ?? []).flatMap(({ protectedWhile }) => protectedWhile ?? []);
}

/** The key that the person goes by: what is newly written is written on it. Undefined when nobody is registered. */
export function readKeyOfPerson(raw: RawRecord): PatientId | undefined {
  return lawOf(raw).goesBy ?? undefined;
}

/** Whether anybody is registered under the key that the person goes by. */
export function readPatientKnown(raw: RawRecord): boolean {
  return lawOf(raw).persons?.some(({ goesBy }) => goesBy) === true;
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
    reviewed: list.filter(({ relatedPersonId }) => relatedPersonId !== undefined),
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

function relatedFacts({ id, kind, from, until, decisionReference, isProtected }: StoredRelated): RelatedFacts {
  return {
    id,
    kind,
    ...(from ? { from } : {}),
    ...(until ? { until } : {}),
    ...(decisionReference ? { decisionReference } : {}),
    isProtected: isProtected === true,
  };
}

function guardiansOn(day: SwedishDate, related: readonly StoredRelated[]): ReadonlySet<ThingId> {
  const present = related.filter(
    ({ kind, from, until }) => kind === 'guardian' && (!from || from <= day) && (!until || day <= until),
  );
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
