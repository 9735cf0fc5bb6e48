import { sql } from 'drizzle-orm';
import { index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { moment } from './contribution.ts';

/** *patient*: that a person is to be told, or was told, that there is something new in the plan; never what. */
export const notices = pgTable(
  'notices',
  {
    patient_id: uuid().notNull(),
    id: uuid().notNull(),
    /** `waiting`, `sent` or `stopped`. */
    state: text().notNull(),
    queued_at: moment('queued_at').notNull(),
    due_at: moment('due_at').notNull(),
    /** How it was sent. */
    way: text(),
    /** Why it was not sent. */
    reason: text(),
    done_at: moment('done_at'),
  },
  (t) => [
    primaryKey({ columns: [t.patient_id, t.id] }),
    uniqueIndex('notices_one_waiting').on(t.patient_id).where(sql`${t.state} = 'waiting'`),
    index('notices_due').on(t.due_at).where(sql`${t.state} = 'waiting'`),
  ],
);
