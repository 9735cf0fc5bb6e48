import pg from 'pg';

/**
 * Runs work on one connection of its own, ended afterwards: for commands, which may take longer than any request and
 * hold a cursor or a transaction all the while.
 */
export async function withConnection<T>(
  options: { readonly url: string; readonly applicationName: string },
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: options.url,
    application_name: options.applicationName,
    connectionTimeoutMillis: 10_000,
  });
  // What goes wrong with the connection is told by the query under way; unheard it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
