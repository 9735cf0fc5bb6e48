/**
 * How a table goes with several database servers (docs/scale.md). What is not named here is *patient*: it holds one
 * person's data, every key of it begins with that person's key, and it can be dealt out by it.
 *
 * - `reference`: small, read with everything and seldom changed: a copy on every server.
 * - `lookup`: a secret or foreign key to a thing, asked for by that key alone: dealt out by it.
 * - `local`: the service's own, written by its jobs and read by nobody's request: on one server.
 */
export type TableClass = 'patient' | 'reference' | 'lookup' | 'local';

const OTHERS = {
  reference: [
    'principals',
    'care_providers',
    'units',
    'staff',
    'contact_channels',
    'directory_version',
    'deadline_rules',
    // Keys that are one person may be dealt to different servers, so each server knows which they are.
    'patient_keys',
  ],
  lookup: ['person_numbers', 'external_ids', 'idempotency_keys'],
  local: [
    'schema_migrations',
    'service_mark',
    'audit_seals',
    'audit_sealed',
    'audit_unsealed',
    'audit_retentions',
    'audit_reviews',
    'audit_review_findings',
    'audit_review_conclusions',
    'audit_watches',
    'event_sequence',
    'event_followers',
    'subscriptions',
    'subscription_progress',
    'deliveries',
  ],
} as const satisfies Record<Exclude<TableClass, 'patient'>, readonly string[]>;

const CLASSES: ReadonlyMap<string, TableClass> = new Map(
  Object.entries(OTHERS).flatMap(([of, tables]) => tables.map((table) => [table, of as TableClass] as const)),
);

/** Of what class a table is; one that nobody has thought of is a patient's, and has to keep to that. */
export function classOf(table: string): TableClass {
  return CLASSES.get(table) ?? 'patient';
}

/** The tables that are named as something else than a patient's. */
export const NAMED_TABLES: readonly string[] = [...CLASSES.keys()];
