import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Answered } from '../../access/index.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, bodyless, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { replyAssembled, strongTag } from '../../http/etag.ts';
import {
  hsaId,
  instantText,
  line,
  patientIdText,
  publicPatientId,
  publicThingId,
  revision,
  text,
} from '../../http/fields.ts';
import { changeHeaders, readHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import { PROTECTED_GRADES } from '../../patients/index.ts';
import { publicPatientId as patientIdOf } from '../../shared/ids.ts';
import { listAccess } from '../domain/direct-access.ts';
import {
  accessNamesOne,
  alreadyEnded,
  notProtected,
  periodDates,
  protectionAsItIs,
  relatedPersonUnknown,
} from '../problems.ts';
import { liftProtection, type PersonProtection, protectPerson, readProtection } from '../protect-person.ts';
import { ANSWERS } from './answers.ts';
import { closing } from './closing.ts';
import { type KindDoor, registerAct, registerNew, registerReads, type SharingDeps, STAFF, sentChange } from './door.ts';
import { presentSharing } from './present.ts';
import { endBody, legalBasis, period, why } from './requests.ts';

const TAG = 'Skyddade personuppgifter';
const USUAL = [400, 401, 403, 404, 413, 415, 422] as const;
const CHANGED = { ETag: REPLY_HEADERS.etag, 'Idempotency-Replayed': REPLY_HEADERS.replayed };
const URL = '/patients/:patientId/protection';

const ACCESS: KindDoor<'protected-access'> = {
  kind: 'protected-access',
  tag: TAG,
  collection: 'protected-access',
  param: 'protectedAccessId',
  noun: 'ProtectedAccess',
  read: { action: 'protection.read', actors: STAFF, targetOf: () => ({}) },
  words: {
    list: 'Lista vilka som får veta att personen finns',
    one: 'Läs en rad i listan',
    description: 'För den som själv står på listan och administrerar planer. För alla andra finns personen inte.',
  },
};

const grade = z.enum(PROTECTED_GRADES).meta({
  description:
    '`confidentiality-mark` sekretessmarkering; `protected-registration` skyddad folkbokföring. Fingerade personuppgifter lämnar inget spår och anges aldrig.',
});

const protectBody = z
  .strictObject({
    grade,
    staff: z
      .array(z.strictObject({ staff: hsaId, unit: hsaId.optional() }))
      .max(50)
      .default([])
      .meta({ description: 'Vilka i personalen som får veta att personen finns, utöver den som registrerar.' }),
    why: why('Skälet, i klartext.').optional(),
  })
  .meta({ examples: [{ grade: 'confidentiality-mark', staff: [{ staff: 'SE0000000000-TSTP003' }] }] });

const accessBody = z
  .strictObject({
    staff: hsaId.optional().meta({ description: 'En person i personalen.' }),
    unit: hsaId.optional().meta({ description: 'Bara i uppdrag vid den här enheten.' }),
    clientId: line(200).optional().meta({ description: 'Ett system.' }),
    relatedPersonId: publicThingId
      .optional()
      .meta({ description: 'En närstående eller företrädare, efter prövning: annars är länken bruten.' }),
    reason: text(1000).optional().meta({ description: 'Varför den behöver veta.' }),
    ...period,
    legalBasis,
  })
  .meta({ examples: [{ staff: 'SE0000000000-TSTP007', reason: 'Fast vårdkontakt' }] });

const protectionAnswer = z
  .object({
    patientId: patientIdText,
    revision,
    grade: z.enum(['none', 'lifted', ...PROTECTED_GRADES]),
    since: instantText.optional(),
    access: z.array(ANSWERS['protected-access']),
  })
  .meta({
    id: 'Protection',
    description: 'Skyddade personuppgifter: grad, och vilka som får veta att personen finns.',
  });

/** Protected identity: its grade, and the explicit list of who may know that the person exists. */
export function registerProtectionRoutes(door: Server, deps: SharingDeps): void {
  registerRead(door, deps);
  registerSet(door, deps);
  registerList(door, deps);
}

function registerRead(door: Server, { desk }: SharingDeps): void {
  door.route({
    method: 'GET',
    url: URL,
    config: { access: { actions: ['protection.read'], actors: STAFF } },
    schema: {
      tags: [TAG],
      operationId: 'readProtection',
      summary: 'Läs en persons skydd',
      description: ACCESS.words.description,
      headers: readHeaders,
      params: z.strictObject({ patientId: publicPatientId }),
      response: {
        200: answer(protectionAnswer, 'Skyddet.', { headers: { ETag: REPLY_HEADERS.weakEtag } }),
        304: bodyless('Oförändrat sedan svaret vars märke skickades i If-None-Match.'),
        ...problems(400, 401, 403, 404),
      },
    },
    handler: async (request, reply) => {
      const found = await readProtection(desk, askingOf(request), request.params.patientId);
      return replyAssembled(request, reply, present(found, desk.clock.now()));
    },
  });
}

function registerSet(door: Server, { desk }: SharingDeps): void {
  const config = { access: { actions: ['protection.set'], actors: STAFF } };
  const shared = { tags: [TAG], headers: changeHeaders, params: z.strictObject({ patientId: publicPatientId }) };
  const ok = { 200: answer(protectionAnswer, 'Skyddet.', { headers: CHANGED }) };
  door.route({
    method: 'POST',
    url: URL,
    config,
    schema: {
      ...shared,
      operationId: 'protectPerson',
      summary: 'Registrera skyddade personuppgifter',
      description:
        'Gäller genast: för den som inte står på listan finns personen inte, i något svar, någon sökning, lista eller räkning. Den som registrerar hamnar på listan. If-Match med personens revision.',
      body: protectBody,
      response: { ...ok, ...problems(...USUAL, 412, 428, protectionAsItIs) },
    },
    handler: async (request, reply) => {
      const { patientId } = request.params;
      const made = await protectPerson(desk, askingOf(request), patientId, request.body, sentChange(request));
      return replyProtection(reply, made, desk.clock.now());
    },
  });
  door.route({
    method: 'POST',
    url: `${URL}/lift`,
    config,
    schema: {
      ...shared,
      operationId: 'liftProtection',
      summary: 'Ta bort skyddade personuppgifter',
      description: 'Det som skrevs under skyddet visas även därefter bara för dem som stod på listan.',
      body: z
        .strictObject({ why: why('Skälet, i klartext.') })
        .meta({ examples: [{ why: 'Beslut från Skatteverket.' }] }),
      response: { ...ok, ...problems(...USUAL, 412, 428, notProtected) },
    },
    handler: async (request, reply) => {
      const { patientId } = request.params;
      const made = await liftProtection(desk, askingOf(request), patientId, request.body.why, sentChange(request));
      return replyProtection(reply, made, desk.clock.now());
    },
  });
}

function registerList(door: Server, deps: SharingDeps): void {
  registerReads(door, deps, ACCESS);
  registerNew(door, deps, ACCESS, {
    operationId: 'grantProtectedAccess',
    summary: 'Sätt upp någon på listan',
    description: 'Namngiven personal, ett system, eller en närstående efter prövning. Aldrig en hel enhet.',
    action: 'protection.grant-access',
    actors: STAFF,
    body: accessBody,
    refuses: [accessNamesOne, relatedPersonUnknown, periodDates],
    act: ({ relatedPersonId, ...body }) => ({
      legalBasis: body.legalBasis,
      rule: ({ act, patientId, record }) => {
        const given = { ...body, ...(relatedPersonId ? { relatedPersonId: relatedPersonId.id } : {}) };
        return [{ kind: 'protected-access', after: listAccess(act, patientId, given, record.related) }];
      },
    }),
  });
  registerAct(door, deps, ACCESS, 'revoke', {
    operationId: 'revokeProtectedAccess',
    summary: 'Ta bort någon från listan',
    description: 'Gäller genast.',
    action: 'protection.revoke-access',
    actors: STAFF,
    body: endBody,
    refuses: [alreadyEnded],
    act: (body) => ({
      rule: closing('protected-access', body),
    }),
  });
}

function replyProtection(reply: FastifyReply, made: Answered<PersonProtection>, now: number) {
  if (made.replayed) reply.header('idempotency-replayed', 'true');
  reply.header('etag', strongTag(made.answer.patient.revision)).code(made.status);
  return present(made.answer, now) as never;
}

function present({ patient, access }: PersonProtection, now: number) {
  return {
    patientId: patientIdOf(patient.patientId),
    revision: patient.revision,
    grade: patient.protectedIdentity ?? ('none' as const),
    since: patient.protectedWhile?.at(-1)?.from,
    access: access.map((entry) => presentSharing(entry, now)),
  };
}
