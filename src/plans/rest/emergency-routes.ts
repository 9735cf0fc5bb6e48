import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Answered, lawRefusal } from '../../access/index.ts';
import type { Deps } from '../../deps.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { strongTag } from '../../http/etag.ts';
import { anyText, publicPatientId, publicThingId } from '../../http/fields.ts';
import { createHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import type { StaffActor } from '../../shared/actor.ts';
import { publicId } from '../../shared/ids.ts';
import {
  DEFAULT_EMERGENCY_SETTINGS,
  emergencyNotLawful,
  emergencyReasonMissing,
  emergencyTooLong,
  presentSharing,
  SHARING_ANSWERS,
} from '../../sharing/index.ts';
import { type OpenedEmergency, openEmergency, requestLifts } from '../open-emergency.ts';

const TAGS = ['Spärr och nödöppning'];
const USUAL = [400, 401, 403, 404, 413, 415, 422] as const;
const CHANGED = { ETag: REPLY_HEADERS.etag, 'Idempotency-Replayed': REPLY_HEADERS.replayed };

const openBody = z
  .strictObject({
    reason: anyText(1000).meta({
      description: 'Vilken fara för liv eller annars allvarlig risk för hälsan, i klartext.',
      examples: ['Medvetslös på akuten, behöver veta om blodförtunnande läkemedel.'],
    }),
    consentUnobtainable: z
      .boolean()
      .meta({ description: 'Patientens samtycke kan inte inhämtas. Annars är det ingen nödöppning (3:6).' }),
    patientCannotLift: z
      .boolean()
      .default(false)
      .meta({ description: 'Patienten kan inte själv få en spärr hävd. Då anges vem som har spärrat (3:5).' }),
    hours: z.int().min(1).max(168).optional().meta({ description: 'Hur länge, i timmar; fyra om det utelämnas.' }),
  })
  .meta({
    examples: [
      {
        reason: 'Medvetslös på akuten, behöver veta om blodförtunnande läkemedel.',
        consentUnobtainable: true,
        patientCannotLift: true,
      },
    ],
  });

const openedAnswer = SHARING_ANSWERS['emergency-access']
  .extend({ liftRequests: z.array(SHARING_ANSWERS['block-lift-request']) })
  .meta({
    id: 'OpenedEmergency',
    description: 'Nödöppningen, med de begäranden om att häva spärr som den ledde till.',
  });

/** Opening in an emergency, and asking who has blocked to lift. */
export function registerEmergencyRoutes(door: Server, deps: Deps): void {
  registerOpen(door, deps);
  registerRequest(door, deps);
}

function registerOpen(door: Server, { desk }: Deps): void {
  door.route({
    method: 'POST',
    url: '/patients/:patientId/emergency-accesses',
    config: { access: { actions: ['emergency.open'], actors: ['staff'] } },
    schema: {
      tags: TAGS,
      operationId: 'openEmergencyAccess',
      summary: 'Nödöppna',
      description:
        'Bara för vårdgivare, vid fara för patientens liv eller annars allvarlig risk, när samtycke inte kan inhämtas (lag 2022:913 3:5–6). Öppnar det som andra har gjort tillgängligt och som inte är spärrat, för den som öppnar, en tid. Om spärrade uppgifter finns anges vilken vårdgivare som har spärrat, och den får en begäran som bara den kan bevilja. Varje nödöppning loggas som det och flaggas för granskning.',
      headers: createHeaders,
      params: z.strictObject({ patientId: publicPatientId }),
      body: openBody,
      response: {
        201: answer(openedAnswer, 'Nödöppningen.', { headers: { ...CHANGED, Location: REPLY_HEADERS.location } }),
        ...problems(
          ...USUAL,
          lawRefusal('emergency-only-for-care-providers'),
          emergencyReasonMissing,
          emergencyNotLawful,
          emergencyTooLong,
        ),
      },
    },
    handler: async (request, reply) => {
      const asking = { ...askingOf(request), actor: request.actor as StaffActor };
      const { patientId } = request.params;
      const sent = { idempotency: request.idempotency };
      const made = await openEmergency(desk, asking, patientId, request.body, DEFAULT_EMERGENCY_SETTINGS, sent);
      const { access } = made.answer;
      reply.header('location', `${door.prefix}/emergency-accesses/${publicId(access.patientId, access.id)}`);
      return replyOpened(reply, made, desk.clock.now());
    },
  });
}

function registerRequest(door: Server, { desk }: Deps): void {
  door.route({
    method: 'POST',
    url: '/emergency-accesses/:emergencyAccessId/lift-requests',
    config: { access: { actions: ['block.request-lift'], actors: ['staff'] } },
    schema: {
      tags: TAGS,
      operationId: 'requestLifts',
      summary: 'Begär att spärrar hävs',
      description:
        'På nytt, medan nödöppningen gäller: spärrar som har tillkommit, eller där begäran har fått ett nej. Den som redan har en obesvarad begäran får ingen till.',
      headers: createHeaders,
      params: z.strictObject({ emergencyAccessId: publicThingId }),
      body: z.strictObject({}).meta({ examples: [{}] }),
      response: {
        200: answer(openedAnswer, 'Nödöppningen.', { headers: CHANGED }),
        ...problems(...USUAL, lawRefusal('no-emergency')),
      },
    },
    handler: async (request, reply) => {
      const asking = { ...askingOf(request), actor: request.actor as StaffActor };
      const sent = { idempotency: request.idempotency };
      const made = await requestLifts(desk, asking, request.params.emergencyAccessId, sent);
      return replyOpened(reply, made, desk.clock.now());
    },
  });
}

function replyOpened(reply: FastifyReply, made: Answered<OpenedEmergency>, now: number) {
  const { access, requests } = made.answer;
  if (made.replayed) reply.header('idempotency-replayed', 'true');
  reply.header('etag', strongTag(access.revision)).code(made.status as 200);
  return { ...presentSharing(access, now), liftRequests: requests.map((one) => presentSharing(one, now)) } as never;
}
