import type { CitizenName, PatientName } from './people.ts';

/** From, included, until, not included, in epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly until?: number;
}

export type Kind =
  | 'plan'
  | 'what-matters'
  | 'goal'
  | 'named-contact'
  | 'participant'
  | 'step'
  | 'report'
  | 'self-care-assessment'
  | 'commitment'
  | 'safety-net-item'
  | 'agreement-version'
  | 'agreement-act'
  | 'receipt'
  | 'follow-up'
  | 'link'
  | 'remark';

/** Somebody who does, is asked or is promised something. */
export type Who = { readonly unit: string } | { readonly related: string } | 'patient' | 'nobody-here';

/** A contribution: whose it is, what the law asks about it, and the little of its content that matters to the law. */
export interface Thing {
  readonly kind: Exclude<Kind, 'plan'>;
  readonly id: string;
  readonly owner: string;
  readonly by: 'staff' | 'patient';
  readonly basis: 'HSL' | 'SoL' | 'LSS';
  readonly approved: boolean;
  readonly signed: boolean;
  readonly mistaken: boolean;
  readonly writtenAt: number;
  readonly changedAt: number;
  readonly revision: number;
  /** Whether it has text for colleagues only. */
  readonly clinical: boolean;
  readonly state?: string;
  /** The one asked to do a step, who promises, who takes part, who has agreed. */
  readonly party?: Who;
  /** To whom something is promised. */
  readonly to?: Who;
  /** Who must act on a step now; whose a contact or follow-up is. */
  readonly unit?: string;
  readonly support?: string;
  readonly done?: boolean;
  /** The step or promise that it is about. */
  readonly about?: string;
  /** The parts of an agreement, each with its party. */
  readonly parts?: readonly {
    readonly id: string;
    readonly kind: 'step' | 'commitment' | 'goal';
    readonly party: Who;
  }[];
}

export interface PlanOf {
  readonly id: string;
  readonly kind: 'SIP' | 'SPU' | 'VP' | 'HP' | 'GP' | 'OVERENSKOMMELSE';
  readonly status:
    | 'draft'
    | 'proposed'
    | 'active'
    | 'on-hold'
    | 'completed'
    | 'revoked'
    | 'declined'
    | 'entered-in-error';
  readonly creator: string;
  readonly lead: string;
  readonly leadPrincipal?: string;
  /** The header as the contribution that it is. */
  readonly header: Omit<Thing, 'kind'>;
  readonly things: readonly Thing[];
}

export interface RelatedPerson {
  readonly id: string;
  readonly who: CitizenName;
  readonly relation: 'guardian' | 'legal-representative' | 'proxy' | 'relative';
  /** First and last day, in Sweden. */
  readonly from?: string;
  readonly until?: string;
  readonly decision?: string;
  readonly isProtected: boolean;
  readonly mistaken: boolean;
}

export interface ConsentGiven extends Span {
  readonly id: string;
  readonly until: number;
  readonly type: 'sip' | 'read-care' | 'read-social' | 'disclosure';
  readonly state: 'given' | 'refused' | 'withdrawn';
  readonly to: { readonly kind: 'principal' | 'provider' | 'unit'; readonly id: string };
  readonly plan?: string;
  readonly kinds?: readonly Kind[];
  readonly guardians?: readonly { readonly related: string; readonly answer: 'yes' | 'no' }[];
  readonly mistaken: boolean;
}

export interface BlockSet extends Span {
  readonly id: string;
  readonly reach: 'inner' | 'outer';
  readonly provider: string;
  readonly unit?: string;
  readonly written?: Partial<Span>;
  readonly liftedAt?: number;
  readonly liftedFor?: readonly { readonly unit: string; readonly from: number; readonly until: number }[];
}

export interface SealingSet extends Span {
  readonly id: string;
  readonly provider?: string;
  readonly unit?: string;
  readonly written?: Partial<Span>;
}

export interface CopyHanded {
  readonly id: string;
  readonly plan: string;
  readonly from: string;
  readonly to: { readonly kind: 'unit' | 'provider'; readonly id: string };
  readonly at: number;
  readonly whole: boolean;
  readonly items: readonly { readonly id: string; readonly revision: number }[];
}

/** What one has asked to take out about a person, and who has said yes. */
export interface ExportAsked extends Span {
  readonly id: string;
  readonly until: number;
  readonly staff: string;
  readonly unit: string;
  readonly approvedBy?: string;
}

type Ref = { readonly id: string };

/** Everything about one person that the law may ask about. Lists only, so that a story can be made smaller. */
export interface World {
  readonly seed: number;
  /** The instant that boundaries are put at; it is asked just before and at it. */
  readonly pivot: number;
  readonly patientKey: string;
  readonly patient: {
    readonly name: PatientName;
    readonly ageKnown: boolean;
    readonly deceasedOn?: string;
    readonly grade?: 'confidentiality-mark' | 'protected-registration' | 'lifted';
    readonly protectedWhile: readonly Span[];
  };
  readonly related: readonly RelatedPerson[];
  readonly told: readonly (Ref & { readonly provider: string; readonly at: number })[];
  readonly inability: readonly (Ref &
    Span & { readonly kind: 'child' | 'lasting'; readonly noReasonToObject: boolean })[];
  readonly consents: readonly ConsentGiven[];
  readonly relations: readonly (Ref &
    Span & { readonly unit: string; readonly kind: 'care' | 'intervention' | 'investigation' })[];
  readonly blocks: readonly BlockSet[];
  readonly emergencies: readonly (Ref & Required<Span> & { readonly staff: string; readonly unit: string })[];
  readonly guardianBlocks: readonly (Ref & Span & { readonly related?: string })[];
  readonly sealings: readonly SealingSet[];
  readonly unitDecisions: readonly (Ref &
    Span & { readonly unit: string; readonly opensFor: 'child' | 'guardian'; readonly related?: string })[];
  readonly listed: readonly (Ref &
    Span & { readonly staff?: string; readonly unit?: string; readonly client?: string; readonly related?: string })[];
  readonly plans: readonly PlanOf[];
  readonly copies: readonly CopyHanded[];
  readonly exports: readonly ExportAsked[];
}
