import { z } from 'zod';
import type { Desk } from '../../access/index.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { strongTag } from '../../http/etag.ts';
import { publicPatientId, publicThingId } from '../../http/fields.ts';
import { createHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import { type PatientId, publicId, type ThingRef } from '../../shared/ids.ts';
import type { HsaId } from '../../shared/owned.ts';
import { forSender, forWard } from '../acting-unit.ts';
import { type Alongside, registeredDeath, restingPlans } from '../alongside.ts';
import { changeDischarge, demandStay } from '../change-discharge.ts';
import { type NewAdmission, type NewMessage, sendAdmission, sendMessage } from '../domain/send.ts';
import {
  addressMissing,
  addressProtected,
  callByNamedContact,
  callNotBySystem,
  callWithoutConsent,
  contactNotDesignated,
  dischargeTimeWrong,
  messageNotYours,
  noticeOnlyStatutory,
  openCareMissing,
  receiverUnfit,
  sendingUnitMissing,
  sendingUnitNotYours,
  stayMoveNotAllowed,
} from '../problems.ts';
import { messageAnswer } from './answers.ts';
import { presentMessage } from './present.ts';
import { ADMISSION_FIELDS, admissionBody, messageBody } from './requests.ts';

export const TAG = 'Utskrivning';
const MADE = {
  ETag: REPLY_HEADERS.etag,
  Location: REPLY_HEADERS.location,
  'Idempotency-Replayed': REPLY_HEADERS.replayed,
};
const USUAL = [400, 401, 403, 404, 413, 415, 422] as const;

/** Sending: the admission notice, and everything that is told of the stay after it. */
export function registerSending(door: Server, { desk }: { readonly desk: Desk }): void {
  door.route({
    method: 'POST',
    url: '/patients/:patientId/hospital-stays',
    config: { access: { actions: ['discharge.send'], actors: ['staff', 'system'] } },
    schema: {
      tags: [TAG],
      operationId: 'sendAdmissionNotice',
      summary: 'Sänd ett inskrivningsmeddelande',
      description:
        'Inom 24 timmar från inskrivningen eller från den senare bedömningen. Annat innehåll än det lagstadgade nekas; ett för sent meddelande tas emot och visas som sent.',
      headers: createHeaders,
      params: z.strictObject({ patientId: publicPatientId }),
      body: admissionBody,
      response: {
        201: answer(messageAnswer, 'Meddelandet.', { headers: MADE }),
        ...problems(
          ...USUAL,
          ...[
            sendingUnitNotYours,
            sendingUnitMissing,
            noticeOnlyStatutory,
            receiverUnfit,
            openCareMissing,
            addressMissing,
            addressProtected,
            dischargeTimeWrong,
          ],
        ),
      },
    },
    handler: async (request, reply) => {
      const { patientId } = request.params as { patientId: PatientId };
      const { unit, ...body } = request.body as NewAdmission & { readonly unit?: HsaId };
      const made = await changeDischarge(desk, askingOf(request), {
        action: 'discharge.send',
        patientId,
        status: 201,
        idempotency: request.idempotency,
        unit,
        actsFor: forWard(unit),
        named: [...body.receivers, ...[body.openCareUnit, unit].filter((one) => one !== undefined)],
        rule: ({ patientId: key, record, act }) => {
          if (Object.keys(body).some((name) => !ADMISSION_FIELDS.has(name))) throw noticeOnlyStatutory();
          return { after: sendAdmission(key, body, record.known, act) };
        },
      });
      const { message, record } = made.answer;
      if (made.replayed) reply.header('idempotency-replayed', 'true');
      reply.header('location', `${door.prefix}/hospital-stays/${publicId(message.patientId, message.id)}`);
      reply.header('etag', strongTag(message.revision)).code(201);
      return presentMessage(message, record) as never;
    },
  });
  registerLater(door, desk);
}

const ALONGSIDE: Readonly<Partial<Record<NewMessage['kind'], Alongside>>> = {
  interruption: restingPlans,
  death: registeredDeath,
};

function registerLater(door: Server, desk: Desk): void {
  door.route({
    method: 'POST',
    url: '/hospital-stays/:stayId/messages',
    config: { access: { actions: ['discharge.send'], actors: ['staff', 'system'] } },
    schema: {
      tags: [TAG],
      operationId: 'sendDischargeMessage',
      summary: 'Meddela något om ett vårdtillfälle',
      description:
        'Avdelningen: ändrad beräkning, utskrivningsklar, avbrott, permission, åter, hemgång, informationsöverföring, dödsfall. Den öppna vården: fast vårdkontakt, kallelse till SIP (av kontakten själv, aldrig av ett system), ingen SIP. Ett system sänder för den enhet hos sin vårdgivare som meddelandet är. För sent är aldrig skäl att neka: det tas emot och visas som sent.',
      headers: createHeaders,
      params: z.strictObject({ stayId: publicThingId }),
      body: messageBody,
      response: {
        201: answer(messageAnswer, 'Meddelandet.', { headers: MADE }),
        ...problems(
          ...USUAL,
          ...[
            messageNotYours,
            sendingUnitNotYours,
            callByNamedContact,
            callNotBySystem,
            stayMoveNotAllowed,
            contactNotDesignated,
            callWithoutConsent,
          ],
          ...[receiverUnfit, dischargeTimeWrong],
        ),
      },
    },
    handler: async (request, reply) => {
      const { stayId } = request.params as { stayId: ThingRef };
      const body = request.body as NewMessage;
      const made = await changeDischarge(desk, askingOf(request), {
        action: 'discharge.send',
        patientId: stayId.patientId,
        status: 201,
        idempotency: request.idempotency,
        named: body.kind === 'sip-call' ? body.invited : undefined,
        actsFor: forSender((record) => demandStay(record, stayId), body.kind),
        alongside: ALONGSIDE[body.kind],
        rule: ({ record, act }) => ({ after: sendMessage(demandStay(record, stayId), body, record.known, act) }),
      });
      const { message, record } = made.answer;
      if (made.replayed) reply.header('idempotency-replayed', 'true');
      reply.header('location', `${door.prefix}/hospital-stays/${publicId(stayId.patientId, stayId.id)}`);
      reply.header('etag', strongTag(message.revision)).code(201);
      return presentMessage(message, record) as never;
    },
  });
}
