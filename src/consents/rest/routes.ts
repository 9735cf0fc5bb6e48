import type { FastifyReply } from 'fastify';
import type { Answered, Desk } from '../../access/index.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, bodyless, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { replyAssembled, requireIfMatch, strongTag } from '../../http/etag.ts';
import { presentOwned } from '../../http/owned-answer.ts';
import { changeHeaders, createHeaders, readHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import type { Actor } from '../../shared/actor.ts';
import { publicId, publicPatientId } from '../../shared/ids.ts';
import { consentState } from '../domain/consent.ts';
import { type ConsentSettings, DEFAULT_CONSENT_SETTINGS } from '../domain/demands.ts';
import type { Consent } from '../domain/model.ts';
import {
  consentDates,
  consentGuardianUnknown,
  consentNeedsEnd,
  consentNotGiven,
  consentPlanUnknown,
  consentRecipientUnfit,
  consentRecipientUnknown,
  consentTooGeneral,
  consentTooLong,
} from '../problems.ts';
import { listConsents, readConsent } from '../read-consents.ts';
import { recordConsent } from '../record-consent.ts';
import { withdrawConsent } from '../withdraw-consent.ts';
import { consentAnswer, consentsAnswer } from './answers.ts';
import { consentBody, consentPath, patientPath, withdrawBody } from './requests.ts';

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

/** Consents over REST: recorded by staff, seen and withdrawn by the patient too. */
export async function registerConsents(door: Server, deps: ConsentsDeps): Promise<void> {
  registerRecord(door, deps);
  registerList(door, deps);
  registerRead(door, deps);
  registerWithdraw(door, deps);
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
    return replyAssembled(request, reply, { items: consents.map((consent) => presentConsent(consent, deps)) });
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
    return presentConsent(consent, deps);
  });
}

function registerWithdraw(door: Server, deps: ConsentsDeps): void {
  const schema = {
    tags: TAGS,
    operationId: 'withdrawConsent',
    summary: 'Återkalla ett samtycke',
    description:
      'Gäller genast. Av personen själv, eller av personal på personens begäran. Ett nytt samtycke är ett nytt beslut; ett återkallat kan inte bli lämnat igen.',
    headers: changeHeaders,
    params: consentPath,
    body: withdrawBody,
    response: {
      200: answer(consentAnswer, 'Samtycket, nu återkallat.', { headers: CHANGED }),
      ...problems(...USUAL, 412, 428, consentNotGiven),
    },
  };
  const config = access('consent.withdraw', WITH_PATIENT);
  door.post('/consents/:consentId/withdraw', { config, schema }, async (request, reply) => {
    const { consentId } = request.params;
    const sent = { expectedRevision: requireIfMatch(request), idempotency: request.idempotency };
    const made = await withdrawConsent(deps.desk, askingOf(request), consentId, request.body.reason, sent);
    return replyConsent(reply, deps, made);
  });
}

function replyConsent(reply: FastifyReply, deps: ConsentsDeps, made: Answered<Consent>) {
  if (made.replayed) reply.header('idempotency-replayed', 'true');
  reply.header('etag', strongTag(made.answer.revision)).code(made.status);
  return presentConsent(made.answer, deps);
}

/** A consent as `/v1` shows it, with the state that it has now. */
function presentConsent(consent: Consent, { desk }: ConsentsDeps) {
  const { patientId, type, form, data, recipient, purpose, from, until, takenBy, planId, withdrawnAt, reason } =
    consent;
  const { kinds, guardianAnswers } = consent;
  return {
    ...presentOwned(consent),
    patientId: publicPatientId(patientId),
    type,
    state: consentState(consent, desk.clock.now()),
    form,
    data,
    recipient,
    purpose,
    from,
    until,
    takenBy,
    planId: planId && publicId(patientId, planId),
    kinds,
    guardianAnswers: guardianAnswers?.map((one) => ({
      ...one,
      relatedPersonId: publicId(patientId, one.relatedPersonId),
    })),
    withdrawnAt,
    reason,
  };
}
