import { hash } from 'node:crypto';

/** Fields of a row of `audit_entries` in the order that they are hashed in. A new one needs a new form. */
const FIELDS = [
  'id',
  'at',
  'patient_id',
  'activity',
  'action',
  'purpose',
  'outcome',
  'reason',
  'user_kind',
  'user_id',
  'user_name',
  'user_unit',
  'user_provider',
  'resource_kinds',
  'resource_ids',
  'resource_owners',
  'particulars',
  'hits',
  'request_id',
  'route',
] as const;

const FORM = 'audit-entry/1';

/** A row of `audit_entries` without its hash; `at` in UTC with six decimals, the most that the database holds. */
export type HashedFields = Readonly<Record<(typeof FIELDS)[number], unknown>>;

/**
 * The SHA-256 of one log entry, hex, over all its fields: by this one can tell that it was changed. Keyless, so that
 * anyone who is given the log can check it; what keeps somebody from changing entry and hash together is the seal.
 *
 * The form is a JSON array of the fields in a fixed order, names inside `particulars` sorted, no white space: the same
 * for what the service writes and for what the database gives back.
 */
export function entryHash(row: HashedFields): string {
  const values = FIELDS.map((name) => (name === 'particulars' ? sorted(row[name]) : row[name]));
  return hash('sha256', JSON.stringify([FORM, ...values]), 'hex');
}

/** An instant in milliseconds as entries are hashed with it. */
export function hashedInstant(at: Date): string {
  return at.toISOString().replace('Z', '000Z');
}

/** The same with names in order; itself, and not a copy, when they are: a new plan's entry names fields of fifty things. */
function sorted(value: unknown): unknown {
  if (isSorted(value)) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const fields = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(fields).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(fields[name])]));
}

/** Also for what has no names: it has none out of order. */
function isSorted(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isSorted);
  let before: string | undefined;
  for (const name in value) {
    if (before !== undefined && before > name) return false;
    if (!isSorted((value as Readonly<Record<string, unknown>>)[name])) return false;
    before = name;
  }
  return true;
}
