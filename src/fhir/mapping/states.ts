import type { CommitmentState, ContactState, GoalState, PlanStatus, StepState } from '../../plans/domain/model.ts';
import { STEP_STATE_WORDS as WORDS } from '../../plans/domain/step-view.ts';

/** Our states as FHIR's required bindings have them; where ours is finer, an extension or `businessStatus` tells. */

export const CARE_PLAN_STATUS: Readonly<Record<PlanStatus, fhir4.CarePlan['status']>> = {
  draft: 'draft',
  proposed: 'draft',
  active: 'active',
  declined: 'revoked',
  'on-hold': 'on-hold',
  completed: 'completed',
  revoked: 'revoked',
  'entered-in-error': 'entered-in-error',
};

export const TASK_STATUS: Readonly<Record<StepState, fhir4.Task['status']>> = {
  wished: 'draft',
  proposed: 'requested',
  agreed: 'accepted',
  declined: 'rejected',
  booked: 'ready',
  'in-progress': 'in-progress',
  'on-hold': 'on-hold',
  done: 'completed',
  'not-done': 'failed',
  cancelled: 'cancelled',
  'entered-in-error': 'entered-in-error',
};

export const COMMITMENT_TASK_STATUS: Readonly<Record<CommitmentState, fhir4.Task['status']>> = {
  proposed: 'requested',
  accepted: 'accepted',
  kept: 'completed',
  broken: 'failed',
  released: 'cancelled',
  'entered-in-error': 'entered-in-error',
};

/** States that must say why. */
export const NEEDS_REASON: ReadonlySet<string> = new Set(['rejected', 'on-hold', 'failed', 'cancelled']);

export const GOAL_STATUS: Readonly<Record<GoalState, fhir4.Goal['lifecycleStatus']>> = {
  proposed: 'proposed',
  active: 'active',
  achieved: 'completed',
  'not-achieved': 'completed',
  cancelled: 'cancelled',
  'entered-in-error': 'entered-in-error',
};

export const CONTACT_TEAM_STATUS: Readonly<Record<ContactState, NonNullable<fhir4.CareTeam['status']>>> = {
  requested: 'proposed',
  offered: 'proposed',
  declined: 'inactive',
  'plainly-unneeded': 'inactive',
  designated: 'active',
  ended: 'inactive',
  'entered-in-error': 'entered-in-error',
};

export const PLAN_TEAM_STATUS: Readonly<Record<PlanStatus, NonNullable<fhir4.CareTeam['status']>>> = {
  draft: 'proposed',
  proposed: 'proposed',
  active: 'active',
  declined: 'inactive',
  'on-hold': 'suspended',
  completed: 'inactive',
  revoked: 'inactive',
  'entered-in-error': 'entered-in-error',
};

export const APPOINTMENT_STATUS: Readonly<Record<StepState, fhir4.Appointment['status']>> = {
  wished: 'proposed',
  proposed: 'proposed',
  agreed: 'booked',
  booked: 'booked',
  'in-progress': 'arrived',
  done: 'fulfilled',
  'not-done': 'cancelled',
  declined: 'cancelled',
  cancelled: 'cancelled',
  'on-hold': 'pending',
  'entered-in-error': 'entered-in-error',
};

/** Our finer words, in Swedish, for `businessStatus`. */
export const STEP_STATE_WORDS = WORDS.sv;

export const COMMITMENT_STATE_WORDS: Readonly<Record<CommitmentState, string>> = {
  proposed: 'föreslaget, inte bekräftat',
  accepted: 'lovat',
  kept: 'hållet',
  broken: 'brutet',
  released: 'löst från löftet',
  'entered-in-error': 'felaktigt infört',
};
