import type { PatientId } from '../../shared/ids.ts';
import { type Act, type HsaId, type Instant, type NewOwned, newOwned } from '../../shared/owned.ts';
import { wrong } from '../../shared/problem.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import { inabilityNeedsClarification, periodDates, unitUnknown } from '../problems.ts';
import type { CareRelation, InabilityRecord, InformationRecord } from './model.ts';
import { newPeriod } from './periods.ts';

type Basis = Pick<NewOwned, 'legalBasis'>;

export interface NewInformation extends Basis, Pick<InformationRecord, 'form' | 'note'> {
  /** Whose data it was about; the own provider's unless said. */
  readonly provider?: HsaId;
  readonly at?: Instant;
}

/**
 * Notes that the person was told what shared documentation means and may be refused (lag 2022:913 2:2), about one
 * provider's data.
 *
 * @param knownProviders providers that the directory knows, of those that were named
 * @throws unitUnknown for a provider that the directory lacks; periodDates for a time to come
 */
export function recordInformation(
  act: Act,
  patientId: PatientId,
  { legalBasis, ...given }: NewInformation,
  knownProviders: ReadonlySet<HsaId>,
): InformationRecord {
  const { provider = act.owner.provider, at = act.now, ...rest } = given;
  if (provider !== act.owner.provider && !knownProviders.has(provider)) {
    throw unitUnknown({
      invalidParameters: [wrong('provider', 'Finns inte i katalogen.', 'Is not in the directory.')],
    });
  }
  if (Date.parse(at) > Date.parse(act.now)) {
    throw periodDates({ invalidParameters: [wrong('at', 'Ligger i framtiden.', 'Is in the future.')] });
  }
  return { ...newOwned(act, patientId, { approvedForPatient: true, legalBasis }), provider, at, ...rest };
}

export interface NewCareRelation extends Basis, Partial<Pick<CareRelation, 'from' | 'until'>> {
  readonly kind: CareRelation['kind'];
  readonly basis?: string;
}

/** Registers the acting unit's own relation. @throws periodDates */
export function registerCareRelation(
  act: Act,
  patientId: PatientId,
  unit: UnitFacts,
  { kind, basis, legalBasis, ...period }: NewCareRelation,
): CareRelation {
  const owned = newOwned(act, patientId, { approvedForPatient: true, legalBasis });
  const told = basis === undefined ? {} : { basis };
  return { ...owned, unit: unit.hsaId, kind, ...told, ...newPeriod(period, act.now) };
}

export interface NewInability
  extends Basis,
    Pick<InabilityRecord, 'kind' | 'clarification'>,
    Partial<Pick<InabilityRecord, 'from' | 'until' | 'noReasonToObject' | 'assessedBy'>> {}

/**
 * Records that the person cannot consent, with what that rests on.
 *
 * @throws inabilityNeedsClarification for a lasting one without the statement that nothing speaks for a no; periodDates
 */
export function recordInability(act: Act, patientId: PatientId, given: NewInability): InabilityRecord {
  const { kind, clarification, noReasonToObject, from, until, legalBasis } = given;
  if (kind === 'lasting' && noReasonToObject !== true) {
    const field = wrong('noReasonToObject', 'Ska vara sant vid varaktig oförmåga.', 'Must be true when it is lasting.');
    throw inabilityNeedsClarification({ invalidParameters: [field] });
  }
  const assessedBy = given.assessedBy ?? { staff: act.by.staff, name: act.by.name ?? '' };
  return {
    ...newOwned(act, patientId, { approvedForPatient: true, legalBasis }),
    kind,
    clarification,
    assessedBy,
    ...(noReasonToObject === undefined ? {} : { noReasonToObject }),
    ...newPeriod({ from, until }, act.now),
  };
}
