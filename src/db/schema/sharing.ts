import { sql } from 'drizzle-orm';
import { check, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { historyColumns, moment, ownership } from './contribution.ts';

/** From the first instant up to, not including, the last; without a last one it has no end yet. */
const period = { from_at: moment('from_at').notNull(), until_at: moment('until_at') } as const;

/** *patient*: that the person was told what shared documentation means and may be refused (lag 2022:913 2:2). */
export const informationGiven = pgTable(
  'information_given',
  { ...ownership, provider: text().notNull(), given_at: moment('given_at').notNull() },
  (t) => [primaryKey({ columns: [t.patient_id, t.id] })],
);
export const informationGivenHistory = pgTable('information_given_history', historyColumns, (t) => [
  primaryKey({ columns: [t.patient_id, t.id, t.revision] }),
]);

/** *patient*: a unit's registered relation, intervention or investigation (lag 2022:913 3:1, 3:2). */
export const careRelations = pgTable(
  'care_relations',
  { ...ownership, unit: text().notNull(), kind: text().notNull(), ...period },
  (t) => [
    primaryKey({ columns: [t.patient_id, t.id] }),
    check('care_relations_end_after_start', sql`${t.until_at} is null or ${t.until_at} >= ${t.from_at}`),
  ],
);
export const careRelationsHistory = pgTable('care_relations_history', historyColumns, (t) => [
  primaryKey({ columns: [t.patient_id, t.id, t.revision] }),
]);

/** *patient*: documented inability to consent: a child's, or a lasting one (lag 2022:913 2:6, 3:1–4). */
export const inabilities = pgTable('inabilities', { ...ownership, kind: text().notNull(), ...period }, (t) => [
  primaryKey({ columns: [t.patient_id, t.id] }),
  check('inabilities_end_after_start', sql`${t.until_at} is null or ${t.until_at} >= ${t.from_at}`),
]);
export const inabilitiesHistory = pgTable('inabilities_history', historyColumns, (t) => [
  primaryKey({ columns: [t.patient_id, t.id, t.revision] }),
]);

/** *patient*: spärr, inner or outer (PDL 4:4, lag 2022:913 2:3). */
export const blocks = pgTable(
  'blocks',
  {
    ...ownership,
    reach: text().notNull(),
    provider: text().notNull(),
    unit: text(),
    ...period,
    lifted_at: moment('lifted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.patient_id, t.id] }),
    check('blocks_end_after_start', sql`${t.until_at} is null or ${t.until_at} > ${t.from_at}`),
  ],
);
export const blocksHistory = pgTable('blocks_history', historyColumns, (t) => [
  primaryKey({ columns: [t.patient_id, t.id, t.revision] }),
]);

/** *patient*: nödöppning, always with an end and flagged for review (lag 2022:913 3:5–6). */
export const emergencyAccesses = pgTable(
  'emergency_accesses',
  {
    ...ownership,
    staff: text().notNull(),
    unit: text().notNull(),
    from_at: moment('from_at').notNull(),
    until_at: moment('until_at').notNull(),
    review: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.patient_id, t.id] }),
    check('emergency_accesses_end_after_start', sql`${t.until_at} >= ${t.from_at}`),
  ],
);
export const emergencyAccessesHistory = pgTable('emergency_accesses_history', historyColumns, (t) => [
  primaryKey({ columns: [t.patient_id, t.id, t.revision] }),
]);

/** *patient*: a request to the provider that blocked, which it alone can grant (lag 2022:913 3:5). */
export const blockLiftRequests = pgTable(
  'block_lift_requests',
  { ...ownership, emergency_id: uuid().notNull(), asked_provider: text().notNull(), state: text().notNull() },
  (t) => [
    primaryKey({ columns: [t.patient_id, t.id] }),
    index('block_lift_requests_asked').on(t.asked_provider, t.state, t.created_at, t.patient_id, t.id),
  ],
);
export const blockLiftRequestsHistory = pgTable('block_lift_requests_history', historyColumns, (t) => [
  primaryKey({ columns: [t.patient_id, t.id, t.revision] }),
]);

/** *patient*: blockering av vårdnadshavare (OSL 12:3). */
export const guardianBlocks = pgTable('guardian_blocks', { ...ownership, guardian_id: uuid(), ...period }, (t) => [
  primaryKey({ columns: [t.patient_id, t.id] }),
  check('guardian_blocks_end_after_start', sql`${t.until_at} is null or ${t.until_at} >= ${t.from_at}`),
]);
export const guardianBlocksHistory = pgTable('guardian_blocks_history', historyColumns, (t) => [
  primaryKey({ columns: [t.patient_id, t.id, t.revision] }),
]);

/** *patient*: försegling, closed to every citizen. */
export const sealings = pgTable('sealings', { ...ownership, provider: text(), unit: text(), ...period }, (t) => [
  primaryKey({ columns: [t.patient_id, t.id] }),
  check('sealings_end_after_start', sql`${t.until_at} is null or ${t.until_at} >= ${t.from_at}`),
]);
export const sealingsHistory = pgTable('sealings_history', historyColumns, (t) => [
  primaryKey({ columns: [t.patient_id, t.id, t.revision] }),
]);

/** *patient*: a unit's decision to open its own data to a child of 13–15, or to the child's guardian. */
export const unitDecisions = pgTable(
  'unit_decisions',
  { ...ownership, unit: text().notNull(), opens_for: text().notNull(), ...period },
  (t) => [
    primaryKey({ columns: [t.patient_id, t.id] }),
    check('unit_decisions_end_after_start', sql`${t.until_at} is null or ${t.until_at} >= ${t.from_at}`),
  ],
);
export const unitDecisionsHistory = pgTable('unit_decisions_history', historyColumns, (t) => [
  primaryKey({ columns: [t.patient_id, t.id, t.revision] }),
]);

/** *patient*: the explicit list of who may know that a protected person exists (OSL 21:3, 22:1). */
export const protectedAccess = pgTable(
  'protected_access',
  { ...ownership, staff: text(), unit: text(), client_id: text(), related_person_id: uuid(), ...period },
  (t) => [
    primaryKey({ columns: [t.patient_id, t.id] }),
    check('protected_access_end_after_start', sql`${t.until_at} is null or ${t.until_at} >= ${t.from_at}`),
    check('protected_access_names_one', sql`num_nonnulls(${t.staff}, ${t.client_id}, ${t.related_person_id}) = 1`),
  ],
);
export const protectedAccessHistory = pgTable('protected_access_history', historyColumns, (t) => [
  primaryKey({ columns: [t.patient_id, t.id, t.revision] }),
]);

/** *patient*: utlämnande, one copy to one receiver, with the wording that was handed over (PDL 3:11). */
export const disclosures = pgTable(
  'disclosures',
  {
    ...ownership,
    plan_id: uuid().notNull(),
    ground: text().notNull(),
    receiver: text().notNull(),
    made_at: moment('made_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.patient_id, t.id] })],
);
export const disclosuresHistory = pgTable('disclosures_history', historyColumns, (t) => [
  primaryKey({ columns: [t.patient_id, t.id, t.revision] }),
]);
