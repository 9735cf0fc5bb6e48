import { z } from 'zod';
import { dateText, instantText, patientIdText, revision, thingIdText } from '../../http/fields.ts';
import { changedBy, ownedShape, recordedBy } from '../../http/owned-answer.ts';
import { WEEKDAYS } from '../../shared/calendar.ts';
import { CONTACT_WAYS } from '../domain/contact-needs.ts';
import { RELATED_KINDS } from '../domain/related-person.ts';
import { FOUND_EXAMPLE, JOIN_EXAMPLE, PATIENT_EXAMPLE, RELATED_EXAMPLE } from './examples.ts';

/** What is answered about persons; plain, since answers are written and never read back. */

const words = z.string();
const numberText = z.string().meta({
  description: 'Numret som det skrivs: `ÅÅMMDD-NNNN`, med plustecken från det år personen fyller 100.',
  examples: ['261204+9029'],
});

const contactNeeds = z
  .object({
    interpreter: words.optional(),
    hearing: z.boolean().optional(),
    sight: z.boolean().optional(),
    pictures: z.boolean().optional(),
    easySwedish: z.boolean().optional(),
    doNotCall: z.boolean().optional(),
    callTimes: z
      .array(z.object({ days: z.array(z.enum(WEEKDAYS)).readonly(), from: words, to: words }))
      .readonly()
      .optional(),
    cannotUse1177: z.boolean().optional(),
    notes: words.optional(),
  })
  .meta({ id: 'ContactNeeds', description: 'Vad vården behöver veta för att nå personen på ett sätt som fungerar.' });

export const relatedAnswer = z
  .object({
    ...ownedShape,
    relation: z.enum(RELATED_KINDS),
    name: words,
    phone: words.optional(),
    personNumber: numberText.optional().meta({ description: 'Bara för personal.' }),
    kinship: words.optional(),
    decisionReference: words.optional(),
    protectedIdentity: z.boolean().optional(),
    from: dateText.optional(),
    until: dateText.optional().meta({ description: 'Sista dag.', format: 'date', examples: ['2026-11-30'] }),
  })
  .meta({
    id: 'RelatedPerson',
    description: 'Närstående, vårdnadshavare, legal företrädare eller ombud.',
    examples: [RELATED_EXAMPLE],
  });

export const patientAnswer = z
  .object({
    id: patientIdText,
    otherIds: z
      .array(patientIdText)
      .meta({ description: 'Id:n som personen haft före en sammanföring; de fungerar fortfarande.' }),
    revision,
    personNumbers: z
      .array(
        z.object({
          kind: z.enum(['personnummer', 'samordningsnummer', 'reservnummer']),
          number: numberText,
          current: z.boolean().meta({ description: 'Det nummer som gäller nu; exakt ett.' }),
          from: instantText,
          until: instantText.optional(),
        }),
      )
      .optional()
      .meta({ description: 'Bara för personal.' }),
    givenName: words,
    familyName: words,
    language: words,
    preferredContactWay: z.enum(CONTACT_WAYS).optional(),
    contactNeeds,
    deceasedOn: dateText.optional(),
    relatedPersons: z.array(relatedAnswer),
    recordedBy,
    createdAt: instantText,
    changedAt: instantText,
    changedBy,
  })
  .meta({ id: 'Patient', description: 'En person, med närstående och hur personen nås.', examples: [PATIENT_EXAMPLE] });

export const foundAnswer = z
  .object({
    items: z
      .array(
        z.object({
          id: patientIdText,
          givenName: words.optional(),
          familyName: words.optional(),
        }),
      )
      .meta({ description: 'Högst en. Tom när ingen har numret.' }),
  })
  .meta({ id: 'FoundPatients', examples: [FOUND_EXAMPLE] });

const joinActShape = { at: instantText, by: changedBy, why: words };

export const joinAnswer = z
  .object({
    id: thingIdText,
    revision,
    patientId: patientIdText.meta({ description: 'Den rätta personen.' }),
    joinedPatientId: patientIdText.meta({ description: 'Den som sammanfördes; id:t fungerar fortfarande.' }),
    state: z.enum(['joined', 'parted']),
    joined: z.object(joinActShape),
    parted: z.object(joinActShape).optional(),
  })
  .meta({
    id: 'PatientJoin',
    description: 'Två som visat sig vara en, och om de skilts åt igen.',
    examples: [JOIN_EXAMPLE],
  });

export const joinsAnswer = z
  .object({ items: z.array(joinAnswer) })
  .meta({ id: 'PatientJoins', examples: [{ items: [JOIN_EXAMPLE] }] });
