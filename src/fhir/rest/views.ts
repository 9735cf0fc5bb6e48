import type { SeenPlans, VisiblePlan } from '../../plans/index.ts';
import type { Actor } from '../../shared/actor.ts';
import { type PatientId, parseThingId, type ThingId } from '../../shared/ids.ts';
import { onceForLatest } from '../../shared/once.ts';
import type { PlanResource } from '../mapping/plan-resources.ts';
import type { OwnUrls } from '../mapping/systems.ts';
import type { FhirView } from '../mapping/view.ts';

/** Areas whose staff may read persons (`patient.read`): for others a related person leads nowhere. */
const READS_PERSONS: ReadonlySet<string> = new Set(['health', 'older', 'disability']);

function readableRelatives(seen: SeenPlans, plan: VisiblePlan, actor: Actor): ReadonlySet<ThingId> {
  const { relatedPersons, context } = seen;
  if (actor.kind === 'citizen') {
    const shown = relatedPersons.filter((one) => one.approvedForPatient && !one.enteredInError);
    return new Set(shown.map(({ id }) => id));
  }
  const area = actor.kind === 'staff' ? context.units.get(actor.unitHsaId)?.area : undefined;
  if (area === undefined || !READS_PERSONS.has(area) || plan.relation !== 'insider') return new Set();
  return new Set(relatedPersons.map(({ id }) => id));
}

/** Where everything that the reader sees is, the people with it: alike for each of the person's plans. */
const shardsOf = onceForLatest(
  ({ shards, relatedPersons }: SeenPlans): ReadonlyMap<string, PatientId> =>
    new Map([...shards, ...relatedPersons.map(({ id, patientId }) => [id as string, patientId] as const)]),
);

/** One plan with all that its resources are made of for this reader. */
export function viewOf(seen: SeenPlans, plan: VisiblePlan, actor: Actor, urls: OwnUrls): FhirView {
  return {
    urls,
    reader: actor.kind,
    patientId: seen.patientId,
    plan,
    shards: shardsOf(seen),
    context: seen.context,
    relatives: readableRelatives(seen, plan, actor),
    nextStep: seen.nextStepOf(plan),
  };
}

/**
 * Every id in a resource, its own and those of what stands inside it; of an occurrence, its step's. Each is read once
 * afterwards: a plan's steps are named by its hundred occurrences.
 */
function gatherIds(value: object, ids: Set<string>): void {
  if (Array.isArray(value)) {
    for (const one of value) if (typeof one === 'object' && one !== null) gatherIds(one, ids);
    return;
  }
  const fields = value as Readonly<Record<string, unknown>>;
  // Resources are plain objects: there is nothing to inherit, and no list of values has to be made.
  for (const name in fields) {
    const field = fields[name];
    if (typeof field === 'object') {
      if (field !== null) gatherIds(field, ids);
    } else if (name === 'id' && typeof field === 'string') {
      const end = field.indexOf('.');
      ids.add(end < 0 ? field : field.slice(0, end));
    }
  }
}

/** The things that leave with some resources: themselves and what stands inside them, by their public ids. */
export function leftWith(resources: readonly PlanResource[], views: readonly FhirView[]): ReadonlySet<ThingId> {
  const ids = new Set<string>();
  for (const resource of resources) gatherIds(resource, ids);
  const left = new Set<ThingId>();
  for (const id of ids) {
    const ref = parseThingId(id);
    if (ref) left.add(ref.id);
  }
  // The plan's narrative and next step tell of the steps themselves.
  for (const { plan, nextStep } of views) {
    if (!left.has(plan.header.id)) continue;
    for (const step of plan.content.step) left.add(step.id);
    if (nextStep?.step) left.add(nextStep.step.id);
    if (nextStep?.after?.stepId) left.add(nextStep.after.stepId);
  }
  return left;
}
