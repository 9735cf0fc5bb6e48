import type { ThingId } from '../../shared/ids.ts';
import type { ChangedBy, HsaId, Instant, Owned, SwedishDate, When } from '../../shared/owned.ts';

export type {
  ChangedBy,
  ExternalId,
  HsaId,
  Instant,
  LegalBasis,
  Owned,
  RecordedBy,
  SwedishDate,
  When,
} from '../../shared/owned.ts';
export { LEGAL_BASES } from '../../shared/owned.ts';

export interface InPlan extends Owned {
  readonly planId: ThingId;
}

export const PARTY_KINDS = [
  'patient',
  'relative',
  'region',
  'municipality-health',
  'municipality-social',
  'other',
] as const;
export type PartyKind = (typeof PARTY_KINDS)[number];

/** Who does or promises something: the patient, a relative, or a unit; never a principal. */
export type Party =
  | { readonly kind: 'patient' }
  | { readonly kind: 'relative'; readonly relatedPersonId: ThingId }
  | { readonly kind: 'region' | 'municipality-health' | 'municipality-social'; readonly unit: HsaId }
  /** School, Försäkringskassan, …: with a unit when it takes part here, else by name. */
  | { readonly kind: 'other'; readonly unit?: HsaId; readonly name?: string };

// ---------------------------------------------------------------- the header

/** Codes of the national code system TypeOfCarePlan, and our own OVERENSKOMMELSE, for which it has none. */
export const PLAN_KINDS = ['SIP', 'SPU', 'SPLPTLRV', 'VP', 'HP', 'RP', 'GP', 'SVP', 'OVERENSKOMMELSE'] as const;
export type PlanKind = (typeof PLAN_KINDS)[number];
/** A person has at most one active plan of these kinds; the others are its parts. */
export const LEAD_KINDS: readonly PlanKind[] = ['SIP', 'OVERENSKOMMELSE'];

export const PLAN_STATUSES = [
  'draft',
  'proposed',
  'active',
  'declined',
  'on-hold',
  'completed',
  'revoked',
  'entered-in-error',
] as const;
export type PlanStatus = (typeof PLAN_STATUSES)[number];

export interface Plan extends Owned {
  readonly kind: PlanKind;
  readonly status: PlanStatus;
  readonly title: string;
  readonly purpose?: string;
  readonly language: string;
  readonly periodFrom?: SwedishDate;
  readonly periodTo?: SwedishDate;
  readonly createdByUnit: HsaId;
  /** Planeringsansvarig: the unit, and the person when named. Before one is named, the creating unit. */
  readonly leadUnit: HsaId;
  readonly planningLead?: { readonly staff?: HsaId; readonly name: string };
  /** Övergripande ansvar [HSL 16:4]. */
  readonly leadPrincipal?: HsaId;
  /** Sammankallande. */
  readonly convener?: { readonly staff?: HsaId; readonly name?: string; readonly unit: HsaId };
  /** Measures by others than region and kommun: listed as steps or promises of theirs, or this explicit "none" [HSL 16:4]. */
  readonly noMeasuresByOthers?: boolean;
  readonly partOf?: ThingId;
  readonly replaces?: ThingId;
  readonly replacedBy?: ThingId;
  readonly declined?: { readonly reason: string; readonly offerAgainOn?: SwedishDate };
  readonly closed?: { readonly reason?: string };
  readonly onHold?: {
    readonly reason: string;
    readonly decidesUnit: HsaId;
    readonly decideBy?: When;
    /** Consent has fallen: by when the patient is to be told what it means, and when that was done. */
    readonly explainBy?: Instant;
    readonly explainedAt?: Instant;
    /** The patient has become worse and stays in hospital: the plan's steps rest, whosever they are. */
    readonly interruption?: true;
  };
}

// ---------------------------------------------------------------- goals and what matters

export interface WhatMatters extends InPlan {
  /** The person's own words, byte for byte. */
  readonly text: string;
  readonly ownResources?: string;
}

