import { z } from 'zod';
import { DISCLOSURE_GROUNDS, lawRefusal } from '../../access/index.ts';
import { recipientField } from '../../consents/index.ts';
import type { Deps } from '../../deps.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, bodyless, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { replyAssembled, strongTag } from '../../http/etag.ts';
import { instantText, patientIdText, publicPatientId, publicThingId, text, thingIdText } from '../../http/fields.ts';
import { hsaIdText, ownedShape, presentOwned } from '../../http/owned-answer.ts';
import { createHeaders, readHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import type { StaffActor } from '../../shared/actor.ts';
import { publicPatientId as patientIdOf, publicId, type ThingId } from '../../shared/ids.ts';
import { LEGAL_BASES } from '../../shared/owned.ts';
import type { Disclosure } from '../domain/disclosure.ts';
import type { Contribution, ContributionKind } from '../domain/model.ts';
import { makeDisclosure } from '../make-disclosure.ts';
import { disclosureNotOwn, disclosureOfNothing, disclosureReceiverUnknown, unknownReference } from '../problems.ts';
import { listDisclosures, readDisclosure } from '../read-disclosures.ts';
import { presentThing } from './present.ts';

const TAGS = ['Utlämnande'];
const USUAL = [400, 401, 403, 404, 413, 415, 422] as const;
const CHANGED = { ETag: REPLY_HEADERS.etag, 'Idempotency-Replayed': REPLY_HEADERS.replayed };

const ground = z.enum(DISCLOSURE_GROUNDS).meta({
  description:
    '`consent` samtycke till utlämnandet (OSL 12:2); `harm-assessment` menprövning (25:1, 26:1); `duty-to-inform` uppgiftsskyldighet (10:28); `necessary-for-own-work` nödvändigt utlämnande (10:2); `discharge` utskrivning (LUS 3:1–2).',
});

const disclosureBody = z
  .strictObject({
    ground,
    receiver: recipientField,
    consentId: publicThingId.optional().meta({ description: 'Samtycket som grunden är; krävs vid `consent`.' }),
    purpose: text(500).meta({ description: 'Vad kopian ska användas till.', examples: ['Planering av skolgången'] }),
    whole: z.boolean().default(false).meta({ description: 'Med klinisk text och anteckningar för kollegor.' }),
    contributions: z
      .array(publicThingId)
      .min(1)
      .max(500)
      .optional()
      .meta({ description: 'Vilka uppgifter i planen; allt som den egna enheten har skrivit om det utelämnas.' }),
    legalBasis: z
      .enum(LEGAL_BASES)
      .optional()
      .meta({ description: 'Lag som uppgiften dokumenteras enligt; enhetens egen om den utelämnas.' }),
  })
  .meta({
    examples: [
      {
        ground: 'harm-assessment',
        receiver: { kind: 'unit', hsaId: 'SE0000000000-TST0305' },
        purpose: 'Planering av skolgången',
      },
    ],
  });

const disclosureAnswer = z
  .object({
    ...ownedShape,
    patientId: patientIdText,
    planId: thingIdText,
    ground,
    receiver: z.object({
      kind: z.enum(['principal', 'provider', 'unit', 'person']),
      hsaId: hsaIdText.optional(),
      name: z.string().optional(),
    }),
    consentId: thingIdText.optional(),
    purpose: z.string(),
    whole: z.boolean(),
    agreementVersion: z
      .int()
      .optional()
      .meta({ description: 'Överenskommelsens version när kopian gjordes: den som mottagaren tar ställning till.' }),
    madeAt: instantText,
    items: z.array(
      z.object({
        kind: z.string(),
        id: thingIdText,
        revision: z.int(),
        wording: z
          .record(z.string(), z.unknown())
          .optional()
          .meta({ description: 'Uppgiften som den löd när den lämnades ut.' }),
      }),
    ),
  })
  .meta({ id: 'Disclosure', description: 'Ett utlämnande: en kopia till en mottagare.' });

/** Copies handed out: made by staff of their own data, read by who made them, by their receiver and by the patient. */
export function registerDisclosureRoutes(door: Server, deps: Deps): void {
  registerMake(door, deps);
  registerReads(door, deps);
}

function registerMake(door: Server, { desk }: Deps): void {
  door.route({
    method: 'POST',
    url: '/plans/:planId/disclosures',
    config: { access: { actions: ['disclosure.make'], actors: ['staff'] } },
    schema: {
      tags: TAGS,
      operationId: 'makeDisclosure',
      summary: 'Lämna ut en kopia',
      description:
        'Av egna uppgifter i planen, till en mottagare, på en grund. Kopian innehåller ordalydelsen; mottagaren ser den och inget nyare. Skola och andra utanför lag 2022:913 får veta på detta sätt.',
      headers: createHeaders,
      params: z.strictObject({ planId: publicThingId }),
      body: disclosureBody,
      response: {
        201: answer(disclosureAnswer, 'Utlämnandet.', { headers: { ...CHANGED, Location: REPLY_HEADERS.location } }),
        ...problems(
          ...USUAL,
          lawRefusal('disclosure-without-ground'),
          unknownReference,
          disclosureNotOwn,
          disclosureOfNothing,
          disclosureReceiverUnknown,
        ),
      },
    },
    handler: async (request, reply) => {
      const { contributions, consentId, ...body } = request.body;
      const given = {
        ...body,
        ...(consentId ? { consentId: consentId.id } : {}),
        ...(contributions ? { things: contributions.map(({ id }) => id) } : {}),
      };
      const asking = { ...askingOf(request), actor: request.actor as StaffActor };
      const sent = { idempotency: request.idempotency };
      const made = await makeDisclosure(desk, asking, request.params.planId, given, sent);
      if (made.replayed) reply.header('idempotency-replayed', 'true');
      const { patientId, id, revision } = made.answer;
      reply.header('location', `${door.prefix}/disclosures/${publicId(patientId, id)}`);
      reply.header('etag', strongTag(revision)).code(made.status as 201);
      return present(made.answer, new Map(made.answer.items.map(({ id, wording }) => [id, wording]))) as never;
    },
  });
}

function registerReads(door: Server, { desk }: Deps): void {
  const config = { access: { actions: ['disclosure.read'], actors: ['staff', 'citizen'] as const } };
  const list = z.object({ items: z.array(disclosureAnswer) }).meta({ id: 'DisclosureList' });
  door.route({
    method: 'GET',
    url: '/patients/:patientId/disclosures',
    config,
    schema: {
      tags: TAGS,
      operationId: 'listDisclosures',
      summary: 'Lista utlämnanden',
      description:
        'Till vem, på vilken grund, vad och när. Personen själv ser alla; personal det egna vård- eller omsorgsgivaren har lämnat ut eller fått.',
      headers: readHeaders,
      params: z.strictObject({ patientId: publicPatientId }),
      response: {
        200: answer(list, 'Utlämnandena, utan ordalydelse.', { headers: { ETag: REPLY_HEADERS.weakEtag } }),
        304: bodyless('Oförändrat sedan svaret vars märke skickades i If-None-Match.'),
        ...problems(400, 401, 403, 404),
      },
    },
    handler: async (request, reply) => {
      const all = await listDisclosures(desk, askingOf(request), request.params.patientId);
      return replyAssembled(request, reply, { items: all.map(({ made }) => present(made)) });
    },
  });
  door.route({
    method: 'GET',
    url: '/disclosures/:disclosureId',
    config,
    schema: {
      tags: TAGS,
      operationId: 'readDisclosure',
      summary: 'Läs en utlämnad kopia',
      description:
        'Som den stod när den lämnades ut: för mottagaren, och för den enhet som har skrivit och för personen själv det som de får läsa.',
      params: z.strictObject({ disclosureId: publicThingId }),
      response: {
        200: answer(disclosureAnswer, 'Kopian.', { headers: { ETag: CHANGED.ETag } }),
        ...problems(400, 401, 403, 404),
      },
    },
    handler: async (request, reply) => {
      const found = await readDisclosure(desk, askingOf(request), request.params.disclosureId);
      reply.header('etag', strongTag(found.made.revision));
      return present(found.made, found.wordings) as never;
    },
  });
}

/** A copy as `/v1` shows it, with those of its wordings that the reader is shown; none in a list. */
function present(made: Disclosure, wordings: ReadonlyMap<ThingId, Contribution> = new Map()) {
  const { patientId, planId, consentId, items, receiver, ground: on, purpose, whole, agreementVersion, madeAt } = made;
  return {
    ...presentOwned(made),
    patientId: patientIdOf(patientId),
    planId: publicId(patientId, planId),
    ...{ ground: on, receiver, purpose, whole, agreementVersion, madeAt },
    consentId: consentId && publicId(patientId, consentId),
    items: items.map((item) => ({
      kind: item.kind,
      id: publicId(item.wording.patientId, item.id),
      revision: item.revision,
      wording: wordingOf(item.kind, wordings.get(item.id)),
    })),
  };
}

function wordingOf(kind: ContributionKind, shown: Contribution | undefined) {
  return shown && presentThing(kind, shown as never);
}
