import { z } from 'zod';
import { dateText, instantText, patientIdText, thingIdText } from '../../http/fields.ts';
import { changedBy, hsaIdText, ownedShape } from '../../http/owned-answer.ts';
import { CLOCK_NAMES, CLOCK_STANDINGS, PRECONDITIONS } from '../domain/clocks.ts';
import { MESSAGE_KINDS, MESSAGE_STATES, NO_SIP_REASONS } from '../domain/model.ts';
import { STAY_STATES } from '../domain/states.ts';

const words = z.string();
const person = z.object({ staff: hsaIdText.optional(), name: words });

export const messageAnswer = z
  .object({
    ...ownedShape,
    patientId: patientIdText,
    admissionId: thingIdText.meta({ description: 'Vårdtillfället: inskrivningsmeddelandets id.' }),
    kind: z.enum(MESSAGE_KINDS),
    state: z.enum(MESSAGE_STATES),
    sentAt: instantText,
    receivers: z.array(hsaIdText),
    receipts: z.array(z.object({ unit: hsaIdText, at: instantText, by: changedBy })),
    reason: words.optional(),
    notice: z
      .object({
        name: words,
        personNumber: words,
        registeredAddress: words.optional(),
        estimatedDischarge: dateText,
      })
      .optional()
      .meta({ description: 'Inskrivningsmeddelandets lagstadgade innehåll, och inget annat (LUS 2 kap. 2 §).' }),
    openCareUnit: hsaIdText.optional(),
    admittedAt: instantText.optional().meta({ description: 'Bara för den som sände.' }),
    judgedAt: instantText.optional(),
    estimatedDischarge: dateText.optional(),
    person: person.optional(),
    roleName: words.optional(),
    deputy: person.optional(),
    sipNeeded: z.boolean().optional(),
    meetingAt: instantText.optional(),
    place: words.optional(),
    why: z.enum(NO_SIP_REASONS).optional(),
    reference: words.optional(),
    told: z.object({ namedContact: z.boolean(), plannedSip: z.boolean(), existingPlans: z.boolean() }).optional(),
    at: instantText.optional(),
    until: instantText.optional(),
  })
  .meta({ id: 'DischargeMessage', description: 'Ett meddelande om ett vårdtillfälle.' });

const clock = z
  .object({
    name: z.enum(CLOCK_NAMES),
    law: words,
    owner: hsaIdText,
    standing: z.enum(CLOCK_STANDINGS),
    lastInstant: instantText.optional().meta({ description: 'Sista stund i tid.' }),
    metAt: instantText.optional(),
    stoppedAt: instantText
      .optional()
      .meta({ description: 'Från när det inte längre ska göras: död, avbrott, ingen SIP.' }),
  })
  .meta({ id: 'LegalClock', description: 'Något som någon ska göra enligt lag inom en tid.' });

export const stayAnswer = z
  .object({
    id: thingIdText,
    patientId: patientIdText,
    state: z.enum(STAY_STATES).optional(),
    estimatedDischarge: dateText.optional(),
    messages: z.array(messageAnswer),
    clocks: z.array(clock),
    breaches: z.array(clock).meta({ description: 'Det som inte gjordes i tid; visas lika för båda sidor.' }),
    payment: z
      .object({
        from: dateText,
        standing: z.enum(['to-come', 'runs', 'preconditions-unmet', 'ended']),
        unmet: z.array(z.enum(PRECONDITIONS)),
        endedAt: instantText.optional(),
      })
      .optional()
      .meta({
        description: 'Från vilken dag kommunen betalar (LUS 5 kap. 4 §) och vilka villkor som saknas (5:3, 5:5).',
      }),
  })
  .meta({ id: 'HospitalStay', description: 'Ett vårdtillfälle, som den egna enheten får veta om det.' });

export const staysAnswer = z.object({ items: z.array(stayAnswer) }).meta({ id: 'HospitalStays' });

export const waitingAnswer = z
  .object({
    items: z.array(
      z.object({
        id: thingIdText,
        patientId: patientIdText,
        admissionId: thingIdText,
        kind: z.enum(MESSAGE_KINDS),
        sentAt: instantText,
        fromUnit: hsaIdText,
      }),
    ),
  })
  .meta({ id: 'WaitingDischargeMessages' });
