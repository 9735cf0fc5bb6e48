import { z } from 'zod';
import type { Desk } from '../../access/index.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { requireIfMatch, strongTag } from '../../http/etag.ts';
import { publicThingId } from '../../http/fields.ts';
import { changeHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import type { ThingRef } from '../../shared/ids.ts';
import type { Act, HsaId } from '../../shared/owned.ts';
import type { ProblemFactory } from '../../shared/problem.ts';
import { forChange, forReceiver } from '../acting-unit.ts';
import { isOfDeath, registeredDeath } from '../alongside.ts';
import { changeDischarge, type DischargeChange, demandMessage, stayOfMessage } from '../change-discharge.ts';
import { cancelMessage, correctMessage, receiveMessage } from '../domain/amend.ts';
import type { AdmissionNotice, DischargeMessage } from '../domain/model.ts';
import {
  callNotBySystem,
  correctionNotFitting,
  dischargeTimeWrong,
  messageMoveNotAllowed,
  messageNotYours,
  sendingUnitMissing,
  sendingUnitNotYours,
  withdrawalReasonMissing,
} from '../problems.ts';
import type { DischargeRecord } from '../read-discharge.ts';
import { messageAnswer } from './answers.ts';
import { presentMessage } from './present.ts';
import { correctionBody, receiptBody, withdrawalBody } from './requests.ts';
import { TAG } from './send-routes.ts';

interface Amendment<B extends z.ZodType> {
  readonly verb: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly action: DischargeChange['action'];
  readonly body: B;
  readonly refuses: readonly ProblemFactory[];
  /** The unit that a system acts for; unless said the one that sent the message. */
  readonly unitOf?: (body: z.output<B>) => HsaId | undefined;
  readonly rule: (message: DischargeMessage, body: z.output<B>, act: Act, stay: AdmissionNotice) => DischargeMessage;
}

const HEADERS = { ETag: REPLY_HEADERS.etag, 'Idempotency-Replayed': REPLY_HEADERS.replayed };

function registerAmendment<B extends z.ZodType>(door: Server, desk: Desk, route: Amendment<B>): void {
  const { verb, operationId, summary, description, action, body, refuses, unitOf, rule } = route;
  door.route({
    method: 'POST',
    url: `/discharge-messages/:messageId/${verb}`,
    config: { access: { actions: [action], actors: ['staff', 'system'] } },
    schema: {
      tags: [TAG],
      operationId,
      summary,
      description,
      headers: changeHeaders,
      params: z.strictObject({ messageId: publicThingId }),
      body,
      response: {
        200: answer(messageAnswer, summary, { headers: HEADERS }),
        ...problems(
          400,
          401,
          403,
          404,
          412,
          413,
          415,
          422,
          428,
          messageNotYours,
          sendingUnitNotYours,
          messageMoveNotAllowed,
          ...refuses,
        ),
      },
    },
    handler: async (request, reply) => {
      const { messageId } = request.params as { messageId: ThingRef };
      const expected = requireIfMatch(request);
      const message = (record: DischargeRecord) => demandMessage(record, messageId, expected);
      const unit = unitOf?.(request.body as z.output<B>);
      const made = await changeDischarge(desk, askingOf(request), {
        action,
        patientId: messageId.patientId,
        status: 200,
        unit,
        named: unit === undefined ? [] : [unit],
        alongside: action === 'discharge.send' ? registeredDeath : undefined,
        alongsideOf: isOfDeath(messageId.id),
        actsFor: unitOf ? forReceiver(message, unit) : forChange(message),
        idempotency: request.idempotency,
        rule: ({ record, act }) => {
          message(record);
          const before = record.messages.find(({ id }) => id === messageId.id)!;
          const { admission } = stayOfMessage(record, before);
          return { before, after: rule(before, request.body as z.output<B>, act, admission) };
        },
      });
      const { message: after, record } = made.answer;
      if (made.replayed) reply.header('idempotency-replayed', 'true');
      reply.header('etag', strongTag(after.revision));
      return presentMessage(after, record) as never;
    },
  });
}

/** Receiving, correcting and withdrawing any message. */
export function registerAmendments(door: Server, { desk }: { readonly desk: Desk }): void {
  registerAmendment(door, desk, {
    verb: 'receive',
    operationId: 'receiveDischargeMessage',
    summary: 'Kvittera ett meddelande',
    description:
      'Av en enhet som det är sänt till; av ett system för en sådan enhet hos dess vårdgivare. En gång till ändrar inget.',
    action: 'discharge.receive',
    body: receiptBody,
    refuses: [sendingUnitMissing],
    unitOf: ({ unit }) => unit,
    rule: (message, _body, act) => receiveMessage(message, act),
  });
  registerAmendment(door, desk, {
    verb: 'correct',
    operationId: 'correctDischargeMessage',
    summary: 'Rätta ett meddelande',
    description: 'Av den enhet som sände det; mottagarna kvitterar på nytt. När det sändes ändras aldrig.',
    action: 'discharge.send',
    body: correctionBody,
    refuses: [callNotBySystem, correctionNotFitting, dischargeTimeWrong],
    rule: (message, body, act, stay) => correctMessage(message, body, act, stay),
  });
  registerAmendment(door, desk, {
    verb: 'withdraw',
    operationId: 'withdrawDischargeMessage',
    summary: 'Återkalla ett meddelande',
    description: 'Av den enhet som sände det, med skäl. Med inskrivningsmeddelandet återkallas hela vårdtillfället.',
    action: 'discharge.send',
    body: withdrawalBody,
    refuses: [callNotBySystem, withdrawalReasonMissing],
    rule: (message, body, act) => cancelMessage(message, body, act),
  });
}
