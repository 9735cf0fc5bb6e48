import type pg from 'pg';

/** The server ended a transaction by ROLLBACK although COMMIT was asked for: an error inside it was swallowed. */
export class CommitRefused extends Error {
  constructor() {
    super('the transaction had already failed and was rolled back at commit');
    this.name = 'CommitRefused';
  }
}

/**
 * What a transaction's work ends with when its last statements need not be waited for: they are sent, and the commit
 * right behind them. Should one of them fail, the server rolls everything back instead of committing.
 */
export class Ending<T> {
  readonly result: T;
  readonly last: Promise<unknown>;

  constructor(result: T, last: Promise<unknown>) {
    this.result = result;
    this.last = last;
  }
}

/**
 * Runs `work` in one transaction on one connection: everything it writes is kept, or nothing.
 *
 * `work` must use the connection it is given and never ask the pool for another: enough requests doing that at once
 * would each hold one and wait for ever for a second. Its first statement is sent behind those of `begin` without waiting
 * for them; when they fail, so does it.
 *
 * @throws whatever `begin` or `work` throws, after rollback; CommitRefused when the server would not commit
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T | Ending<T>>,
  begin: (client: pg.PoolClient) => Promise<unknown> = (client) => client.query('begin'),
): Promise<T> {
  const client = await pool.connect();
  let broken = true;
  try {
    const done = await begun(client, begin, work);
    const ending = done instanceof Ending ? done : new Ending(done, Promise.resolve());
    const committing = client.query('commit');
    const [last, committed] = await Promise.allSettled([ending.last, committing]);
    if (committed.status === 'rejected') throw last.status === 'rejected' ? last.reason : committed.reason;
    broken = false;
    if (last.status === 'rejected') throw last.reason;
    // A failed transaction answers COMMIT with ROLLBACK, not with an error.
    if (committed.value.command !== 'COMMIT') throw new CommitRefused();
    return ending.result;
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

/** Begins and works; of two failures the first is told, since the second only followed from it. */
async function begun<T>(
  client: pg.PoolClient,
  begin: (client: pg.PoolClient) => Promise<unknown>,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const [beginning, working] = await Promise.allSettled([begin(client), work(client)]);
  if (beginning.status === 'rejected') throw beginning.reason;
  if (working.status === 'rejected') throw working.reason;
  return working.value;
}