export const GOAL_STATES = ['proposed', 'active', 'achieved', 'not-achieved', 'cancelled', 'entered-in-error'] as const;
export type GoalState = (typeof GOAL_STATES)[number];

export interface Goal extends InPlan {
  readonly text: string;
  readonly clinicalText?: string;
  readonly whose: 'patient' | 'professional';
  readonly state: GoalState;
  readonly targetOn?: SwedishDate;
  readonly proposal?: Proposal<'text' | 'targetOn'>;
}

/** A change of agreed content that the parties have not answered yet; shown beside what is in force. */
export interface Proposal<Field extends string = string> {
  readonly agreementVersion: number;
  readonly changes: { readonly [F in Field]?: unknown };
  readonly at: Instant;
  readonly by: ChangedBy;
}

// ---------------------------------------------------------------- people

export const CONTACT_ROLES = [
  'fast-vardkontakt',
  'fast-lakarkontakt',
  'fast-omsorgskontakt',
  'samordnande-vardkontakt',
  'kontaktsjukskoterska',
  'rehabkoordinator',
  'planeringsansvarig',
  'stodkontakt',
] as const;
export type ContactRole = (typeof CONTACT_ROLES)[number];

export const CONTACT_STATES = [
  'requested',
  'offered',
  'declined',
  'plainly-unneeded',
  'designated',
  'ended',
  'entered-in-error',
] as const;
export type ContactState = (typeof CONTACT_STATES)[number];

export interface ContactPerson {
  readonly staff?: HsaId;
  readonly name: string;
  readonly unit: HsaId;
}

export interface NamedContact extends InPlan {
  readonly role: ContactRole;
  readonly state: ContactState;
  /** A person, or a role name where the person must not be named. */
  readonly person?: { readonly staff?: HsaId; readonly name: string };
  readonly roleName?: string;
  readonly unit?: HsaId;
  readonly from?: SwedishDate;
  readonly to?: SwedishDate;
  readonly away: readonly { readonly from: When; readonly to: When }[];
  readonly deputy?: ContactPerson;
  readonly basis?: 'patient-request' | 'need';
  readonly designatedBy?: { readonly staff?: HsaId; readonly name?: string; readonly unit: HsaId };
  readonly isPrimary: boolean;
  readonly reason?: string;
}

export const PARTICIPANT_STATES = ['invited', 'accepted', 'declined', 'left', 'entered-in-error'] as const;
export type ParticipantState = (typeof PARTICIPANT_STATES)[number];

export interface Participant extends InPlan {
  readonly party: Party;
  readonly role?: string;
  readonly state: ParticipantState;
  readonly reason?: string;
  readonly invitedAt: Instant;
  readonly answeredAt?: Instant;
}

// ---------------------------------------------------------------- steps

export const STEP_STATES = [
  'wished',
  'proposed',
  'agreed',
  'booked',
  'in-progress',
  'done',
  'not-done',
  'declined',
  'cancelled',
  'on-hold',
  'entered-in-error',
] as const;
export type StepState = (typeof STEP_STATES)[number];

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A series: every `interval` days, weeks or months from `startsOn`; at a clock time, or some time that day. */
export interface Recurrence {
  readonly every: 'day' | 'week' | 'month';
  readonly interval: number;
  readonly weekdays?: readonly Weekday[];
  readonly startsOn: SwedishDate;
  readonly endsOn?: SwedishDate;
  /** `07:00`, Swedish time. */
  readonly timeOfDay?: string;
  readonly exceptions?: readonly { readonly on: SwedishDate; readonly movedTo?: When; readonly cancelled?: true }[];
}

export type StepTime =
  | {
      readonly form: 'fixed';
      readonly start: Instant;
      readonly end?: Instant;
      /** Whether and how the patient can change it. */
      readonly changeable: { readonly byPatient: boolean; readonly how?: string };
    }
  | { readonly form: 'window'; readonly from: When; readonly to: When }
  | { readonly form: 'latest-by'; readonly by: When }
  | { readonly form: 'patient-books'; readonly link?: string; readonly by?: When }
  | { readonly form: 'as-needed'; readonly by: When }
  | { readonly form: 'waiting-list'; readonly expected: When }
  | { readonly form: 'recurring'; readonly series: Recurrence };

