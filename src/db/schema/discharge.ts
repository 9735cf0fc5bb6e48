import { sql } from 'drizzle-orm';
import { check, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { historyColumns, moment, ownership } from './contribution.ts';

/**
 * *patient*: what units tell each other about a stay in hospital and the way home (LUS 2017:612), whatever kind it is. One
 * table, since a stay is read whole; `content` holds each kind's own type. Nothing is taken away: a message is corrected or
 * withdrawn.
 */
export const dischargeMessages = pgTable(
  'discharge_messages',
  {
    ...ownership,
    /** The stay: its admission notice's own id. */
    admission_id: uuid().notNull(),
    kind: text().notNull(),
    state: text().notNull(),
    receivers: text().array().notNull(),
    sent_at: moment('sent_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.patient_id, t.id] }),
    check('discharge_messages_admission', sql`(${t.kind} = 'admission') = (${t.admission_id} = ${t.id})`),
    check('discharge_messages_receivers', sql`cardinality(${t.receivers}) > 0`),
    index('discharge_messages_stay').on(t.patient_id, t.admission_id),
    index('discharge_messages_to').using('gin', t.receivers),
  ],
);
export const dischargeMessagesHistory = pgTable('discharge_messages_history', historyColumns, (t) => [
  primaryKey({ columns: [t.patient_id, t.id, t.revision] }),
]);
