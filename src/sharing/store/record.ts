import type { Pool, PoolClient } from 'pg';
import {
  type Moment,
  type PersonFacts,
  personFactParts,
  readKeyOfPerson,
  readPersonFacts,
  Sealed,
} from '../../access/index.ts';
import { ownedFromRow, type StoredRow } from '../../db/owned-row.ts';
import { type RawRecord, type RecordPart, recordQuery } from '../../db/record-query.ts';
import { unitsPart } from '../../directory/index.ts';
import type { Actor } from '../../shared/actor.ts';
import type { PatientId } from '../../shared/ids.ts';
import type { HsaId } from '../../shared/owned.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { RelatedRef } from '../domain/direct-access.ts';
import type { ProtectedAccessRecord, SharingKind, SharingThing, SharingThings } from '../domain/model.ts';
import { TABLE } from './tables.ts';

/** What is recorded of some kinds about one person, with what the policy and the rules ask about, from one snapshot. */
export interface SharingRecord {
  readonly patientId: PatientId;
  readonly keys: readonly PatientId[];
  /** The key that the person goes by; undefined when nobody is registered. */
  readonly goesBy?: PatientId;
  readonly facts: PersonFacts;
  /** Of the kinds that were asked for. */
  readonly things: { readonly [K in SharingKind]: readonly SharingThings[K][] };
  readonly related: readonly RelatedRef[];
  /** Units that the request names, as the directory knows them. */
  readonly units: ReadonlyMap<HsaId, UnitFacts>;
  /** Providers that the request names and the directory knows as active, with their principals. */
  readonly providers: ReadonlyMap<HsaId, { readonly principal: HsaId }>;
  /** Business time, epoch milliseconds. */
  readonly now: number;
}

const OF_PERSON = 't.patient_id = any ((select keys from k)::uuid[])';

const thingsOf = (kinds: string): RecordPart => ({
  name: 'things',
  sql: `select coalesce(json_agg(t order by t.created_at, t.id), '[]'::json) from ${TABLE} t
    where ${OF_PERSON} and t.kind = any (${kinds})`,
});

/** What is recorded of some kinds, for a slice that reads it beside its own: see {@link readSharingThings}. */
export function sharingThingsPart(kinds: readonly SharingKind[]): RecordPart {
  return thingsOf(`array[${kinds.map((kind) => `'${kind}'`).join(', ')}]`);
}

/** The things of these kinds that a record holds, each under its kind, in the order in which they were recorded. */
export function readSharingThings(raw: RawRecord, kinds: readonly SharingKind[]): SharingRecord['things'] {
  const things = {} as { [K in SharingKind]: SharingThing[] };
  for (const kind of kinds) things[kind] = [];
  for (const row of raw.things as (StoredRow & { readonly kind: SharingKind })[]) {
    things[row.kind].push(ownedFromRow<SharingThing>(row));
  }
  return things as unknown as SharingRecord['things'];
}

/** The list of who may know of a protected person, for what reads it beside the person. */
export const accessPart: RecordPart = {
  name: 'protectedAccess',
  sql: `select coalesce(json_agg(t order by t.created_at, t.id), '[]'::json) from ${TABLE} t
    where ${OF_PERSON} and t.kind = 'protected-access'`,
};

/** What {@link accessPart} gave, in the order in which it was written. */
export function readAccess(raw: RawRecord): readonly ProtectedAccessRecord[] {
  return (raw[accessPart.name] as StoredRow[]).map((row) => ownedFromRow<ProtectedAccessRecord>(row));
}

const relatedPart: RecordPart = {
  name: 'relatedRefs',
  sql: `select coalesce(json_agg(json_build_object('id', t.id, 'relation', t.relation)), '[]'::json)
    from related_persons t where ${OF_PERSON} and not t.entered_in_error`,
};

const providersPart: RecordPart = {
  name: 'providers',
  sql: `select coalesce(json_agg(json_build_object('hsaId', p.hsa_id, 'principal', p.principal_hsa_id)), '[]'::json)
    from care_providers p join principals h on h.hsa_id = p.principal_hsa_id
    where p.active and h.active and p.hsa_id = any ($8::text[])`,
};

const NAMED = 'select unnest($8::text[])';

const sharingRecord = recordQuery('sharing', [
  ...personFactParts,
  relatedPart,
  unitsPart(NAMED),
  providersPart,
  thingsOf('$9::text[]'),
]);

/** What to read: about whom, which kinds, and which units and providers the request names. */
export interface SharingTarget extends Moment {
  readonly patientId: PatientId;
  readonly kinds: readonly SharingKind[];
  readonly named?: readonly HsaId[];
}

/** Reads what is recorded of some kinds about one person, sealed until the policy has decided. */
export async function loadSharing(
  db: Pool | PoolClient,
  actor: Actor,
  target: SharingTarget,
): Promise<Sealed<SharingRecord>> {
  const { patientId, kinds, named = [] } = target;
  return new Sealed(recordFrom(await sharingRecord(db, actor, { patientId }, [named, kinds]), actor, target));
}

function recordFrom(raw: RawRecord, actor: Actor, target: SharingTarget): SharingRecord {
  const providers = raw.providers as { readonly hsaId: HsaId; readonly principal: HsaId }[];
  return {
    patientId: target.patientId,
    keys: raw.keys,
    goesBy: readKeyOfPerson(raw),
    facts: readPersonFacts(raw, actor, target),
    things: readSharingThings(raw, target.kinds),
    related: raw.relatedRefs as RelatedRef[],
    units: new Map((raw.units as UnitFacts[]).map((unit) => [unit.hsaId, unit])),
    providers: new Map(providers.map(({ hsaId, principal }) => [hsaId, { principal }])),
    now: target.now,
  };
}
