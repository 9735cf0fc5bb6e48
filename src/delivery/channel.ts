import { publicReferenceId } from '../shared/ids.ts';
import { type EventMessage, messageId, webhookBody } from './domain/message.ts';
import type { Delivery, Subscription, SubscriptionSecrets } from './domain/model.ts';
import { signedHeaders } from './sending/signature.ts';

/** What one try sends. */
export interface Envelope {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a message is made of. */
export interface Occasion {
  readonly subscription: Subscription;
  readonly secrets: SubscriptionSecrets;
  /** Real time, epoch milliseconds. */
  readonly realNow: number;
  /** The highest number that has been given. */
  readonly lastNumber: number;
}

/** How a channel writes what it sends. */
export interface ChannelForm {
  event(occasion: Occasion, delivery: Delivery, message: EventMessage): Envelope;
  /** For channels whose receivers must answer before anything is sent to them. */
  handshake?(occasion: Occasion): Envelope;
  heartbeat?(occasion: Occasion): Envelope;
}

/** Webhooks: JSON, signed as Standard Webhooks says. */
export const webhookForm: ChannelForm = {
  event({ subscription, secrets, realNow }, delivery, message) {
    const body = webhookBody(publicReferenceId(subscription.id), message, new Date(realNow).toISOString());
    const signed = signedHeaders(messageId(delivery), body, secrets.keys, realNow);
    return { body, headers: { 'content-type': 'application/json', 'user-agent': 'patientkontrakt', ...signed } };
  },
};
