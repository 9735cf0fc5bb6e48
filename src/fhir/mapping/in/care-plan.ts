import type { Plan, PlanStatus } from '../../../plans/domain/model.ts';
import { isClosed } from '../../../plans/domain/plan-in-hand.ts';
import type { OwnUrls } from '../systems.ts';
import { differing, given, type InAct, type InChange, type InContext, updateActs } from './change.ts';
import { fault } from './faults.ts';
import { type HeldTree, notTaken, OF_NO_CONSEQUENCE } from './held.ts';
import { extensionOf, isForPatient } from './parts.ts';

/** What is assembled of the plan's own things is changed where those are; here it is the header. */
const HELD: HeldTree = {
  ...OF_NO_CONSEQUENCE,
  status: true,
  title: true,
  description: true,
  period: { start: true, end: true },
  note: true,
  extension: true,
};
const ASSEMBLED = [
  'identifier',
  'basedOn',
  'replaces',
  'partOf',
  'intent',
  'category',
  'subject',
  'encounter',
  'created',
  'author',
  'contributor',
  'careTeam',
  'addresses',
  'goal',
  'activity',
];
const ALL: HeldTree = { ...HELD, ...Object.fromEntries(ASSEMBLED.map((name) => [name, 'managed'] as const)) };

/** Whether things can be written into the plan. */
export function isOpenPlan(plan: Plan): boolean {
  return !isClosed(plan);
}

/** The plan's fields as FHIR tells them. */
export function planFields({ title, description, period }: fhir4.CarePlan): Record<string, unknown> {
  const { start, end } = period ?? {};
  return given({ title, purpose: description, periodFrom: start?.slice(0, 10), periodTo: end?.slice(0, 10) });
}

/** Our state by FHIR's, with our own extension for what FHIR has no word for; undefined for `unknown`. */
export function planState(plan: fhir4.CarePlan, urls: OwnUrls): PlanStatus | undefined {
  const own = extensionOf(plan, urls.extension('plan-state'))?.valueCode;
  if (plan.status === 'draft') return own === 'proposed' ? 'proposed' : 'draft';
  if (plan.status === 'revoked') return own === 'declined' ? 'declined' : 'revoked';
  return plan.status === 'unknown' ? undefined : plan.status;
}

/** Why, in the notes that were not there before. */
function freshNotes(plan: fhir4.CarePlan, current: fhir4.CarePlan): string | undefined {
  const was = new Set((current.note ?? []).map(({ text }) => text));
  const fresh = (plan.note ?? []).map(({ text }) => text).filter((text) => !was.has(text));
  return fresh.length > 0 ? fresh.join('\n') : undefined;
}

/** What of a plan's header the plan that is sent in its place changes: words, period and state. */
export function updatePlan(plan: fhir4.CarePlan, current: fhir4.CarePlan, { urls }: InContext): InChange {
  const body = {
    ...differing(planFields(plan), planFields(current)),
    ...(isForPatient(plan) !== isForPatient(current) && { approvedForPatient: isForPatient(plan) }),
  };
  const [from, to] = [planState(current, urls), planState(plan, urls)];
  const reason = freshNotes(plan, current);
  const moves: Pick<InAct, 'act' | 'body'>[] =
    to === undefined || from === to ? [] : [{ act: 'plan.move', body: given({ to, reason }) }];
  const faults = notTaken(plan, ALL, 'CarePlan', current);
  const state = urls.extension('plan-state');
  for (const [i, one] of (plan.extension ?? []).entries()) {
    const same = current.extension?.some((other) => JSON.stringify(other) === JSON.stringify(one));
    if (!same && one.url !== state) faults.push(fault('read-only', `CarePlan.extension[${i}]`));
  }
  if (to === undefined) faults.push(fault('invalid', 'CarePlan.status'));
  if (reason !== undefined && moves.length === 0) faults.push(fault('read-only', 'CarePlan.note'));
  return { acts: updateActs(plan.id!, { act: 'plan.change', body }, moves), faults };
}
