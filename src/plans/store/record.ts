import type { Pool, PoolClient } from 'pg';
import {
  type LawFacts,
  lawPart,
  type Moment,
  type Period,
  readLaw,
  readProtectedWhile,
  Sealed,
} from '../../access/index.ts';
import { type Consent, consentParts, readConsents } from '../../consents/index.ts';
import { ownedFromRow, type StoredRow } from '../../db/owned-row.ts';
import { type RawRecord, type RecordPart, type RecordTarget, recordQuery } from '../../db/record-query.ts';
import { channelsPart, staffPart, unitsPart } from '../../directory/index.ts';
import { type Patient, patientParts, type RelatedPerson, readPatients } from '../../patients/index.ts';
import type { Actor } from '../../shared/actor.ts';
import type { PatientId } from '../../shared/ids.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { ContributionKind, HsaId, PlanContent } from '../domain/model.ts';
import type { ContactChannel } from '../domain/reach.ts';
import { KINDS, STORAGE } from './tables.ts';

/** Whether a member of staff is at work, and free to be named. */
export interface StaffFacts {
  readonly hsaId: HsaId;
  readonly active: boolean;
  readonly protectedIdentity: boolean;
}

/** Facts and content of one person, from one snapshot: what the policy judges and the rules work on. */
export interface PlanRecord {
  /** The key that was asked for, or the citizen's own; nil when neither is known. */
  readonly patientId: PatientId;
  /** All keys of the person. */
  readonly keys: readonly PatientId[];
  /** The person that a citizen's own number leads to. */
  readonly self?: PatientId;
  readonly patient?: Patient;
  readonly relatedPersons: readonly RelatedPerson[];
  readonly consents: readonly Consent[];
  /** What the policy asks about the person, whichever plan is meant. */
  readonly law: LawFacts;
  /** When the person has been protected. */
  readonly protectedWhile: readonly Period[];
  readonly units: ReadonlyMap<HsaId, UnitFacts>;
  readonly channels: ReadonlyMap<HsaId, readonly ContactChannel[]>;
  readonly staff: ReadonlyMap<HsaId, StaffFacts>;
  readonly content: PlanContent;
  /** Business time of the request, epoch milliseconds: what ages and periods are judged by. */
  readonly now: number;
}

/** Whose record, at which business time. */
export type PlanTarget = RecordTarget & Moment;

const ofPlan = (table: string, column = 'plan_id') =>
  `from ${table} t where t.patient_id = any ((select keys from k)::uuid[]) and ($2::uuid is null or t.${column} = $2)`;

/** Every unit or member of staff that the content or the request names, and the acting unit. */
const NAMED_IN_CONTENT = `
  select $3 union select unnest($8::text[]) union
  select unnest(array[t.recorded_unit, t.lead_unit, t.created_by_unit]) ${ofPlan('plans', 'id')} union
  select t.unit ${ofPlan('participants')} union
  select unnest(array[t.responsible_now, t.responsible_unit, t.content->>'supportUnit', t.content->'contact'->>'unit']) ${ofPlan('steps')} union
  select unnest(array[t.unit, t.content->'person'->>'staff', t.content->'deputy'->>'unit', t.content->'deputy'->>'staff']) ${ofPlan('named_contacts')} union
  select t.by_unit ${ofPlan('commitments')} union
  select unnest(array[t.content->'call'->'day'->>'unit', t.content->'call'->'night'->>'unit']) ${ofPlan('safety_net_items')} union
  select t.content->>'responsibleUnit' ${ofPlan('follow_ups')}`;

export const contentParts: readonly RecordPart[] = KINDS.map((kind) => {
  const { table } = STORAGE[kind];
  return {
    name: table,
    sql: `select coalesce(json_agg(t), '[]'::json) ${ofPlan(table, kind === 'plan' ? 'id' : 'plan_id')}`,
  };
});

/** What every read of plans needs beside the plans themselves. */
export const factParts: readonly RecordPart[] = [
  ...patientParts,
  ...consentParts,
  lawPart,
  unitsPart(NAMED_IN_CONTENT),
  channelsPart(NAMED_IN_CONTENT),
  staffPart(NAMED_IN_CONTENT),
];

const planRecord = recordQuery('plan_record', [...factParts, ...contentParts]);

/**
 * Reads facts and content of one person's plans (or one plan) in one statement, and keeps them sealed until the policy
 * has decided.
 *
 * @param named units that the request names and the content may not: the rules must know them as well
 */
export async function loadRecord(
  db: Pool | PoolClient,
  actor: Actor,
  target: PlanTarget,
  named: readonly HsaId[] = [],
): Promise<Sealed<PlanRecord>> {
  return new Sealed(recordFrom(await planRecord(db, actor, target, [named]), target));
}

/** The record that the statement's parts make up. */
export function recordFrom(raw: RawRecord, target: PlanTarget): PlanRecord {
  const { canonical, relatedPersons } = readPatients(raw);
  const content = {} as { [K in ContributionKind]: unknown[] };
  for (const kind of KINDS) {
    content[kind] = (raw[STORAGE[kind].table] as StoredRow[]).map((row) => ownedFromRow(row));
  }
  return {
    patientId: target.patientId ?? raw.keys[0]!,
    keys: raw.keys,
    self: (raw.self as PatientId | null) ?? undefined,
    patient: canonical,
    relatedPersons,
    consents: readConsents(raw),
    law: readLaw(raw, target),
    protectedWhile: readProtectedWhile(raw),
    units: new Map((raw.units as UnitFacts[]).map((unit) => [unit.hsaId, unit])),
    staff: new Map((raw.staff as StaffFacts[]).map((one) => [one.hsaId, one])),
    channels: groupChannels(raw.channels as (ContactChannel & { owner: HsaId })[]),
    content: content as unknown as PlanContent,
    now: target.now,
  };
}

function groupChannels(rows: readonly (ContactChannel & { owner: HsaId })[]): Map<HsaId, ContactChannel[]> {
  const byOwner = new Map<HsaId, ContactChannel[]>();
  for (const { owner, ...channel } of rows) {
    const own = byOwner.get(owner);
    if (own) own.push(channel);
    else byOwner.set(owner, [channel]);
  }
  return byOwner;
}
