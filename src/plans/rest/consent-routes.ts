import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Answered } from '../../access/index.ts';
import {
  type Consent,
  consentAnswer,
  consentGuardianUnknown,
  consentNotByGuardians,
  consentNotGiven,
  consentPath,
  guardianAnswerBody,
  presentConsent,
  withdrawBody,
} from '../../consents/index.ts';
import type { Deps } from '../../deps.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, bodyless, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { replyAssembled, requireIfMatch, strongTag } from '../../http/etag.ts';
import { instantText, thingIdText } from '../../http/fields.ts';
import { hsaIdText } from '../../http/owned-answer.ts';
import { changeHeaders, readHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import { publicId } from '../../shared/ids.ts';
import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import { recordGuardianAnswer, withdrawConsent } from '../change-consent.ts';
import { type EffectOfConsent, type EffectOnPlan, previewWithdrawal } from '../preview-withdrawal.ts';

const TAGS = ['Samtycken'];
const USUAL = [400, 401, 403, 404, 413, 415, 422] as const;
const CHANGED = { ETag: REPLY_HEADERS.etag, 'Idempotency-Replayed': REPLY_HEADERS.replayed };
const ONE = '/consents/:consentId';

const shown = z.enum(['whole', 'limited', 'outline', 'nothing']);
const named = z.object({ hsaId: hsaIdText, name: z.string().optional() });

const effectAnswer = z
  .object({
    consentId: thingIdText,
    at: instantText,
    plans: z
      .array(
        z.object({
          planId: thingIdText,
          losses: z
            .array(z.object({ unit: named, owner: named, before: shown, after: shown, count: z.int() }))
            .meta({ description: 'Vilken enhet som slutar se hur mycket av vems uppgifter.' }),
          becomes: z
            .enum(['stands', 'on-hold'])
            .optional()
            .meta({ description: 'För en aktiv SIP: om den består eller vilar.' }),
          explainBy: instantText
            .optional()
            .meta({ description: 'När den fasta vårdkontakten senast förklarar vad det betyder.' }),
        }),
      )
      .meta({ description: 'Planer som påverkas; tom när inget ändras.' }),
    words: z.array(z.string()).meta({ description: 'Samma sak i meningar, klara att visa.' }),
  })
  .meta({ id: 'WithdrawalEffect', description: 'Vad som skulle hända om samtycket återkallades. Inget ändras.' });

/** What a withdrawal would do, withdrawing, and a guardian's answer: each can make a SIP rest. */
export function registerConsentRoutes(door: Server, deps: Deps): void {
  registerEffect(door, deps);
  registerWithdraw(door, deps);
  registerGuardianAnswer(door, deps);
}

function registerEffect(door: Server, { desk }: Deps): void {
  door.route({
    method: 'GET',
    url: `${ONE}/effect`,
    config: { access: { actions: ['consent.effect'], actors: ['staff', 'citizen'] } },
    schema: {
      tags: TAGS,
      operationId: 'previewWithdrawal',
      summary: 'Vad händer om samtycket återkallas?',
      description:
        'Vem som slutar se vad, och vad en aktiv SIP blir. Egna steg, redan utlämnade kopior och det var och en själv har skrivit finns kvar.',
      headers: readHeaders,
      params: consentPath,
      response: {
        200: answer(effectAnswer, 'Följden.', { headers: { ETag: REPLY_HEADERS.weakEtag } }),
        304: bodyless('Oförändrat sedan svaret vars märke skickades i If-None-Match.'),
        ...problems(400, 401, 403, 404),
      },
    },
    handler: async (request, reply) => {
      const effect = await previewWithdrawal(desk, askingOf(request), request.params.consentId);
      return replyAssembled(request, reply, presentEffect(effect, desk.clock.now()));
    },
  });
}

function registerWithdraw(door: Server, { desk }: Deps): void {
  door.route({
    method: 'POST',
    url: `${ONE}/withdraw`,
    config: { access: { actions: ['consent.withdraw'], actors: ['staff', 'citizen'] } },
    schema: {
      tags: TAGS,
      operationId: 'withdrawConsent',
      summary: 'Återkalla ett samtycke',
      description:
        'Gäller genast. Av personen själv, eller av personal på personens begäran. En aktiv SIP som samtycket inte längre räcker till vilar från samma ögonblick, och patienten får en förklaring senast klockan 12 nästa vardag. Ett nytt samtycke är ett nytt beslut; ett återkallat kan inte bli lämnat igen.',
      headers: changeHeaders,
      params: consentPath,
      body: withdrawBody,
      response: {
        200: answer(consentAnswer, 'Samtycket, nu återkallat.', { headers: CHANGED }),
        ...problems(...USUAL, 412, 428, consentNotGiven),
      },
    },
    handler: async (request, reply) => {
      const sent = { expectedRevision: requireIfMatch(request), idempotency: request.idempotency };
      const { reason } = request.body;
      const made = await withdrawConsent(desk, askingOf(request), request.params.consentId, reason, sent);
      return replyConsent(reply, made, desk.clock.now());
    },
  });
}

function registerGuardianAnswer(door: Server, { desk }: Deps): void {
  door.route({
    method: 'POST',
    url: `${ONE}/guardian-answers`,
    config: { access: { actions: ['consent.record'], actors: ['staff'] } },
    schema: {
      tags: TAGS,
      operationId: 'recordGuardianAnswer',
      summary: 'Registrera en vårdnadshavares svar',
      description:
        'Den ena vårdnadshavaren kan inte antas tala för den andra (FB 6:13): samtycket gäller när alla har sagt ja, och upphör när en säger nej.',
      headers: changeHeaders,
      params: consentPath,
      body: guardianAnswerBody,
      response: {
        200: answer(consentAnswer, 'Samtycket.', { headers: CHANGED }),
        ...problems(...USUAL, 412, 428, consentNotGiven, consentNotByGuardians, consentGuardianUnknown),
      },
    },
    handler: async (request, reply) => {
      const sent = { expectedRevision: requireIfMatch(request), idempotency: request.idempotency };
      const made = await recordGuardianAnswer(desk, askingOf(request), request.params.consentId, request.body, sent);
      return replyConsent(reply, made, desk.clock.now());
    },
  });
}

function replyConsent(reply: FastifyReply, made: Answered<Consent>, now: number) {
  if (made.replayed) reply.header('idempotency-replayed', 'true');
  reply.header('etag', strongTag(made.answer.revision)).code(made.status as 200);
  return presentConsent(made.answer, now);
}

function presentEffect({ consent, plans, units }: EffectOfConsent, now: number) {
  const nameOf = (hsaId: string) => ({ hsaId, name: units.get(hsaId)?.name });
  return {
    consentId: publicId(consent.patientId, consent.id),
    at: toRfc3339Utc(now),
    plans: plans.map(({ planId, losses, sip }) => ({
      planId: publicId(consent.patientId, planId),
      losses: losses.map(({ unit, owner, ...loss }) => ({ unit: nameOf(unit), owner: nameOf(owner), ...loss })),
      becomes: sip?.becomes,
      explainBy: sip?.becomes === 'on-hold' ? sip.explainBy : undefined,
    })),
    words: inWords(plans, (hsaId) => units.get(hsaId)?.name ?? hsaId),
  };
}

function inWords(plans: readonly EffectOnPlan[], nameOf: (hsaId: string) => string): string[] {
  if (plans.length === 0) return ['Ingen slutar se något, och ingen plan ändras.'];
  const pairs = new Map<string, { readonly unit: string; readonly owner: string; readonly isAll: boolean }>();
  for (const { unit, owner, after } of plans.flatMap(({ losses }) => losses)) {
    const known = pairs.get(`${unit} ${owner}`);
    pairs.set(`${unit} ${owner}`, { unit, owner, isAll: after === 'nothing' && known?.isAll !== false });
  }
  const lost = [...pairs.values()].map(({ unit, owner, isAll }) =>
    isAll
      ? `${nameOf(unit)} ser inte längre det som ${nameOf(owner)} har skrivit.`
      : `${nameOf(unit)} ser mindre av det som ${nameOf(owner)} har skrivit.`,
  );
  const rests = plans.some(({ sip }) => sip?.becomes === 'on-hold');
  return [
    ...lost,
    ...(rests ? ['Den samordnade planen vilar. Din fasta vårdkontakt förklarar vad det betyder för dig.'] : []),
    'Var och en behåller sina egna steg och kan fortsätta med dem enligt sitt eget beslut.',
    'Det som är skrivet raderas inte, för den som har skrivit måste bevara det. Kopior och blad som redan har lämnats ut finns kvar hos den som har fått dem.',
  ];
}
