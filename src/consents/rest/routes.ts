import type { FastifyReply } from 'fastify';
import type { Answered, Desk } from '../../access/index.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, bodyless, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { replyAssembled, strongTag } from '../../http/etag.ts';
import { createHeaders, readHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import type { Actor } from '../../shared/actor.ts';
import { publicId } from '../../shared/ids.ts';
import { type ConsentSettings, DEFAULT_CONSENT_SETTINGS } from '../domain/demands.ts';
import type { Consent } from '../domain/model.ts';
import {
  consentDates,
  consentGuardianUnknown,
  consentNeedsEnd,
  consentPlanUnknown,
  consentRecipientUnfit,
  consentRecipientUnknown,
  consentTooGeneral,
  consentTooLong,
} from '../problems.ts';
import { listConsents, readConsent } from '../read-consents.ts';
import { recordConsent } from '../record-consent.ts';
import { consentAnswer, consentsAnswer } from './answers.ts';
import { presentConsent } from './present.ts';
import { consentBody, consentPath, patientPath } from './requests.ts';

/** What the door of consents works with. */
export interface ConsentsDeps {
  readonly desk: Desk;
  readonly consentSettings?: ConsentSettings;
}

const TAGS = ['Samtycken'];
const USUAL = [400, 401, 403, 404, 413, 415, 422] as const;
const CHANGED = { ETag: REPLY_HEADERS.etag, 'Idempotency-Replayed': REPLY_HEADERS.replayed };
const WITH_PATIENT: readonly Actor['kind'][] = ['staff', 'citizen'];

function access(action: string, actors: readonly Actor['kind'][]) {
  return { access: { actions: [action], actors } };
}

/** Consents over REST: recorded by staff, seen by the patient too. Withdrawing one is with the plans, which it changes. */
export async function registerConsents(door: Server, deps: ConsentsDeps): Promise<void> {
  registerRecord(door, deps);
  registerList(door, deps);
  registerRead(door, deps);
}

function registerRecord(door: Server, deps: ConsentsDeps): void {
  const schema = {
    tags: TAGS,
    operationId: 'recordConsent',
    summary: 'Registrera ett samtycke',
    description:
      'Vad personen svarade: lämnat eller nekat, till en mottagare, för vissa uppgifter, ett ändamål och en tid som alltid har ett slut.',
    headers: createHeaders,
    params: patientPath,
    body: consentBody,
    response: {
      201: answer(consentAnswer, 'Samtycket.', { headers: { ...CHANGED, Location: REPLY_HEADERS.location } }),
      ...problems(
        ...USUAL,
        consentNeedsEnd,
        consentDates,
        consentTooLong,
        consentTooGeneral,
        consentRecipientUnknown,
        consentRecipientUnfit,
        consentPlanUnknown,
        consentGuardianUnknown,
      ),
    },
  };
  const settings = deps.consentSettings ?? DEFAULT_CONSENT_SETTINGS;
  const config = access('consent.record', ['staff']);
  door.post('/patients/:patientId/consents', { config, schema }, async (request, reply) => {
    const { planId: plan, ...given } = request.body;
    const { patientId } = request.params;
    const sent = { idempotency: request.idempotency };
    const made = await recordConsent(deps.desk, askingOf(request), patientId, { ...given, plan }, settings, sent);
    reply.header('location', `${door.prefix}/consents/${publicId(made.answer.patientId, made.answer.id)}`);
    return replyConsent(reply, deps, made);
  });
}

function registerList(door: Server, deps: ConsentsDeps): void {
  const schema = {
    tags: TAGS,
    operationId: 'listConsents',
    summary: 'Lista en persons samtycken',
    description: 'Även nekade, återkallade och utgångna. För personal, och för personen själv.',
    headers: readHeaders,
    params: patientPath,
    response: {
      200: answer(consentsAnswer, 'Samtyckena.', { headers: { ETag: REPLY_HEADERS.weakEtag } }),
      304: bodyless('Oförändrat sedan svaret vars märke skickades i If-None-Match.'),
      ...problems(400, 401, 403, 404),
    },
  };
  const config = access('consent.read', WITH_PATIENT);
  door.get('/patients/:patientId/consents', { config, schema }, async (request, reply) => {
    const consents = await listConsents(deps.desk, askingOf(request), request.params.patientId);
    return replyAssembled(request, reply, {
      items: consents.map((consent) => presentConsent(consent, deps.desk.clock.now())),
    });
  });
}

function registerRead(door: Server, deps: ConsentsDeps): void {
  const schema = {
    tags: TAGS,
    operationId: 'readConsent',
    summary: 'Läs ett samtycke',
    description: 'Med vem som tog det, och om det gäller nu.',
    params: consentPath,
    response: {
      200: answer(consentAnswer, 'Samtycket.', { headers: { ETag: CHANGED.ETag } }),
      ...problems(400, 401, 403, 404),
    },
  };
  const config = access('consent.read', WITH_PATIENT);
  door.get('/consents/:consentId', { config, schema }, async (request, reply) => {
    const consent = await readConsent(deps.desk, askingOf(request), request.params.consentId);
    reply.header('etag', strongTag(consent.revision));
    return presentConsent(consent, deps.desk.clock.now());
  });
}

function replyConsent(reply: FastifyReply, deps: ConsentsDeps, made: Answered<Consent>) {
  if (made.replayed) reply.header('idempotency-replayed', 'true');
  reply.header('etag', strongTag(made.answer.revision)).code(made.status);
  return presentConsent(made.answer, deps.desk.clock.now());
}
