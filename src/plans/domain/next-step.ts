import type { ThingId } from '../../shared/ids.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import { actingUnit, primaryContact, whoFollowsUp } from './acting-contact.ts';
import {
  type Candidate,
  type Choice,
  candidatesOf,
  isLive,
  isShown,
  livePlans,
  whenNothingIsLeft,
} from './choose-next-step.ts';
import type { PlanContext } from './context.ts';
import { lateDuty, lateStep } from './late-step.ts';
import type { HsaId, NamedContact, Plan, PlanContent, Step } from './model.ts';
import { nextStepInWords, thenInWords } from './next-step-words.ts';
import type { EffectiveReports } from './occurrences.ts';
import { whomToReach } from './reach.ts';
import { reachCandidates } from './reach-candidates.ts';
import { reachWords } from './reach-words.ts';
import { singleWhen, stepView, whatOf } from './step-view.ts';
import type { AfterStep, NextStep, ReachTold } from './told-next-step.ts';

export type { AfterStep, NextStep, ReachTold } from './told-next-step.ts';

function namedContact(content: PlanContent, id: ThingId | undefined): NamedContact | undefined {
  return id === undefined ? undefined : content['named-contact'].find((c) => c.id === id && isShown(c));
}

function reachOf(contact: NamedContact | undefined, unit: HsaId, context: PlanContext): ReachTold {
  const reach = whomToReach(reachCandidates(contact, unit, context), context.needs, context.now);
  return { ...reach, words: reachWords(reach, context) };
}

/** Whom to contact about a step: its own contact, else its own unit, else the unit that must act. */
export function reachAbout(step: Step, content: PlanContent, context: PlanContext): ReachTold {
  const contact = namedContact(content, step.contact?.namedContactId);
  return reachOf(contact, step.contact?.unit ?? step.responsibleNow, context);
}

type Told = Omit<NextStep, 'sentence' | 'after'>;

function tellCandidate(chosen: Candidate, content: PlanContent, context: PlanContext): Told {
  const { kind, plan } = chosen;
  if (kind === 'owed') {
    const { duty, late } = chosen;
    const when = duty.time && { when: singleWhen(duty.time, context) };
    const reach = reachOf(undefined, duty.unit, context);
    const told = { kind, planId: plan.id, duty: duty.duty, what: duty.what[context.language], ...when, reach };
    return late ? { ...told, late: lateDuty(chosen, context) } : told;
  }
  const { step, moment } = chosen;
  const view = stepView(step, moment.occurrence, context);
  return {
    kind,
    planId: plan.id,
    step: view,
    ...(moment.occurrence && { occurrence: moment.occurrence.on }),
    what: view.what,
    ...(view.when && { when: view.when }),
    ...(kind === 'late' && { late: lateStep(chosen, content, context) }),
    reach: reachAbout(step, content, context),
  };
}

function decidesOnGoingOn(plan: Plan, step: Step | undefined, content: PlanContent, context: PlanContext) {
  const unit = plan.onHold?.decidesUnit ?? step?.responsibleNow ?? plan.leadUnit;
  const planned = content['follow-up'].filter((f) => f.planId === plan.id && f.doneOn === undefined && isShown(f));
  const byWhen = plan.onHold?.decideBy ?? planned.map((f) => f.plannedOn).sort()[0];
  return {
    by: actingUnit(unit, context),
    ...(byWhen !== undefined && { byWhen }),
    reach: reachOf(undefined, unit, context),
  };
}

function tellRest(choice: Exclude<Choice, Candidate>, content: PlanContent, context: PlanContext): Told {
  const { kind, plan } = choice;
  const step = kind === 'follow-up' ? undefined : choice.step;
  const seen = step && { step: stepView(step, undefined, context), what: whatOf(step) };
  const told = { kind, planId: plan.id, ...seen };
  if (kind === 'resting') return { ...told, ...decidesOnGoingOn(plan, step, content, context) };
  const primary = primaryContact(content, plan, swedishDate(context.now));
  const by = whoFollowsUp(plan, primary, context);
  const reach = step ? reachAbout(step, content, context) : reachOf(primary, plan.leadUnit, context);
  const byWhen = kind === 'follow-up' ? choice.followUp?.plannedOn : undefined;
  return { ...told, by, reach, ...(byWhen !== undefined && { byWhen }) };
}

function whatIsAfter(others: readonly Candidate[], context: PlanContext): AfterStep | undefined {
  // What is owed without a time has no place after something else.
  const comes = (other: Candidate) => (other.kind === 'owed' ? !other.late && other.duty.time : other.kind === 'step');
  const next = others.find(comes);
  if (!next || next.kind === 'late') return undefined;
  if (next.kind === 'owed') {
    const what = next.duty.what[context.language];
    const when = singleWhen(next.duty.time!, context);
    return { planId: next.plan.id, what, when, sentence: thenInWords(what, when, context.language) };
  }
  const { what, when } = stepView(next.step, next.moment.occurrence, context);
  const sentence = thenInWords(what, when, context.language);
  return { planId: next.plan.id, stepId: next.step.id, what, ...(when && { when }), sentence };
}

function tell(
  plans: readonly Plan[],
  content: PlanContent,
  context: PlanContext,
  reports?: EffectiveReports,
): NextStep | undefined {
  if (context.deceased || plans.length === 0) return undefined;
  const [first, ...others] = candidatesOf(plans, content, context, reports);
  const rest = first ? undefined : whenNothingIsLeft(plans, content);
  const told = first ? tellCandidate(first, content, context) : tellRest(rest!, content, context);
  const after = first && whatIsAfter(others, context);
  return { ...told, ...(after && { after }), sentence: nextStepInWords(told, context) };
}

/**
 * The next step of one plan, for whoever reads it: exactly one for every proposed, active or on-hold plan of a living
 * patient (docs/domain.md 4). The content may be that of one plan or of all the patient's plans, already filtered for
 * the reader; what the reader may not see is not told.
 *
 * @returns undefined when the patient has died, and for a plan that is not there or in another state
 */
export function nextStepOfPlan(content: PlanContent, planId: ThingId, context: PlanContext): NextStep | undefined {
  const plan = content.plan.find((candidate) => candidate.id === planId);
  return plan && isLive(plan) ? tell([plan], content, context) : undefined;
}

/**
 * The one next step of the lead plan and part plans together: what the patient is told first. Always that of one of the
 * plans, by the same order.
 *
 * @param reports those that count, when the caller has them already
 * @returns undefined when the patient has died or has no plan that is proposed, active or on hold
 */
export function nextStepOfOverview(
  content: PlanContent,
  context: PlanContext,
  reports?: EffectiveReports,
): NextStep | undefined {
  return tell(livePlans(content), content, context, reports);
}

/** Whom to contact about a plan as a whole: its primary named contact, else its lead unit. */
export function reachAboutPlan(plan: Plan, content: PlanContent, context: PlanContext): ReachTold {
  return reachOf(primaryContact(content, plan, swedishDate(context.now)), plan.leadUnit, context);
}
