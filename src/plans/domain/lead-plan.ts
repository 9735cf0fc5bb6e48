import type { ThingId } from '../../shared/ids.ts';
import { wrong } from '../../shared/problem.ts';
import {
  otherLeadPlanActive,
  replacedPlanNotActive,
  replacedPlanUnderOtherKey,
  unknownReference,
} from '../problems.ts';
import { type Act, type Change, changed, revised } from './contribution.ts';
import { type Commitment, LEAD_KINDS, type Plan, type PlanStatus, type Proposal, type Step } from './model.ts';
import type { PlanInHand } from './plan-in-hand.ts';
import { isOpenStep } from './step-state.ts';

function isLeadKind(plan: Plan): boolean {
  return LEAD_KINDS.includes(plan.kind);
}

/** The plan that the person's other plans are parts of: the active lead plan, else one that rests. */
export function leadPlanOf(plans: readonly Plan[]): Plan | undefined {
  const leads = plans.filter((plan) => isLeadKind(plan) && !plan.enteredInError);
  return leads.find((plan) => plan.status === 'active') ?? leads.find((plan) => plan.status === 'on-hold');
}

const CAN_BE_PART: readonly PlanStatus[] = ['draft', 'proposed', 'active', 'on-hold'];

/** Which plan this one is a part of: the lead plan for other kinds while they go on; closed ones keep what they were. */
export function partOfFor(plan: Plan, lead: Plan | undefined): ThingId | undefined {
  if (isLeadKind(plan)) return undefined;
  return CAN_BE_PART.includes(plan.status) ? lead?.id : plan.partOf;
}

/** Makes the person's other plans parts of the lead plan, or of none when there is none. */
export function partOfChanges(
  plans: readonly Plan[],
  except: readonly (ThingId | undefined)[],
  lead: Plan | undefined,
  act: Act,
): Change[] {
  return plans.flatMap((plan) => {
    const partOf = partOfFor(plan, lead);
    if (except.includes(plan.id) || partOf === plan.partOf) return [];
    return [changed('plan', plan, revised(plan, act, { partOf }))];
  });
}

const OPEN_PROMISES: readonly Commitment['state'][] = ['proposed', 'accepted'];

/** A change that waits for an answer waits for it in the new plan's next agreement version. */
function moved<T extends { readonly proposal?: Proposal }>(thing: T, to: Plan, nextVersion: number): Partial<T> {
  const proposal = thing.proposal && { ...thing.proposal, agreementVersion: nextVersion };
  return { planId: to.id, ...(proposal && { proposal }) } as unknown as Partial<T>;
}

/** Open steps and promises move to the new plan, with what has been reported, assessed and said about them. */
function moveAlong({ content, plan }: PlanInHand, from: Plan, act: Act): Change[] {
  const steps = content.step.filter((step) => step.planId === from.id && isOpenStep(step));
  const promises = content.commitment.filter(
    (promise) => promise.planId === from.id && !promise.enteredInError && OPEN_PROMISES.includes(promise.state),
  );
  const versions = content['agreement-version'].filter((version) => version.planId === plan.id);
  const next = 1 + Math.max(0, ...versions.map((version) => version.version));
  const going = new Set<ThingId>([...steps, ...promises].map((thing) => thing.id));
  const reports = content.report.filter((report) => report.planId === from.id && going.has(report.stepId));
  const assessments = content['self-care-assessment'].filter((a) => a.planId === from.id && going.has(a.stepId));
  const about = content.remark.filter((r) => r.planId === from.id && r.aboutId !== undefined && going.has(r.aboutId));
  const handovers = content.handover.filter((one) => one.planId === from.id && going.has(one.aboutId));
  const told = new Set<ThingId>([...going, ...handovers.map(({ id }) => id)]);
  const feedback = content.feedback.filter((one) => one.planId === from.id && told.has(one.aboutId));
  const answers = content.remark.filter((r) => about.some((one) => one.id === r.answers) && !about.includes(r));
  return [
    ...steps.map((step) => changed('step', step, revised<Step>(step, act, moved(step, plan, next)))),
    ...promises.map((one) => changed('commitment', one, revised<Commitment>(one, act, moved(one, plan, next)))),
    ...reports.map((report) => changed('report', report, revised(report, act, { planId: plan.id }))),
    ...assessments.map((one) => changed('self-care-assessment', one, revised(one, act, { planId: plan.id }))),
    ...handovers.map((one) => changed('handover', one, revised(one, act, { planId: plan.id }))),
    ...feedback.map((one) => changed('feedback', one, revised(one, act, { planId: plan.id }))),
    ...[...about, ...answers].map((one) => changed('remark', one, revised(one, act, { planId: plan.id }))),
  ];
}

/**
 * What it takes for a lead plan to become the person's only active one: the plan named by `replaces` is completed,
 * `replacedBy` this one, and its open steps and promises move along with owner and history. Consent does not move.
 *
 * @throws lead-plan-active (409) with `planId` of the active lead plan, when it is not the one named
 * @throws replaced-plan-not-active, replaced-plan-under-other-key (409), unknown-reference (422)
 */
export function replacementChanges(hand: PlanInHand, replaces: ThingId | undefined, act: Act): Change[] {
  const { plan, content } = hand;
  const others = content.plan.filter((one) => one.id !== plan.id && isLeadKind(one) && !one.enteredInError);
  const old = others.find((one) => one.id === replaces);
  if (replaces !== undefined && !old) {
    throw unknownReference({
      invalidParameters: [wrong('replaces', 'Är inte en annan samlad plan för personen', 'Is no other lead plan')],
    });
  }
  const active = others.find((one) => one.status === 'active');
  if (active && active !== old) {
    throw otherLeadPlanActive({ extra: { planId: { patientId: active.patientId, id: active.id } } });
  }
  if (!old) return [];
  if (old.status !== 'active' && old.status !== 'on-hold')
    throw replacedPlanNotActive({ extra: { status: old.status } });
  // A step is stored with its plan, under the key that both were written on: it cannot move to another.
  if (old.patientId !== plan.patientId) throw replacedPlanUnderOtherKey();
  const closed = { status: 'completed', replacedBy: plan.id, closed: {}, onHold: undefined } as const;
  return [changed('plan', old, revised<Plan>(old, act, closed)), ...moveAlong(hand, old, act)];
}
