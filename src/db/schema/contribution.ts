import { boolean, integer, jsonb, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' });

/**
 * What every contribution carries, whatever it is: whose it is, who wrote it under which law, whether the patient
 * may see it, and where a source system knows it. Rules and searches read these as columns; what only the domain
 * reads is in `content`, checked by the domain's own types before it is written.
 */
export const ownership = {
  patient_id: uuid().notNull(),
  id: uuid().notNull(),
  revision: integer().notNull(),
  /** `staff`, `patient`, `relative` or `system`: whose words these are; the unit below owns them. */
  recorded_kind: text().notNull(),
  recorded_staff: text(),
  recorded_name: text(),
  recorded_unit: text().notNull(),
  recorded_provider: text().notNull(),
  recorded_principal: text().notNull(),
  legal_basis: text().notNull(),
  approved_for_patient: boolean().notNull(),
  signed_by: text(),
  signed_at: moment('signed_at'),
  entered_in_error: boolean().notNull().default(false),
  external_source: text(),
  external_id: text(),
  created_at: moment('created_at').notNull(),
  changed_at: moment('changed_at').notNull(),
  changed_kind: text().notNull(),
  changed_staff: text(),
  changed_name: text(),
  changed_unit: text(),
  changed_why: text(),
  content: jsonb().notNull(),
} as const;

/** A contribution inside a plan: the plan's key follows the patient's in every index. */
export const planContribution = { ...ownership, plan_id: uuid().notNull() } as const;

/**
 * One earlier wording of a contribution, append-only: what an update took the place of, kept by the database itself. The
 * present wording is the contribution's own row. A plan as it was at a moment is its wordings at that moment, read through
 * the same policy as today's; they go when their contribution is culled.
 */
export const historyColumns = {
  patient_id: uuid().notNull(),
  id: uuid().notNull(),
  revision: integer().notNull(),
  plan_id: uuid(),
  recorded_unit: text().notNull(),
  recorded_provider: text().notNull(),
  at: moment('at').notNull(),
  by_unit: text(),
  content: jsonb().notNull(),
} as const;

export { moment };
