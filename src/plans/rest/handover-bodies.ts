import { z } from 'zod';
import { hsaId, instant, line, text } from '../../http/fields.ts';
import { GOT_WHAT_WAS_NEEDED, HANDOVER_DUTIES } from '../domain/model.ts';
import { approvedForPatient, method, ownership, reason, thing } from './request-parts.ts';

const needs = text(2000).meta({
  description: 'Det som den nästa behöver för att kunna göra det bra.',
  examples: ['Vågen finns i badrummet. Utgångsvikt 61,2 kg.'],
});
const given = text(2000).meta({ description: 'Det som lämnades med: handlingar, hjälpmedel, muntlig rapport.' });
const escalateTo = hsaId.meta({
  description: 'Enheten som larmas om svarstiden går ut. Utelämnad: den som lämnar över.',
});
const answerBy = instant.meta({ description: 'Sista stund att svara. Utelämnad: regeln mellan region och kommun.' });
const judgement = {
  gotWhatWasNeeded: z.enum(GOT_WHAT_WAS_NEEDED).optional().meta({ description: 'Fick vi det vi behövde?' }),
  missing: text(2000).optional().meta({ description: 'Det som saknades.' }),
};

export const offerHandoverBody = z
  .strictObject({
    of: z.enum(HANDOVER_DUTIES),
    aboutId: thing
      .optional()
      .meta({ description: 'Steget, kontakten eller uppföljningen; inte för planeringsansvaret.' }),
    toUnit: hsaId,
    needs: needs.optional(),
    given: given.optional(),
    answerBy: answerBy.optional(),
    homecomingAt: instant.optional().meta({
      description: 'Planerad hemgång: svaret ska då komma i god tid före den, också på en helg.',
      examples: ['2026-11-21T11:00:00+01:00'],
    }),
    escalateTo: escalateTo.optional(),
    patientsYes: z.strictObject({ method }).optional().meta({
      description:
        'Hur patienten har sagt ja till att flytta till en annan region eller kommun; behövs när planeringsansvaret eller den som är patientens kontakt i första hand går dit.',
    }),
    ...ownership,
  })
  .meta({
    id: 'OfferHandover',
    examples: [
      {
        of: 'step',
        aboutId: 'aaaaaaaaaaaaaaaaaaaaaaaaaa-aaaaaaaaaaaaaaaaaaaaaaaaaa',
        toUnit: 'SE0000000000-TST0302',
        needs: 'Vågen finns i badrummet. Utgångsvikt 61,2 kg.',
        homecomingAt: '2026-11-21T11:00:00+01:00',
        escalateTo: 'SE0000000000-TST0901',
      },
    ],
  });

export const correctHandoverBody = z
  .strictObject({
    needs: needs.nullable().optional(),
    given: given.nullable().optional(),
    answerBy: answerBy.optional(),
    escalateTo: escalateTo.optional(),
    approvedForPatient: approvedForPatient.optional(),
  })
  .meta({ id: 'CorrectHandover', examples: [{ given: 'Läkemedelslistan skickades med.' }] });

export const cancelHandoverBody = z
  .strictObject({ reason: reason.optional() })
  .meta({ id: 'CancelHandover', examples: [{ reason: 'Patienten stannar kvar.' }] });

export const acceptHandoverBody = z
  .strictObject({
    ...judgement,
    person: z
      .strictObject({ staff: hsaId.optional(), name: line(200) })
      .optional()
      .meta({ description: 'Vem hos den som tar över; behövs för en kontakt utan roll.' }),
    roleName: line(200).optional(),
  })
  .meta({ id: 'AcceptHandover', examples: [{ gotWhatWasNeeded: 'partly', missing: 'Utgångsvikten saknades.' }] });

export const returnHandoverBody = z
  .strictObject({ reason: reason.optional(), ...judgement })
  .meta({ id: 'ReturnHandover', examples: [{ reason: 'Patienten bor i en annan kommun.' }] });

export const forwardHandoverBody = z
  .strictObject({ toUnit: hsaId, reason: reason.optional() })
  .meta({ id: 'ForwardHandover', examples: [{ toUnit: 'SE0000000000-TST0302' }] });
