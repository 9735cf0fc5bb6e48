import type { Report, SelfCareAssessment, Step } from '../../plans/domain/model.ts';
import type { ThingId } from '../../shared/ids.ts';
import { onceForLatest } from '../../shared/once.ts';
import type { FhirView } from './view.ts';

/**
 * What a plan holds about each of its steps, gathered once: looked for step by step, the work would grow with the square
 * of a plan's length.
 */

function byStep<T extends { readonly stepId: ThingId }>(things: readonly T[]): ReadonlyMap<ThingId, readonly T[]> {
  const gathered = new Map<ThingId, T[]>();
  for (const thing of things) {
    const own = gathered.get(thing.stepId);
    if (own) own.push(thing);
    else gathered.set(thing.stepId, [thing]);
  }
  return gathered;
}

const reports = onceForLatest(({ plan }: FhirView) =>
  byStep(plan.content.report.toSorted((a, b) => (a.reportedAt < b.reportedAt ? -1 : 1))),
);
const assessments = onceForLatest(({ plan }: FhirView) => byStep(plan.content['self-care-assessment']));

/** The reports of one step, oldest first. */
export function reportsOfStep(view: FhirView, step: Step): readonly Report[] {
  return reports(view).get(step.id) ?? [];
}

/** The self-care assessments of one step, as they were written. */
export function assessmentsOfStep(view: FhirView, step: Step): readonly SelfCareAssessment[] {
  return assessments(view).get(step.id) ?? [];
}
