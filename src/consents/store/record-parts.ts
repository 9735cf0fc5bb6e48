import { ownedFromRow, type StoredRow } from '../../db/owned-row.ts';
import type { RawRecord, RecordPart } from '../../db/record-query.ts';
import type { Consent } from '../domain/model.ts';

/** All consents of the person, under all keys: for every slice whose rules ask for one. */
export const consentParts: readonly RecordPart[] = [
  {
    name: 'consents',
    sql: `select coalesce(json_agg(t), '[]'::json) from consents t where t.patient_id = any ((select keys from k)::uuid[])`,
  },
];

/** What {@link consentParts} gave, in the order they were taken. */
export function readConsents(raw: RawRecord): readonly Consent[] {
  const consents = (raw.consents as StoredRow[]).map((row) => ownedFromRow<Consent>(row));
  return consents.sort((a, b) =>
    a.createdAt === b.createdAt ? (a.id < b.id ? -1 : 1) : a.createdAt < b.createdAt ? -1 : 1,
  );
}
