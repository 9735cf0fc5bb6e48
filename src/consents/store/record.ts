import type { Pool, PoolClient } from 'pg';
import {
  type Moment,
  type PersonFacts,
  personFactParts,
  readKeyOfPerson,
  readPersonFacts,
  readUnitProviders,
  Sealed,
  unitFactsSql,
  unitProvidersPart,
} from '../../access/index.ts';
import { type RawRecord, type RecordPart, type RecordTarget, recordQuery } from '../../db/record-query.ts';
import type { Actor } from '../../shared/actor.ts';
import type { PatientId, ThingId } from '../../shared/ids.ts';
import type { HsaId } from '../../shared/owned.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { RecipientFacts } from '../domain/demands.ts';
import type { Consent, Recipient } from '../domain/model.ts';
import { consentParts, readConsents } from './record-parts.ts';

/** One person's consents with what the policy and the rules ask about, from one snapshot. */
export interface ConsentRecord {
  readonly patientId: PatientId;
  readonly keys: readonly PatientId[];
  /** The key that the person goes by; undefined when nobody is registered. */
  readonly goesBy?: PatientId;
  readonly consents: readonly Consent[];
  readonly facts: PersonFacts;
  /** What the directory says of the HSA-id that was asked about, as each kind of recipient. */
  readonly recipient: StoredRecipient;
  /** The provider of each unit that a consent is given to. */
  readonly recipientUnits: ReadonlyMap<HsaId, HsaId>;
  /** Whether the plan that was asked about is one of the person's. */
  readonly planKnown: boolean;
  /** Registered guardians, who answer for a child. */
  readonly guardians: ReadonlySet<ThingId>;
  /** Plans that the actor's unit takes part in. */
  readonly plansOfUnit: ReadonlySet<ThingId>;
}

interface StoredRecipient {
  readonly unit: UnitFacts | null;
  readonly provider: { readonly kind: 'care' | 'social-care'; readonly active: boolean } | null;
  readonly principal: { readonly active: boolean } | null;
}

const recipientPart: RecordPart = {
  name: 'recipient',
  sql: `select json_build_object('unit', (${unitFactsSql('$8')}),
    'provider', (select json_build_object('kind', p.kind, 'active', p.active and h.active) from care_providers p
      join principals h on h.hsa_id = p.principal_hsa_id where p.hsa_id = $8),
    'principal', (select json_build_object('active', h.active) from principals h where h.hsa_id = $8))`,
};

const recipientUnitsPart = unitProvidersPart(
  'recipientUnits',
  `select t.content->'recipient'->>'hsaId' from consents t where t.patient_id = any ((select keys from k)::uuid[])`,
);

/** Plans stand above consents and cannot be asked; only whether there is one of that id is looked up here. */
const planKnownPart: RecordPart = {
  name: 'planKnown',
  sql: `select exists (select from plans t where t.patient_id = any ((select keys from k)::uuid[]) and t.id = $2
    and not t.entered_in_error)`,
};

const OF_PERSON = 't.patient_id = any ((select keys from k)::uuid[]) and not t.entered_in_error';

const guardiansPart: RecordPart = {
  name: 'guardianIds',
  sql: `select coalesce(json_agg(t.id), '[]'::json) from related_persons t where ${OF_PERSON} and t.relation = 'guardian'`,
};

/** Who plans together must know of the consents that the plan rests on, whoever took them. */
const plansOfUnitPart: RecordPart = {
  name: 'plansOfUnit',
  sql: `select coalesce(json_agg(p.id), '[]'::json) from (
    select t.plan_id as id from participants t where ${OF_PERSON} and t.unit = $3 and t.state in ('invited', 'accepted')
    union select t.id from plans t where ${OF_PERSON} and $3 in (t.lead_unit, t.created_by_unit)) p`,
};

const consentRecord = recordQuery('consent_record', [
  ...personFactParts,
  ...consentParts,
  recipientPart,
  recipientUnitsPart,
  planKnownPart,
  guardiansPart,
  plansOfUnitPart,
]);

/** Reads one person's consents, sealed until the policy has decided. */
export async function loadConsents(
  db: Pool | PoolClient,
  actor: Actor,
  target: RecordTarget & { readonly patientId: PatientId } & Moment,
  recipientHsaId?: string,
): Promise<Sealed<ConsentRecord>> {
  return new Sealed(recordFrom(await consentRecord(db, actor, target, [recipientHsaId ?? null]), actor, target));
}

function recordFrom(raw: RawRecord, actor: Actor, target: Parameters<typeof loadConsents>[2]): ConsentRecord {
  return {
    patientId: target.patientId,
    keys: raw.keys,
    goesBy: readKeyOfPerson(raw),
    consents: readConsents(raw),
    facts: readPersonFacts(raw, actor, target),
    recipient: raw.recipient as StoredRecipient,
    recipientUnits: readUnitProviders(raw, recipientUnitsPart.name),
    planKnown: raw.planKnown as boolean,
    guardians: new Set(raw.guardianIds as ThingId[]),
    plansOfUnit: new Set(raw.plansOfUnit as ThingId[]),
  };
}

/** What the rules may know of the recipient; nothing when the directory has none of that kind under that id. */
export function recipientFacts(record: ConsentRecord, recipient: Recipient): RecipientFacts {
  const { unit, provider, principal } = record.recipient;
  switch (recipient.kind) {
    case 'unit':
      return unit ? { active: unit.active, providerKind: unit.provider.kind, area: unit.area } : {};
    case 'provider':
      return provider ? { active: provider.active, providerKind: provider.kind } : {};
    case 'principal':
      return principal ? { active: principal.active } : {};
    case 'person':
      return {};
  }
}
