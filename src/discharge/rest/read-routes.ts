import { z } from 'zod';
import type { Desk } from '../../access/index.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, bodyless, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { replyAssembled } from '../../http/etag.ts';
import { publicPatientId, publicThingId } from '../../http/fields.ts';
import { readHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import type { StaffActor } from '../../shared/actor.ts';
import type { PatientId, ThingRef } from '../../shared/ids.ts';
import { readStays, readWaiting } from '../read-discharge.ts';
import { stayAnswer, staysAnswer, waitingAnswer } from './answers.ts';
import { presentStay, presentWaiting } from './present.ts';
import { TAG } from './send-routes.ts';

const HEADERS = { headers: { ETag: REPLY_HEADERS.weakEtag } };
const UNCHANGED = bodyless('Oförändrat sedan svaret vars märke skickades i If-None-Match.');
const READS = { access: { actions: ['discharge.read'], actors: ['staff', 'system'] } } as const;

/** Reading: a person's stays, one of them, and what waits to be received. */
export function registerReading(door: Server, { desk }: { readonly desk: Desk }): void {
  door.route({
    method: 'GET',
    url: '/patients/:patientId/hospital-stays',
    config: READS,
    schema: {
      tags: [TAG],
      operationId: 'listHospitalStays',
      summary: 'Läs en persons vårdtillfällen',
      description:
        'De som den egna enheten (för ett system: vårdgivarens enheter) har sänt eller fått meddelanden om, med tidsfrister och det som är sent.',
      headers: readHeaders,
      params: z.strictObject({ patientId: publicPatientId }),
      response: {
        200: answer(staysAnswer, 'Vårdtillfällena.', HEADERS),
        304: UNCHANGED,
        ...problems(400, 401, 403, 404),
      },
    },
    handler: async (request, reply) => {
      const { patientId } = request.params as { patientId: PatientId };
      const { stays, record } = await readStays(desk, askingOf(request), { patientId });
      return replyAssembled(request, reply, { items: stays.map((stay) => presentStay(stay, record)) });
    },
  });
  door.route({
    method: 'GET',
    url: '/hospital-stays/:stayId',
    config: READS,
    schema: {
      tags: [TAG],
      operationId: 'readHospitalStay',
      summary: 'Läs ett vårdtillfälle',
      description: 'Läge, meddelanden, tidsfrister, betalningsansvar och det som är sent; lika för båda sidor.',
      headers: readHeaders,
      params: z.strictObject({ stayId: publicThingId }),
      response: {
        200: answer(stayAnswer, 'Vårdtillfället.', HEADERS),
        304: UNCHANGED,
        ...problems(400, 401, 403, 404),
      },
    },
    handler: async (request, reply) => {
      const { stayId } = request.params as { stayId: ThingRef };
      const asked = { patientId: stayId.patientId, admissionId: stayId.id };
      const { stays, record } = await readStays(desk, askingOf(request), asked);
      return replyAssembled(request, reply, presentStay(stays[0]!, record));
    },
  });
  door.route({
    method: 'GET',
    url: '/unit-discharge-messages',
    config: { access: { actions: ['discharge.list'], actors: ['staff'] } },
    schema: {
      tags: [TAG],
      operationId: 'listWaitingDischargeMessages',
      summary: 'Läs vad som väntar på kvittens',
      description: 'Meddelanden till den egna enheten som ingen där har kvitterat, äldst först, högst 200.',
      response: { 200: answer(waitingAnswer, 'Meddelandena.'), ...problems(401, 403, 404) },
    },
    handler: async (request) => {
      const rows = await readWaiting(desk, { ...askingOf(request), actor: request.actor as StaffActor });
      return { items: rows.map(presentWaiting) };
    },
  });
}
