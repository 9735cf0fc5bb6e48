import type { PlanResource, PlanResourceType } from '../mapping/plan-resources.ts';
import { rangeOf } from './dates.ts';

/** What each type can be put in order by, and the instant that decides; the id decides between equals. */
export const SORTS: { readonly [T in PlanResourceType]: Readonly<Record<string, (one: PlanResource) => number>> } = {
  CarePlan: { _lastUpdated: changed },
  Task: { _lastUpdated: changed, period: deciding },
  Goal: { _lastUpdated: changed },
  CareTeam: { _lastUpdated: changed },
  Appointment: { _lastUpdated: changed, date: starting },
  ServiceRequest: { _lastUpdated: changed, occurrence: deciding },
  Communication: { _lastUpdated: changed },
  Provenance: { _lastUpdated: changed },
};

/** Later than anything that is: for what has no time. */
const LAST = 8.64e15;

function changed(one: PlanResource): number {
  return Date.parse(one.meta!.lastUpdated!);
}

function starting(one: PlanResource): number {
  return one.resourceType === 'Appointment' && one.start !== undefined ? Date.parse(one.start) : LAST;
}

/** A booked time counts by its start, anything else by its last moment, as our own order does. */
function deciding(one: PlanResource): number {
  const period =
    one.resourceType === 'Task' ? one.executionPeriod : one.resourceType === 'ServiceRequest' && one.occurrencePeriod;
  if (!period) return LAST;
  const { start, end } = period;
  const booked = one.resourceType === 'Task' && one.focus?.reference?.startsWith('Appointment/');
  const at = booked ? start : (end ?? start);
  return at === undefined ? LAST : (rangeOf(at)?.from ?? LAST);
}
