import type { Pool } from 'pg';
import {
  type Facts,
  type Moment,
  type Period,
  personFactParts,
  readKeyOfPerson,
  readPersonFacts,
  readProtectedWhile,
  readUnitProviders,
  Sealed,
  unitProvidersPart,
} from '../../access/index.ts';
import type { AuditedResource } from '../../audit/index.ts';
import { ownedFromRow, ownedRow, type StoredRow } from '../../db/owned-row.ts';
import type { ReadingPlace } from '../../db/query.ts';
import { type RawRecord, type RecordPart, recordQuery } from '../../db/record-query.ts';
import type { RowChange } from '../../db/save-rows.ts';
import type { OutboxEvent } from '../../events/index.ts';
import type { Actor } from '../../shared/actor.ts';
import type { PatientId, ThingId } from '../../shared/ids.ts';
import { type Disclosure, receiverKey } from '../domain/disclosure.ts';
import type { HsaId } from '../domain/model.ts';
import { readBeside } from './beside-directory.ts';
import { type PlanRecord, type PlanTarget, planQuery, recordFrom } from './record.ts';

const disclosuresPart: RecordPart = {
  name: 'disclosures',
  sql: `select coalesce(json_agg(t order by t.created_at, t.id), '[]'::json) from disclosures t
    where t.patient_id = any ((select keys from k)::uuid[]) and not t.entered_in_error`,
};

const readDisclosures = (raw: RawRecord): readonly Disclosure[] =>
  (raw.disclosures as StoredRow[]).map((row) => ownedFromRow<Disclosure>(row));

/** A plan with what making a copy of it must know. */
export interface DisclosureRecord extends PlanRecord {
  readonly disclosures: readonly Disclosure[];
  /** Whether the directory knows the receiver that was named. */
  readonly receiverKnown: boolean;
}

const receiverPart: RecordPart = {
  name: 'receiverKnown',
  sql: `select exists (select from units u where u.active and u.hsa_id = $8)
    or exists (select from care_providers p where p.active and p.hsa_id = $8)
    or exists (select from principals h where h.active and h.hsa_id = $8)`,
};

const making = planQuery('plan_disclose', 'plan', [disclosuresPart, receiverPart]);

/** Reads a plan and the copies made of it, in a change's own transaction. */
export function loadForDisclosure(
  place: ReadingPlace,
  actor: Actor,
  target: PlanTarget,
  receiver: HsaId | undefined,
): Promise<Sealed<DisclosureRecord>> {
  return readBeside(place, {
    query: making,
    actor,
    target,
    more: [receiver ?? null],
    make: (raw, of, beside) => ({
      ...recordFrom(raw, of, beside),
      disclosures: readDisclosures(raw),
      receiverKnown: raw.receiverKnown as boolean,
    }),
  });
}

/** A person's disclosures with what the policy asks about. */
export interface DisclosuresOfPerson {
  readonly goesBy?: PatientId;
  readonly facts: Facts;
  readonly disclosures: readonly Disclosure[];
  /** When the person has been protected. */
  readonly protectedWhile: readonly Period[];
  /** Plans that the patient is not shown, whatever was copied from them. */
  readonly unshown: ReadonlySet<ThingId>;
  readonly now: number;
  /** The provider of each unit that a copy was handed to. */
  readonly receiverUnits: ReadonlyMap<HsaId, HsaId>;
}

const receiverUnitsPart = unitProvidersPart(
  'receiverUnits',
  `select substr(t.receiver, length('unit:') + 1) from disclosures t
    where t.patient_id = any ((select keys from k)::uuid[]) and t.receiver like 'unit:%'`,
);

const unshownPart: RecordPart = {
  name: 'unshown',
  sql: `select coalesce(json_agg(p.id), '[]'::json) from plans p
    where p.patient_id = any ((select keys from k)::uuid[]) and p.status in ('draft', 'entered-in-error')`,
};

const listing = recordQuery('disclosures', [...personFactParts, disclosuresPart, receiverUnitsPart, unshownPart]);

/** Reads all copies that have been made about one person, sealed until the policy has decided. */
export async function loadDisclosures(
  pool: Pool,
  actor: Actor,
  { patientId, ...moment }: Moment & { readonly patientId: PatientId },
): Promise<Sealed<DisclosuresOfPerson>> {
  const raw = await listing(pool, actor, { patientId });
  return new Sealed({
    goesBy: readKeyOfPerson(raw),
    facts: readPersonFacts(raw, actor, moment),
    disclosures: readDisclosures(raw),
    protectedWhile: readProtectedWhile(raw),
    unshown: new Set(raw.unshown as ThingId[]),
    now: moment.now,
    receiverUnits: readUnitProviders(raw, receiverUnitsPart.name),
  });
}

export function disclosureRow(made: Disclosure): RowChange {
  const columns = { ground: made.ground, receiver: receiverKey(made.receiver), made_at: made.madeAt };
  return { table: 'disclosures', write: 'insert', row: ownedRow(made, columns) };
}

export function disclosureResource({ id, recordedBy }: Disclosure): AuditedResource {
  return { kind: 'disclosure', id, owner: recordedBy.provider };
}

/** The receiver is told that there is a copy to read. */
export function disclosureEvents(made: Disclosure): readonly OutboxEvent[] {
  return [
    {
      event: 'disclosure.made',
      patientId: made.patientId,
      planId: made.planId,
      resourceKind: 'disclosure',
      resourceId: made.id,
      revision: made.revision,
      ownerUnit: made.recordedBy.unit,
      ownerProvider: made.recordedBy.provider,
      at: made.changedAt,
    },
  ];
}
