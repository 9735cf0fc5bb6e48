import type { ThingId } from '../../shared/ids.ts';
import type { Words } from '../../shared/problem.ts';
import { type FollowUp, type HsaId, LEAD_KINDS, type Plan, type PlanContent, type Step } from './model.ts';
import { type EffectiveReports, effectiveReports, isOwnOfFamily, reportsOf, type StepReports } from './occurrences.ts';
import { isFixedSoon, momentOf, momentOfTime, type SingleTime, type StepMoment } from './step-time.ts';
import type { TimeSettings } from './time-settings.ts';

/**
 * Something that care owes the patient by law or by these rules (designate a contact, the way home, a call to SIP, to
 * explain a withdrawal): a candidate at once, without being a step of the plan.
 */
export interface OwedDuty {
  /** Stable for the same duty, so that the order is total. */
  readonly id: string;
  readonly planId: ThingId;
  readonly duty: string;
  /** Whose list it stands in. */
  readonly unit: HsaId;
  readonly what: Words;
  /** By when, where law or rules say so. */
  readonly time?: SingleTime;
  readonly order?: number;
}

/** What the choice is made by, apart from the plan's own content. */
export interface ChoiceContext {
  /** Epoch milliseconds, business time. */
  readonly now: number;
  readonly settings: TimeSettings;
  readonly deceased: boolean;
  readonly owed?: readonly OwedDuty[];
}

interface Place {
  /** 1: a fixed time within 24 h. 2: what care is late with. 3: everything else. */
  readonly rank: 1 | 2 | 3;
  readonly at: number;
  readonly order: number;
  readonly id: string;
}

export type CandidateStep = { readonly plan: Plan; readonly step: Step; readonly moment: StepMoment };
export type CandidateDuty = { readonly plan: Plan; readonly duty: OwedDuty; readonly moment: StepMoment };

/** A step or duty that may be the next step, with its place in the order. */
export type Candidate = Place &
  (
    | ({ readonly kind: 'step' | 'late' } & CandidateStep)
    | ({ readonly kind: 'owed'; readonly late: boolean } & CandidateDuty)
  );

/** What is next, decided; not yet in words. */
export type Choice =
  | Candidate
  /** No agreed step left, but someone's yes is waited for: to a step, or to the plan itself. */
  | { readonly kind: 'proposal'; readonly plan: Plan; readonly step?: Step }
  | { readonly kind: 'resting'; readonly plan: Plan; readonly step?: Step }
  | { readonly kind: 'follow-up'; readonly plan: Plan; readonly followUp?: FollowUp };

const LIVE = new Set<Plan['status']>(['proposed', 'active', 'on-hold']);
const GOING = new Set<Step['state']>(['agreed', 'booked', 'in-progress']);
const NOTHING_LEFT = { proposal: 0, resting: 1, 'follow-up': 2 } as const;

/** Whether a plan has a next step (while its patient lives). */
export function isLive(plan: Plan): boolean {
  return LIVE.has(plan.status) && !plan.enteredInError;
}

interface Shown {
  readonly approvedForPatient: boolean;
  readonly enteredInError: boolean;
  readonly state?: string;
}

/** Whether the patient meets a thing at all: approved, and no mistake. */
export function isShown({ approvedForPatient, enteredInError, state }: Shown): boolean {
  return approvedForPatient && !enteredInError && state !== 'entered-in-error';
}

