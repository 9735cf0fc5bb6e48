import type { EventMessage } from '../../delivery/index.ts';

/** Names of HL7's Subscriptions R5 Backport 1.1.0 for R4 (http://hl7.org/fhir/uv/subscriptions-backport/). */
const BACKPORT = 'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition';

/** The operations, by the beginning of their canonical addresses. */
export const OPERATION = 'http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition/backport-subscription';
export const SUBSCRIPTION_PROFILE = `${BACKPORT}/backport-subscription`;
export const NOTIFICATION_PROFILE = `${BACKPORT}/backport-subscription-notification-r4`;
export const STATUS_PROFILE = `${BACKPORT}/backport-subscription-status-r4`;
export const TOPIC_EXTENSION = `${BACKPORT}/capabilitystatement-subscriptiontopic-canonical`;
export const FILTER_EXTENSION = `${BACKPORT}/backport-filter-criteria`;
export const HEARTBEAT_EXTENSION = `${BACKPORT}/backport-heartbeat-period`;
export const CONTENT_EXTENSION = `${BACKPORT}/backport-payload-content`;

/** Our one topic: something has happened that the subscriber's provider may know of. */
export function topicUrl(canonicalBase: string): string {
  return `${canonicalBase}/SubscriptionTopic/plan-events`;
}

/** The kinds of things that are resources of their own, under their own ids. */
const TYPES: Readonly<Record<string, string>> = {
  plan: 'CarePlan',
  step: 'Task',
  commitment: 'Task',
  handover: 'Task',
  goal: 'Goal',
  'what-matters': 'Goal',
  remark: 'Communication',
};

/** What a message points at, relative to the door: the thing, else its plan, else the person; nothing when it is withheld. */
export function focusOf({ resource, planId, patientId }: EventMessage): string | undefined {
  const type = resource && TYPES[resource.kind];
  if (type) return `${type}/${resource.id}`;
  if (planId !== undefined) return `CarePlan/${planId}`;
  return patientId === undefined ? undefined : `Patient/${patientId}`;
}
