import type { ClientBase, QueryResultRow } from 'pg';

const BATCH = 2000;

/** Reads a statement's rows through a cursor of the transaction that is open, so that millions need no memory. */
export async function* rowsOf<R extends QueryResultRow>(
  client: ClientBase,
  cursor: string,
  text: string,
): AsyncGenerator<R, void, undefined> {
  await client.query(`declare ${cursor} no scroll cursor for ${text}`);
  try {
    for (;;) {
      const { rows } = await client.query<R>(`fetch ${BATCH} from ${cursor}`);
      yield* rows;
      if (rows.length < BATCH) return;
    }
  } finally {
    // After an error nothing more is obeyed until the transaction ends, and that closes it too.
    await client.query(`close ${cursor}`).catch(() => undefined);
  }
}
