import { z } from 'zod';
import { date, hsaId, instant, line, text } from '../../http/fields.ts';
import { NO_SIP_REASONS } from '../domain/model.ts';

const person = z.strictObject({ staff: hsaId.optional(), name: line(200) });
const at = instant.meta({ description: 'När det hände. Utelämnad: nu.' });
const told = z
  .strictObject({ namedContact: z.boolean(), plannedSip: z.boolean(), existingPlans: z.boolean() })
  .meta({ description: 'Vad patienten har fått veta: fast vårdkontakt, planerad SIP, befintliga planer.' });
const registeredAddress = line(300).meta({
  description: 'Folkbokföringsadress; aldrig för den som har skyddade uppgifter.',
});

const actingUnit = hsaId.optional().meta({
  description: 'För ett system: vilken av vårdgivarens enheter det handlar för. Personal: utelämnad, eller den egna.',
});

/** Everything that a notice may hold. What else is sent is refused with a code of its own, so it is let this far. */
export const admissionBody = z
  .looseObject({
    unit: actingUnit,
    receivers: z.array(hsaId).min(1).max(20).meta({ description: 'Berörda enheter.' }),
    openCareUnit: hsaId
      .optional()
      .meta({ description: 'Den regionfinansierade öppna vården; utser fast vårdkontakt.' }),
    municipalHealthCareExpected: z.boolean(),
    admittedAt: instant,
    judgedAt: instant.optional().meta({ description: 'När det bedömdes först efter inskrivningen.' }),
    registeredAddress: registeredAddress.optional(),
    estimatedDischarge: date,
  })
  .meta({
    id: 'SendAdmissionNotice',
    description: 'Inget mer än det som lagen säger tas emot (LUS 2 kap. 2 §); namn och personnummer är registrets.',
    examples: [
      {
        receivers: ['SE0000000000-TST0301', 'SE0000000000-TST0302'],
        openCareUnit: 'SE0000000000-TST0201',
        municipalHealthCareExpected: true,
        admittedAt: '2026-11-16T10:20:00+01:00',
        registeredAddress: 'Provgatan 1, 123 45 Provköping',
        estimatedDischarge: '2026-11-20',
      },
    ],
  });
export const ADMISSION_FIELDS: ReadonlySet<string> = new Set(Object.keys(admissionBody.shape));

export const messageBody = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('estimate'), estimatedDischarge: date }),
    z.strictObject({
      kind: z.literal('contact'),
      person: person.optional(),
      roleName: line(200).optional(),
      deputy: person.optional(),
    }),
    z.strictObject({
      kind: z.literal('ready'),
      sipNeeded: z.boolean().meta({ description: 'Om insatser från båda behövs efteråt, så att SIP ska kallas till.' }),
    }),
    z.strictObject({ kind: z.literal('interruption') }),
    z.strictObject({
      kind: z.literal('sip-call'),
      meetingAt: instant,
      place: line(200).optional(),
      invited: z.array(hsaId).max(20).optional(),
    }),
    z.strictObject({ kind: z.literal('no-sip'), why: z.enum(NO_SIP_REASONS) }),
    z.strictObject({ kind: z.literal('information-transfer'), reference: line(300).optional(), told }),
    z.strictObject({ kind: z.literal('leave'), at: instant.optional(), until: instant.optional() }),
    z.strictObject({ kind: z.enum(['return', 'discharged', 'death']), at: at.optional() }),
  ])
  .meta({ id: 'SendDischargeMessage', examples: [{ kind: 'ready', sipNeeded: true }] });

export const correctionBody = z
  .strictObject({
    registeredAddress: registeredAddress.optional(),
    estimatedDischarge: date.optional(),
    admittedAt: instant.optional(),
    judgedAt: instant.optional(),
    person: person.optional(),
    roleName: line(200).optional(),
    deputy: person.optional(),
    sipNeeded: z.boolean().optional(),
    meetingAt: instant.optional(),
    place: line(200).optional(),
    why: z.enum(NO_SIP_REASONS).optional(),
    reference: line(300).optional(),
    told: told.optional(),
    at: instant.optional(),
    until: instant.optional(),
  })
  .meta({ id: 'CorrectDischargeMessage', examples: [{ estimatedDischarge: '2026-11-21' }] });

export const receiptBody = z.strictObject({ unit: actingUnit }).meta({ id: 'ReceiveDischargeMessage', examples: [{}] });

export const withdrawalBody = z
  .strictObject({ reason: text(1000).optional() })
  .meta({ id: 'WithdrawDischargeMessage', examples: [{ reason: 'Sänt om fel person.' }] });
