import { sql } from 'drizzle-orm';
import { check, date, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { moment } from './contribution.ts';

/**
 * *lookup*: what a region and a kommun have agreed on about a deadline, for a time. About no patient. Rows are added and
 * ended, never rewritten: what was counted by one names it.
 */
export const deadlineRules = pgTable(
  'deadline_rules',
  {
    id: uuid().primaryKey(),
    region: text().notNull(),
    municipality: text().notNull(),
    name: text().notNull(),
    rule: jsonb().notNull(),
    valid_from: date({ mode: 'string' }).notNull(),
    valid_to: date({ mode: 'string' }),
    reference: text().notNull(),
    created_at: moment('created_at').notNull(),
  },
  (t) => [
    check('deadline_rules_end_after_start', sql`${t.valid_to} is null or ${t.valid_to} >= ${t.valid_from}`),
    unique('deadline_rules_once').on(t.region, t.municipality, t.name, t.valid_from),
  ],
);
