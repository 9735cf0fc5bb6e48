import type { Pool, PoolClient } from 'pg';
import {
  actorUnitPart,
  consentHolds,
  isListed,
  isUnderProtection,
  type Moment,
  type PersonFacts,
  personFactParts,
  readActorUnit,
  readKeyOfPerson,
  readPersonFacts,
  readProtectedWhile,
  Sealed,
} from '../../access/index.ts';
import type { AuditedResource } from '../../audit/index.ts';
import { ownedFromRow, ownedRow, type StoredRow } from '../../db/owned-row.ts';
import { type RawRecord, type RecordPart, recordQuery } from '../../db/record-query.ts';
import type { RowChange } from '../../db/save-rows.ts';
import { type AgreedRule, deadlineRulesPart, readDeadlineRules } from '../../deadlines/index.ts';
import { unitsPart } from '../../directory/index.ts';
import type { OutboxEvent } from '../../events/index.ts';
import { isProtected, type Patient, patientParts, readPatients } from '../../patients/index.ts';
import type { Actor, StaffActor } from '../../shared/actor.ts';
import type { PatientId, ThingId } from '../../shared/ids.ts';
import type { HsaId } from '../../shared/owned.ts';
import { startOfDay } from '../../shared/swedish-time.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { DischargeMessage } from '../domain/model.ts';
import type { DischargeFacts } from '../domain/send.ts';
import { type Stay, stayOf } from '../domain/states.ts';

const TABLE = 'discharge_messages';
export const RESOURCE = 'discharge-message';

/** All that is told about one person's stays, with what policy and rules ask about, from one snapshot. */
export interface DischargeRecord {
  readonly patientId: PatientId;
  /** The key that the person goes by; undefined when nobody is registered. */
  readonly goesBy?: PatientId;
  readonly patient?: Patient;
  readonly facts: PersonFacts;
  /** The units that the actor acts for: staff's own; of a system's provider, those that messages or the request name. */
  readonly ours: readonly UnitFacts[];
  readonly messages: readonly DischargeMessage[];
  /** Those from a time when the person was protected, of which the reader, who is not on the list, learns nothing. */
  readonly withheld: ReadonlySet<ThingId>;
  readonly known: DischargeFacts;
  /** The first instant of the day on which the register says that the person died. */
  readonly deathAt?: string;
  /** Business time, epoch milliseconds. */
  readonly now: number;
}

export const messagesPart: RecordPart = {
  name: 'messages',
  sql: `select coalesce(json_agg(t order by t.sent_at, t.id), '[]'::json) from ${TABLE} t
    where t.patient_id = any ((select keys from k)::uuid[])`,
};

export const IN_MESSAGES = `select unnest(t.receivers || t.recorded_unit) from ${TABLE} t
  where t.patient_id = any ((select keys from k)::uuid[])`;
const NAMED = `select unnest($8::text[]) union ${IN_MESSAGES}`;

const record = recordQuery('discharge', [
  ...personFactParts,
  ...patientParts,
  messagesPart,
  unitsPart(NAMED),
  deadlineRulesPart,
]);

/** Reads what is told about one person's stays, sealed until the policy has decided. */
export async function loadDischarge(
  db: Pool | PoolClient,
  actor: Actor,
  target: Moment & { readonly patientId: PatientId; readonly named?: readonly HsaId[] },
): Promise<Sealed<DischargeRecord>> {
  const raw = await record(db, actor, { patientId: target.patientId }, [target.named ?? []]);
  return new Sealed(recordFrom(raw, actor, target));
}

function recordFrom(raw: RawRecord, actor: Actor, target: Moment & { readonly patientId: PatientId }): DischargeRecord {
  const { canonical } = readPatients(raw);
  const facts = readPersonFacts(raw, actor, target);
  const known = knownFrom(raw, facts, canonical);
  const messages = (raw.messages as StoredRow[]).map((row) => ownedFromRow<DischargeMessage>(row));
  return {
    patientId: target.patientId,
    goesBy: readKeyOfPerson(raw),
    patient: canonical,
    facts,
    ours: actsFor(actor, facts, known),
    messages,
    withheld: isListed(actor, facts) ? new Set() : underProtection(raw, messages),
    known,
    ...(canonical?.deceasedOn && { deathAt: new Date(startOfDay(canonical.deceasedOn)).toISOString() }),
    now: target.now,
  };
}

/**
 * Those from a time when the person was protected, as {@link personFactParts} tells of those: sent then, or changed then. Received
 * or corrected afterwards they are from that time still.
 */
export function underProtection(raw: RawRecord, messages: readonly DischargeMessage[]): ReadonlySet<ThingId> {
  const periods = readProtectedWhile(raw);
  return new Set(
    messages.flatMap(({ id, createdAt, changedAt }) => (isUnderProtection(periods, createdAt, changedAt) ? [id] : [])),
  );
}

function actsFor(actor: Actor, { actorUnit }: PersonFacts, { units }: DischargeFacts): readonly UnitFacts[] {
  if (actor.kind !== 'system') return actorUnit ? [actorUnit] : [];
  return [...units.values()].filter(({ provider }) => provider.hsaId === actor.providerHsaId);
}