export const WAYS = ['visit', 'home', 'phone', 'video', 'message', 'letter', 'self'] as const;

export interface Step extends InPlan {
  /** What is to be done, plainly, in few words. Agreed content. */
  readonly title: string;
  /** Plain words for the patient; only these reach the patient. */
  readonly patientText?: string;
  readonly clinicalText?: string;
  readonly purpose: 'treatment' | 'health-promotion' | 'social' | 'other';
  /** A health measure done by patient, relative or social care needs a self-care assessment [2022:1250]. */
  readonly healthMeasure: boolean;
  readonly way?: { readonly kind: (typeof WAYS)[number]; readonly careLevel?: string; readonly place?: string };
  /** Whom to contact about it: a named contact of the plan, else a unit. */
  readonly contact?: { readonly namedContactId?: ThingId; readonly unit?: HsaId };
  readonly state: StepState;
  /** The state that a resting step left, or that a report took it from. */
  readonly stateBefore?: StepState;
  readonly responsibleParty: Party;
  /** The unit that must act at this moment; never empty. */
  readonly responsibleNow: HsaId;
  /** For steps of the patient or a relative: the unit named as support. */
  readonly supportUnit?: HsaId;
  readonly time?: StepTime;
  /** Agreed content: at the latest when. A time past it shows at once and makes a new agreement version. */
  readonly agreedLatest?: When;
  /** Only if something else happens; never the next step. */
  readonly condition?: string;
  readonly performer?: { readonly staff?: HsaId; readonly name: string };
  readonly deputy?: { readonly staff?: HsaId; readonly name: string };
  readonly predecessors: readonly ThingId[];
  readonly needsFromPrevious?: string;
  readonly order: number;
  readonly reason?: string;
  /** Called off by the patient's death, from which state: restored when the death was somebody else's. */
  readonly endedByDeath?: { readonly from: StepState };
  /** What remains to be done because of the death. */
  readonly madeByDeath?: true;
  /** Facts changed since they were last agreed or read as new: which, when ("ändrad"). */
  readonly factsChanged?: { readonly at: Instant; readonly fields: readonly string[] };
  readonly answeredBy?: ChangedBy & { readonly at: Instant; readonly method?: ApprovalMethod };
  /** When the party was asked, when that was after it was written: another had been asked before, or the patient had wished it. */
  readonly askedAt?: Instant;
  readonly proposal?: Proposal<StepAgreedField>;
}
export type StepAgreedField = 'title' | 'patientText' | 'responsibleParty' | 'agreedLatest';

export const REPORT_OUTCOMES = ['done', 'not-done', 'skipped', 'undone'] as const;
export type ReportOutcome = (typeof REPORT_OUTCOMES)[number];
export const NOT_DONE_REASONS = ['declined', 'not-at-home', 'in-hospital', 'no-staff', 'not-needed', 'other'] as const;

/** One append: what happened with a step (or one occurrence), by anyone on duty at the responsible unit. */
export interface Report extends InPlan {
  readonly stepId: ThingId;
  /** Which occurrence, by its scheduled day; absent for a step without occurrences. */
  readonly occurrence?: SwedishDate;
  readonly outcome: ReportOutcome;
  /** When it was done; may be earlier, never later, than now. */
  readonly performedAt: Instant;
  /** When it was ticked, by the phone's own clock: the latest tick counts, in whatever order they arrive. */
  readonly reportedAt: Instant;
  readonly clientKey: string;
  readonly note?: string;
  readonly patientText?: string;
  readonly reason?: (typeof NOT_DONE_REASONS)[number];
  readonly value?: { readonly amount: number; readonly unit: string };
  readonly nextTime?: When;
}

