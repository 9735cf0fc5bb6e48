import type { z } from 'zod';
import type { PlanCreation } from '../create-plan.ts';
import type { CreatePlan } from '../domain/create-plan.ts';
import { hsaIdsIn, relativesIn } from './change-of.ts';
import type { createPlanBody } from './plan-bodies.ts';
import { withOwnKeys } from './public-ids.ts';

/**
 * A whole plan as a door was asked to make it, ready to be made: whom it names, and its command.
 *
 * @throws unknown-reference (422) for a thing of another patient
 */
export function createCommandOf({ patientId, ...sent }: z.output<typeof createPlanBody>): PlanCreation {
  const body = withOwnKeys(patientId, sent);
  return { command: commandFrom(patientId, body), named: hsaIdsIn(sent), relatives: relativesIn(body) };
}

/** What is not said of a part's approval is as the plan's. */
function commandFrom(
  patientId: CreatePlan['patientId'],
  sent: Record<string, unknown> & { readonly approvedForPatient: boolean },
): CreatePlan {
  const { approvedForPatient } = sent;
  const parts = Object.entries(sent).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map((part: object) => inheriting(part, approvedForPatient)) : value,
  ]);
  return { ...Object.fromEntries(parts), patientId } as CreatePlan;
}

function inheriting(part: object, approvedForPatient: boolean): object {
  const { assessment } = part as { readonly assessment?: object };
  if (assessment) return { approvedForPatient, ...part, assessment: { approvedForPatient, ...assessment } };
  return 'approvedForPatient' in part ? part : { approvedForPatient, ...part };
}