/** The total order of docs/domain.md 4: rank, deciding instant (the oldest first), the plan's order, id. */
export function comparePlaces(a: Place, b: Place): number {
  // Two steps without any time are both at Infinity, whose difference is no number.
  const byTime = a.at === b.at ? 0 : a.at - b.at;
  return a.rank - b.rank || byTime || a.order - b.order || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function rankOf(moment: StepMoment, careIsLate: boolean, { now, settings }: ChoiceContext): Place['rank'] {
  if (isFixedSoon(moment, now, settings)) return 1;
  return careIsLate ? 2 : 3;
}

function candidateStep(plan: Plan, step: Step, reports: StepReports, context: ChoiceContext): Candidate | undefined {
  if (!GOING.has(step.state) || step.condition !== undefined || !isShown(step)) return undefined;
  // Whoever was to come at home keeps the step, and the patient who stays in hospital is not told to wait for them.
  if (plan.status === 'on-hold' && plan.onHold?.interruption) return undefined;
  const moment = momentOf(step, reports, context.now, context.settings);
  if (!moment) return undefined;
  const late = !isOwnOfFamily(step) && moment.lateFrom <= context.now;
  const place = { rank: rankOf(moment, late, context), at: moment.at, order: step.order, id: step.id };
  return { kind: late ? 'late' : 'step', plan, step, moment, ...place };
}

function candidateDuty(plan: Plan, duty: OwedDuty, context: ChoiceContext): Candidate {
  const moment = momentOfTime(duty.time, context.settings);
  const late = moment.lateFrom <= context.now;
  const place = { rank: rankOf(moment, late, context), at: moment.at, order: duty.order ?? 0, id: duty.id };
  return { kind: 'owed', plan, duty, late, moment, ...place };
}

/**
 * Everything that may be the next step of these plans, first things first: the steps that the patient may see in
 * `agreed`, `booked` and `in-progress`, and what care owes. Conditional steps never; of a series what counts of it.
 */
export function candidatesOf(
  plans: readonly Plan[],
  content: PlanContent,
  context: ChoiceContext,
  reports: EffectiveReports = effectiveReports(content.report),
): readonly Candidate[] {
  const byId = new Map(plans.map((plan) => [plan.id, plan]));
  const steps = content.step.flatMap((step) => {
    const plan = byId.get(step.planId);
    return (plan && candidateStep(plan, step, reportsOf(reports, step.id), context)) ?? [];
  });
  const duties = (context.owed ?? []).flatMap((duty) => {
    const plan = byId.get(duty.planId);
    return plan ? [candidateDuty(plan, duty, context)] : [];
  });
  return [...steps, ...duties].sort(comparePlaces);
}

function firstInOrder(steps: readonly Step[]): Step | undefined {
  return [...steps].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))[0];
}

/** The follow-up that comes first of those not yet done. */
export function plannedFollowUp(content: PlanContent, planId: ThingId): FollowUp | undefined {
  return content['follow-up']
    .filter((f) => f.planId === planId && f.doneOn === undefined && !f.enteredInError)
    .sort((a, b) => (a.plannedOn < b.plannedOn ? -1 : a.plannedOn > b.plannedOn ? 1 : a.id < b.id ? -1 : 1))[0];
}

/** What holds when a plan has no candidate: it waits for a yes, or rests, or there is nothing left. */
function nothingLeft(plan: Plan, content: PlanContent): Exclude<Choice, Candidate> {
  const steps = content.step.filter((s) => s.planId === plan.id && s.condition === undefined && isShown(s));
  const resting = firstInOrder(steps.filter((s) => s.state === 'on-hold'));
  if (plan.status === 'on-hold') return { kind: 'resting', plan, step: resting };
  const asked = firstInOrder(steps.filter((s) => s.state === 'proposed' || s.state === 'wished'));
  if (asked) return { kind: 'proposal', plan, step: asked };
  if (resting) return { kind: 'resting', plan, step: resting };
  if (plan.status === 'proposed') return { kind: 'proposal', plan };
  return { kind: 'follow-up', plan, followUp: plannedFollowUp(content, plan.id) };
}

function isLead(plan: Plan): boolean {
  return LEAD_KINDS.includes(plan.kind);
}

/** The plans of a person that are lived by now: the lead plan first, then the oldest. */
export function livePlans(content: PlanContent): readonly Plan[] {
  return content.plan
    .filter(isLive)
    .sort((a, b) => Number(isLead(b)) - Number(isLead(a)) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/**
 * What is next of these plans together, and exactly one thing: the first candidate, else what the plans say together
 * when there is none (a yes waited for before what rests, before the follow-up; the lead plan before its parts).
 *
 * @returns undefined only when the patient has died or none of the plans is proposed, active or on hold
 */
export function chooseNextStep(
  plans: readonly Plan[],
  content: PlanContent,
  context: ChoiceContext,
): Choice | undefined {
  const live = context.deceased ? [] : plans.filter(isLive);
  const [first] = candidatesOf(live, content, context);
  return first ?? whenNothingIsLeft(live, content);
}

/** As {@link chooseNextStep}, for plans that are known to have no candidate. */
export function whenNothingIsLeft(live: readonly Plan[], content: PlanContent): Exclude<Choice, Candidate> | undefined {
  const choices = live.map((plan) => nothingLeft(plan, content));
  return choices.sort((a, b) => NOTHING_LEFT[a.kind] - NOTHING_LEFT[b.kind])[0];
}
