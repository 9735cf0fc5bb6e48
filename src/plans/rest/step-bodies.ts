import { z } from 'zod';
import { date, hsaId, instant, line, text } from '../../http/fields.ts';
import { NOT_DONE_REASONS, REPORT_OUTCOMES, STEP_STATES, WAYS } from '../domain/model.ts';
import {
  approvedForPatient,
  clinicalText,
  method,
  ownership,
  party,
  patientText,
  reason,
  stepTime,
  thing,
  title,
  when,
} from './request-parts.ts';

const person = z.strictObject({ staff: hsaId.optional(), name: line(200) });

const facts = {
  patientText: patientText.optional(),
  clinicalText: clinicalText.optional(),
  purpose: z.enum(['treatment', 'health-promotion', 'social', 'other']).optional(),
  healthMeasure: z
    .boolean()
    .optional()
    .meta({ description: 'Hälso- och sjukvårdsåtgärd; som egenvård kräver den en bedömning (lag 2022:1250).' }),
  way: z
    .strictObject({ kind: z.enum(WAYS), careLevel: line(100).optional(), place: line(300).optional() })
    .optional()
    .meta({ description: 'Hur man möts, på vilken vårdnivå och var.' }),
  contact: z
    .strictObject({ namedContactId: thing.optional(), unit: hsaId.optional() })
    .optional()
    .meta({ description: 'Vem patienten kontaktar om steget: en fast kontakt i planen, eller en enhet.' }),
  responsibleParty: party.optional(),
  supportUnit: hsaId.optional().meta({ description: 'Enheten som stöder patienten eller den närstående i steget.' }),
  time: stepTime.optional(),
  agreedLatest: when.optional(),
  condition: text(500).optional().meta({ description: 'Bara om något annat händer; blir aldrig nästa steg.' }),
  performer: person.optional(),
  deputy: person.optional(),
  predecessors: z.array(thing).max(50).optional().meta({ description: 'Steg som ska komma före; inga cirklar.' }),
  needsFromPrevious: text(2000).optional(),
  order: z.int().min(0).max(100_000).optional(),
};

export const assessment = z
  .strictObject({
    assessor: z.strictObject({ staff: hsaId, name: line(200), profession: line(100) }),
    assessedOn: date,
    reviewOn: date,
    helpNeeded: text(2000),
    ifItFails: text(2000),
    ...ownership,
  })
  .meta({ description: 'Egenvårdsbedömning (lag 2022:1250).' });

export const addStepBody = z
  .strictObject({
    title,
    ...facts,
    ownYes: z
      .strictObject({ method })
      .optional()
      .meta({ description: 'Patientens, närståendes eller utomståendes eget ja, hört eller läst av den som skriver.' }),
    assessment: assessment.optional(),
    ...ownership,
  })
  .meta({
    id: 'AddStep',
    examples: [
      {
        title: 'Viktkontroll',
        patientText: 'Hemsjukvården kommer och väger dig.',
        responsibleParty: { kind: 'municipality-health', unit: 'SE0000000000-TST0302' },
        time: { form: 'latest-by', by: '2026-11-22' },
      },
    ],
  });

const cleared = <T extends z.ZodType>(schema: T) => schema.nullable();

/** What of a step can be changed; `null` takes a field away, an absent one leaves it. */
export const changeStepBody = z
  .strictObject({
    title: title.optional(),
    patientText: cleared(patientText).optional(),
    clinicalText: cleared(clinicalText).optional(),
    purpose: facts.purpose,
    healthMeasure: facts.healthMeasure,
    way: cleared(facts.way.unwrap()).optional(),
    contact: cleared(facts.contact.unwrap()).optional(),
    responsibleParty: facts.responsibleParty,
    supportUnit: cleared(hsaId).optional(),
    time: cleared(stepTime).optional(),
    agreedLatest: cleared(when).optional(),
    condition: cleared(text(500)).optional(),
    performer: cleared(person).optional(),
    deputy: cleared(person).optional(),
    predecessors: facts.predecessors,
    needsFromPrevious: cleared(text(2000)).optional(),
    order: facts.order,
    approvedForPatient: approvedForPatient.optional(),
  })
  .meta({ id: 'ChangeStep', examples: [{ performer: { name: 'Hanna Påhitt' } }] });

export const stepMoveBody = z
  .strictObject({
    to: z.enum(STEP_STATES),
    reason: reason.optional(),
    time: stepTime.optional(),
    method: method.optional(),
    responsibleParty: party.optional(),
  })
  .meta({ id: 'StepTransition', examples: [{ to: 'in-progress' }] });

export const stepAnswerBody = z
  .strictObject({ method: method.optional(), reason: reason.optional() })
  .meta({ id: 'StepAnswer', examples: [{ reason: 'Vi saknar personal den veckan.' }] });

export const reportBody = z
  .strictObject({
    outcome: z.enum(REPORT_OUTCOMES).meta({ description: '`undone` tar tillbaka en felaktig avprickning.' }),
    occurrence: date.optional().meta({ description: 'Vilket tillfälle i en serie: dess planerade dag.' }),
    performedAt: instant.optional().meta({ description: 'När det gjordes; aldrig senare än nu. Utelämnat: nu.' }),
    reportedAt: instant.optional().meta({
      description: 'När det prickades av, enligt telefonens klocka: den senaste gäller, i vilken ordning de än kommer.',
    }),
    note: text(2000).optional().meta({ description: 'Kort till kollegor; når aldrig patienten.' }),
    patientText: text(2000).optional(),
    reason: z.enum(NOT_DONE_REASONS).optional(),
    value: z.strictObject({ amount: z.number(), unit: line(20) }).optional(),
    nextTime: when.optional(),
    approvedForPatient: approvedForPatient.optional(),
  })
  .meta({ id: 'AddReport', examples: [{ outcome: 'done', value: { amount: 71.2, unit: 'kg' } }] });
