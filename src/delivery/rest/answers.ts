import { z } from 'zod';
import { EVENTS } from '../../events/index.ts';
import { instantText, patientIdText, referenceIdText, revision, thingIdText } from '../../http/fields.ts';
import { pageOf } from '../../http/paging.ts';
import { publicReferenceId } from '../../shared/ids.ts';
import { messageId } from '../domain/message.ts';
import { type Delivery, SUBSCRIPTION_STATUSES, type Subscription } from '../domain/model.ts';
import type { SubscriptionShown } from '../manage.ts';

export const eventName = z.enum(EVENTS).meta({ description: 'Händelsens namn.', examples: ['plan.step.changed'] });

/** One event in a feed. */
export const eventAnswer = z
  .object({
    number: z
      .int()
      .min(1)
      .meta({ description: 'Flödets eget nummer: 1, 2, 3 utan luckor.', examples: [17] }),
    event: z.string().meta({
      description: 'Händelsens namn. `event.withheld`: numret har funnits men får inte längre berättas om.',
      examples: ['plan.step.changed'],
    }),
    at: instantText.optional(),
    patientId: patientIdText.optional(),
    planId: thingIdText.optional(),
    resource: z
      .object({ kind: z.string().meta({ examples: ['step'] }), id: thingIdText })
      .optional()
      .meta({ description: 'Vad som ändrades. Hämta det med egen behörighet.' }),
  })
  .meta({ id: 'Event', description: 'Något som har hänt: id:n och namn, inget innehåll.' });

export const feedAnswer = z
  .object({
    items: z.array(eventAnswer),
    nextCursor: z.string().meta({ description: 'Skicka den i nästa fråga; finns alltid.' }),
  })
  .meta({ id: 'EventFeed', description: 'En sida av systemets eget flöde.' });

const webhookFields = {
  id: referenceIdText,
  revision,
  status: z.enum(SUBSCRIPTION_STATUSES),
  target: z
    .string()
    .optional()
    .meta({ description: 'Dit händelserna skickas.', examples: ['https://hooks.example.se/plan'] }),
  events: z.array(z.string()).optional().meta({ description: 'Bara dessa händelser; saknas när det är alla.' }),
  description: z.string().optional(),
  reason: z.string().optional().meta({ description: 'Varför tjänsten har slutat skicka.' }),
  createdAt: instantText,
  changedAt: instantText,
};

export const webhookAnswer = z
  .object(webhookFields)
  .meta({ id: 'Subscription', description: 'En prenumeration med webhook.' });

export const webhookShownAnswer = z
  .object({
    ...webhookFields,
    lastNumber: z.int().meta({ description: 'Det högsta nummer som har skickats.' }),
    waiting: z.int().meta({ description: 'Händelser på väg.' }),
    deadLetters: z.int().meta({ description: 'Händelser som tjänsten har gett upp.' }),
    lastSentAt: instantText.optional(),
    lastFailure: z
      .string()
      .optional()
      .meta({ examples: ['timeout'] }),
  })
  .meta({ id: 'SubscriptionShown', description: 'En prenumeration och hur det går för den.' });

export const webhookListAnswer = z.object({ items: z.array(webhookShownAnswer) }).meta({ id: 'SubscriptionList' });

export const webhookSecretAnswer = z
  .object({
    ...webhookFields,
    secret: z.string().meta({
      description: 'Hemligheten som meddelandena signeras med (Standard Webhooks). Visas bara nu.',
      examples: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw8j3Tq0a7b2E='],
    }),
  })
  .meta({ id: 'SubscriptionSecret', description: 'Prenumerationen med sin hemlighet.' });

export const countAnswer = z
  .object({ count: z.int().meta({ description: 'Antal händelser som skickas om.', examples: [12] }) })
  .meta({ id: 'ResentCount' });

export const deadLetterAnswer = z
  .object({
    messageId: z.string().meta({ description: 'Meddelandets id, `webhook-id`.', examples: ['msg_abc'] }),
    number: z.int().optional(),
    event: z.string(),
    attempts: z.int(),
    lastFailure: z.string().optional(),
    givenUpAt: instantText.optional(),
  })
  .meta({ id: 'DeadLetter', description: 'En händelse som inte gick att lämna.' });

export const deadLettersAnswer = pageOf(deadLetterAnswer).meta({ id: 'DeadLetterPage' });

export function presentWebhook(subscription: Subscription): z.output<typeof webhookAnswer> {
  const { id, revision: at, status, target, events, content, createdAt, changedAt } = subscription;
  const { description, reason } = content;
  return {
    ...{ id: publicReferenceId(id), revision: at, status, target, createdAt, changedAt, description, reason },
    ...(events ? { events: [...events] } : {}),
  };
}

export function presentShown({ subscription, progress }: SubscriptionShown): z.output<typeof webhookShownAnswer> {
  const { nextNumber, waiting, dead, lastSentAt, lastFailure } = progress;
  return {
    ...presentWebhook(subscription),
    ...{ lastNumber: nextNumber - 1, waiting, deadLetters: dead, lastSentAt, lastFailure },
  };
}

export function presentDeadLetter(delivery: Delivery): z.output<typeof deadLetterAnswer> {
  const { number, event, attempts, lastFailure, doneAt } = delivery;
  return { messageId: messageId(delivery), number, event, attempts, lastFailure, givenUpAt: doneAt };
}
