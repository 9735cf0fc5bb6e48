import { PLAN_KINDS, type PlanKind } from '../../../plans/domain/model.ts';
import { type OwnUrls, SYSTEMS } from '../systems.ts';
import { planFields, planState } from './care-plan.ts';
import { given, type InAct, type InContext } from './change.ts';
import { fault, type InFault } from './faults.ts';
import { conceptText, taskOfDetail } from './foreign-activity.ts';
import { type HeldTree, notTaken, OF_NO_CONSEQUENCE } from './held.ts';
import { codeOf, extensionOf, externalIdOf, identifierFaults, isForPatient } from './parts.ts';

const ACTIVITY: HeldTree = { id: true, reference: true, detail: true };
const HELD: HeldTree = {
  ...OF_NO_CONSEQUENCE,
  extension: true,
  identifier: true,
  status: true,
  intent: true,
  category: true,
  title: true,
  description: true,
  subject: true,
  period: { start: true, end: true },
  created: 'managed',
  author: 'managed',
  careTeam: true,
  goal: true,
  activity: ACTIVITY,
};

/** A whole plan that was sent: what `/v1` is sent to make its header, what moves it on, and what cannot be taken in. */
export interface ForeignPlan {
  readonly body: Readonly<Record<string, unknown>>;
  readonly moves: readonly Pick<InAct, 'act' | 'body'>[];
  readonly faults: readonly InFault[];
}

/** A plan of no national type is an agreement of our own kind: a national code is never guessed. */
function kindOf({ category }: fhir4.CarePlan, urls: OwnUrls): { kind: PlanKind; known: boolean } {
  const national = codeOf(category, SYSTEMS.planType);
  const kind = PLAN_KINDS.find((one) => one === national);
  const own = codeOf(category, urls.system('plan-type'));
  return { kind: kind ?? 'OVERENSKOMMELSE', known: kind !== undefined || own !== undefined || !category };
}

const MOVES: Readonly<Record<string, readonly string[]>> = {
  active: ['active'],
  completed: ['active', 'completed'],
  revoked: ['revoked'],
};

/** Reads a plan from another system. It is a proposal until it is moved on, as any plan is, by the same rules. */
export function readForeignPlan(plan: fhir4.CarePlan, { urls }: InContext): ForeignPlan {
  const { kind, known } = kindOf(plan, urls);
  const faults = [...notTaken(plan, HELD, 'CarePlan'), ...identifierFaults(plan.identifier, urls, 'CarePlan')];
  if (!known) faults.push(fault('not-held', 'CarePlan.category'));
  const state = planState(plan, urls);
  const held = state === 'draft' || state === 'proposed' || (state !== undefined && MOVES[state] !== undefined);
  if (!held) faults.push(fault(state === 'entered-in-error' ? 'invalid' : 'not-held', 'CarePlan.status'));
  const own = new Set(['plan-state', 'legal-basis'].map((name) => urls.extension(name as 'plan-state')));
  for (const [i, one] of (plan.extension ?? []).entries()) {
    if (!own.has(one.url)) faults.push(fault('not-held', `CarePlan.extension[${i}]`));
  }
  const { title = conceptText(plan.category?.[0]) ?? 'Plan', ...fields } = planFields(plan);
  const body = given({
    ...fields,
    title,
    kind,
    status: state === 'draft' ? 'draft' : 'proposed',
    approvedForPatient: isForPatient(plan),
    legalBasis: extensionOf(plan, urls.extension('legal-basis'))?.valueCode,
    externalId: externalIdOf(plan.identifier, urls),
  });
  const moves = (MOVES[state ?? ''] ?? []).map((to) => ({ act: 'plan.move', body: { to } }));
  return { body, moves, faults };
}

/** A resource that becomes a thing of a plan, and where it stood. */
export interface PlanItem {
  readonly place: string;
  readonly fullUrl?: string;
  readonly resource: fhir4.FhirResource;
  readonly faults: readonly InFault[];
}

/** An inline activity's id in the sender's system: that of its plan, with its place. */
function detailId(plan: fhir4.CarePlan, urls: OwnUrls, i: number): fhir4.Identifier[] | undefined {
  const own = plan.identifier?.find(({ system, value }) => system && value && system !== urls.plan);
  return own && [{ system: own.system!, value: `${own.value}#activity[${i}]` }];
}

/** What a plan holds inside itself: contained resources and inline activities, each as a resource of its own. */
export function itemsInside(
  plan: fhir4.CarePlan,
  at: { readonly place: string; readonly fullUrl: string },
  context: InContext,
  lenient: boolean,
): PlanItem[] {
  const contained = (plan.contained ?? []).map(
    (resource, i): PlanItem => ({
      place: `${at.place}.contained[${i}]`,
      fullUrl: `${at.fullUrl}#${resource.id}`,
      resource: resource as fhir4.FhirResource,
      faults: [],
    }),
  );
  const inline = (plan.activity ?? []).flatMap(({ detail }, i): PlanItem[] => {
    if (!detail) return [];
    const place = `${at.place}.activity[${i}].detail`;
    const { task, faults } = taskOfDetail(detail, place, context, lenient);
    return [{ place, resource: { ...task, identifier: detailId(plan, context.urls, i) }, faults }];
  });
  return [...contained, ...inline];
}
