import { MINUTE_MS } from '../../shared/calendar.ts';
import type { ThingId } from '../../shared/ids.ts';
import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import { isShown, livePlans } from './choose-next-step.ts';
import type { PlanContext } from './context.ts';
import type { Instant, Link, Plan, PlanContent } from './model.ts';
import { type NextStep, nextStepOfOverview, type ReachTold, reachAboutPlan } from './next-step.ts';
import { type EffectiveReports, effectiveReports, reportsOf } from './occurrences.ts';
import { type AgreementView, agreementView, type ReceiptView, receiptView } from './overview-agreement.ts';
import { type MessageView, messagesView, type RemarkView, remarksView } from './overview-messages.ts';
import {
  type ContactView,
  contactsView,
  type ParticipantView,
  participantsView,
  type WaysView,
  waysView,
} from './overview-people.ts';
import { type FollowUpView, followUpsView, type PlanHead, planHead } from './overview-plans.ts';
import { type GoalView, goalView, type PromiseView, promiseView } from './overview-promises.ts';
import { type SafetyNetView, safetyNetView } from './overview-safety-net.ts';
import {
  type AskAbout,
  askAbout,
  type BookedTime,
  bookedTime,
  type ChangedFact,
  changedFact,
  type EveryDay,
  everyDay,
  type StepDoing,
  type StepNow,
  stepDoing,
  stepNow,
} from './overview-steps.ts';
import type { Side } from './party-view.ts';
import { epochOf } from './when.ts';

/** What one side does: work that can be ticked off, and promises. */
export interface Doing {
  readonly steps: readonly StepDoing[];
  readonly promises: readonly PromiseView[];
}

/** The one overview that the patient meets: all lived plans together, at one moment. */
export interface Overview {
  /** The minute that it holds for: what is told changes no faster, and the same overview is then the same bytes. */
  readonly at: Instant;
  readonly plans: readonly PlanHead[];
  /** "Det här är viktigt för mig." */
  readonly whatMatters: readonly {
    readonly id: ThingId;
    readonly planId: ThingId;
    readonly text: string;
    readonly ownResources?: string;
  }[];
  readonly goals: readonly GoalView[];
  /** Absent when the patient has died or has no plan that is lived by. */
  readonly nextStep?: NextStep;
  /** "Jag gör / mitt nätverk gör / ni gör": what is open. */
  readonly doing: Readonly<Record<Side, Doing>>;
  /** Done, not done, declined and cancelled steps, the latest first. */
  readonly past: readonly StepDoing[];
  readonly everyDay: readonly EveryDay[];
  readonly askAbout: readonly AskAbout[];
  readonly bookedTimes: readonly BookedTime[];
  /** Facts marked "ändrad", the latest first. */
  readonly changed: readonly ChangedFact[];
  readonly contacts: readonly ContactView[];
  readonly participants: readonly ParticipantView[];
  /** Whom do I reach now? Absent without any plan. */
  readonly reach?: ReachTold;
  readonly ways: readonly WaysView[];
  readonly safetyNet: SafetyNetView;
  readonly agreements: readonly AgreementView[];
  readonly receipt?: ReceiptView;
  /** Questions, wishes for another time, objections and comments, with who answered and when. */
  readonly remarks: readonly RemarkView[];
  readonly messages: readonly MessageView[];
  readonly followUps: readonly FollowUpView[];
  readonly links: readonly Pick<Link, 'id' | 'planId' | 'to' | 'title' | 'url' | 'reference'>[];
}

const PAST = new Set<StepDoing['state']>(['done', 'not-done', 'declined', 'cancelled']);
const SIDES: readonly Side[] = ['me', 'network', 'care'];
const byOrder = <T extends { readonly order: number; readonly id: string }>(a: T, b: T) =>
  a.order - b.order || (a.id < b.id ? -1 : 1);

