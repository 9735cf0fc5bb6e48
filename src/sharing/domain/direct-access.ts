import type { WrittenPeriod } from '../../access/policy/facts-person.ts';
import type { LocalDate } from '../../shared/calendar.ts';
import type { PatientId, ThingId } from '../../shared/ids.ts';
import { type Act, type HsaId, type Instant, type NewOwned, newOwned } from '../../shared/owned.ts';
import { ageOn } from '../../shared/person-number.ts';
import { wrong } from '../../shared/problem.ts';
import { accessNamesOne, guardianUnknown, notOfThatAge, relatedPersonUnknown } from '../problems.ts';
import type { GuardianBlockRecord, ProtectedAccessRecord, SealingRecord, UnitDecisionRecord } from './model.ts';
import { newPeriod } from './periods.ts';

/** A related person as far as these rules ask. */
export interface RelatedRef {
  readonly id: ThingId;
  readonly relation: string;
}

interface Timed extends Pick<NewOwned, 'legalBasis'> {
  readonly from?: Instant;
  readonly until?: Instant;
}

function demandGuardian(id: ThingId | undefined, related: readonly RelatedRef[]): void {
  if (id === undefined || related.some((one) => one.id === id && one.relation === 'guardian')) return;
  const field = wrong('guardianId', 'Är inte en registrerad vårdnadshavare.', 'Is not a registered guardian.');
  throw guardianUnknown({ invalidParameters: [field] });
}

export interface NewGuardianBlock extends Timed {
  /** One guardian; absent for all. */
  readonly guardianId?: ThingId;
  readonly reason: string;
}

/** Blocks one guardian or all from the child's data. Never told to the guardian. @throws guardianUnknown, periodDates */
export function blockGuardian(
  act: Act,
  patientId: PatientId,
  { guardianId, reason, legalBasis, ...period }: NewGuardianBlock,
  related: readonly RelatedRef[],
): GuardianBlockRecord {
  demandGuardian(guardianId, related);
  const owned = newOwned(act, patientId, { approvedForPatient: false, legalBasis });
  return { ...owned, ...(guardianId ? { guardianId } : {}), reason, ...newPeriod(period, act.now) };
}

export interface NewSealing extends Timed {
  readonly unit?: HsaId;
  readonly provider?: HsaId;
  readonly written?: WrittenPeriod;
  readonly reason?: string;
}

/** Seals data from every citizen, the patient too. @throws periodDates */
export function seal(
  act: Act,
  patientId: PatientId,
  { legalBasis, from, until, written, reason }: NewSealing,
  of: { readonly provider?: HsaId; readonly unit?: HsaId },
): SealingRecord {
  const owned = newOwned(act, patientId, { approvedForPatient: false, legalBasis });
  const about = { ...of, ...(written ? { written } : {}), ...(reason === undefined ? {} : { reason }) };
  return { ...owned, ...about, ...newPeriod({ from, until }, act.now) };
}

export interface NewUnitDecision extends Timed {
  readonly opensFor: UnitDecisionRecord['opensFor'];
  readonly guardianId?: ThingId;
  readonly assessment: string;
}

/** Ages at which a unit decides: before that guardians have access, after it only the young person. */
export interface DecisionAges {
  readonly from: number;
  readonly before: number;
}

/**
 * A unit's decision to open its own data to a child of 13–15 or to a guardian, after assessment.
 *
 * @throws notOfThatAge, guardianUnknown, periodDates
 */
export function decideForUnit(
  act: Act,
  patientId: PatientId,
  given: NewUnitDecision,
  known: {
    readonly birthDate?: LocalDate;
    readonly today: LocalDate;
    readonly ages: DecisionAges;
    readonly related: readonly RelatedRef[];
  },
): UnitDecisionRecord {
  const { opensFor, guardianId, assessment, legalBasis, ...period } = given;
  const age = known.birthDate === undefined ? undefined : ageOn(known.birthDate, known.today);
  if (age === undefined || age < known.ages.from || age >= known.ages.before) throw notOfThatAge();
  demandGuardian(guardianId, known.related);
  return {
    ...newOwned(act, patientId, { approvedForPatient: false, legalBasis }),
    unit: act.owner.unit,
    opensFor,
    ...(guardianId ? { guardianId } : {}),
    assessment,
    ...newPeriod(period, act.now),
  };
}

export interface NewProtectedAccess extends Timed {
  readonly staff?: HsaId;
  readonly unit?: HsaId;
  readonly clientId?: string;
  readonly relatedPersonId?: ThingId;
  readonly reason?: string;
}

/**
 * Puts one member of staff, system or reviewed related person on a protected person's list.
 *
 * @throws accessNamesOne, relatedPersonUnknown, periodDates
 */
export function listAccess(
  act: Act,
  patientId: PatientId,
  given: NewProtectedAccess,
  related: readonly RelatedRef[],
): ProtectedAccessRecord {
  const { staff, unit, clientId, relatedPersonId, reason, legalBasis, from, until } = given;
  const named = [staff, clientId, relatedPersonId].filter((one) => one !== undefined).length;
  if (named !== 1 || (unit !== undefined && staff === undefined)) {
    const field = wrong(
      'staff',
      'Ange precis en, och enhet bara för personal.',
      'Name exactly one; a unit only for staff.',
    );
    throw accessNamesOne({ invalidParameters: [field] });
  }
  if (relatedPersonId !== undefined && !related.some(({ id }) => id === relatedPersonId)) {
    const field = wrong('relatedPersonId', 'Är inte registrerad hos patienten.', 'Is not registered with the patient.');
    throw relatedPersonUnknown({ invalidParameters: [field] });
  }
  return {
    ...newOwned(act, patientId, { approvedForPatient: false, legalBasis }),
    ...Object.fromEntries(
      Object.entries({ staff, unit, clientId, relatedPersonId, reason }).filter(([, value]) => value !== undefined),
    ),
    ...newPeriod({ from, until }, act.now),
  };
}
