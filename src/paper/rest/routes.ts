import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Action, Answered } from '../../access/index.ts';
import type { Deps } from '../../deps.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, bodyless, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { replyAssembled, strongTag } from '../../http/etag.ts';
import { publicPatientId, publicThingId } from '../../http/fields.ts';
import { createHeaders, readHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import type { StaffActor } from '../../shared/actor.ts';
import { type PatientId, publicId, type ThingId, type ThingRef } from '../../shared/ids.ts';
import type { ProblemFactory } from '../../shared/problem.ts';
import type { HandedOver, Receiver, Sheet } from '../domain/model.ts';
import type { Passed } from '../domain/sheets.ts';
import { printSheet, recordHandOver, recordReadAloud } from '../print-sheet.ts';
import { nothingToPrint, receiverUnknown, sheetTimeNotPossible } from '../problems.ts';
import { listSheets, readSheet } from '../read-sheets.ts';
import { handOverBody, presentSheet, readAloudBody, sheetAnswer, sheetList } from './answers.ts';

export const TAGS = ['Papper'];
const USUAL = [400, 401, 403, 404, 413, 415, 422] as const;
const CHANGED = { ETag: REPLY_HEADERS.etag, 'Idempotency-Replayed': REPLY_HEADERS.replayed };
export const READ = { access: { actions: ['sheet.read'] as Action[], actors: ['staff', 'citizen'] as const } };
const patientPath = z.strictObject({ patientId: publicPatientId });
export const sheetPath = z.strictObject({ sheetId: publicThingId });

/** Prints of the overview: printed and handed over by staff, seen by them and by the patient. */
export function registerSheetRoutes(door: Server, deps: Deps): void {
  registerPrint(door, deps);
  registerRecords(door, deps);
  registerReads(door, deps);
}

function registerPrint(door: Server, { desk }: Deps): void {
  door.route({
    method: 'POST',
    url: '/patients/:patientId/sheets',
    config: { access: { actions: ['sheet.print'], actors: ['staff'] } },
    schema: {
      tags: TAGS,
      operationId: 'printSheet',
      summary: 'Skriv ut ett blad',
      description:
        'Patientens översikt på en A4-sida, med nästa nummer. Det visar det som är godkänt för patienten och som den egna enheten får se; loggen säger att det skrevs ut. Hämta sidan som HTML eller PDF.',
      headers: createHeaders,
      params: patientPath,
      response: {
        201: answer(sheetAnswer, 'Bladet.', { headers: { ...CHANGED, Location: REPLY_HEADERS.location } }),
        ...problems(400, 401, 403, 404, 422, nothingToPrint),
      },
    },
    handler: async (request, reply) => {
      const { patientId } = request.params as { patientId: PatientId };
      const asking = { ...askingOf(request), actor: request.actor as StaffActor };
      const made = await printSheet(desk, asking, patientId, { idempotency: request.idempotency });
      return replySheet(reply, door.prefix, made);
    },
  });
}

interface RecordRoute<B extends z.ZodType> {
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly body: B;
  readonly refuses: readonly ProblemFactory[];
}

function registerRecords(door: Server, { desk }: Deps): void {
  const refuses = [receiverUnknown, sheetTimeNotPossible];
  registerRecord(
    door,
    {
      path: 'handovers',
      operationId: 'handOverSheet',
      summary: 'Registrera att ett blad lämnats',
      description: 'Till vem, hur, när, och vem som fick en kopia.',
      ...{ body: handOverBody, refuses },
    },
    (asking, ref, body, sent) => {
      const { to, copyTo, way, at } = body;
      const given = { to: ownReceiver(to), copyTo: copyTo.map(ownReceiver), way, ...(at ? { at } : {}) };
      return recordHandOver(desk, asking, ref, given as Passed & Pick<HandedOver, 'way' | 'copyTo'>, sent);
    },
  );
  registerRecord(
    door,
    {
      path: 'readings',
      operationId: 'readSheetAloud',
      summary: 'Registrera att ett blad lästs upp',
      description: 'Per telefon: för vem och när.',
      ...{ body: readAloudBody, refuses },
    },
    (asking, ref, { to, at }, sent) =>
      recordReadAloud(desk, asking, ref, { to: ownReceiver(to), ...(at ? { at } : {}) }, sent),
  );
}

type AtWork = ReturnType<typeof askingOf> & { readonly actor: StaffActor };

function registerRecord<B extends z.ZodType>(
  door: Server,
  { path, body, refuses, ...words }: RecordRoute<B>,
  record: (asking: AtWork, ref: ThingRef, body: z.output<B>, sent: object) => Promise<Answered<Sheet>>,
): void {
  door.route({
    method: 'POST',
    url: `/sheets/:sheetId/${path}`,
    config: { access: { actions: ['sheet.record'], actors: ['staff'] } },
    schema: {
      tags: TAGS,
      ...words,
      headers: createHeaders,
      params: sheetPath,
      body,
      response: { 201: answer(sheetAnswer, 'Bladet.', { headers: CHANGED }), ...problems(...USUAL, ...refuses) },
    },
    handler: async (request, reply) => {
      const { sheetId } = request.params as { sheetId: ThingRef };
      const asking = { ...askingOf(request), actor: request.actor as StaffActor };
      const sent = { idempotency: request.idempotency };
      return replySheet(reply, door.prefix, await record(asking, sheetId, request.body as z.output<B>, sent));
    },
  });
}

type Asked = { readonly kind: string; readonly relatedPersonId?: ThingRef; readonly name?: string };

/** A receiver as the domain knows it; the relative's key within the patient, where the rule finds it or not. */
function ownReceiver(asked: Asked): Receiver {
  if (asked.kind !== 'relative') return asked as Receiver;
  return { kind: 'relative', relatedPersonId: asked.relatedPersonId!.id as ThingId };
}

/** What was just printed or recorded is the latest there is, and true. */
function replySheet(reply: FastifyReply, prefix: string, { answer: sheet, status, replayed }: Answered<Sheet>): never {
  if (replayed) reply.header('idempotency-replayed', 'true');
  reply.header('location', `${prefix}/sheets/${publicId(sheet.patientId, sheet.id)}`);
  reply.header('etag', strongTag(sheet.revision)).code(status);
  return presentSheet({ sheet, standing: { isLatest: true, isStale: false, changes: [] } }) as never;
}

function registerReads(door: Server, { desk }: Deps): void {
  door.route({
    method: 'GET',
    url: '/patients/:patientId/sheets',
    config: READ,
    schema: {
      tags: TAGS,
      operationId: 'listSheets',
      summary: 'Lista blad',
      description: 'Det senaste först, med om det fortfarande stämmer och vem som ska lämna ett nytt.',
      headers: readHeaders,
      params: patientPath,
      response: {
        200: answer(sheetList, 'Bladen.', { headers: { ETag: REPLY_HEADERS.weakEtag } }),
        304: bodyless('Oförändrat sedan svaret vars märke skickades i If-None-Match.'),
        ...problems(400, 401, 403, 404),
      },
    },
    handler: async (request, reply) => {
      const { patientId } = request.params as { patientId: PatientId };
      const all = await listSheets(desk, askingOf(request), patientId);
      return replyAssembled(request, reply, { items: all.map(presentSheet) });
    },
  });
  door.route({
    method: 'GET',
    url: '/sheets/:sheetId',
    config: READ,
    schema: {
      tags: TAGS,
      operationId: 'readSheet',
      summary: 'Läs om ett blad',
      description: 'När det skrevs ut, vem som fick det, och om det fortfarande stämmer.',
      headers: readHeaders,
      params: sheetPath,
      response: {
        200: answer(sheetAnswer, 'Bladet.', { headers: { ETag: REPLY_HEADERS.weakEtag } }),
        304: bodyless('Oförändrat sedan svaret vars märke skickades i If-None-Match.'),
        ...problems(400, 401, 403, 404),
      },
    },
    handler: async (request, reply) => {
      const { sheetId } = request.params as { sheetId: ThingRef };
      return replyAssembled(request, reply, presentSheet(await readSheet(desk, askingOf(request), sheetId)));
    },
  });
}