export interface SelfCareAssessment extends InPlan {
  readonly stepId: ThingId;
  readonly assessor: { readonly staff: HsaId; readonly name: string; readonly profession: string };
  readonly unit: HsaId;
  readonly assessedOn: SwedishDate;
  readonly reviewOn: SwedishDate;
  readonly helpNeeded: string;
  readonly ifItFails: string;
}

// ---------------------------------------------------------------- promises, signs, agreement

export const COMMITMENT_STATES = ['proposed', 'accepted', 'kept', 'broken', 'released', 'entered-in-error'] as const;
export type CommitmentState = (typeof COMMITMENT_STATES)[number];

/** A way of acting that someone promises; never the next step, judged when someone says so. */
export interface Commitment extends InPlan {
  readonly by: Party;
  readonly to: Party;
  readonly text: string;
  readonly due?: When;
  readonly state: CommitmentState;
  readonly order: number;
  readonly judged?: { readonly at: Instant; readonly by: ChangedBy; readonly why?: string };
  readonly answeredBy?: ChangedBy & { readonly at: Instant; readonly method?: ApprovalMethod };
  readonly proposal?: Proposal<'text' | 'due'>;
}

/** "Håll koll på": a sign, what to do, and whom to call by day and by night. */
export interface SafetyNetItem extends InPlan {
  readonly level: 'green' | 'yellow' | 'red';
  readonly sign: string;
  readonly advice: string;
  readonly call?: { readonly day?: WhomToCall; readonly night?: WhomToCall };
  readonly order: number;
}
export type WhomToCall =
  | { readonly namedContactId: ThingId }
  | { readonly unit: HsaId }
  | { readonly name: string; readonly phone: string };

export const AGREEMENT_STATES = ['proposed', 'agreed', 'superseded'] as const;
export const APPROVAL_METHODS = ['oral', 'written', 'digital'] as const;
export type ApprovalMethod = (typeof APPROVAL_METHODS)[number];

/** Names what the parties say yes to: contributions at their revisions, never their text. */
export interface AgreementVersion extends InPlan {
  readonly version: number;
  readonly state: (typeof AGREEMENT_STATES)[number];
  readonly parts: readonly AgreementPart[];
  readonly proposedAt: Instant;
  readonly agreedAt?: Instant;
}
export interface AgreementPart {
  readonly kind: 'step' | 'commitment' | 'goal';
  readonly id: ThingId;
  readonly revision: number;
  /** Whose part it is. */
  readonly party: Party;
}

/** One party's yes to, or visible reservation against, its own parts. */
export interface AgreementAct extends InPlan {
  readonly version: number;
  readonly party: Party;
  readonly act: 'approval' | 'reservation';
  readonly method: ApprovalMethod;
  /** A yes heard from another organisation is `reported` until that organisation's own staff confirm it. */
  readonly standing: 'given' | 'reported' | 'confirmed';
  /** A reservation is against these parts; none means all own parts. */
  readonly against?: readonly ThingId[];
  readonly text?: string;
  readonly givenAt: Instant;
}

export const SEVEN_STATEMENTS = [
  'safe',
  'clearWhoDoesWhat',
  'easyContact',
  'namedContact',
  'nextStepKnown',
  'canInfluenceTimes',
  'helpedWithCoordination',
] as const;
export type Statement = (typeof SEVEN_STATEMENTS)[number];

/** "Mitt kvitto": one side's answers to the seven statements on one agreement version. */
export interface Receipt extends InPlan {
  readonly version: number;
  readonly side: 'patient' | 'staff';
  readonly answers: { readonly [S in Statement]?: boolean };
  readonly method: ApprovalMethod;
  readonly answeredAt: Instant;
}

export interface FollowUp extends InPlan {
  readonly plannedOn: SwedishDate;
  readonly responsibleUnit: HsaId;
  readonly outcome?: string;
  readonly story?: string;
  readonly rating?: number;
  readonly doneOn?: SwedishDate;
}

/** A reference, never a copy. */
export interface Link extends InPlan {
  readonly to: 'plan' | 'medicines' | 'booking' | 'other';
  readonly title: string;
  readonly url?: string;
  readonly reference?: string;
}

