import { integer, pgTable, primaryKey, unique } from 'drizzle-orm/pg-core';
import { historyColumns, moment, ownership } from './contribution.ts';

/** *patient*: prints of the patient's overview, numbered within the person; which facts are on each, never their words. */
export const sheets = pgTable(
  'sheets',
  { ...ownership, number: integer().notNull(), printed_at: moment('printed_at').notNull() },
  (t) => [primaryKey({ columns: [t.patient_id, t.id] }), unique('sheets_number').on(t.patient_id, t.number)],
);
export const sheetsHistory = pgTable('sheets_history', historyColumns, (t) => [
  primaryKey({ columns: [t.patient_id, t.id, t.revision] }),
]);
