import type { PlanResource, PlanResourceType } from '../mapping/plan-resources.ts';
import { refs } from './parameter.ts';

/** What a search may follow from one resource to others of the same person's plans. */
export const INCLUDES: Readonly<Record<string, (resource: PlanResource) => readonly string[]>> = {
  'CarePlan:care-team': (one) => (one.resourceType === 'CarePlan' ? refs(one.careTeam) : []),
  'CarePlan:goal': (one) => (one.resourceType === 'CarePlan' ? refs(one.goal) : []),
  'CarePlan:activity-reference': (one) =>
    one.resourceType === 'CarePlan' ? refs(one.activity?.map(({ reference }) => reference)) : [],
  'CarePlan:part-of': (one) => (one.resourceType === 'CarePlan' ? refs(one.partOf) : []),
  'Task:based-on': (one) => (one.resourceType === 'Task' ? refs(one.basedOn) : []),
  'Task:part-of': (one) => (one.resourceType === 'Task' ? refs(one.partOf) : []),
  'Task:focus': (one) => (one.resourceType === 'Task' ? refs([one.focus]) : []),
  'ServiceRequest:based-on': (one) => (one.resourceType === 'ServiceRequest' ? refs(one.basedOn) : []),
  'Communication:based-on': (one) => (one.resourceType === 'Communication' ? refs(one.basedOn) : []),
  'Provenance:target': (one) => (one.resourceType === 'Provenance' ? refs(one.target) : []),
};

/** What a search may bring along of that which refers to its matches. */
export const REVERSE_INCLUDES: Readonly<Record<string, readonly PlanResourceType[]>> = {
  'Task:based-on': ['CarePlan'],
  'Task:part-of': ['Task'],
  'ServiceRequest:based-on': ['CarePlan'],
  'Communication:based-on': ['CarePlan'],
  'Provenance:target': ['CarePlan', 'Task', 'Goal', 'CareTeam', 'Appointment', 'ServiceRequest', 'Communication'],
};
