import type pg from 'pg';

/** The server ended a transaction by ROLLBACK although COMMIT was asked for: an error inside it was swallowed. */
export class CommitRefused extends Error {
  constructor() {
    super('the transaction had already failed and was rolled back at commit');
    this.name = 'CommitRefused';
  }
}

/**
 * Runs `work` in one transaction on one connection: everything it writes is kept, or nothing.
 *
 * `work` must use the connection it is given and never ask the pool for another: enough requests doing that at once
 * would each hold one and wait for ever for a second.
 *
 * `begin` is the statement (or statements, in one string and one trip) that begins it.
 *
 * @throws whatever `work` throws, after rollback; CommitRefused when the server would not commit
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
  begin = 'begin',
): Promise<T> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query(begin);
    const result = await work(client);
    const { command } = await client.query('commit');
    broken = false;
    // A failed transaction answers COMMIT with ROLLBACK, not with an error.
    if (command !== 'COMMIT') throw new CommitRefused();
    return result;
  } catch (error) {
    if (broken)
      broken = await client.query('rollback').then(
        () => false,
        () => true,
      );
    throw error;
  } finally {
    // A connection that could not even roll back is thrown away, never handed to the next request.
    client.release(broken);
  }
}
