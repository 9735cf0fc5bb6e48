import { z } from 'zod';
import { instantText, patientIdText, thingIdText } from '../../http/fields.ts';
import { hsaIdText, ownedShape } from '../../http/owned-answer.ts';
import { EXPORT_REASONS, INFORMATION_FORMS, LIFT_GROUNDS } from '../domain/model.ts';

/** What is answered about what the law is judged by; plain, since answers are written and never read back. */

const words = z.string();
const endText = instantText.meta({ description: 'Första ögonblicket då det inte längre gäller.' });
const period = {
  from: instantText,
  until: endText.optional(),
  inForce: z.boolean().meta({ description: 'Om det gäller just nu.' }),
};
const owned = { ...ownedShape, patientId: patientIdText };
const written = z.object({ from: instantText.optional(), until: instantText.optional() });

const informationAnswer = z
  .object({ ...owned, provider: hsaIdText, at: instantText, form: z.enum(INFORMATION_FORMS), note: words.optional() })
  .meta({ id: 'InformationGiven', description: 'Att personen fått information enligt 2 kap. 2 § lag (2022:913).' });

const careRelationAnswer = z
  .object({
    ...owned,
    ...period,
    unit: hsaIdText,
    kind: z.enum(['care', 'intervention', 'investigation']),
    basis: words.optional(),
  })
  .meta({ id: 'CareRelation', description: 'En enhets patientrelation, insats eller utredning.' });

const inabilityAnswer = z
  .object({
    ...owned,
    ...period,
    kind: z.enum(['child', 'lasting']),
    clarification: words,
    noReasonToObject: z.boolean().optional(),
    assessedBy: z.object({ staff: hsaIdText.optional(), name: words }),
  })
  .meta({ id: 'Inability', description: 'Dokumenterad oförmåga att samtycka.' });

const blockAnswer = z
  .object({
    ...owned,
    ...period,
    reach: z.enum(['inner', 'outer']),
    provider: hsaIdText,
    unit: hsaIdText.optional(),
    written: written.optional(),
    liftedAt: instantText.optional(),
    liftGround: z.enum(LIFT_GROUNDS).optional(),
    liftedFor: z
      .array(z.object({ unit: hsaIdText, from: instantText, until: instantText, ground: z.enum(LIFT_GROUNDS) }))
      .optional()
      .meta({ description: 'Enheter som spärren är hävd för en tid; för alla andra gäller den.' }),
  })
  .meta({ id: 'Block', description: 'En spärr.' });

const liftRequestAnswer = z
  .object({
    ...owned,
    emergencyId: thingIdText,
    askedProvider: hsaIdText,
    askedUnit: hsaIdText.optional(),
    askingUnit: hsaIdText,
    askingStaff: z.object({ staff: hsaIdText, name: words }),
    reason: words,
    state: z.enum(['asked', 'granted', 'refused']),
    answered: z.object({ at: instantText, why: words.optional(), until: endText.optional() }).optional(),
  })
  .meta({
    id: 'BlockLiftRequest',
    description: 'En begäran till den som har spärrat, att häva spärren i en nödsituation.',
  });

const emergencyShape = {
  ...owned,
  ...period,
  until: endText,
  staff: hsaIdText,
  staffName: words,
  unit: hsaIdText,
  reason: words,
  consentUnobtainable: z.boolean().optional(),
  patientCannotLift: z.boolean().optional(),
  closedAt: instantText.optional(),
  review: z.enum(['flagged', 'reviewed']).meta({ description: 'Varje nödöppning flaggas för granskning.' }),
  blockingProviders: z.array(hsaIdText).meta({ description: 'Vårdgivare som har spärrat uppgifter (3:5).' }),
  blockingUnits: z.array(hsaIdText).meta({ description: 'Egna vårdgivarens enheter med inre spärr (PDL 4:5).' }),
};
const emergencyAnswer = z.object(emergencyShape).meta({ id: 'EmergencyAccess', description: 'En nödöppning.' });

const guardianBlockAnswer = z
  .object({ ...owned, ...period, guardianId: thingIdText.optional(), reason: words })
  .meta({ id: 'GuardianBlock', description: 'Blockering av en vårdnadshavare, eller av alla.' });

const sealingAnswer = z
  .object({
    ...owned,
    ...period,
    provider: hsaIdText.optional(),
    unit: hsaIdText.optional(),
    written: written.optional(),
    reason: words.optional(),
  })
  .meta({ id: 'Sealing', description: 'Försegling: stängt för varje invånarinloggning, patientens egen också.' });

const unitDecisionAnswer = z
  .object({
    ...owned,
    ...period,
    unit: hsaIdText,
    opensFor: z.enum(['child', 'guardian']),
    guardianId: thingIdText.optional(),
    assessment: words,
  })
  .meta({
    id: 'UnitDecision',
    description: 'Enhetens beslut att öppna sina uppgifter för ett barn på 13–15 år eller en vårdnadshavare.',
  });

const protectedAccessAnswer = z
  .object({
    ...owned,
    ...period,
    staff: hsaIdText.optional(),
    unit: hsaIdText.optional(),
    clientId: words.optional(),
    relatedPersonId: thingIdText.optional(),
    reason: words.optional(),
  })
  .meta({ id: 'ProtectedAccess', description: 'En rad i listan över dem som får veta att personen finns.' });

const exportRequestAnswer = z
  .object({
    ...owned,
    ...period,
    until: instantText.meta({ description: 'När den förfaller: obesvarad, eller inte uttagen.' }),
    staff: hsaIdText,
    staffName: words,
    reason: z.enum(EXPORT_REASONS),
    purpose: words,
    state: z.enum(['asked', 'approved', 'refused']),
    answered: z
      .object({
        at: instantText,
        by: z.object({ staff: hsaIdText.optional(), name: words.optional() }),
        why: words.optional(),
      })
      .optional(),
  })
  .meta({ id: 'ExportRequest', description: 'En begäran om att ta ut uppgifter om en person med skyddade uppgifter.' });

/** The answer of each kind. */
export const ANSWERS = {
  'information-given': informationAnswer,
  'care-relation': careRelationAnswer,
  inability: inabilityAnswer,
  block: blockAnswer,
  'emergency-access': emergencyAnswer,
  'block-lift-request': liftRequestAnswer,
  'guardian-block': guardianBlockAnswer,
  sealing: sealingAnswer,
  'unit-decision': unitDecisionAnswer,
  'protected-access': protectedAccessAnswer,
  'export-request': exportRequestAnswer,
} as const;
