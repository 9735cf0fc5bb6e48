import type pg from 'pg';

/**
 * A statement with a name is parsed and planned once per connection, so hot paths name theirs; the text of one name
 * must never vary. With `PREPARED_STATEMENTS=off` the pool takes the names off.
 */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: unknown[];
}

/** What can run a statement: the pool itself, or one connection inside a transaction. */
export type Queryable = Pick<pg.Pool, 'query'> | Pick<pg.ClientBase, 'query'>;

/** Runs one statement; `Row` is what the writer of the SQL says it gives. */
export function runQuery<Row extends pg.QueryResultRow = pg.QueryResultRow>(
  on: Queryable,
  statement: Statement,
): Promise<pg.QueryResult<Row>> {
  return on.query<Row>(statement);
}