/** A comment, question, objection, wish for another time, or the answer to one. */
export interface Remark extends InPlan {
  readonly aboutId?: ThingId;
  readonly what: 'comment' | 'question' | 'objection' | 'another-time' | 'disagreement' | 'answer';
  readonly text: string;
  readonly answers?: ThingId;
  /** An "another time" request may say which. */
  readonly wishedTime?: string;
}

// ---------------------------------------------------------------- from one unit to the next

export const HANDOVER_STATES = ['offered', 'received', 'accepted', 'returned', 'cancelled'] as const;
export type HandoverState = (typeof HANDOVER_STATES)[number];
export const HANDOVER_DUTIES = ['step', 'planning-lead', 'named-contact', 'follow-up'] as const;
export const GOT_WHAT_WAS_NEEDED = ['yes', 'partly', 'no'] as const;

/**
 * An accepted step or duty on its way to another unit. Received is not accepted: until `accepted` the one who gives it
 * has the duty (docs/domain.md 4).
 */
export interface Handover extends InPlan {
  readonly of: (typeof HANDOVER_DUTIES)[number];
  /** The step, the named contact, the follow-up, or the plan itself. */
  readonly aboutId: ThingId;
  readonly state: HandoverState;
  readonly fromUnit: HsaId;
  readonly toUnit: HsaId;
  /** What the next one needs to do it well, and what it was given of that. */
  readonly needs?: string;
  readonly given?: string;
  /** The last instant to accept or return it, and by which rule that was counted; never counted anew. */
  readonly answerBy: Instant;
  readonly answerRule: { readonly name: string; readonly agreed?: string };
  /** Who is alarmed when that passes. Responsibility never moves by it. */
  readonly escalateTo: HsaId;
  /** The patient's yes to moving to another region or kommun. */
  readonly patientsYes?: { readonly method: ApprovalMethod; readonly at: Instant };
  readonly offeredAt: Instant;
  readonly receivedAt?: Instant;
  readonly receivedBy?: ChangedBy;
  readonly answeredAt?: Instant;
  readonly answeredBy?: ChangedBy;
  readonly gotWhatWasNeeded?: (typeof GOT_WHAT_WAS_NEEDED)[number];
  readonly missing?: string;
  /** Why it was returned or cancelled. */
  readonly reason?: string;
  /** Units of the receiving provider that it has passed through, in order. */
  readonly forwarded: readonly { readonly fromUnit: HsaId; readonly at: Instant; readonly reason?: string }[];
}

export const FEEDBACK_KINDS = ['missing-information', 'wrong-receiver', 'good', 'other'] as const;

/** What the next one tells the one before about how it got the step, or the reply to that. */
export interface Feedback extends InPlan {
  /** The step or the handover that it is about. */
  readonly aboutId: ThingId;
  readonly what: (typeof FEEDBACK_KINDS)[number] | 'reply';
  readonly fromUnit: HsaId;
  readonly toUnit: HsaId;
  readonly text: string;
  readonly answers?: ThingId;
}

// ---------------------------------------------------------------- one patient's record

export interface ContributionsByKind {
  plan: Plan;
  'what-matters': WhatMatters;
  goal: Goal;
  'named-contact': NamedContact;
  participant: Participant;
  step: Step;
  report: Report;
  'self-care-assessment': SelfCareAssessment;
  commitment: Commitment;
  'safety-net-item': SafetyNetItem;
  'agreement-version': AgreementVersion;
  'agreement-act': AgreementAct;
  receipt: Receipt;
  'follow-up': FollowUp;
  link: Link;
  remark: Remark;
  handover: Handover;
  feedback: Feedback;
}
export type ContributionKind = keyof ContributionsByKind;
export type Contribution = ContributionsByKind[ContributionKind];

/** Everything that plans of one patient hold, as arrays by kind. */
export type PlanContent = { readonly [K in ContributionKind]: readonly ContributionsByKind[K][] };
