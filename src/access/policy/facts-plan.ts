import type { ThingId } from '../../shared/ids.ts';
import type { HsaId, Instant, LegalBasis } from '../../shared/owned.ts';

/** How much of the care a participant's part is about: what its staff may be shown of others' contributions. */
export type Part = 'clinical' | 'planning' | 'practical';

export interface ParticipantFacts {
  readonly unit?: HsaId;
  readonly state: 'invited' | 'accepted' | 'declined' | 'left';
  /** Has said yes to something that is not done yet: a step, a promise, or to be a named contact. */
  readonly hasDuty?: boolean;
  /** Absent: `clinical` for health care, `practical` for social care. */
  readonly part?: Part;
  /** When it declined or left. */
  readonly endedAt?: Instant;
}

/** What the policy may know of one plan. */
export interface PlanFacts {
  readonly id?: ThingId;
  readonly kind?: string;
  readonly status?: string;
  readonly createdByUnit: HsaId;
  readonly leadUnit: HsaId;
  readonly participants: readonly ParticipantFacts[];
  /** What is in it, and whose: enough to tell whether somebody without a part may know of the plan. */
  readonly owners: readonly OwnedThing[];
  /** Units that have a duty or a copy without being listed as participants. */
  readonly concerned?: readonly HsaId[];
  /** What each unit is asked or has taken on in it; of what it is asked, when it was last asked. */
  readonly unitDuties?: readonly UnitDuty[];
  /** In a SIP: the principals that can stand for the region and for the kommun (HSL 16:4). */
  readonly partners?: { readonly region: readonly HsaId[]; readonly municipality: readonly HsaId[] };
}

/** That a unit is asked something in a plan, or has said yes to something. */
export interface UnitDuty {
  readonly unit: HsaId;
  readonly state: 'asked' | 'accepted';
  readonly writtenAt: Instant;
}

/** One thing in a plan. Without a kind or a time it counts as one that nobody outside may read. */
export interface OwnedThing {
  readonly unit: HsaId;
  readonly provider: HsaId;
  readonly kind?: string;
  readonly writtenAt?: Instant;
}

/** A part in a contribution: `asked` until the party has said yes, then `accepted` until it is over. */
export interface Duty {
  readonly state: 'asked' | 'accepted';
  readonly unit?: HsaId;
  readonly relatedPersonId?: ThingId;
}

/** Utlämnande: what a unit or provider was handed, as it stood then; it keeps that, and nothing newer. */
export interface HandedCopy {
  readonly unit?: HsaId;
  readonly provider?: HsaId;
  readonly at: Instant;
  /** A later wording than the one handed over has been written, whatever the clock said. */
  readonly changedSince?: boolean;
  /** Whether the copy held the clinical text too. */
  readonly whole?: boolean;
}

/** What the policy may know of one contribution. */
export interface ContributionFacts {
  readonly kind: string;
  readonly ownerUnit: HsaId;
  readonly ownerProvider: HsaId;
  readonly legalBasis?: LegalBasis;
  readonly approvedForPatient: boolean;
  /** Written by staff or a system, signed by nobody, since then (PDL 3:10). */
  readonly unsignedSince?: Instant;
  readonly enteredInError?: boolean;
  readonly writtenAt?: Instant;
  /** The latest change: what was handed or known before it is no longer how things stand. */
  readonly changedAt?: Instant;
  /** Made available under 2:6, of a person lastingly unable to consent: never in direct access (lag 2022:913 4:2). */
  readonly underTwoSix?: boolean;
  /** A wording from the time when the person was protected. */
  readonly writtenUnderProtection?: boolean;
  readonly duties: readonly Duty[];
  readonly copies?: readonly HandedCopy[];
  /** Told to every participant, also those outside shared documentation: the header's outline and the named contact. */
  readonly outline?: true;
}
