import type { PatientId } from '../../shared/ids.ts';
import { type Act, type NewOwned, newOwned, type Owned, revised, type SwedishDate } from '../../shared/owned.ts';
import { ageOn, birthDate, type PersonNumber } from '../../shared/person-number.ts';
import { wrong } from '../../shared/problem.ts';
import {
  datesOutOfOrder,
  decisionReferenceMissing,
  guardianOfAdult,
  proxyOfChild,
  relatedPersonEnded,
  relatedToSelf,
} from '../problems.ts';
import { currentNumber } from './numbers.ts';
import type { Patient } from './patient.ts';

export const RELATED_KINDS = ['relative', 'guardian', 'legal-representative', 'proxy'] as const;
export type RelatedKind = (typeof RELATED_KINDS)[number];

/** A relative, a guardian (vårdnadshavare), a legal representative (god man, förvaltare) or a proxy (ombud). */
export interface RelatedPerson extends Owned {
  readonly relation: RelatedKind;
  readonly name: string;
  readonly phone?: string;
  readonly personNumber?: PersonNumber;
  /** Keyed hash of the number: how the person's own sign-in is known. Never shown. */
  readonly numberHash?: string;
  /** The related person's own identity is protected: the link is broken until somebody has reviewed it. */
  readonly protectedIdentity?: boolean;
  /** In words: "dotter", "granne". */
  readonly kinship?: string;
  /** The court's or chief guardian's decision, for a legal representative. */
  readonly decisionReference?: string;
  readonly from?: SwedishDate;
  /** The last day. */
  readonly until?: SwedishDate;
}

export type RelatedPersonFields = Omit<RelatedPerson, keyof Owned>;

const ADULT_AGE = 18;

/**
 * A person related to the patient.
 *
 * @param today the day in Sweden
 * @throws datesOutOfOrder, guardianOfAdult, proxyOfChild, decisionReferenceMissing, relatedToSelf
 */
export function addRelatedPerson(
  act: Act,
  patient: Patient,
  given: RelatedPersonFields & Omit<NewOwned, 'externalId'>,
  today: SwedishDate,
): RelatedPerson {
  const { approvedForPatient, legalBasis, ...fields } = given;
  const related = { ...newOwned(act, patient.patientId, { approvedForPatient, legalBasis }), ...fields };
  check(patient, related, today);
  return related;
}

/** The related person with some fields changed. @throws as {@link addRelatedPerson} */
export function changeRelatedPerson(
  act: Act,
  patient: Patient,
  related: RelatedPerson,
  changes: Partial<RelatedPersonFields & Pick<Owned, 'approvedForPatient'>>,
  today: SwedishDate,
): RelatedPerson {
  const changed = revised<RelatedPerson>(related, act, changes);
  check(patient, changed, today);
  return changed;
}

/**
 * Ends a relation with a last day, today unless another is given.
 *
 * @throws relatedPersonEnded when its last day has passed; datesOutOfOrder when the day is before it began
 */
export function endRelatedPerson(
  act: Act,
  related: RelatedPerson,
  until: SwedishDate,
  today: SwedishDate,
  why?: string,
): RelatedPerson {
  if (related.until !== undefined && related.until < today) throw relatedPersonEnded();
  const ended = revised(related, act, { until }, why);
  checkDates(ended);
  return ended;
}

/** Whether the relation holds on a day. */
export function isRelatedOn(related: RelatedPerson, day: SwedishDate): boolean {
  const begun = related.from === undefined || related.from <= day;
  return !related.enteredInError && begun && (related.until === undefined || day <= related.until);
}

/** The related person among those of any of the person's keys. */
export function findRelatedPerson(
  all: readonly RelatedPerson[],
  ref: { readonly patientId: PatientId; readonly id: string },
): RelatedPerson | undefined {
  return all.find((one) => one.id === ref.id && one.patientId === ref.patientId);
}

function check(patient: Patient, related: RelatedPerson, today: SwedishDate): void {
  checkDates(related);
  if (related.relation === 'legal-representative' && related.decisionReference === undefined) {
    const field = wrong('decisionReference', 'Anges för en legal företrädare.', 'Needed for a legal representative.');
    throw decisionReferenceMissing({ invalidParameters: [field] });
  }
  // Vårdnaden består till dess att barnet fyller 18 år (föräldrabalken 6:2). A reserve number tells no age.
  const born = birthDate(currentNumber(patient.numbers));
  if (related.relation === 'guardian' && born !== undefined && ageOn(born, today) >= ADULT_AGE) {
    throw guardianOfAdult({ invalidParameters: [wrong('relation', 'Patienten är myndig.', 'The patient is of age.')] });
  }
  if (related.relation === 'proxy' && born !== undefined && ageOn(born, today) < ADULT_AGE) {
    throw proxyOfChild({ invalidParameters: [wrong('relation', 'Patienten är ett barn.', 'The patient is a child.')] });
  }
  const own = patient.numbers.some(({ digits }) => digits === related.personNumber?.digits);
  if (own) {
    throw relatedToSelf({ invalidParameters: [wrong('personNumber', 'Är patientens eget.', "Is the patient's own.")] });
  }
}

function checkDates({ from, until }: RelatedPerson): void {
  if (from === undefined || until === undefined || from <= until) return;
  throw datesOutOfOrder({ invalidParameters: [wrong('until', 'Ligger före from.', 'Is before from.')] });
}
