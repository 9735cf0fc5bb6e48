import { z } from 'zod';
import { consentHolds, lawRefusal } from '../../access/index.ts';
import { consentFacts } from '../../consents/index.ts';
import type { Deps } from '../../deps.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, bodyless, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { assembled, replyAssembled, sendAssembled, strongTag } from '../../http/etag.ts';
import { hsaId, line, publicPatientId, publicThingId, thingIdText } from '../../http/fields.ts';
import { createHeaders, readHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import type { StaffActor, SystemActor } from '../../shared/actor.ts';
import { publicId, type ThingRef } from '../../shared/ids.ts';
import { LEGAL_BASES } from '../../shared/owned.ts';
import type { RuleContext } from '../change-plan.ts';
import { createWholePlan } from '../create-plan.ts';
import { PLAN_KINDS } from '../domain/model.ts';
import { changeHeader } from '../domain/plan-header.ts';
import { transitionPlan } from '../domain/plan-state.ts';
import { explainHold } from '../domain/sip-on-hold.ts';
import { listPlans } from '../list-plans.ts';
import { lookUpExternalId } from '../look-up-plan.ts';
import {
  explanationNotOwed,
  externalIdTaken,
  kindFixed,
  NOT_YOURS,
  otherLeadPlanActive,
  planClosed,
  planMoveNotAllowed,
  replacedPlanNotActive,
  replacedPlanUnderOtherKey,
  searchNeedsPatient,
  sipGateUnmet,
} from '../problems.ts';
import { readPlan } from '../read-plan.ts';
import { refusePersonSearch } from '../search-persons.ts';
import type { VisiblePlan } from '../view/visible.ts';
import { planAnswer, wholePlanAnswer } from './answers.ts';
import { changeOf } from './change-of.ts';
import { registerChange } from './change-route.ts';
import { changePlanBody, createPlanBody, planMoveBody } from './plan-bodies.ts';
import { createCommandOf } from './plan-command.ts';
import { presentThing } from './present.ts';
import { withPublicIds } from './public-ids.ts';
import { externalId } from './request-parts.ts';
import { presentWholePlan } from './whole-plan.ts';

const TAG = 'Planer';

export const CHANGE_PLAN = changeOf({
  method: 'PATCH',
  path: '',
  tag: TAG,
  summary: 'Ändra planens huvud',
  description: 'Bara den planeringsansvariga enheten. If-Match med huvudets revision.',
  action: 'plan.change',
  actors: ['staff'],
  body: changePlanBody,
  kind: 'plan',
  status: 200,
  revisionOf: 'plan',
  // Another kind may make it a part of the person's lead plan.
  scope: 'person',
  refuses: [planClosed, kindFixed, NOT_YOURS['planning-lead-only']],
  rule: (context, { body }) => changeHeader(context.hand, body, context.act),
});

export const MOVE_PLAN = changeOf({
  method: 'POST',
  path: '/transition',
  tag: TAG,
  summary: 'Flytta planen till ett annat läge',
  description:
    'Föreslå, aktivera, pausa, avsluta. En SIP aktiveras bara när allt som lagen kräver finns; annars räknas det som saknas upp. Patienten kan alltid avböja och avsluta.',
  action: 'plan.transition',
  actors: ['staff', 'citizen'],
  body: planMoveBody,
  kind: 'plan',
  status: 200,
  revisionOf: 'plan',
  scope: 'person',
  asks: true,
  refuses: [
    planMoveNotAllowed,
    sipGateUnmet,
    otherLeadPlanActive,
    replacedPlanNotActive,
    replacedPlanUnderOtherKey,
    NOT_YOURS['planning-lead-only'],
  ],
  rule: (context, { body }) => {
    const consents = consentsInForce(context);
    return transitionPlan(context.hand, body, context.act, { consents });
  },
});

/** Plans: create whole, read, list, find, change, move between states. */
export function registerPlanRoutes(door: Server, deps: Deps): void {
  registerCreate(door, deps);
  registerReads(door, deps);
  registerChange(door, deps, CHANGE_PLAN);
  registerChange(door, deps, MOVE_PLAN);
  registerChange(door, deps, {
    method: 'POST',
    path: '/explained',
    tag: TAG,
    summary: 'Patienten har fått veta varför planen vilar',
    description:
      'När en SIP vilar för att ett samtycke har upphört har patienten rätt till en förklaring senast klockan 12 nästa vardag. Den fasta vårdkontaktens eller den planeringsansvariga enheten noterar att den är given.',
    action: 'plan.change',
    actors: ['staff'],
    body: z.strictObject({}).meta({ examples: [{}] }),
    kind: 'plan',
    status: 200,
    revisionOf: 'plan',
    refuses: [explanationNotOwed, NOT_YOURS['planning-lead-only']],
    rule: (context) => explainHold(context.hand, context.act),
  });
}

/** Consents that hold by law: for a child only when every guardian has said yes. */
function consentsInForce({ record, asked }: RuleContext) {
  const facts = { ...record.law, isSelf: false, patientKnown: true };
  const holding = new Set((record.law.consents ?? []).filter((one) => consentHolds(one, facts)).map(({ id }) => id));
  return asked()
    .consents.filter(({ id }) => holding.has(id))
    .map(consentFacts)
    .filter((one) => one !== undefined);
}

function registerCreate(door: Server, deps: Deps): void {
  door.route({
    method: 'POST',
    url: '/plans',
    config: { access: { actions: ['plan.create'], actors: ['staff'] } },
    schema: {
      tags: [TAG],
      summary: 'Skapa en hel plan',
      description:
        'Huvud, vad som är viktigt, mål, fasta kontakter, deltagare, steg, löften, tecken att hålla koll på, uppföljning och länkar i ett anrop: allt eller inget. Delarna hänvisar till varandra med egna namn (`ref`). En plan som skickas igen med samma `externalId` uppdateras: huvudet och de delar som har egna `externalId`; övriga delar lämnas som de är, så att inget dubbleras.',
      headers: createHeaders,
      body: createPlanBody,
      response: {
        201: answer(wholePlanAnswer, 'Planen som den blev.', {
          headers: { ETag: REPLY_HEADERS.etag, Location: REPLY_HEADERS.location },
        }),
        ...problems(400, 401, 403, 404, 413, 415, 422, externalIdTaken, planClosed, kindFixed),
      },
    },
    handler: async (request, reply) => {
      const asking = { ...askingOf(request), actor: request.actor as StaffActor };
      const creation = createCommandOf(request.body as z.output<typeof createPlanBody>);
      const made = await createWholePlan(deps.desk, asking, { ...creation, idempotency: request.idempotency }).catch(
        (error: unknown) => {
          throw withPublicIds(error);
        },
      );
      const plan = made.answer.plan.whole();
      if (made.replayed) reply.header('idempotency-replayed', 'true');
      reply.header('location', `/v1/plans/${publicId(plan.header.patientId, plan.header.id)}`);
      reply.header('etag', strongTag(plan.header.revision)).code(made.status as 201);
      return presentWholePlan(plan) as z.output<typeof wholePlanAnswer>;
    },
  });
}

const searchBody = z
  .strictObject({
    patientId: publicPatientId.optional().meta({ description: 'Personen.' }),
    kind: z.enum(PLAN_KINDS).optional().meta({ description: 'Bara planer av det slaget.' }),
    owner: hsaId.optional().meta({ description: 'Bara planer vars huvud enheten eller vårdgivaren äger.' }),
    party: hsaId.optional().meta({ description: 'Bara planer som enheten deltar i.' }),
    legalBasis: z.enum(LEGAL_BASES).optional().meta({ description: 'Bara planer enligt den lagen.' }),
    text: line(200).optional().meta({ description: 'Bara planer med orden i titel eller syfte.' }),
  })
  .meta({ id: 'SearchPlans' });

function registerReads(door: Server, deps: Deps): void {
  door.route({
    method: 'GET',
    url: '/plans/:planId',
    config: { access: { actions: ['plan.read'], actors: ['staff', 'citizen', 'system'] } },
    schema: {
      tags: [TAG],
      summary: 'Läs en plan',
      description: 'Planen med allt i den som läsaren får se. Två läsare av samma plan kan se olika mycket.',
      params: z.strictObject({ planId: publicThingId }),
      headers: readHeaders,
      response: {
        200: answer(wholePlanAnswer, 'Planen.', { headers: { ETag: REPLY_HEADERS.weakEtag } }),
        304: bodyless('Oförändrad sedan förra svaret.'),
        ...problems(400, 401, 403, 404),
      },
    },
    handler: async (request, reply) => {
      const { planId } = request.params as { planId: ThingRef };
      const form = (plan: VisiblePlan) => assembled(reply, presentWholePlan(plan));
      return sendAssembled(request, reply, await readPlan(deps.desk, askingOf(request), planId, form));
    },
  });
  door.route({
    method: 'POST',
    url: '/plans/search',
    config: { access: { actions: ['plan.list'], actors: ['staff', 'citizen'] } },
    schema: {
      tags: [TAG],
      summary: 'Lista en patients planer',
      description:
        'De planer som läsaren får veta finns; annars en tom lista. Inom en persons planer får urvalet göras fritt. Utan person finns ingen sökning: att söka fram personer efter insatser inom socialtjänsten nekas en vårdgivare med egen kod (PDL 2 kap. 8 §).',
      body: searchBody,
      response: {
        200: answer(z.object({ items: z.array(planAnswer) }), 'Planernas huvuden.'),
        ...problems(400, 401, 403, 404, 413, 415, 422, lawRefusal('search-ban'), searchNeedsPatient),
      },
    },
    handler: async (request, reply) => {
      const { patientId, ...criteria } = request.body as z.output<typeof searchBody>;
      if (patientId === undefined) return refusePersonSearch(deps.desk, askingOf(request), criteria);
      const plans = await listPlans(deps.desk, askingOf(request), patientId, criteria);
      return replyAssembled(request, reply, { items: plans.map(({ header }) => presentThing('plan', header)) });
    },
  });
  registerLookUp(door, deps);
}

function registerLookUp(door: Server, deps: Deps): void {
  door.route({
    method: 'POST',
    url: '/plans/lookup',
    config: { access: { actions: ['plan.look-up'], actors: ['staff', 'system'] } },
    schema: {
      tags: [TAG],
      summary: 'Slå upp med källsystemets id',
      description: 'Bland den egna vårdgivarens uppgifter. Svaret är id; innehållet hämtas i ett eget anrop.',
      body: externalId,
      response: {
        200: answer(z.object({ kind: z.string(), id: thingIdText, planId: thingIdText }), 'Vad id:t leder till.'),
        ...problems(400, 401, 403, 404, 413, 415),
      },
    },
    handler: async (request) => {
      const asking = { ...askingOf(request), actor: request.actor as StaffActor | SystemActor };
      const { kind, thing, planId } = await lookUpExternalId(
        deps.desk,
        asking,
        request.body as z.output<typeof externalId>,
      );
      return { kind, id: publicId(thing.patientId, thing.id), planId: publicId(thing.patientId, planId) };
    },
  });
}
