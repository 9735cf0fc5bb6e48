import { bigint, customType, date, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from './contribution.ts';

/** SHA-256 and the like; `\x…` in JSON. */
export const bytes = customType<{ data: string }>({ dataType: () => 'bytea' });

/** Which log entry: its whole key, and the hash that it was written with. */
const leaf = {
  patient_id: uuid().notNull(),
  at: moment('at').notNull(),
  id: uuid().notNull(),
  hash: bytes().notNull(),
} as const;

/**
 * *log*: entries that no seal holds yet. A trigger puts them here in the statement that writes them, so that a commit
 * that comes late is late here too and never passed by; the sealer moves them on.
 */
export const auditUnsealed = pgTable('audit_unsealed', leaf);

/** *log*: which entries a seal holds; partitioned by month as the entries are, and culled with them. */
export const auditSealed = pgTable('audit_sealed', { seal: bigint({ mode: 'number' }).notNull(), ...leaf }, (t) => [
  index('audit_sealed_seal').on(t.seal),
]);

/**
 * *log*: the chain of seals, never culled: each holds the one before it. No personal data, so that they may be shown
 * outside.
 */
export const auditSeals = pgTable('audit_seals', {
  number: bigint({ mode: 'number' }).primaryKey(),
  /** `entries`, or `day`: the seals of one day in Sweden. */
  kind: text().notNull(),
  day: date({ mode: 'string' }),
  sealed_at: moment('sealed_at').notNull(),
  first_at: moment('first_at').notNull(),
  last_at: moment('last_at').notNull(),
  entries: bigint({ mode: 'number' }).notNull(),
  root: bytes().notNull(),
  previous: bytes().notNull(),
  hash: bytes().notNull(),
});

/** *log*: what was culled from the log, when and by whom: what verifying must not miss. */
export const auditRetentions = pgTable('audit_retentions', {
  id: uuid().primaryKey(),
  at: moment('at').notNull(),
  by_login: text().notNull(),
  /** Everything before this instant is gone. */
  before_at: moment('before_at').notNull(),
  entries: bigint({ mode: 'number' }).notNull(),
  parts: text().array().notNull(),
});

/** *log*: one review of the log by a provider (PDL 4:3, HSLF-FS 2016:40 4:9), append-only, kept five years at least. */
export const auditReviews = pgTable(
  'audit_reviews',
  {
    id: uuid().primaryKey(),
    /** Real time. */
    at: moment('at').notNull(),
    provider: text().notNull(),
    unit: text().notNull(),
    by_staff: text().notNull(),
    by_name: text().notNull(),
    kind: text().notNull(),
    criteria: jsonb().notNull(),
    /** What a random sample was drawn with: the same seed draws the same entries. */
    seed: text(),
    /** Entries that the criteria covered, and how many of them were taken out to be looked at. */
    covered: bigint({ mode: 'number' }).notNull(),
    findings: integer().notNull(),
  },
  (t) => [index('audit_reviews_provider').on(t.provider, t.at, t.id)],
);

/** *log*: an entry that a review took out, as it was then: the log's own may be culled before the review. */
export const auditReviewFindings = pgTable(
  'audit_review_findings',
  {
    review_id: uuid().notNull(),
    number: integer().notNull(),
    provider: text().notNull(),
    patient_id: uuid().notNull(),
    /** Why: the patterns that it fits; empty in a sample. */
    patterns: text().array().notNull(),
    content: jsonb().notNull(),
  },
  (t) => [primaryKey({ columns: [t.review_id, t.number] })],
);

/** *log*: what a review came to; a later one stands beside an earlier. */
export const auditReviewConclusions = pgTable(
  'audit_review_conclusions',
  {
    review_id: uuid().notNull(),
    id: uuid().notNull(),
    at: moment('at').notNull(),
    provider: text().notNull(),
    by_staff: text().notNull(),
    by_name: text().notNull(),
    outcome: text().notNull(),
    text: text().notNull(),
    findings: integer().array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.review_id, t.id] })],
);

/** *log*: persons whose log a provider looks at more closely (known to the public, staff of its own). */
export const auditWatches = pgTable(
  'audit_watches',
  {
    id: uuid().primaryKey(),
    provider: text().notNull(),
    patient_id: uuid().notNull(),
    why: text().notNull(),
    from_at: moment('from_at').notNull(),
    by_staff: text().notNull(),
    by_name: text().notNull(),
    ended_at: moment('ended_at'),
    ended_by: text(),
  },
  (t) => [index('audit_watches_provider').on(t.provider, t.patient_id)],
);
