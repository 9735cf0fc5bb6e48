import type { RuleInForce } from '../../deadlines/domain/agreed-rules.ts';
import type { ThingId } from '../../shared/ids.ts';
import type { ChangedBy, HsaId, Instant, Owned, SwedishDate } from '../../shared/owned.ts';

/** What units tell each other about a stay in hospital and the way home (LUS 2017:612), in the law's own order. */
export const MESSAGE_KINDS = [
  'admission',
  'estimate',
  'contact',
  'ready',
  'interruption',
  'sip-call',
  'no-sip',
  'information-transfer',
  'leave',
  'return',
  'discharged',
  'death',
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

export const MESSAGE_STATES = ['sent', 'corrected', 'cancelled'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** How a deadline was counted when its time began to run; never counted anew. */
export interface Counted {
  readonly rule: RuleInForce;
  readonly lastInstant: Instant;
}

interface Sent extends Owned {
  /** The stay: the admission notice's own id. */
  readonly admissionId: ThingId;
  readonly state: MessageState;
  readonly sentAt: Instant;
  readonly receivers: readonly HsaId[];
  readonly receipts: readonly { readonly unit: HsaId; readonly at: Instant; readonly by: ChangedBy }[];
  readonly reason?: string;
}

/** LUS 2:1–2:3. Name and number are the register's own; nothing clinical has a place in it. */
export interface AdmissionNotice extends Sent {
  readonly kind: 'admission';
  readonly admittedAt: Instant;
  /** When it was judged later that help may be needed: the time runs from then. */
  readonly judgedAt?: Instant;
  readonly registeredAddress?: string;
  readonly estimatedDischarge: SwedishDate;
  readonly municipalHealthCareExpected: boolean;
  /** Regionally financed open care: designates the contact and calls to SIP. */
  readonly openCareUnit?: HsaId;
  readonly notice: Counted;
}

/** LUS 2:4. */
export interface EstimateChange extends Sent {
  readonly kind: 'estimate';
  readonly estimatedDischarge: SwedishDate;
}

/** LUS 2:5: who coordinates, designated by the open care unit. */
export interface ContactDesignation extends Sent {
  readonly kind: 'contact';
  readonly person?: { readonly staff?: HsaId; readonly name: string };
  readonly roleName?: string;
  readonly deputy?: { readonly staff?: HsaId; readonly name: string };
}

/** LUS 3:1, with what it sets going: the call (4:3) and the payment responsibility (5:4). */
export interface ReadyNotice extends Sent {
  readonly kind: 'ready';
  /** Whether help from both is needed after, so that a call to SIP is owed. */
  readonly sipNeeded: boolean;
  readonly call?: Counted;
  readonly payment?: { readonly rule: RuleInForce; readonly from: SwedishDate };
}

/** LUS 4:3. */
export interface SipCall extends Sent {
  readonly kind: 'sip-call';
  readonly meetingAt: Instant;
  readonly place?: string;
}

/** There will be no joint plan, and why: each goes on with its own planning. */
export interface NoSip extends Sent {
  readonly kind: 'no-sip';
  readonly why: (typeof NO_SIP_REASONS)[number];
}
export const NO_SIP_REASONS = ['no-consent', 'not-needed'] as const;

/** LUS 3:2, and what the patient has been told (patientlagen 3:2 b). */
export interface InformationTransfer extends Sent {
  readonly kind: 'information-transfer';
  /** Where the information is found; never the information. */
  readonly reference?: string;
  readonly told: { readonly namedContact: boolean; readonly plannedSip: boolean; readonly existingPlans: boolean };
}

/** Something that has happened to the patient, and when. */
export interface Happened<K extends MessageKind> extends Sent {
  readonly kind: K;
  readonly at: Instant;
  /** Until when the patient is on leave. */
  readonly until?: Instant;
  /** The last instant of the day of discharge: when the information is to be there (LUS 3:2). */
  readonly informationBy?: Instant;
}

export type DischargeMessage =
  | AdmissionNotice
  | EstimateChange
  | ContactDesignation
  | ReadyNotice
  | SipCall
  | NoSip
  | InformationTransfer
  | Happened<'interruption'>
  | Happened<'leave'>
  | Happened<'return'>
  | Happened<'discharged'>
  | Happened<'death'>;
