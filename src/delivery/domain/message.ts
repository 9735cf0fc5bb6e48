import { publicId, publicPatientId, publicReferenceId } from '../../shared/ids.ts';
import type { Delivery } from './model.ts';

/** What a subscriber is told of one event: ids and names, to fetch by. */
export interface EventMessage {
  /** The subscription's own number: 1, 2, 3 without gaps. */
  readonly number: number;
  readonly event: string;
  readonly at?: string;
  readonly patientId?: string;
  readonly planId?: string;
  readonly resource?: { readonly kind: string; readonly id: string };
}

/** In place of an event that had been given its number before the provider lost the right to be told of it. */
export const WITHHELD = 'event.withheld';

/** The event as it is told. */
export function messageOf(delivery: Delivery): EventMessage {
  const { patientId, planId, resourceKind, resourceId, event, at } = delivery;
  return {
    number: numberOf(delivery),
    event,
    at,
    patientId: publicPatientId(patientId),
    ...(planId ? { planId: publicId(patientId, planId) } : {}),
    resource: { kind: resourceKind, id: publicId(patientId, resourceId) },
  };
}

/** That there is nothing to tell under this number any more: no person, no plan, no time. */
export function withheldMessage(delivery: Delivery): EventMessage {
  return { number: numberOf(delivery), event: WITHHELD };
}

function numberOf({ number }: Delivery): number {
  if (number === undefined) throw new Error('a delivery is told before it has a number');
  return number;
}

/** The message's own id, the same at each try: what a receiver tells doubles by. */
export function messageId({ id }: Pick<Delivery, 'id'>): string {
  return `msg_${publicReferenceId(id)}`;
}

/** The body of a webhook: `type`, `timestamp` and `data`, as Standard Webhooks proposes. */
export function webhookBody(subscriptionId: string, message: EventMessage, sentAt: string): string {
  const { event, at, ...data } = message;
  return JSON.stringify({ type: event, timestamp: at ?? sentAt, data: { subscriptionId, ...data } });
}
