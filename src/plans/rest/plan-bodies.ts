import { z } from 'zod';
import { date, hsaId, languageCode, line, publicPatientId, text } from '../../http/fields.ts';
import { PLAN_KINDS, PLAN_STATUSES } from '../domain/model.ts';
import { followUpBody } from './follow-up-routes.ts';
import { linkBody } from './link-routes.ts';
import { namedContactBody, participantBody } from './people-routes.ts';
import { commitmentBody } from './promise-routes.ts';
import { approvedForPatient, externalId, legalBasis, reason, thing, title, when } from './request-parts.ts';
import { safetyNetBody } from './safety-net-routes.ts';
import { addStepBody } from './step-bodies.ts';
import { goalBody, whatMattersBody } from './word-routes.ts';

const ref = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,40}$/)
  .meta({ description: 'Ett eget namn, som andra delar av samma anrop kan hänvisa till.', examples: ['vikt'] });

const header = {
  title,
  purpose: text(2000).optional(),
  language: languageCode.optional(),
  periodFrom: date.optional(),
  periodTo: date.optional(),
  planningLead: z.strictObject({ staff: hsaId.optional(), name: line(200) }).optional(),
  leadPrincipal: hsaId.optional().meta({ description: 'Huvudman med övergripande ansvar (HSL 16 kap. 4 §).' }),
  convener: z
    .strictObject({ staff: hsaId.optional(), name: line(200).optional(), unit: hsaId })
    .optional()
    .meta({ description: 'Sammankallande.' }),
  noMeasuresByOthers: z
    .boolean()
    .optional()
    .meta({ description: 'Uttryckligen inga åtgärder av någon annan än region och kommun.' }),
};

const refCall = z.union([
  z.strictObject({ namedContactRef: ref }),
  z.strictObject({ unit: hsaId }),
  z.strictObject({ name: line(200), phone: line(50) }),
]);

const list = <T extends z.ZodType>(item: T) => z.array(item).max(200).optional();

export const createPlanBody = z
  .strictObject({
    patientId: publicPatientId,
    kind: z.enum(PLAN_KINDS),
    status: z.enum(['draft', 'proposed']).optional().meta({ description: 'Ett förslag visas genast för patienten.' }),
    ...header,
    approvedForPatient: approvedForPatient.meta({
      description: 'Får planen visas för patienten? Gäller också de delar som inte själva säger något annat.',
    }),
    legalBasis: legalBasis.optional(),
    externalId: externalId.optional(),
    whatMatters: list(whatMattersBody),
    goals: list(goalBody),
    namedContacts: list(namedContactBody.extend({ ref: ref.optional() })),
    participants: list(participantBody),
    steps: list(
      addStepBody.extend({
        ref: ref.optional(),
        predecessors: z.array(ref).max(50).optional(),
        contact: z.strictObject({ namedContactRef: ref.optional(), unit: hsaId.optional() }).optional(),
      }),
    ),
    commitments: list(commitmentBody),
    safetyNet: list(
      safetyNetBody.extend({
        call: z.strictObject({ day: refCall.optional(), night: refCall.optional() }).optional(),
      }),
    ),
    followUps: list(followUpBody),
    links: list(linkBody),
  })
  .meta({
    id: 'CreatePlan',
    examples: [
      {
        patientId: 'abcdefghijklmnopqrstuvwxya',
        kind: 'SPU',
        status: 'proposed',
        title: 'Hem från lasarettet',
        approvedForPatient: true,
        whatMatters: [{ text: 'Jag vill hem till min stol vid fönstret.' }],
        namedContacts: [{ ref: 'maj', role: 'fast-vardkontakt', state: 'requested', unit: 'SE0000000000-TST0201' }],
        steps: [
          {
            title: 'Viktkontroll',
            patientText: 'Hemsjukvården kommer och väger dig.',
            responsibleParty: { kind: 'municipality-health', unit: 'SE0000000000-TST0302' },
            time: { form: 'latest-by', by: '2026-11-22' },
            contact: { namedContactRef: 'maj' },
          },
        ],
      },
    ],
  });

/** What of the header can be changed; `null` takes a field away. */
export const changePlanBody = z
  .strictObject({
    kind: z.enum(PLAN_KINDS).optional(),
    title: title.optional(),
    purpose: text(2000).nullable().optional(),
    language: languageCode.optional(),
    periodFrom: date.nullable().optional(),
    periodTo: date.nullable().optional(),
    planningLead: header.planningLead.unwrap().nullable().optional(),
    leadPrincipal: hsaId.nullable().optional(),
    convener: header.convener.unwrap().nullable().optional(),
    noMeasuresByOthers: z.boolean().optional(),
    approvedForPatient: approvedForPatient.optional(),
  })
  .meta({ id: 'ChangePlan', examples: [{ title: 'Hemma med hjärtsvikt' }] });

export const planMoveBody = z
  .strictObject({
    to: z.enum(PLAN_STATUSES),
    reason: reason.optional(),
    offerAgainOn: date.optional().meta({ description: 'När en avböjd plan erbjuds igen.' }),
    decideBy: when.optional().meta({ description: 'När det senast avgörs om en vilande plan går vidare.' }),
    replaces: thing.optional().meta({ description: 'Den aktiva samlade plan som den här tar över efter.' }),
  })
  .meta({ id: 'PlanTransition', examples: [{ to: 'active' }] });
