import type {
  GuardianBlock,
  Inability,
  ProtectedAccess,
  Sealing,
  UnitDecision,
} from '../../access/policy/facts-person.ts';
import type {
  BlockFacts,
  CareRelationFacts,
  EmergencyFacts,
  InformationGiven,
} from '../../access/policy/facts-sharing.ts';
import type { ThingId } from '../../shared/ids.ts';
import type { ChangedBy, HsaId, Instant, Owned } from '../../shared/owned.ts';

/**
 * What is recorded so that the law can be judged. Each is a contribution of the unit that recorded it, and each holds
 * the very fact that the policy asks about: what is stored and what is judged cannot differ.
 */

export const INFORMATION_FORMS = ['oral', 'written', 'electronic'] as const;

/** That the person was told what shared documentation means (lag 2022:913 2:2). */
export interface InformationRecord extends Owned, InformationGiven {
  readonly form: (typeof INFORMATION_FORMS)[number];
  readonly note?: string;
}

/** A unit's relation to the patient, or what social care gives or investigates. */
export interface CareRelation extends Owned, CareRelationFacts {
  /** What it rests on, in words: a referral, a decision, an admission. */
  readonly basis?: string;
}

/** That the person cannot consent, with the clarification that it rests on (lag 2022:913 2:6, 3:1–4). */
export interface InabilityRecord extends Owned, Inability {
  /** How the person's attitude was clarified, or how the child's maturity was judged. */
  readonly clarification: string;
  readonly assessedBy: { readonly staff?: HsaId; readonly name: string };
}

/** Why a block was lifted: at the patient's wish, or because care cannot do without (PDL 4:5; lag 2022:913 2:3, 3:5). */
export const LIFT_GROUNDS = ['patient-asked', 'patient-consents', 'vital'] as const;
export type LiftGround = (typeof LIFT_GROUNDS)[number];

/** Spärr. */
export interface Block extends Owned, Omit<BlockFacts, 'id' | 'liftedFor'> {
  readonly liftedFor?: readonly TimedLift[];
  readonly liftGround?: LiftGround;
}

/** A block lifted for one unit for a time; everyone else is still kept out. */
export interface TimedLift {
  readonly unit: HsaId;
  readonly from: Instant;
  readonly until: Instant;
  readonly ground: LiftGround;
  readonly requestId?: ThingId;
}

/** Nödöppning by one member of staff, flagged until the provider has reviewed it. */
export interface EmergencyAccess extends Owned, Omit<EmergencyFacts, 'id'> {
  readonly staffName: string;
  readonly closedAt?: Instant;
  readonly review: 'flagged' | 'reviewed';
  /** Care providers that have blocked, revealed by it (3:5). */
  readonly blockingProviders: readonly HsaId[];
  /** Units of the own provider with an inner block (PDL 4:5). */
  readonly blockingUnits: readonly HsaId[];
}

/** A request to lift a block, to the provider that set it; that provider alone answers (lag 2022:913 3:5). */
export interface BlockLiftRequest extends Owned {
  readonly emergencyId: ThingId;
  readonly askedProvider: HsaId;
  /** For an inner block: the own provider's unit. */
  readonly askedUnit?: HsaId;
  readonly askingUnit: HsaId;
  readonly askingStaff: { readonly staff: HsaId; readonly name: string };
  readonly reason: string;
  readonly state: 'asked' | 'granted' | 'refused';
  readonly answered?: {
    readonly at: Instant;
    readonly by: ChangedBy;
    readonly why?: string;
    /** Until when the blocks are lifted for the asking unit. */
    readonly until?: Instant;
  };
}

export interface GuardianBlockRecord extends Owned, GuardianBlock {
  readonly reason: string;
}

export interface SealingRecord extends Owned, Sealing {
  readonly reason?: string;
}

export interface UnitDecisionRecord extends Owned, UnitDecision {
  /** The assessment of maturity and harm that the decision rests on. */
  readonly assessment: string;
}

export interface ProtectedAccessRecord extends Owned, ProtectedAccess {
  readonly reason?: string;
}

/**
 * Why everything about a protected person is taken out: registerutdrag, a copy of the record that the person asks for,
 * supervision, what a court or authority is owed, or another system.
 */
export const EXPORT_REASONS = [
  'data-subject-access',
  'copy-of-record',
  'supervision',
  'duty-to-inform',
  'change-of-system',
] as const;
export type ExportReason = (typeof EXPORT_REASONS)[number];

/** A request to take out what the own provider has written about a protected person, which another person answers. */
export interface ExportRequest extends Owned {
  readonly staff: HsaId;
  readonly staffName: string;
  readonly reason: ExportReason;
  /** In words: what for, and who gets it. */
  readonly purpose: string;
  readonly state: 'asked' | 'approved' | 'refused';
  readonly from: Instant;
  /** When it lapses: unanswered, or not taken out. */
  readonly until: Instant;
  readonly answered?: { readonly at: Instant; readonly by: ChangedBy; readonly why?: string };
}

/** Every kind of thing that this slice keeps. */
export interface SharingThings {
  'information-given': InformationRecord;
  'care-relation': CareRelation;
  inability: InabilityRecord;
  block: Block;
  'emergency-access': EmergencyAccess;
  'block-lift-request': BlockLiftRequest;
  'guardian-block': GuardianBlockRecord;
  sealing: SealingRecord;
  'unit-decision': UnitDecisionRecord;
  'protected-access': ProtectedAccessRecord;
  'export-request': ExportRequest;
}
export type SharingKind = keyof SharingThings;
export type SharingThing = SharingThings[SharingKind];

/** A thing as it becomes, and as it was (absent when it is new). */
export type SharingChange = {
  readonly [K in SharingKind]: {
    readonly kind: K;
    readonly before?: SharingThings[K];
    readonly after: SharingThings[K];
  };
}[SharingKind];
