import { z } from 'zod';
import { dayOrInstant, hsaId, line, publicPatientId, publicThingId, text } from '../../http/fields.ts';
import { CONSENT_TYPES } from '../../shared/consent-facts.ts';
import { CONTRIBUTION_KINDS } from '../../shared/contribution-kinds.ts';
import { LEGAL_BASES } from '../../shared/owned.ts';
import { endOfDay, startOfDay } from '../../shared/swedish-time.ts';
import { CONSENT_FORMS } from '../domain/model.ts';

/** What callers send about consents. */

export const patientPath = z.strictObject({ patientId: publicPatientId });
export const consentPath = z.strictObject({ consentId: publicThingId });

/** Who receives: one of the directory, or for a copy a named person. */
export const recipientField = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['principal', 'provider', 'unit']), hsaId }),
    z.strictObject({
      kind: z.literal('person'),
      name: line(200).meta({ description: 'Namn på den som ska få en kopia.', examples: ['Försäkringskassan'] }),
    }),
  ])
  .meta({
    description:
      'Vem som får ta del: en huvudman, vård- eller omsorgsgivare eller enhet i katalogen; vid `disclosure` även en namngiven mottagare. Ett samtycke har en mottagare.',
  });

const guardianAnswer = z.strictObject({
  relatedPersonId: publicThingId.transform(({ id }) => id),
  answer: z.enum(['yes', 'no']),
});

export const guardianAnswerBody = guardianAnswer.meta({
  examples: [{ relatedPersonId: 'abcdefghijklmnopqrstuvwxya-agm4kq7zabcdefghijklmnopqe', answer: 'yes' }],
});

export const consentBody = z
  .strictObject({
    type: z.enum(CONSENT_TYPES).meta({
      description:
        '`sip` planera tillsammans; `read-care` en vårdgivare läser (lag 2022:913 3:1); `read-social` en omsorgsgivare läser (3:2); `disclosure` en kopia till en mottagare. Inget av dem ersätter ett annat.',
    }),
    state: z.enum(['given', 'refused']).default('given').meta({ description: 'Vad personen svarade.' }),
    form: z.enum(CONSENT_FORMS).meta({ description: 'Muntligt, skriftligt eller elektroniskt.' }),
    data: text(1000).meta({
      description: 'Vilka uppgifter, i ord; inte "allt".',
      examples: ['Planeringen efter utskrivning: mål, insatser och tider'],
    }),
    recipient: recipientField,
    purpose: text(500).meta({ description: 'Vad uppgifterna ska användas till.', examples: ['Samordnad planering'] }),
    from: dayOrInstant(startOfDay, 'Från och med; från nu om det utelämnas.').optional(),
    until: dayOrInstant(
      endOfDay,
      'Till och med en dag, eller fram till en tidpunkt. Krävs för ett lämnat samtycke.',
    ).optional(),
    takenBy: z
      .strictObject({ staff: hsaId.optional(), name: line(200) })
      .optional()
      .meta({ description: 'Vem som inhämtade det; den som registrerar om det utelämnas.' }),
    planId: publicThingId.optional().meta({ description: 'Planen som samtycket gäller.' }),
    kinds: z
      .array(z.enum(CONTRIBUTION_KINDS))
      .min(1)
      .optional()
      .meta({ description: 'Bara uppgifter av de här slagen; annars det som `data` säger, i ord.' }),
    guardianAnswers: z.array(guardianAnswer).min(1).max(4).optional().meta({
      description:
        'För ett barn: varje vårdnadshavares svar. Samtycket gäller när alla vårdnadshavare har sagt ja; den ena kan inte antas tala för den andra (FB 6:13).',
    }),
    reason: text(1000).optional().meta({ description: 'Skälet till ett nej, om personen vill säga det.' }),
    legalBasis: z
      .enum(LEGAL_BASES)
      .optional()
      .meta({ description: 'Lag som uppgiften dokumenteras enligt; enhetens egen om den utelämnas.' }),
  })
  .meta({
    examples: [
      {
        type: 'sip',
        form: 'oral',
        data: 'Planeringen efter utskrivning: mål, insatser och tider',
        recipient: { kind: 'principal', hsaId: 'SE0000000000-TSTH03' },
        purpose: 'Samordnad individuell plan',
        until: '2027-03-31',
      },
    ],
  });

export const withdrawBody = z
  .strictObject({ reason: text(1000).optional().meta({ description: 'Skälet, om personen vill säga det.' }) })
  .meta({ examples: [{}] });
