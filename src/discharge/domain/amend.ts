import { lastInstantOf } from '../../shared/deadline.ts';
import { type Act, type Instant, revised } from '../../shared/owned.ts';
import { wrong } from '../../shared/problem.ts';
import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import { endOfDay, swedishDate } from '../../shared/swedish-time.ts';
import {
  correctionNotFitting,
  dischargeTimeWrong,
  messageMoveNotAllowed,
  messageNotYours,
  withdrawalReasonMissing,
} from '../problems.ts';
import type { AdmissionNotice, DischargeMessage, MessageKind } from './model.ts';
import { MESSAGE_MOVES } from './states.ts';

/** Says that a message has come, by staff of a receiving unit. Once more changes nothing. */
export function receiveMessage(message: DischargeMessage, act: Act): DischargeMessage {
  const { unit } = act.owner;
  if (!message.receivers.includes(unit)) throw messageNotYours();
  if (message.state === 'cancelled') throw messageMoveNotAllowed();
  if (message.receipts.some((one) => one.unit === unit)) return message;
  return revised<DischargeMessage>(message, act, {
    receipts: [...message.receipts, { unit, at: act.now, by: act.by }],
  });
}

/** What can have been wrong in each kind. When it was sent is no wording, and never changes. */
const CORRECTABLE: Readonly<Record<MessageKind, readonly string[]>> = {
  admission: ['registeredAddress', 'estimatedDischarge', 'admittedAt', 'judgedAt'],
  estimate: ['estimatedDischarge'],
  contact: ['person', 'roleName', 'deputy'],
  ready: ['sipNeeded'],
  interruption: ['at'],
  'sip-call': ['meetingAt', 'place'],
  'no-sip': ['why'],
  'information-transfer': ['reference', 'told'],
  leave: ['at', 'until'],
  return: ['at'],
  discharged: ['at'],
  death: ['at'],
};

/** Fields of a correction, whatever kind it is of. */
export type Correction = Readonly<Record<string, unknown>>;

/**
 * Corrects what a message says, by the unit that sent it; its receivers receive it anew. A deadline that ran from a time
 * which was wrong is counted from the right one, by the rule that it was counted by.
 *
 * @param stay the stay's admission notice: nothing in it happens before that
 * @throws discharge-message-not-yours (403), discharge-message-withdrawn (409), correction-not-fitting,
 *   discharge-time-wrong (422)
 */
export function correctMessage(
  message: DischargeMessage,
  correction: Correction,
  act: Act,
  stay: Pick<AdmissionNotice, 'admittedAt'>,
): DischargeMessage {
  if (act.owner.unit !== message.recordedBy.unit) throw messageNotYours();
  if (!MESSAGE_MOVES[message.state].includes('corrected')) throw messageMoveNotAllowed();
  const given = Object.entries(correction).filter(([, value]) => value !== undefined);
  const odd = given.filter(([name]) => !CORRECTABLE[message.kind].includes(name));
  if (odd.length > 0 || given.length === 0) {
    throw correctionNotFitting({
      invalidParameters: odd.map(([name]) =>
        wrong(name, 'Hör inte till meddelandet', 'Does not belong with the message'),
      ),
    });
  }
  demandHappened(message, correction, act);
  const after = { ...message, ...Object.fromEntries(given) } as DischargeMessage;
  demandInOrder(after, stay.admittedAt);
  const fields = { ...Object.fromEntries(given), ...countedAnew(after), state: 'corrected', receipts: [] } as const;
  return revised<DischargeMessage>(message, act, fields as Partial<DischargeMessage>);
}

function demandHappened(message: DischargeMessage, correction: Correction, act: Act): void {
  const ahead = ['admittedAt', 'judgedAt', ...(message.kind === 'leave' ? [] : ['at'])].find((name) => {
    const at = correction[name];
    return typeof at === 'string' && Date.parse(at) > Date.parse(act.now);
  });
  if (ahead === undefined) return;
  throw dischargeTimeWrong({ invalidParameters: [wrong(ahead, 'Har inte hänt än', 'Has not happened yet')] });
}

/** Nothing happens before the admission, and no leave is over before it begins. */
function demandInOrder(after: DischargeMessage, admittedAt: Instant): void {
  const told: Readonly<Record<string, unknown>> = { ...after };
  const [at, until, judgedAt, estimatedDischarge] = ['at', 'until', 'judgedAt', 'estimatedDischarge'].map((name) =>
    typeof told[name] === 'string' ? told[name] : undefined,
  );
  const from = Date.parse(after.kind === 'admission' ? after.admittedAt : admittedAt);
  const isBefore = (time: string | undefined, other: number) => time !== undefined && Date.parse(time) < other;
  const faults = {
    at: isBefore(at, from),
    judgedAt: isBefore(judgedAt, from),
    until: at !== undefined && until !== undefined && Date.parse(until) <= Date.parse(at),
    estimatedDischarge: estimatedDischarge !== undefined && estimatedDischarge < swedishDate(from),
  };
  const [wrongField] = Object.entries(faults).find(([, isWrong]) => isWrong) ?? [];
  if (wrongField === undefined) return;
  throw dischargeTimeWrong({ invalidParameters: [wrong(wrongField, 'Stämmer inte', 'Does not fit')] });
}

function countedAnew(after: DischargeMessage): object {
  if (after.kind === 'admission') {
    const { rule } = after.notice;
    const from = Date.parse(after.judgedAt ?? after.admittedAt);
    return { notice: { rule, lastInstant: toRfc3339Utc(lastInstantOf(rule.rule, from)) } };
  }
  if (after.kind === 'discharged') {
    return { informationBy: toRfc3339Utc(endOfDay(swedishDate(Date.parse(after.at))) - 1) };
  }
  return {};
}

/**
 * Takes a message back, by the unit that sent it and with the reason: it counts for nothing, and stands there withdrawn.
 * With the admission notice the whole stay is withdrawn, and every clock stops.
 *
 * @throws discharge-message-not-yours (403), discharge-message-withdrawn (409), withdrawal-reason-missing (422)
 */
export function cancelMessage(
  message: DischargeMessage,
  given: { readonly reason?: string },
  act: Act,
): DischargeMessage {
  if (act.owner.unit !== message.recordedBy.unit) throw messageNotYours();
  if (!MESSAGE_MOVES[message.state].includes('cancelled')) throw messageMoveNotAllowed();
  const reason = given.reason?.trim();
  if (!reason) {
    throw withdrawalReasonMissing({ invalidParameters: [wrong('reason', 'Ange varför', 'Say why')] });
  }
  return revised<DischargeMessage>(message, act, { state: 'cancelled', reason }, reason);
}
