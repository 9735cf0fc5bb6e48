import type { ThingId } from '../../shared/ids.ts';
import type { HsaId, Instant, SwedishDate } from '../../shared/owned.ts';

/** From the first instant of `from` up to, not including, `until`; without `until` it has no end yet. */
export interface Period {
  readonly from: Instant;
  readonly until?: Instant;
}

/** What the policy may know of the person that the request is about. */
export interface PatientFacts {
  /** By the personal number; absent for a reserve number, and then nobody is given direct access by age. */
  readonly birthDate?: SwedishDate;
  readonly deceasedOn?: SwedishDate;
  /** `none` says that the registers have been asked. Absent counts as protected with an empty list. */
  readonly protection?: 'none' | Protection;
  /** Related persons whose link somebody has reviewed, also where only they, and not the patient, are protected. */
  readonly reviewed?: readonly ProtectedAccess[];
  /** Documented inability to consent, see {@link Inability}. */
  readonly inability?: readonly Inability[];
}

/** Skyddade personuppgifter: who may know that the person exists. A third grade, fictitious data, leaves no trace. */
export interface Protection {
  /** `lifted`: no longer protected, but what was written under protection keeps its list in the history. */
  readonly grade: 'confidentiality-mark' | 'protected-registration' | 'lifted';
  readonly list: readonly ProtectedAccess[];
}

/** One entry of the explicit access list: a named member of staff, a system, or a related person after review. */
export interface ProtectedAccess extends Period {
  readonly staff?: HsaId;
  /** With `staff`: only when acting for this unit. Alone it names nobody. */
  readonly unit?: HsaId;
  readonly clientId?: string;
  readonly relatedPersonId?: ThingId;
}

/**
 * That the person cannot consent: `child`, judged unable for want of maturity (lag 2022:913 3:1, 3:2), or `lasting`, not
 * only temporarily unable (2:6, 3:3, 3:4).
 */
export interface Inability extends Period {
  readonly kind: 'child' | 'lasting';
  /** `lasting` needs it: attitude clarified as far as possible, and no reason to think that the person would object. */
  readonly noReasonToObject?: boolean;
}

/** What a citizen who is not the patient is to the patient, by registered relation. Several can hold at once. */
export interface RelatedFacts {
  readonly id: ThingId;
  readonly kind: 'guardian' | 'legal-representative' | 'proxy' | 'relative';
  readonly from?: SwedishDate;
  /** The last day. */
  readonly until?: SwedishDate;
  /** For a legal representative: the court's or chief guardian's decision. */
  readonly decisionReference?: string;
  /** The citizen's own identity is protected: then the link is broken until it has been reviewed (1177). */
  readonly isProtected?: boolean;
}

/** A unit's decision to open its own data to a child of 13–15, or to the child's guardian. */
export interface UnitDecision extends Period {
  readonly unit: HsaId;
  readonly opensFor: 'child' | 'guardian';
  /** For one guardian; absent for every guardian. */
  readonly guardianId?: ThingId;
}

/** Blockering av vårdnadshavare: sees nothing, not even the child's name. */
export interface GuardianBlock extends Period {
  /** One guardian; absent for all. */
  readonly guardianId?: ThingId;
}

/** Försegling: closed to every citizen, the patient too, so that nobody can be made to show it. */
export interface Sealing extends Period {
  /** What is sealed: a unit's, a provider's, or with neither everything. */
  readonly unit?: HsaId;
  readonly provider?: HsaId;
  readonly written?: WrittenPeriod;
}

/** Only what was written in this period; open ends reach for ever. */
export interface WrittenPeriod {
  readonly from?: Instant;
  readonly until?: Instant;
}
