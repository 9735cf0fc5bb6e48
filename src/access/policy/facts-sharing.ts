import type { ConsentFacts } from '../../shared/consent-facts.ts';
import type { ThingId } from '../../shared/ids.ts';
import type { HsaId, Instant } from '../../shared/owned.ts';
import type { Period, WrittenPeriod } from './facts-person.ts';

/** One consent to one recipient, as the policy judges it. Only a disclosure can be to a named person. */
export interface GivenConsent extends Omit<ConsentFacts, 'recipient'> {
  readonly id: ThingId;
  readonly recipient: ConsentFacts['recipient'] | { readonly kind: 'person'; readonly name: string };
  /** Only for this plan; absent for the person as a whole. */
  readonly planId?: ThingId;
  /** Kinds of contributions that it is to; absent when it is to what the planning needs, in words only. */
  readonly kinds?: readonly string[];
  /** Given by guardians for a child: one cannot be presumed to speak for the other. */
  readonly guardians?: { readonly needed: number; readonly given: number; readonly refused: number };
}

/** That the person was told what shared documentation means and that it can be refused (lag 2022:913 2:2). */
export interface InformationGiven {
  /** The provider whose data it is about. */
  readonly provider: HsaId;
  readonly at: Instant;
}

/**
 * Spärr. `inner` (PDL 4:4) hides a unit's data from everyone outside the unit; `outer` (lag 2022:913 2:3) hides a
 * provider's, or one of its units', from everyone outside the provider.
 */
export interface BlockFacts extends Period {
  readonly id: ThingId;
  readonly reach: 'inner' | 'outer';
  readonly provider: HsaId;
  /** Whose data; absent for all units of the provider. */
  readonly unit?: HsaId;
  readonly written?: WrittenPeriod;
  /** Lifted for good. */
  readonly liftedAt?: Instant;
  /** Lifted for one unit for a time (PDL 4:5, lag 2022:913 3:5). */
  readonly liftedFor?: readonly (Period & { readonly unit: HsaId })[];
}

/** A registered relation of a unit to the patient: for a vårdgivare `care`, for an omsorgsgivare the other two. */
export interface CareRelationFacts extends Period {
  readonly unit: HsaId;
  readonly kind: 'care' | 'intervention' | 'investigation';
}

/** Nödöppning by one member of staff at one unit (lag 2022:913 3:6). */
export interface EmergencyFacts extends Period {
  readonly id: ThingId;
  readonly staff: HsaId;
  readonly unit: HsaId;
  /** The first instant when it no longer holds; mandatory. */
  readonly until: Instant;
  /** Why there is danger to life or otherwise serious risk. */
  readonly reason: string;
  /** The patient's consent cannot be obtained: without it nothing is opened (3:6). */
  readonly consentUnobtainable?: boolean;
  /** The person cannot have a block lifted: then the blocking provider may be named (3:5). */
  readonly patientCannotLift?: boolean;
}
