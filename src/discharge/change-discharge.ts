import { type Answered, type Asking, actFor, type Desk, momentOf, type Sent, writing } from '../access/index.ts';
import type { PatientId, ThingRef } from '../shared/ids.ts';
import type { Act, HsaId } from '../shared/owned.ts';
import { notFound, stale } from '../shared/problems.ts';
import { toRfc3339Utc } from '../shared/rfc3339.ts';
import { actingUnit, type ForUnit } from './acting-unit.ts';
import { type Alongside, type MessageChange, NOTHING_ELSE } from './alongside.ts';
import type { DischargeMessage } from './domain/model.ts';
import { type Stay, stayOf } from './domain/states.ts';
import { shownTo } from './shown.ts';
import {
  type DischargeRecord,
  loadDischarge,
  messageEvents,
  messageResource,
  messageRow,
  RESOURCE,
} from './store/messages.ts';

/** A message that was sent or changed, with what its stay has become. */
export interface ChangedMessage {
  readonly message: DischargeMessage;
  readonly record: DischargeRecord;
}

/** What a rule of this slice is given, under the person's lock. */
export interface DischargeContext {
  readonly record: DischargeRecord;
  readonly act: Act;
  /** The key that something new is written on. */
  readonly patientId: PatientId;
}

export interface DischargeChange extends Sent, ForUnit {
  readonly action: 'discharge.send' | 'discharge.receive';
  readonly patientId: PatientId;
  readonly status: 200 | 201;
  readonly named?: readonly HsaId[];
  /** What else the message does, in the same act. */
  readonly alongside?: Alongside;
  /** Of which records it does anything; of all unless said. */
  readonly alongsideOf?: (record: DischargeRecord) => boolean;
  /** Gives the message as it becomes, and as it was (absent when it is new). */
  readonly rule: (context: DischargeContext) => {
    readonly before?: DischargeMessage;
    readonly after: DischargeMessage;
  };
}

/**
 * Sends, receives, corrects or withdraws a message about a stay; history, log entry and event are written with it or not at
 * all.
 *
 * @throws notFound for a person or message that is not there or not for this unit, alike; stale; what the rule refuses
 */
export function changeDischarge(
  desk: Desk,
  asking: Asking,
  change: DischargeChange,
): Promise<Answered<ChangedMessage>> {
  const { action, patientId, status, idempotency, named } = change;
  let also: Awaited<ReturnType<Alongside>> = () => NOTHING_ELSE;
  return writing<DischargeRecord, typeof action, ChangedMessage>(desk, asking, {
    action,
    patientId,
    idempotency,
    load: async (client, made) => {
      const target = { patientId: made?.patientId ?? patientId, ...momentOf(desk) };
      const sealed = await loadDischarge(client, asking.actor, { ...target, named });
      const { alongside, alongsideOf = () => true } = change;
      if (alongside && !made && sealed.facts(alongsideOf))
        also = await alongside({ pool: desk.pool, client }, asking.actor, target);
      return sealed;
    },
    facts: ({ facts }) => facts,
    work: (_grant, record) => {
      const context = contextOf(desk, asking, record, change);
      const { before, after } = change.rule(context);
      const isChanged = before !== after;
      const messages = [...record.messages.filter(({ id }) => id !== after.id), after];
      const changed: MessageChange = { record, ...(before && { before }), after };
      const more = isChanged ? also(context.act, changed) : NOTHING_ELSE;
      return {
        rows: isChanged ? [messageRow(after, before ? 'update' : 'insert'), ...more.rows] : [],
        events: isChanged ? [...messageEvents(before, after, record.known.units), ...more.events] : [],
        resources: [messageResource(after), ...more.resources],
        particulars: { kind: after.kind, change: before ? 'changed' : 'new' },
        result: { status, patientId: after.patientId, resourceKind: RESOURCE, resourceId: after.id },
        answer: { message: after, record: { ...record, messages } },
      };
    },
    replay: (_grant, record, made) => {
      const message = shownTo(record).find(({ id }) => id === made.resourceId);
      if (!message) throw notFound();
      return { message, record };
    },
    shownBy: ({ message }) => [messageResource(message)],
  });
}

function contextOf(desk: Desk, asking: Asking, record: DischargeRecord, change: ForUnit): DischargeContext {
  const { goesBy } = record;
  if (!goesBy) throw notFound();
  const unit = actingUnit(asking.actor, record, change);
  return { record, patientId: goesBy, act: actFor(asking, unit, toRfc3339Utc(record.now), desk.ids) };
}

/** The message that a request names, among those for this unit. @throws notFound, stale */
export function demandMessage(record: DischargeRecord, ref: ThingRef, expected?: number): DischargeMessage {
  const found = shownTo(record).find(({ id, patientId }) => id === ref.id && patientId === ref.patientId);
  if (!found) throw notFound();
  if (expected !== undefined && found.revision !== expected) throw stale({ extra: { revision: found.revision } });
  return found;
}

/** The stay that a message is about, whole, whoever sees it. */
export function stayOfMessage({ messages, deathAt }: DischargeRecord, { admissionId }: DischargeMessage): Stay {
  return stayOf(
    messages.filter((one) => one.admissionId === admissionId),
    deathAt,
  );
}

/** The stay that a request names, when its admission notice is for this unit. @throws notFound */
export function demandStay(record: DischargeRecord, ref: ThingRef): Stay {
  const message = demandMessage(record, ref);
  if (message.kind !== 'admission') throw notFound();
  return stayOfMessage(record, message);
}
