import { z } from 'zod';
import { instant, instantText, line, patientIdText, publicThingId, thingIdText } from '../../http/fields.ts';
import { changedBy, hsaIdText, ownedShape, presentOwned } from '../../http/owned-answer.ts';
import { publicPatientId as patientIdOf, publicId } from '../../shared/ids.ts';
import { HAND_OVER_WAYS, type Receiver } from '../domain/model.ts';
import type { SheetToday } from '../read-sheets.ts';

const receiverField = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('patient') }),
    z.strictObject({ kind: z.literal('relative'), relatedPersonId: publicThingId }),
    z.strictObject({ kind: z.literal('other'), name: line(200) }),
  ])
  .meta({
    description: 'Patienten, en registrerad närstående, eller någon annan med namn.',
    examples: [{ kind: 'patient' as const }],
  });

const at = instant.optional().meta({ description: 'När; nu om det utelämnas. Aldrig före utskriften.' });

export const handOverBody = z
  .strictObject({
    to: receiverField,
    way: z.enum(HAND_OVER_WAYS).default('in-person').meta({ description: 'I handen eller med brev.' }),
    copyTo: z.array(receiverField).max(10).default([]).meta({ description: 'Vilka som fick en kopia.' }),
    at,
  })
  .meta({
    examples: [{ to: { kind: 'patient' as const }, copyTo: [{ kind: 'other' as const, name: 'Britt Attrapp' }] }],
  });

export const readAloudBody = z
  .strictObject({ to: receiverField, at })
  .meta({ examples: [{ to: { kind: 'patient' as const } }] });

const receiver = z.object({
  kind: z.enum(['patient', 'relative', 'other']),
  relatedPersonId: thingIdText.optional(),
  name: z.string().optional(),
});
const passed = { at: instantText, by: changedBy, to: receiver };

export const sheetAnswer = z
  .object({
    ...ownedShape,
    patientId: patientIdText,
    number: z.int().meta({ description: 'Bladets nummer; löper per patient.' }),
    printedAt: instantText.meta({ description: 'När bladet skrevs ut, och tidpunkten för dess uppgifter.' }),
    agreements: z
      .array(z.object({ planId: thingIdText, version: z.int() }))
      .meta({ description: 'Överenskommelser som gällde då.' }),
    handedOver: z.array(z.object({ ...passed, way: z.enum(HAND_OVER_WAYS), copyTo: z.array(receiver) })),
    readAloud: z.array(z.object(passed)),
    isLatest: z.boolean(),
    isStale: z.boolean().meta({ description: 'En uppgift på bladet har ändrats: lämna ett nytt.' }),
    changes: z.array(z.string()).meta({ description: 'Vad som har ändrats, i klartext.' }),
    renewedBy: hsaIdText
      .optional()
      .meta({ description: 'Enheten som träffar patienten härnäst, och lämnar nytt blad.' }),
  })
  .meta({
    id: 'Sheet',
    description: 'En utskrift av patientens översikt, numrerad. Innehållet hämtas som sida.',
  });

export const sheetList = z.object({ items: z.array(sheetAnswer) }).meta({ id: 'SheetList' });

/** A sheet as `/v1` shows it, with how it stands today; its facts' prints are for ourselves. */
export function presentSheet({ sheet, standing }: SheetToday) {
  const { patientId, number, printedAt, agreements, handedOver, readAloud } = sheet;
  const to = (one: Receiver) =>
    one.kind === 'relative' ? { ...one, relatedPersonId: publicId(patientId, one.relatedPersonId) } : one;
  return {
    ...presentOwned(sheet),
    ...{ patientId: patientIdOf(patientId), number, printedAt },
    agreements: agreements.map(({ planId, version }) => ({ planId: publicId(patientId, planId), version })),
    handedOver: handedOver.map((one) => ({ ...one, to: to(one.to), copyTo: one.copyTo.map(to) })),
    readAloud: readAloud.map((one) => ({ ...one, to: to(one.to) })),
    ...standing,
  };
}
