import type { PatientId, ThingId } from '../../shared/ids.ts';
import { type Act, type Instant, newOwned, type Owned, revised, type SwedishDate } from '../../shared/owned.ts';
import { birthDate, type PersonNumber } from '../../shared/person-number.ts';
import { wrong } from '../../shared/problem.ts';
import { alreadyDeceased, deathNotPossible, notDeceased } from '../problems.ts';
import { type ContactNeeds, type ContactWay, checkContactNeeds } from './contact-needs.ts';
import { currentNumber, type HeldNumber, withNumber } from './numbers.ts';

export interface Patient extends Owned {
  readonly numbers: readonly HeldNumber[];
  readonly givenName: string;
  readonly familyName: string;
  /** BCP 47. */
  readonly language: string;
  readonly preferredContactWay?: ContactWay;
  readonly contactNeeds: ContactNeeds;
  readonly deceasedOn?: SwedishDate;
  /** Sekretessmarkering or skyddad folkbokföring; `lifted` when it no longer holds. A third grade leaves no trace. */
  readonly protectedIdentity?: ProtectedGrade | 'lifted';
  /** When it has held: what was written then stays with those who were on the list. */
  readonly protectedWhile?: readonly { readonly from: Instant; readonly until?: Instant }[];
}

export const PROTECTED_GRADES = ['confidentiality-mark', 'protected-registration'] as const;
export type ProtectedGrade = (typeof PROTECTED_GRADES)[number];

export const DEFAULT_LANGUAGE = 'sv';

export interface NewPatient {
  readonly number: PersonNumber;
  readonly givenName: string;
  readonly familyName: string;
  readonly language?: string;
  readonly preferredContactWay?: ContactWay;
  readonly contactNeeds?: ContactNeeds;
}

/** Fields to change; undefined takes an optional one away, an absent one is left as it is. */
export type PatientChanges = Partial<
  Pick<Patient, 'givenName' | 'familyName' | 'language' | 'preferredContactWay' | 'contactNeeds'>
>;

/**
 * A person who is registered under a new key. Whether the number is free is for the caller, under the number's lock.
 *
 * Approved for the patient from the start: it is what the person says of themselves.
 */
export function registerPatient(act: Act, key: PatientId, given: NewPatient): Patient {
  const { number, language = DEFAULT_LANGUAGE, contactNeeds = {}, ...rest } = given;
  checkContactNeeds(contactNeeds, given.preferredContactWay);
  // The person's own row has the person's key: there is one, and it needs no other name.
  const owned = newOwned(act, key, { approvedForPatient: true }, key as string as ThingId);
  return { ...owned, ...rest, language, contactNeeds, numbers: withNumber([], number, act.now) };
}

/** The person with some fields changed. @throws contactNeedsContradict, datesOutOfOrder */
export function changePatient(act: Act, patient: Patient, changes: PatientChanges): Patient {
  const changed = revised<Patient>(patient, act, changes);
  checkContactNeeds(changed.contactNeeds, changed.preferredContactWay);
  return changed;
}

/** The person with one more number, see {@link withNumber}. Whether it is free is for the caller, under its lock. */
export function addNumber(act: Act, patient: Patient, number: PersonNumber): Patient {
  return revised(patient, act, { numbers: withNumber(patient.numbers, number, act.now) });
}

/**
 * The person as deceased on a day.
 *
 * @param today the day in Sweden
 * @throws alreadyDeceased; deathNotPossible for a day to come or before birth
 */
export function setDeceased(act: Act, patient: Patient, on: SwedishDate, today: SwedishDate): Patient {
  if (patient.deceasedOn !== undefined) throw alreadyDeceased();
  demandPossible(patient, on, today);
  return revised(patient, act, { deceasedOn: on });
}

function demandPossible(patient: Patient, on: SwedishDate, today: SwedishDate): void {
  const born = birthDate(currentNumber(patient.numbers));
  if (on <= today && (born === undefined || on >= born)) return;
  const field = wrong('deceasedOn', 'Ska vara från födelsen till och med idag.', 'Must be from birth until today.');
  throw deathNotPossible({ invalidParameters: [field] });
}

/** Whether the person's identity is protected now. */
export function isProtected({ protectedIdentity }: Pick<Patient, 'protectedIdentity'>): boolean {
  return protectedIdentity !== undefined && protectedIdentity !== 'lifted';
}

/** The person with protected identity, of a grade. What is written from now on is written under protection. */
export function protect(act: Pick<Act, 'now' | 'by'>, patient: Patient, grade: ProtectedGrade, why?: string): Patient {
  const earlier = patient.protectedWhile ?? [];
  const protectedWhile = isProtected(patient) ? earlier : [...earlier, { from: act.now }];
  return revised<Patient>(patient, act, { protectedIdentity: grade, protectedWhile }, why);
}

/** The person without protection from now on. What was written under it stays with those who were on the list. */
export function liftProtection(act: Pick<Act, 'now' | 'by'>, patient: Patient, why: string): Patient {
  const periods = (patient.protectedWhile ?? []).map((period) =>
    period.until === undefined ? { ...period, until: act.now } : period,
  );
  return revised<Patient>(patient, act, { protectedIdentity: 'lifted', protectedWhile: periods }, why);
}

/** The same death on another day, when that was what was wrong. @throws notDeceased; deathNotPossible */
export function correctDeceased(act: Act, patient: Patient, on: SwedishDate, today: SwedishDate): Patient {
  if (patient.deceasedOn === undefined) throw notDeceased();
  demandPossible(patient, on, today);
  return revised(patient, act, { deceasedOn: on });
}

/** Takes a mistaken death back. @throws notDeceased */
export function undoDeceased(act: Act, patient: Patient, why: string): Patient {
  if (patient.deceasedOn === undefined) throw notDeceased();
  return revised(patient, act, { deceasedOn: undefined }, why);
}
