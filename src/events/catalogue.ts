/**
 * The events that portals and systems are told: ids and names only, past tense. An event is a nudge to fetch, never a
 * record: it holds no content.
 */
export const EVENTS = [
  'plan.created',
  'plan.changed',
  'plan.status-changed',
  'plan.content-added',
  'plan.content-changed',
  'plan.step.added',
  'plan.step.changed',
  'plan.step.answered',
  'plan.step.reported',
  'plan.handover.offered',
  'plan.handover.received',
  'plan.handover.accepted',
  'plan.handover.returned',
  'plan.handover.cancelled',
  'plan.handover.changed',
  'plan.feedback.given',
  'plan.feedback.changed',
  'plan.agreement.proposed',
  'plan.agreement.answered',
  'plan.agreement.reached',
  'plan.receipt.answered',
  'plan.participant.changed',
  'patient.registered',
  'patient.changed',
  'patient.joined',
  'patient.parted',
  'consent.given',
  'consent.ended',
  'access.changed',
  'disclosure.made',
  'sheet.printed',
  'sheet.changed',
] as const;

export type EventName = (typeof EVENTS)[number];
