import { z } from 'zod';
import { lawRefusal } from '../../access/index.ts';
import { text } from '../../http/fields.ts';
import type { Server } from '../../http/server.ts';
import { answerExport, askForExport, exportedBy } from '../domain/exports.ts';
import { EXPORT_REASONS } from '../domain/model.ts';
import { exportAlreadyAnswered, exportLapsed, notEverProtected } from '../problems.ts';
import { type KindDoor, registerAct, registerNew, registerReads, type SharingDeps, STAFF } from './door.ts';
import { legalBasis, why } from './requests.ts';

const EXPORT: KindDoor<'export-request'> = {
  kind: 'export-request',
  tag: 'Skyddade personuppgifter',
  collection: 'export-requests',
  param: 'exportRequestId',
  noun: 'ExportRequest',
  read: { action: 'export.read', actors: STAFF },
  words: {
    list: 'Lista begäranden om utdrag',
    one: 'Läs en begäran om utdrag',
    description:
      'Den egna vård- eller omsorgsgivarens, för den som står på personens lista och administrerar planer: vem som begärde, varför, och vem som svarade.',
  },
};

const askBody = z
  .strictObject({
    reason: z.enum(EXPORT_REASONS).meta({
      description:
        '`data-subject-access` registerutdrag (dataskyddsförordningen artikel 15); `copy-of-record` kopia till personen (PDL 8:2); `supervision` tillsyn; `duty-to-inform` uppgiftsskyldighet mot domstol eller myndighet (OSL 10:28); `change-of-system` byte av system.',
    }),
    purpose: text(1000).meta({ description: 'Vad utdraget ska användas till och vem som får det, i klartext.' }),
    legalBasis,
  })
  .meta({ examples: [{ reason: 'data-subject-access', purpose: 'Begärt av personen själv, lämnas över vid besök.' }] });

const answerBody = z
  .strictObject({
    answer: z.enum(['approve', 'refuse']),
    why: why('Skälet, i klartext.').optional(),
  })
  .meta({ examples: [{ answer: 'approve' }] });

/** What leaves about a protected person is asked for by one and approved by another. Taking it out is with the plans. */
export function registerExportRoutes(door: Server, deps: SharingDeps): void {
  registerReads(door, deps, EXPORT);
  registerNew(door, deps, EXPORT, {
    operationId: 'askForExport',
    summary: 'Begär ett utdrag om en person med skyddade uppgifter',
    description:
      'Om den som har eller har haft skyddade personuppgifter lämnar inget utdrag tjänsten på en persons ord. En annan som står på listan och administrerar planer hos samma vård- eller omsorgsgivare svarar inom tre dygn; annars förfaller begäran.',
    action: 'export.ask',
    actors: STAFF,
    body: askBody,
    refuses: [notEverProtected],
    act: (body) => ({
      legalBasis: body.legalBasis,
      target: ({ facts }) => ({ unit: facts.actorUnit?.hsaId }),
      rule: ({ act, patientId, record }) => [
        { kind: 'export-request', after: askForExport(act, patientId, body, record.facts.patient?.protection) },
      ],
    }),
  });
  registerAct(door, deps, EXPORT, 'answer', {
    operationId: 'answerExportRequest',
    summary: 'Godkänn eller avslå en begäran om utdrag',
    description:
      'Aldrig den som begärde, vilket uppdrag den än är inloggad med. Den som begärde kan därefter ta ut utdraget, och lämna ut åtkomstloggen, under ett dygn.',
    action: 'export.answer',
    actors: STAFF,
    body: answerBody,
    refuses: [exportAlreadyAnswered, exportLapsed, lawRefusal('second-person-needed')],
    act: (body) => ({
      target: (_record, thing) =>
        thing && {
          unit: thing.recordedBy.unit,
          provider: thing.recordedBy.provider,
          exporting: exportedBy(thing),
        },
      rule: ({ act, thing }) => [{ kind: 'export-request', before: thing!, after: answerExport(act, thing!, body) }],
    }),
  });
}
