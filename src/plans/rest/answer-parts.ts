import { z } from 'zod';
import { dateText, instantText, patientIdText, revision, thingIdText } from '../../http/fields.ts';
import { APPROVAL_METHODS, LEGAL_BASES, PARTY_KINDS, WEEKDAYS } from '../domain/model.ts';

/** The parts that answers about plans are made of; plain, since answers are written and never read back. */

const words = z.string();
export const hsaIdText = z.string().meta({ description: 'HSA-id.', examples: ['SE0000000000-TST0302'] });
export const whenText = z
  .string()
  .meta({ description: 'En dag eller en tidpunkt i UTC.', examples: ['2026-11-23', '2026-11-23T11:00:00Z'] });

export const recordedBy = z
  .object({
    kind: z.enum(['staff', 'patient', 'relative', 'system']),
    staff: hsaIdText.optional(),
    name: words.optional(),
    unit: hsaIdText,
    provider: hsaIdText,
    principal: hsaIdText,
  })
  .meta({ id: 'RecordedBy', description: 'Vems ord det är, och vilken enhet, vårdgivare och huvudman som äger dem.' });

export const changedBy = z
  .object({
    kind: z.enum(['staff', 'patient', 'relative', 'system']),
    staff: hsaIdText.optional(),
    name: words.optional(),
    unit: hsaIdText.optional(),
    why: words.optional(),
  })
  .meta({ id: 'ChangedBy', description: 'Vem som gjorde den senaste ändringen, och varför.' });

export const answered = z
  .object({ ...changedBy.shape, at: instantText, method: z.enum(APPROVAL_METHODS).optional() })
  .meta({ id: 'AnsweredBy', description: 'Vem som svarade, när och hur.' });

/** What every answer shows of ownership. */
export const ownedShape = {
  id: thingIdText,
  revision,
  recordedBy,
  legalBasis: z.enum(LEGAL_BASES),
  approvedForPatient: z.boolean(),
  signedBy: hsaIdText.optional(),
  signedAt: instantText.optional(),
  enteredInError: z.boolean().optional(),
  externalId: z.object({ source: words, id: words }).optional(),
  createdAt: instantText,
  changedAt: instantText,
  changedBy,
};

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
