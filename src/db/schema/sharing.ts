import { sql } from 'drizzle-orm';
import { check, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { historyColumns, moment, ownership } from './contribution.ts';

/**
 * *patient*: what the law is judged by, whatever it is: information given, care relations, inability, blocks and requests
 * to lift them, emergency accesses, blocked guardians, sealings, decisions of units, the list of a protected person and
 * what is asked to be taken out about one.
 *
 * One table, since all of it is read with every plan: ten tables would be ten more walks for each reader, most of them
 * for nothing. `kind` says which; what a kind does not have is null, and `content` holds it as its own type.
 */
export const accessFacts = pgTable(
  'access_facts',
  {
    ...ownership,
    kind: text().notNull(),
    /** Whose data, or who is asked. */
    provider: text(),
    unit: text(),
    staff: text(),
    client_id: text(),
    state: text(),
    from_at: moment('from_at'),
    /** The first instant when it no longer holds. */
    until_at: moment('until_at'),
  },
  (t) => [
    primaryKey({ columns: [t.patient_id, t.id] }),
    check('access_facts_end_after_start', sql`${t.until_at} is null or ${t.until_at} >= ${t.from_at}`),
    check('access_facts_emergency_ends', sql`${t.kind} <> 'emergency-access' or ${t.until_at} is not null`),
    check(
      'access_facts_export_by_two',
      sql`${t.kind} <> 'export-request' or (${t.staff} is not null and ${t.until_at} is not null
        and (${t.state} <> 'approved' or coalesce(${t.content}->'answered'->'by'->>'staff', ${t.staff}) <> ${t.staff}))`,
    ),
    index('access_facts_asked')
      .on(t.provider, t.created_at, t.patient_id, t.id)
      .where(sql`${t.kind} = 'block-lift-request'`),
  ],
);
export const accessFactsHistory = pgTable('access_facts_history', historyColumns, (t) => [
  primaryKey({ columns: [t.patient_id, t.id, t.revision] }),
]);

/** *patient*: utlämnande, one copy to one receiver, with the wording that was handed over (PDL 3:11). */
export const disclosures = pgTable(
  'disclosures',
  {
    ...ownership,
    plan_id: uuid().notNull(),
    ground: text().notNull(),
    /** `unit:`, `provider:` or `principal:` and an HSA-id, or `person`. */
    receiver: text().notNull(),
    made_at: moment('made_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.patient_id, t.id] })],
);
export const disclosuresHistory = pgTable('disclosures_history', historyColumns, (t) => [
  primaryKey({ columns: [t.patient_id, t.id, t.revision] }),
]);
