import type { UnitFacts } from '../../shared/unit-facts.ts';

/** A unit and the provider that it belongs to; the provider is empty for a unit that the directory lacks. */
export interface UnitOfProvider {
  readonly unit: string;
  readonly provider: string;
}

/** What the policy may know of one contribution. */
export interface ContributionFacts {
  readonly ownerUnit: string;
  readonly ownerProvider: string;
  readonly approvedForPatient: boolean;
  /** Units with a duty in it: asked, responsible now, or promising. */
  readonly duties: readonly UnitOfProvider[];
  /** The header, whose outline everyone with a relation to the plan is told; a named contact, which every participant is. */
  readonly outline?: 'header' | 'named-contact';
}

export interface ParticipantFacts {
  readonly unit?: string;
  /** The provider that the unit belongs to. */
  readonly provider?: string;
  readonly state: 'invited' | 'accepted' | 'declined' | 'left';
}

/** What the policy may know of one plan. */
export interface PlanFacts {
  readonly createdByUnit: string;
  readonly leadUnit: string;
  readonly participants: readonly ParticipantFacts[];
  /** Units and providers that own something in it. */
  readonly owners: readonly UnitOfProvider[];
}

/** The facts of one request, read in the same snapshot as the content. Whatever is missing counts against the actor. */
export interface Facts {
  /** The acting unit as the directory knows it; absent when it does not. */
  readonly actorUnit?: UnitFacts;
  /** Whether a citizen's own number leads to this patient. */
  readonly isSelf: boolean;
  readonly patientKnown: boolean;
  /** The plan that is asked for; absent for what concerns the patient only. */
  readonly plan?: PlanFacts;
}
