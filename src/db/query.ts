import type { ClientBase, Pool, PoolClient, QueryResult, QueryResultRow } from 'pg';

/** What can run a statement: the pool itself, or one connection inside a transaction. */
export type Queryable = Pool | ClientBase;

/** Where a record is read: through the pool, whose memory of the directory it uses, or within one of its transactions. */
export interface ReadingPlace {
  readonly pool: Pool;
  readonly client?: PoolClient;
}

/** One hand-written statement; `name` makes it a prepared one, parsed once per connection. Its text must never vary. */
export interface NamedQuery {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Runs one statement under its name; a pool made with `PREPARED_STATEMENTS=off` leaves the name out. */
export function runQuery<R extends QueryResultRow>(on: Queryable, statement: NamedQuery): Promise<QueryResult<R>> {
  return on.query<R>({ ...statement, values: [...statement.values] });
}
