import { z } from 'zod';
import { instantText, patientIdText, thingIdText } from '../../http/fields.ts';
import { hsaIdText, OWNED_EXAMPLE, ownedShape } from '../../http/owned-answer.ts';
import { CONSENT_STATES, CONSENT_TYPES } from '../../shared/consent-facts.ts';
import { CONSENT_FORMS, RECIPIENT_KINDS } from '../domain/model.ts';

/** What is answered about consents; plain, since answers are written and never read back. */

const words = z.string();

const EXAMPLE = {
  id: 'abcdefghijklmnopqrstuvwxya-agm4kq7zabcdefghijklmnopqe',
  ...OWNED_EXAMPLE,
  patientId: 'abcdefghijklmnopqrstuvwxya',
  type: 'sip' as const,
  state: 'given' as const,
  form: 'oral' as const,
  data: 'Planeringen efter utskrivning: mål, insatser och tider',
  recipient: { kind: 'principal' as const, hsaId: 'SE0000000000-TSTH03' },
  purpose: 'Samordnad individuell plan',
  from: '2026-11-16T10:00:00.000Z',
  until: '2027-03-31T22:00:00.000Z',
  takenBy: { staff: 'SE0000000000-TSTP003', name: 'Maj Modell' },
};

export const consentAnswer = z
  .object({
    ...ownedShape,
    patientId: patientIdText,
    type: z.enum(CONSENT_TYPES),
    state: z.enum(CONSENT_STATES).meta({ description: 'Som det är nu: ett som passerat sitt slut är `expired`.' }),
    form: z.enum(CONSENT_FORMS),
    data: words,
    recipient: z.object({ kind: z.enum(RECIPIENT_KINDS), hsaId: hsaIdText.optional(), name: words.optional() }),
    purpose: words,
    from: instantText,
    until: instantText.meta({
      description: 'Första ögonblicket då det inte längre gäller.',
      format: 'date-time',
      examples: ['2027-03-31T22:00:00.000Z'],
    }),
    takenBy: z.object({ staff: hsaIdText.optional(), name: words }),
    planId: thingIdText.optional(),
    kinds: z.array(words).readonly().optional(),
    guardianAnswers: z
      .array(z.object({ relatedPersonId: thingIdText, answer: z.enum(['yes', 'no']), at: instantText }))
      .optional(),
    withdrawnAt: instantText.optional(),
    reason: words.optional(),
  })
  .meta({ id: 'Consent', description: 'Ett samtycke till en mottagare.', examples: [EXAMPLE] });

export const consentsAnswer = z
  .object({ items: z.array(consentAnswer).meta({ description: 'I den ordning de togs, även avslutade.' }) })
  .meta({ id: 'Consents', examples: [{ items: [EXAMPLE] }] });
