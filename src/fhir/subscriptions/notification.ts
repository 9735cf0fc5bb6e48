import { randomUUID } from 'node:crypto';
import type { EventMessage, Subscription } from '../../delivery/index.ts';
import { publicReferenceId } from '../../shared/ids.ts';
import { focusOf, NOTIFICATION_PROFILE, STATUS_PROFILE } from './names.ts';

/** What a notification or an answer about a subscription is for (Backport: SubscriptionNotificationType). */
export type NotificationKind = 'handshake' | 'heartbeat' | 'event-notification' | 'query-status' | 'query-event';

export interface NotificationParts {
  readonly subscription: Subscription;
  readonly kind: NotificationKind;
  readonly topic: string;
  /** The door's address, without a closing slash. */
  readonly base: string;
  /** The highest number that has been given. */
  readonly lastNumber: number;
  readonly messages?: readonly EventMessage[];
  /** Real time, epoch milliseconds. */
  readonly realNow: number;
  /** Why the latest try failed, when it did. */
  readonly failure?: string;
}

/** FHIR's words for a subscription's status (R4 value set `subscription-status`). */
export function statusOf({ status }: Pick<Subscription, 'status'>): fhir4.Subscription['status'] {
  return status === 'paused' || status === 'ended' ? 'off' : status;
}

type Parameter = fhir4.ParametersParameter;

function eventPart(message: EventMessage, base: string, idOnly: boolean): Parameter {
  const focus = idOnly ? focusOf(message) : undefined;
  return {
    name: 'notification-event',
    part: [
      { name: 'event-number', valueString: String(message.number) },
      ...(message.at === undefined ? [] : [{ name: 'timestamp', valueInstant: message.at }]),
      ...(focus === undefined ? [] : [{ name: 'focus', valueReference: { reference: `${base}/${focus}` } }]),
    ],
  };
}

/** The status of a subscription, as `Parameters` (Backport profile for R4). */
export function statusParameters(parts: NotificationParts): fhir4.Parameters {
  const { subscription, kind, topic, base, lastNumber, messages = [], failure } = parts;
  const idOnly = subscription.content.payload !== 'empty';
  return {
    resourceType: 'Parameters',
    id: randomUUID(),
    meta: { profile: [STATUS_PROFILE] },
    parameter: [
      { name: 'subscription', valueReference: { reference: `${base}/${pathOf(subscription)}` } },
      { name: 'topic', valueCanonical: topic },
      { name: 'status', valueCode: statusOf(subscription) },
      { name: 'type', valueCode: kind },
      { name: 'events-since-subscription-start', valueString: String(lastNumber) },
      ...messages.map((message) => eventPart(message, base, idOnly)),
      ...(failure === undefined ? [] : [{ name: 'error', valueCodeableConcept: { text: failure } }]),
    ],
  };
}

/** A notification: the status first, then, id-only, one entry for each thing that something has happened to. */
export function notificationBundle(parts: NotificationParts): fhir4.Bundle {
  const { subscription, base, realNow, messages = [] } = parts;
  const focuses = subscription.content.payload === 'empty' ? [] : messages.flatMap((one) => focusOf(one) ?? []);
  const status = statusParameters(parts);
  return {
    resourceType: 'Bundle',
    id: randomUUID(),
    meta: { profile: [NOTIFICATION_PROFILE] },
    type: 'history',
    timestamp: new Date(realNow).toISOString(),
    entry: [
      {
        fullUrl: `urn:uuid:${status.id}`,
        resource: status,
        request: { method: 'GET', url: `${base}/${pathOf(subscription)}/$status` },
        response: { status: '200' },
      },
      ...[...new Set(focuses)].map((focus) => ({
        fullUrl: `${base}/${focus}`,
        request: { method: 'GET' as const, url: focus },
        response: { status: '200' },
      })),
    ],
  };
}

export function pathOf({ id }: Pick<Subscription, 'id'>): string {
  return `Subscription/${publicReferenceId(id)}`;
}
