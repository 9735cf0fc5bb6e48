import type { Pool, QueryResult, QueryResultRow } from 'pg';
import { inTransaction } from './transaction.ts';

/** For a transaction of whose statements no one plan is good for all values. */
export const PLANNED_FOR_VALUES = `set_config('plan_cache_mode', 'force_custom_plan', true)`;

/**
 * Runs one statement that reads, planned for the values at hand. Others are planned once for each connection, whatever
 * their values (`LOGIN_SETTINGS`): right where everything is found by its key, and wrong where one word is begun by half of
 * all names and another by one.
 */
export function runForValues<R extends QueryResultRow>(
  pool: Pool,
  { text, values }: { readonly text: string; readonly values: readonly unknown[] },
): Promise<QueryResult<R>> {
  return inTransaction(
    pool,
    (client) => client.query<R>({ text, values: [...values] }),
    (client) => Promise.all([client.query('begin read only'), client.query(`select ${PLANNED_FOR_VALUES}`)]),
  );
}
