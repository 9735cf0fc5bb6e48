import { z } from 'zod';
import { dateText, instantText, patientIdText, thingIdText } from '../../http/fields.ts';
import { changedBy, hsaIdText, ownedShape, recordedBy } from '../../http/owned-answer.ts';
import { APPROVAL_METHODS, PARTY_KINDS, WEEKDAYS } from '../domain/model.ts';

/** The parts that answers about plans are made of; plain, since answers are written and never read back. */

export { changedBy, hsaIdText, ownedShape, recordedBy };

const words = z.string();
export const whenText = z
  .string()
  .meta({ description: 'En dag eller en tidpunkt i UTC.', examples: ['2026-11-23', '2026-11-23T11:00:00Z'] });

export const answered = z
  .object({ ...changedBy.shape, at: instantText, method: z.enum(APPROVAL_METHODS).optional() })
  .meta({ id: 'AnsweredBy', description: 'Vem som svarade, när och hur.' });

export const inPlanShape = { ...ownedShape, planId: thingIdText };

export const partyAnswer = z
  .object({
    kind: z.enum(PARTY_KINDS),
    relatedPersonId: thingIdText.optional(),
    unit: hsaIdText.optional(),
    name: words.optional(),
  })
  .meta({ id: 'Party', description: 'Vem: patienten, en närstående, en enhet, eller någon annan.' });

export const proposalShape = { agreementVersion: z.int(), at: instantText, by: changedBy };

const seriesAnswer = z
  .object({
    every: z.enum(['day', 'week', 'month']),
    interval: z.int(),
    weekdays: z.array(z.enum(WEEKDAYS)).optional(),
    startsOn: dateText,
    endsOn: dateText.optional(),
    timeOfDay: z.string().optional(),
    exceptions: z
      .array(z.object({ on: dateText, movedTo: whenText.optional(), cancelled: z.boolean().optional() }))
      .optional(),
  })
  .meta({ id: 'Series' });

export const stepTimeAnswer = z
  .object({
    form: z.enum(['fixed', 'window', 'latest-by', 'patient-books', 'as-needed', 'waiting-list', 'recurring']),
    start: instantText.optional(),
    end: instantText.optional(),
    changeable: z.object({ byPatient: z.boolean(), how: words.optional() }).optional(),
    from: whenText.optional(),
    to: whenText.optional(),
    by: whenText.optional(),
    link: words.optional(),
    expected: whenText.optional(),
    series: seriesAnswer.optional(),
  })
  .meta({ id: 'StepTime', description: 'När: vilka fält som finns följer av `form`.' });

export const person = z.object({ staff: hsaIdText.optional(), name: words });
export const patientId = patientIdText;
