import type { PatientId, ThingId } from '../../shared/ids.ts';
import type { Instant } from '../../shared/owned.ts';

/** How a subscriber is told: it fetches, it is called (Standard Webhooks), or it is called as FHIR Subscriptions say. */
export const CHANNELS = ['feed', 'webhook', 'fhir'] as const;
export type Channel = (typeof CHANNELS)[number];

/** `requested`: nobody has answered at the address yet (FHIR); `error`: it did not, and nothing more is sent. */
export const SUBSCRIPTION_STATUSES = ['requested', 'active', 'paused', 'error', 'ended'] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/** A system client of one provider: whoever a subscription belongs to, and nobody else. */
export interface Subscriber {
  readonly issuer: string;
  readonly clientId: string;
  readonly provider: string;
}

/** What one system client wishes to be told, and where. */
export interface Subscription extends Subscriber {
  readonly id: ThingId;
  readonly revision: number;
  readonly channel: Channel;
  readonly status: SubscriptionStatus;
  /** Names of events; undefined means all. */
  readonly events?: readonly string[];
  readonly target?: string;
  /** Secrets and headers, as {@link Sealer} wrote them. */
  readonly sealed?: string;
  readonly content: SubscriptionContent;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
}

export interface SubscriptionContent {
  readonly description?: string;
  /** Why it stands in `error`, or was paused by the service. */
  readonly reason?: string;
  /** FHIR: how often something is sent when nothing has happened, and until when. */
  readonly heartbeatSeconds?: number;
  readonly end?: Instant;
  /** FHIR: `empty` or `id-only`. */
  readonly payload?: 'empty' | 'id-only';
  readonly contentType?: string;
  /** FHIR: how the door was reached, for the addresses in notifications. */
  readonly base?: string;
}

/** What is kept sealed: signing secrets, the newest first, and headers that the receiver asked for. */
export interface SubscriptionSecrets {
  readonly keys: readonly SigningKey[];
  readonly headers?: readonly string[];
}

export interface SigningKey {
  /** `whsec_` and 32 bytes, as Standard Webhooks writes a symmetric secret. */
  readonly secret: string;
  /** Until when an earlier secret still signs (real time). */
  readonly until?: Instant;
}

export const DELIVERY_STATES = ['waiting', 'delivered', 'offered', 'withheld', 'dead'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One event on its way to one subscription. */
export interface Delivery {
  readonly subscriptionId: ThingId;
  /** The message's own id: the same at each try, so that the receiver can tell what it has had. */
  readonly id: ThingId;
  readonly position: number;
  readonly number?: number;
  readonly patientId: PatientId;
  readonly planId?: ThingId;
  readonly event: string;
  readonly resourceKind: string;
  readonly resourceId: ThingId;
  readonly ownerProvider: string;
  readonly at: Instant;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly lastFailure?: string;
  readonly doneAt?: Instant;
}
