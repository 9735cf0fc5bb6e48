import type { Consent } from '../../../consents/domain/model.ts';
import type { Plan } from '../../../plans/domain/model.ts';
import { epochOf, lateFrom } from '../../../plans/domain/when.ts';
import type { Candidate } from '../finding.ts';
import { DAY_MS, inPlan, type Look, planOwner, type Rule } from '../look.ts';
import type { RuleName } from '../rule-list.ts';

function ofPlan(rule: RuleName, plan: Plan, look: Look, from: number): Candidate[] {
  return [{ rule, planId: plan.id, subjectKind: 'plan', subjectId: plan.id, from, ownerUnit: planOwner(plan, look) }];
}

/** An active plan whose patient has nobody by name to turn to, unless it is plain that nobody is needed. */
export const noNamedContact: Rule = (look, plan) => {
  if (plan.status !== 'active') return [];
  const contacts = inPlan(look.content['named-contact'], plan);
  const isSeenTo = contacts.some(({ state }) => state === 'designated' || state === 'plainly-unneeded');
  return isSeenTo ? [] : ofPlan('no-named-contact', plan, look, epochOf(plan.createdAt));
};

/** An active plan that nobody has said when to follow up. */
export const noFollowUpDate: Rule = (look, plan) => {
  if (plan.status !== 'active') return [];
  const isPlanned = inPlan(look.content['follow-up'], plan).some(({ doneOn }) => doneOn === undefined);
  return isPlanned ? [] : ofPlan('no-follow-up-date', plan, look, epochOf(plan.createdAt));
};

/** An active plan of which nothing says for long that anybody has met or heard the patient. */
export const noPatientContact: Rule = (look, plan) => {
  if (plan.status !== 'active') return [];
  const { content, settings } = look;
  const met = [
    plan.createdAt,
    ...inPlan(content.report, plan)
      .filter(({ outcome }) => outcome === 'done')
      .map(({ performedAt }) => performedAt),
    ...inPlan(content.remark, plan)
      .filter(({ recordedBy }) => recordedBy.kind === 'patient')
      .map(({ createdAt }) => createdAt),
    ...inPlan(content.receipt, plan)
      .filter(({ side }) => side === 'patient')
      .map(({ answeredAt }) => answeredAt),
    ...inPlan(content['agreement-act'], plan)
      .filter(({ party }) => party.kind === 'patient')
      .map(({ givenAt }) => givenAt),
    ...inPlan(content['follow-up'], plan)
      .filter(({ doneOn }) => doneOn !== undefined)
      .map(({ changedAt }) => changedAt),
  ].map(epochOf);
  const contact = inPlan(content['named-contact'], plan).find(
    ({ isPrimary, state }) => isPrimary && state === 'designated',
  );
  const found = ofPlan('no-patient-contact', plan, look, Math.max(...met) + settings.contactWithinDays * DAY_MS);
  return found.map((one) => ({ ...one, ownerUnit: contact?.unit ?? one.ownerUnit }));
};

/** The plan rests because consent fell, and the patient has not been told in time what that means. */
export const withdrawalNotExplained: Rule = (look, plan) => {
  const { explainBy, explainedAt } = plan.onHold ?? {};
  if (plan.status !== 'on-hold' || explainBy === undefined || explainedAt !== undefined) return [];
  return ofPlan('withdrawal-not-explained', plan, look, lateFrom(explainBy));
};

/**
 * A consent that a plan builds on and that is about to end, with none after it. It is found for the plan that it names, else
 * for the person's first plan at work.
 */
export const consentExpiring: Rule = (look, plan) => {
  if (plan.status !== 'active' && plan.status !== 'on-hold') return [];
  return look.consents
    .filter((consent) => consent.state === 'given' && consent.type !== 'disclosure' && !consent.enteredInError)
    .filter((consent) => isFor(consent, plan, look) && !isFollowed(consent, look))
    .map((consent) => ({
      rule: 'consent-expiring',
      planId: plan.id,
      subjectKind: 'consent',
      subjectId: consent.id,
      from: epochOf(consent.until) - look.settings.consentWarnedDays * DAY_MS,
      ownerUnit: planOwner(plan, look),
    }));
};

function isFor(consent: Consent, plan: Plan, { content }: Look): boolean {
  if (consent.planId !== undefined) return consent.planId === plan.id;
  const first =
    content.plan.find(({ status }) => status === 'active') ?? content.plan.find(({ status }) => status === 'on-hold');
  return first?.id === plan.id;
}

function isFollowed(consent: Consent, { consents }: Look): boolean {
  return consents.some(
    (other) =>
      other.id !== consent.id &&
      other.type === consent.type &&
      other.state === 'given' &&
      JSON.stringify(other.recipient) === JSON.stringify(consent.recipient) &&
      epochOf(other.until) > epochOf(consent.until),
  );
}

/** The patient's sheet of paper is no longer true: whoever meets the patient next hands over a new one. Found once. */
export const sheetStale: Rule = (look, plan) => {
  const { staleSheet: sheet, content, now } = look;
  const first = content.plan.find(({ status }) => status === 'active' || status === 'proposed' || status === 'on-hold');
  if (!sheet || first?.id !== plan.id) return [];
  const ownerUnit = sheet.renewedBy ?? planOwner(plan, look);
  return [{ rule: 'sheet-stale', planId: plan.id, subjectKind: 'sheet', subjectId: sheet.id, from: now, ownerUnit }];
};
