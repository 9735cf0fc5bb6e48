import { sql } from 'drizzle-orm';
import { check, date, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { historyColumns, moment, ownership } from './contribution.ts';

/** *lookup*: which keys are one person. A joined key stays as an alias of the one it was joined to. */
export const patientKeys = pgTable(
  'patient_keys',
  {
    patient_id: uuid().primaryKey(),
    canonical_id: uuid().notNull(),
    joined_at: moment('joined_at'),
  },
  (t) => [index('patient_keys_canonical').on(t.canonical_id)],
);

/** *lookup*: keyed hash of a personal identity number to the person; the number itself is only in the patient's row. */
export const personNumbers = pgTable('person_numbers', {
  hash: text().primaryKey(),
  patient_id: uuid().notNull(),
  number_kind: text().notNull(),
  from_at: moment('from_at').notNull(),
});

/** *patient*: the person. `content` holds name, numbers over time, language and contact needs. */
export const patients = pgTable(
  'patients',
  { ...ownership, deceased_on: date({ mode: 'string' }), protected_identity: text() },
  (t) => [
    primaryKey({ columns: [t.patient_id, t.id] }),
    check('patients_own_key', sql`${t.id} = ${t.patient_id}`),
    index('patients_recorded_unit').on(t.recorded_unit),
  ],
);
export const patientsHistory = pgTable('patients_history', historyColumns, (t) => [
  primaryKey({ columns: [t.patient_id, t.id, t.revision] }),
]);

/** *patient*: a relative, guardian, legal representative or proxy; `number_hash` is how their own sign-in is known. */
export const relatedPersons = pgTable(
  'related_persons',
  { ...ownership, relation: text().notNull(), number_hash: text() },
  (t) => [
    primaryKey({ columns: [t.patient_id, t.id] }),
    index('related_persons_number').on(t.number_hash).where(sql`${t.number_hash} is not null`),
  ],
);
export const relatedPersonsHistory = pgTable('related_persons_history', historyColumns, (t) => [
  primaryKey({ columns: [t.patient_id, t.id, t.revision] }),
]);

/** *patient*: one consent to one recipient (types, form, purpose, mandatory end). */
export const consents = pgTable(
  'consents',
  {
    ...ownership,
    type: text().notNull(),
    state: text().notNull(),
    recipient: text().notNull(),
    plan_id: uuid(),
    from_at: moment('from_at').notNull(),
    until_at: moment('until_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.patient_id, t.id] }),
    check('consents_end_after_start', sql`${t.until_at} > ${t.from_at}`),
  ],
);
export const consentsHistory = pgTable('consents_history', historyColumns, (t) => [
  primaryKey({ columns: [t.patient_id, t.id, t.revision] }),
]);

/** *patient*: when keys were joined to one person or parted again, by whom and why. */
export const patientJoins = pgTable(
  'patient_joins',
  {
    patient_id: uuid().notNull(),
    id: uuid().notNull(),
    joined_id: uuid().notNull(),
    act: text().notNull(),
    at: moment('at').notNull(),
    by: jsonb().notNull(),
    why: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.patient_id, t.id] })],
);
