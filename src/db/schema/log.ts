import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytes } from './audit-log.ts';
import { moment } from './contribution.ts';

/**
 * *log*: who saw or did what about whom (PDL 4:3, HSLF-FS 2016:40 4:9), append-only, partitioned by month in the
 * custom migration. `patient_id` is nil when no person is known.
 */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: uuid().notNull(),
    /** Real time, in milliseconds: never the moved clock. */
    at: moment('at').notNull(),
    patient_id: uuid().notNull(),
    activity: text().notNull(),
    action: text().notNull(),
    purpose: text().notNull(),
    outcome: text().notNull(),
    reason: text(),
    user_kind: text().notNull(),
    user_id: text().notNull(),
    user_name: text(),
    user_unit: text(),
    user_provider: text(),
    resource_kinds: text().array().notNull(),
    resource_ids: uuid().array().notNull(),
    resource_owners: text().array().notNull(),
    /** Names of criteria or changed fields; never values. */
    particulars: jsonb(),
    hits: integer(),
    request_id: text().notNull(),
    route: text().notNull(),
    /** Over all other fields, made by the service before the row reached the database (`audit/entry-hash.ts`). */
    hash: bytes().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.patient_id, t.at, t.id] }),
    index('audit_entries_user').on(t.user_id, t.at),
    index('audit_entries_provider').on(t.user_provider, t.at),
  ],
);

/**
 * *patient*: what happened, for portals and systems: ids and names only, written with its change. A row is all that one
 * change tells of one person: its first event in columns of its own, the others in lists (docs/decisions/0016).
 */
export const outbox = pgTable(
  'outbox',
  {
    patient_id: uuid().notNull(),
    id: uuid().notNull(),
    seq: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
    /** Of its last event, given by the sequencer once the row has committed: those before it have the numbers before. */
    position: bigint({ mode: 'number' }),
    /** Real time of that: what its keeping is counted from. */
    sequenced_at: moment('sequenced_at'),
    event: text().notNull(),
    plan_id: uuid(),
    resource_kind: text().notNull(),
    resource_id: uuid().notNull(),
    revision: integer().notNull(),
    owner_unit: text().notNull(),
    owner_provider: text().notNull(),
    /** Business time of the change. */
    at: moment('at').notNull(),
    /** What the same change tells after that; null when it tells nothing more. */
    more_ids: uuid().array(),
    more_events: text().array(),
    more_resource_kinds: text().array(),
    more_resource_ids: uuid().array(),
    /** Of these, null when all are as the first event's. */
    more_revisions: integer().array(),
    more_plan_ids: uuid().array(),
    more_owner_units: text().array(),
    more_owner_providers: text().array(),
  },
  (t) => [
    primaryKey({ columns: [t.patient_id, t.id] }),
    index('outbox_position').on(t.position),
    index('outbox_unsequenced').on(t.seq).where(sql`${t.position} is null`),
  ],
);

/** *lookup*: one answer per (actor, route, key) for 72 hours, so that a lost connection is safe to try again. */
export const idempotencyKeys = pgTable('idempotency_keys', {
  /** Hash of actor, route and key. */
  hash: text().primaryKey(),
  body_hash: text().notNull(),
  status: integer().notNull(),
  patient_id: uuid().notNull(),
  resource_id: uuid().notNull(),
  resource_kind: text().notNull(),
  plan_id: uuid(),
  created_at: moment('created_at').notNull(),
});

/** *lookup*: (provider, source, external id) to the thing: the only holder of that uniqueness. */
export const externalIds = pgTable('external_ids', {
  hash: text().primaryKey(),
  patient_id: uuid().notNull(),
  id: uuid().notNull(),
  plan_id: uuid(),
  kind: text().notNull(),
});
