import { isSame } from '../../../plans/domain/same.ts';
import type { PlanResource, PlanResourceType } from '../plan-resources.ts';
import { updatePlan } from './care-plan.ts';
import { createContact, isNamedContact, updateContact, updateTeam } from './care-team.ts';
import type { InChange, InContext } from './change.ts';
import { createCommitment, updateCommitment } from './commitment.ts';
import { createCommunication, updateCommunication } from './communication.ts';
import { fault } from './faults.ts';
import { createGoal, updateGoal } from './goal.ts';
import { updateOccurrence } from './occurrence.ts';
import { extensionOf, idIn } from './parts.ts';
import { createStep, taskKind, updateStep } from './task.ts';

/** What can be written through this door, by type: the same changes as on `/v1`. */
export const WRITABLE = ['CarePlan', 'Task', 'Goal', 'CareTeam', 'Communication'] as const;
export type WritableType = (typeof WRITABLE)[number];
export type Writable = Extract<PlanResource, { resourceType: WritableType }>;

export function isWritable(type: string): type is WritableType & PlanResourceType {
  return (WRITABLE as readonly string[]).includes(type);
}

/** The plan that a new thing says it is of: its public id. */
export function planOf(sent: Writable, context: InContext): string | undefined {
  const { urls } = context;
  if (sent.resourceType === 'CarePlan') return sent.id;
  const own = sent.resourceType === 'Task' || sent.resourceType === 'Communication' ? sent.basedOn : undefined;
  const named = own?.map((one) => idIn(one, 'CarePlan')).find(Boolean);
  const said = idIn(extensionOf(sent, urls.extension('plan'))?.valueReference, 'CarePlan');
  const about = sent.resourceType === 'Communication' ? idIn(sent.about?.[0], 'CarePlan') : undefined;
  const identifiers = sent.resourceType === 'Communication' ? undefined : sent.identifier;
  return named ?? said ?? about ?? identifiers?.find(({ system }) => system === urls.plan)?.value;
}

/** Whose it says that it is. */
export function subjectOf(sent: Writable): { readonly reference?: fhir4.Reference; readonly path: string } {
  const path = sent.resourceType === 'Task' ? 'Task.for' : `${sent.resourceType}.subject`;
  return { reference: sent.resourceType === 'Task' ? sent.for : sent.subject, path };
}

/** What a new resource comes to. A plan of its own is made otherwise, with all that is in it. */
export function creating(sent: Exclude<Writable, fhir4.CarePlan>, context: InContext): InChange {
  switch (sent.resourceType) {
    case 'Task':
      return creatingTask(sent, context);
    case 'Goal':
      return createGoal(sent, context);
    case 'Communication':
      return createCommunication(sent, context);
    default:
      if (isNamedContact(sent)) return createContact(sent, context);
      return {
        acts: [],
        faults: [
          fault('invalid', 'CareTeam.category', 'Planens team kommer med planen', 'The team comes with the plan'),
        ],
      };
  }
}

function creatingTask(sent: fhir4.Task, context: InContext): InChange {
  switch (taskKind(sent, context.urls)) {
    case 'step':
      return createStep(sent, context);
    case 'commitment':
      return createCommitment(sent, context);
    default:
      return { acts: [], faults: [fault('invalid', 'Task.code')] };
  }
}

/** What a resource that is sent in place of the present one comes to. */
export function updating(sent: Writable, current: Writable, context: InContext): InChange {
  switch (sent.resourceType) {
    case 'CarePlan':
      return updatePlan(sent, current as fhir4.CarePlan, context);
    case 'Goal':
      return updateGoal(sent, current as fhir4.Goal, context);
    case 'Communication':
      return updateCommunication(sent, current as fhir4.Communication, context);
    case 'CareTeam': {
      const update = isNamedContact(current as fhir4.CareTeam) ? updateContact : updateTeam;
      return update(sent, current as fhir4.CareTeam, context);
    }
    default:
      return updatingTask(sent, current as fhir4.Task, context);
  }
}

function updatingTask(sent: fhir4.Task, current: fhir4.Task, context: InContext): InChange {
  if (current.id?.includes('.')) return updateOccurrence(sent, current, context);
  switch (taskKind(current, context.urls)) {
    case 'step':
      return updateStep(sent, current, context);
    case 'commitment':
      return updateCommitment(sent, current, context);
    default:
      // Handovers have acts of their own, which a task's states cannot tell apart.
      return { acts: [], faults: isSame(sent, current) ? [] : [fault('read-only', 'Task')] };
  }
}
