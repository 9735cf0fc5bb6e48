import type { ClientBase } from 'pg';
import { entryHash, type HashedFields } from '../../audit/index.ts';
import type { OnFault } from './fault.ts';
import { rowsOf } from './rows.ts';

type EntryRow = HashedFields & {
  readonly hash: string | null;
  readonly leaf: string | null;
  readonly seal: string | null;
  readonly leaf_id: string;
  readonly leaf_at: string;
  readonly overdue: boolean;
};

/** An entry that has waited for its seal for this long will hardly get one: the sealer has stopped. */
const OVERDUE = '1 hour';

/**
 * Compares the entries of a period with what was noted of them when they were written: each must be there, hold what it
 * held then, and have been noted. Hashes are computed here, from the fields, and not asked of the database.
 *
 * @param from as the database reads instants; up to but not including `until`
 * @returns how many entries there are
 */
export async function verifyEntries(
  client: ClientBase,
  period: { readonly from: string; readonly until: string },
  onFault: OnFault,
): Promise<number> {
  let entries = 0;
  for await (const row of rowsOf<EntryRow>(client, 'entries', entriesSql(period))) {
    if (row.hash !== null) entries++;
    const fault = faultOf(row);
    if (!fault) continue;
    const seal = row.seal === null ? {} : { seal: Number(row.seal) };
    onFault({ kind: fault, ...seal, entry: { id: row.leaf_id, at: row.leaf_at } });
  }
  return entries;
}

function faultOf(row: EntryRow) {
  if (row.hash === null) return 'entry-removed';
  const computed = entryHash(row);
  if (row.leaf === null) return 'entry-inserted';
  if (computed !== row.leaf || row.hash !== row.leaf) return 'entry-changed';
  return row.overdue ? 'entry-unsealed' : undefined;
}

const entriesSql = ({ from, until }: { readonly from: string; readonly until: string }) => {
  const inPeriod = `at >= '${from}'::timestamptz and at < '${until}'::timestamptz`;
  return `select patient_id, audit_instant(at) as at, id, e.activity, e.action, e.purpose, e.outcome, e.reason,
      e.user_kind, e.user_id, e.user_name, e.user_unit, e.user_provider, e.resource_kinds, e.resource_ids::text[],
      e.resource_owners, e.particulars, e.hits, e.request_id, e.route, encode(e.hash, 'hex') as hash,
      encode(s.hash, 'hex') as leaf, s.seal::text, id as leaf_id, audit_instant(at) as leaf_at,
      (s.hash is not null and s.seal is null and at < now() - interval '${OVERDUE}') as overdue
    from (select * from audit_entries where ${inPeriod}) e full join (
      select seal, patient_id, at, id, hash from audit_sealed where ${inPeriod}
      union all select null, patient_id, at, id, hash from audit_unsealed where ${inPeriod}) s using (patient_id, at, id)`;
};