function knownFrom(raw: RawRecord, facts: PersonFacts, patient: Patient | undefined): DischargeFacts {
  const rules: readonly AgreedRule[] = readDeadlineRules(raw);
  return {
    units: new Map((raw.units as UnitFacts[]).map((unit) => [unit.hsaId, unit])),
    rules,
    sipConsent: (facts.consents ?? []).some((consent) => consent.type === 'sip' && consentHolds(consent, facts)),
    addressProtected: patient !== undefined && isProtected(patient),
  };
}

/** All that is told of one person's stays, for rules of other slices that look at the person: {@link readStaysOf}. */
export const stayParts: readonly RecordPart[] = [messagesPart, { ...unitsPart(IN_MESSAGES), name: 'stayUnits' }];

/**
 * The person's stays as {@link stayParts} gave them, with the units that their messages name.
 *
 * @param deceasedOn the day on which the register says that the person died
 */
export function readStaysOf(
  raw: RawRecord,
  deceasedOn?: string,
): { readonly stays: readonly Stay[]; readonly units: readonly UnitFacts[] } {
  const messages = (raw.messages as StoredRow[]).map((row) => ownedFromRow<DischargeMessage>(row));
  const ids = [...new Set(messages.map(({ admissionId }) => admissionId))];
  const deathAt = deceasedOn && new Date(startOfDay(deceasedOn)).toISOString();
  const stays = ids.map((id) =>
    stayOf(
      messages.filter(({ admissionId }) => admissionId === id),
      deathAt,
    ),
  );
  return { stays, units: raw.stayUnits as UnitFacts[] };
}

/** A message as its row; its history row follows by itself. */
export function messageRow(message: DischargeMessage, write: 'insert' | 'update'): RowChange {
  const { admissionId, kind, state, receivers, sentAt } = message;
  const columns = { admission_id: admissionId, kind, state, receivers, sent_at: sentAt };
  return { table: TABLE, write, row: ownedRow(message, columns) };
}

export function messageResource(message: DischargeMessage): AuditedResource {
  return { kind: RESOURCE, id: message.id, owner: message.recordedBy.provider };
}

/**
 * What is told of a message, by id and name: to the provider that sent it what has become of it, and to each receiving
 * unit's that something waits for that unit. Who is told by law need not take part in any plan.
 */
export function messageEvents(
  before: DischargeMessage | undefined,
  after: DischargeMessage,
  units: DischargeFacts['units'],
): OutboxEvent[] {
  const isReceipt = before !== undefined && after.receipts.length > before.receipts.length;
  const about = {
    patientId: after.patientId,
    resourceKind: RESOURCE,
    resourceId: after.id,
    revision: after.revision,
    at: after.changedAt,
  };
  const { unit, provider } = after.recordedBy;
  const event = !before ? (`discharge.${after.kind}` as const) : isReceipt ? 'discharge.received' : changeOf(after);
  const own: OutboxEvent = { ...about, event, ownerUnit: unit, ownerProvider: provider };
  if (isReceipt) return [own];
  const waiting = after.receivers.flatMap((receiver): OutboxEvent[] => {
    const facts = units.get(receiver);
    if (!facts) return [];
    return [{ ...about, event: 'discharge.waiting', ownerUnit: receiver, ownerProvider: facts.provider.hsaId }];
  });
  return [own, ...waiting];
}

const changeOf = ({ state }: DischargeMessage) =>
  state === 'cancelled' ? ('discharge.withdrawn' as const) : ('discharge.corrected' as const);

/** A message that the acting unit has not received yet: enough to open it, and nothing of what it says. */
export interface WaitingMessage {
  readonly id: DischargeMessage['id'];
  readonly patientId: PatientId;
  readonly admissionId: DischargeMessage['id'];
  readonly kind: DischargeMessage['kind'];
  readonly sentAt: string;
  readonly fromUnit: HsaId;
  readonly ownerProvider: HsaId;
}

/** Only rows sent to the acting unit, and none of a person whom it may not know of. */
const waitingPart: RecordPart = {
  name: 'waiting',
  sql: `select coalesce(json_agg(json_build_object('id', w.id, 'patientId', w.patient_id, 'admissionId', w.admission_id,
      'kind', w.kind, 'sentAt', w.sent_at, 'fromUnit', w.recorded_unit, 'ownerProvider', w.recorded_provider)
      order by w.sent_at, w.id), '[]'::json)
    from (select t.* from ${TABLE} t where t.receivers @> array[$3] and t.state <> 'cancelled' and not t.entered_in_error
        and not t.content->'receipts' @> jsonb_build_array(jsonb_build_object('unit', $3))
        and not is_withheld_from(t.patient_id, $8, $3, null, $9::timestamptz, t.created_at)
        and not is_withheld_from(t.patient_id, $8, $3, null, $9::timestamptz, t.changed_at)
      order by t.sent_at, t.id limit 200) w`,
};

const waiting = recordQuery('discharge_waiting', [actorUnitPart, waitingPart], { unbound: true });

/** Messages to the acting unit that it has not received, oldest first, at most 200. */
export async function loadWaiting(pool: Pool, actor: StaffActor, now: number) {
  const raw = await waiting(pool, actor, {}, [actor.employeeHsaId, new Date(now).toISOString()]);
  return new Sealed({ actorUnit: readActorUnit(raw), rows: raw.waiting as readonly WaitingMessage[] });
}