function stepsView(content: PlanContent, reports: EffectiveReports, context: PlanContext) {
  const told = [...content.step].sort(byOrder).map((step) => stepNow(step, reportsOf(reports, step.id), context));
  const each = <T>(make: (step: StepNow, context: PlanContext) => T | undefined) =>
    told.flatMap((step) => make(step, context) ?? []);
  return {
    all: told.map((step) => stepDoing(step, context)),
    everyDay: each(everyDay),
    askAbout: context.deceased ? [] : each(askAbout),
    bookedTimes: each(bookedTime).sort((a, b) => epochOf(a.when.start!) - epochOf(b.when.start!)),
    changed: each(changedFact).sort((a, b) => epochOf(b.at) - epochOf(a.at)),
    units: told.filter((step) => step.going).map(({ step }) => step.responsibleNow),
  };
}

function doing(steps: readonly StepDoing[], promises: readonly PromiseView[]): Overview['doing'] {
  const of = (side: Side): Doing => ({
    steps: steps.filter((step) => step.who.side === side && !PAST.has(step.state)),
    promises: promises.filter((promise) => promise.by.side === side),
  });
  const [me, network, care] = SIDES.map(of);
  return { me: me!, network: network!, care: care! };
}

/** The patient's own content of the lived plans only: what the access rules have let through, and once more not more. */
function shownOf(content: PlanContent, plans: readonly Plan[]): PlanContent {
  const ids = new Set(plans.map((plan) => plan.id));
  const shown = Object.entries(content).map(([kind, things]) => [
    kind,
    // A tick counts whether or not its words are for the patient: else what is done would be told as late.
    kind === 'plan' || kind === 'report'
      ? things
      : things.filter((thing) => 'planId' in thing && ids.has(thing.planId) && isShown(thing)),
  ]);
  return Object.fromEntries(shown) as PlanContent;
}

/**
 * The overview that the patient (or who lawfully reads for the patient) meets: lead plan and part plans as one.
 *
 * The content is what the access rules let this reader see; only what is approved for the patient is told, in the plain
 * words, never the clinical text or a note for colleagues. The same content, facts and moment always give the same.
 */
export function overviewOf(content: PlanContent, context: PlanContext): Overview {
  const plans = livePlans(content);
  const shown = shownOf(content, plans);
  const reports = effectiveReports(shown.report);
  const steps = stepsView(shown, reports, context);
  const promises = [...shown.commitment].sort(byOrder).map((promise) => promiseView(promise, context));
  const nextStep = nextStepOfOverview(shown, context, reports);
  const [lead] = plans;
  const reach = lead && reachAboutPlan(lead, shown, context);
  const planIds = new Set(plans.map((plan) => plan.id));
  const contacts = shown['named-contact'].filter((contact) => contact.state === 'designated');
  return {
    at: toRfc3339Utc(context.now - (context.now % MINUTE_MS)),
    plans: plans.map((plan) => planHead(plan, context)),
    whatMatters: shown['what-matters'].map(({ id, planId, text, ownResources }) => ({
      id,
      planId,
      text,
      ...(ownResources !== undefined && { ownResources }),
    })),
    goals: shown.goal.map(goalView),
    ...(nextStep && { nextStep }),
    doing: doing(steps.all, promises),
    past: steps.all.filter((step) => PAST.has(step.state)).reverse(),
    everyDay: steps.everyDay,
    askAbout: steps.askAbout,
    bookedTimes: steps.bookedTimes,
    changed: steps.changed,
    contacts: contactsView(plans, shown, context),
    participants: participantsView(plans, shown, context),
    ...(reach && { reach }),
    ways: waysView(contacts, plans, steps.units, context),
    safetyNet: safetyNetView(plans, shown, context),
    agreements: plans.flatMap((plan) => agreementView(plan, shown, context) ?? []),
    ...receiptOf(plans, shown, context),
    remarks: remarksView(planIds, shown, context),
    messages: messagesView(planIds, shown, context),
    followUps: followUpsView(plans, shown, context),
    links: shown.link.map(({ id, planId, to, title, url, reference }) => ({ id, planId, to, title, url, reference })),
  };
}

function receiptOf(plans: readonly Plan[], content: PlanContent, context: PlanContext) {
  const receipt = receiptView(plans, content, context);
  return receipt && { receipt };
}
