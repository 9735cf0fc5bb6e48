import type { ContributionKind } from '../domain/model.ts';
import type { VisiblePlan } from '../view/visible.ts';
import { presentForAnswer } from './present.ts';

/** Where each kind stands in a whole plan's answer. */
export const COLLECTIONS = {
  'what-matters': 'whatMatters',
  goal: 'goals',
  'named-contact': 'namedContacts',
  participant: 'participants',
  step: 'steps',
  report: 'reports',
  'self-care-assessment': 'selfCareAssessments',
  commitment: 'commitments',
  'safety-net-item': 'safetyNet',
  'agreement-version': 'agreementVersions',
  'agreement-act': 'agreementActs',
  receipt: 'receipts',
  'follow-up': 'followUps',
  link: 'links',
  remark: 'remarks',
  handover: 'handovers',
  feedback: 'feedback',
} as const satisfies Record<Exclude<ContributionKind, 'plan'>, string>;

/** A whole plan as `/v1` shows it to the reader that it was filtered for; steps in the plan's order. */
export function presentWholePlan(plan: VisiblePlan): Record<string, unknown> {
  const answer: Record<string, unknown> = {
    plan: presentForAnswer('plan', plan.header),
    hasMore: plan.hasMore || undefined,
  };
  for (const [kind, name] of Object.entries(COLLECTIONS) as [Exclude<ContributionKind, 'plan'>, string][]) {
    const things = plan.content[kind] as readonly never[];
    answer[name] = inOrder(things).map((thing) => presentForAnswer(kind, thing));
  }
  return answer;
}

/** In the plan's own order, else in that in which they were made: keys grow with time. */
function inOrder<T>(things: readonly T[]): readonly T[] {
  if (things.length < 2) return things;
  const place = (thing: T) => (thing as { order?: number }).order ?? 0;
  const key = (thing: T) => (thing as { readonly id: string }).id;
  return things.toSorted((a, b) => place(a) - place(b) || (key(a) < key(b) ? -1 : 1));
}
