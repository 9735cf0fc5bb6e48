import { NOT_YOURS, type NotYours } from '../problems.ts';
import type { Act } from './contribution.ts';
import type { Commitment, HsaId, InPlan, NamedContact, Participant, Plan, Step } from './model.ts';
import { isOfFamily, unitOf } from './party.ts';

/** On whose side someone acts: the HSA-id of a unit, or `'patient'`. A relative acts through staff who record it. */
export type ActsAs = HsaId | 'patient' | 'relative';

/** The answer to "may they?", with a reason that is also the code of the refusal. */
export type May = { readonly may: true } | { readonly may: false; readonly reason: NotYours };

const YES: May = { may: true };

function unless(may: boolean, reason: NotYours): May {
  return may ? YES : { may: false, reason };
}

/** On whose side an act is made. A record system acts for the unit that it writes for. */
export function actsAs(act: Pick<Act, 'by' | 'owner'>): ActsAs {
  return act.by.kind === 'staff' || act.by.kind === 'system' ? (act.by.unit ?? act.owner.unit) : act.by.kind;
}

/** Whether a unit's staff (or its system) acts, rather than the patient. */
export function isUnit(who: ActsAs): who is HsaId {
  return who !== 'patient' && who !== 'relative';
}

/** @throws the refusal (403) that the reason names */
export function demand(may: May): void {
  if (!may.may) throw NOT_YOURS[may.reason]();
}

/** Activating, closing and all other moves of the plan, and its header: the planning lead (docs/domain.md 3). */
export function mayLeadPlan(plan: Plan, who: ActsAs): May {
  return unless(who === plan.leadUnit, 'planning-lead-only');
}

/** Only staff of `responsibleNow` change a step; the patient what he or she has wished or added (docs/domain.md 4). */
export function mayChangeStep(step: Step, who: ActsAs): May {
  const own = who === 'patient' && step.recordedBy.kind === 'patient';
  const theirs = own && (step.state === 'wished' || step.responsibleParty.kind === 'patient');
  return unless(theirs || who === step.responsibleNow, 'step-not-yours');
}

/** Staff who may write down another's own yes or no to a step: who answers for it, who wrote it, or the planning lead. */
function mayRecordAnswer(step: Step, plan: Plan, who: ActsAs): boolean {
  return isUnit(who) && [step.responsibleNow, step.recordedBy.unit, plan.leadUnit].includes(who);
}

/**
 * Accepting or declining a step: the one who was asked. A unit by its own staff only; the patient by own act or, like
 * relatives and others outside, orally or in writing to staff who record it. A wish is answered by the unit that has
 * it or the one that it was put to.
 */
export function mayAnswerStep(step: Step, plan: Plan, who: ActsAs): May {
  const asked = unitOf(step.responsibleParty);
  if (step.state === 'wished') {
    return unless(who === step.responsibleNow || (asked !== undefined && who === asked), 'step-answer-not-yours');
  }
  if (asked !== undefined) return unless(who === asked, 'step-answer-not-yours');
  const self = who === 'patient' && step.responsibleParty.kind === 'patient';
  return unless(self || mayRecordAnswer(step, plan, who), 'step-answer-not-yours');
}

/** Reporting: anyone on duty at the responsible unit, and the patient for own steps. */
export function mayReportStep(step: Step, who: ActsAs): May {
  const own = who === 'patient' && step.responsibleParty.kind === 'patient';
  return unless(own || who === step.responsibleNow, 'report-not-yours');
}

/** What someone has written is changed by its unit; the patient's own words by nobody but the patient. */
export function mayChangeContent(thing: Pick<InPlan, 'recordedBy'>, who: ActsAs): May {
  const writer = thing.recordedBy.kind === 'patient' ? 'patient' : thing.recordedBy.unit;
  return unless(who === writer, 'content-not-yours');
}

/** A mistake is marked by who wrote it; a step also by who answers for it now, the header by the planning lead. */
export function mayEnterInError(thing: Pick<InPlan, 'recordedBy'>, who: ActsAs, responsibleNow?: HsaId): May {
  const writer = mayChangeContent(thing, who).may;
  return unless(writer || (responsibleNow !== undefined && who === responsibleNow), 'content-not-yours');
}

/** A promise is accepted, and its text changed, by the promiser; patient and relatives also through staff who record it. */
export function mayPromise(promise: Pick<Commitment, 'by'>, who: ActsAs): May {
  const unit = unitOf(promise.by);
  if (unit !== undefined) return unless(who === unit, 'promise-not-yours');
  const self = who === 'patient' && promise.by.kind === 'patient';
  return unless(self || isUnit(who), 'promise-not-yours');
}

/** Whether a promise was kept: either side of it, or the planning lead at follow-up; for patient and relatives staff record it. */
export function mayJudge(promise: Commitment, plan: Plan, who: ActsAs): May {
  const sides = [promise.by, promise.to];
  const named = sides.some((party) => unitOf(party) === who || (who === 'patient' && party.kind === 'patient'));
  const recorded = isUnit(who) && sides.every(isOfFamily);
  return unless(named || recorded || who === plan.leadUnit, 'judgement-not-yours');
}

/** An invitation is answered by the one invited: a unit's own staff; patient and relatives also through staff. */
export function mayAnswerInvitation(participant: Participant, who: ActsAs): May {
  const unit = unitOf(participant.party);
  if (unit !== undefined) return unless(who === unit, 'participation-not-yours');
  const self = who === 'patient' && participant.party.kind === 'patient';
  return unless(self || isUnit(who), 'participation-not-yours');
}

/** A named contact is designated, changed and ended by its own unit; offers and requests also by the planning lead. */
export function mayChangeContact(contact: Pick<NamedContact, 'unit' | 'recordedBy'>, plan: Plan, who: ActsAs): May {
  const writer = contact.unit ?? contact.recordedBy.unit;
  return unless(who === writer || who === plan.leadUnit, 'content-not-yours');
}
