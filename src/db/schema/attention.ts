import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { moment } from './contribution.ts';

/**
 * *patient*: what has fallen between chairs, made by the service and never by a person; who owns it sees to it. Not part of the
 * record: it points at what is.
 */
export const findings = pgTable(
  'findings',
  {
    patient_id: uuid().notNull(),
    id: uuid().notNull(),
    revision: integer().notNull(),
    rule: text().notNull(),
    severity: text().notNull(),
    /** None for what is about a stay in hospital. */
    plan_id: uuid(),
    subject_kind: text().notNull(),
    subject_id: uuid().notNull(),
    owner_unit: text().notNull(),
    owner_provider: text().notNull(),
    /** `open`, `explained`, `resolved`. */
    state: text().notNull(),
    /** Business time from which it holds, and when it was found. */
    since: moment('since').notNull(),
    found_at: moment('found_at').notNull(),
    /** When it no longer held; an explained one holds until then and is not found anew. */
    ended_at: moment('ended_at'),
    /** Who explained it, when and how. */
    explained: jsonb(),
  },
  (t) => [
    primaryKey({ columns: [t.patient_id, t.id] }),
    uniqueIndex('findings_once').on(t.patient_id, t.rule, t.subject_id).where(sql`${t.ended_at} is null`),
    index('findings_plan').on(t.patient_id, t.plan_id),
    index('findings_owner').on(t.owner_unit, t.since, t.patient_id, t.id).where(sql`${t.state} = 'open'`),
  ],
);

/** *lookup*: when a person's plans are to be looked at next; at once when something has happened. */
export const attentionDue = pgTable(
  'attention_due',
  {
    patient_id: uuid().primaryKey(),
    next_at: moment('next_at').notNull(),
    /** Until when, in real time, one process is looking: it is another's to do when that has passed. */
    taken_until: moment('taken_until'),
  },
  (t) => [index('attention_due_next').on(t.next_at)],
);
