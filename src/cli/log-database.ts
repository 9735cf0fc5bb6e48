import { resolve } from 'node:path';
import type { ClientBase } from 'pg';
import { withConnection } from '../db/connection.ts';
import { migrate } from '../db/migrate.ts';
import { refuseBehind } from '../db/safety.ts';
import { openServer } from '../db/server.ts';
import { type Terminal, UsageError } from './command.ts';

/**
 * Gives a command a connection that may look through the whole access log: `DATABASE_RETENTION_URL`, else for looking
 * only `DATABASE_OWNER_URL`, else the demonstration's own in `DATA_DIR`.
 *
 * @throws UsageError when an address is given, but none that may; StartRefusal when migrations are behind
 */
export async function withWholeLog<T>(
  terminal: Terminal,
  what: 'look' | 'cull',
  work: (client: ClientBase) => Promise<T>,
): Promise<T> {
  const { DATABASE_RETENTION_URL: retention, DATABASE_OWNER_URL: owner, DATABASE_URL: app, DATA_DIR } = terminal.env;
  const url = retention || (what === 'look' ? owner : undefined);
  if (url) return withClient(url, work);
  if (app || owner) {
    throw new UsageError('DATABASE_RETENTION_URL saknas: adressen till en inloggning i patientkontrakt_retention.');
  }
  const server = await openServer(
    { kind: 'embedded' },
    { dataDir: resolve(DATA_DIR || '.data'), log: terminal.err, demonstration: true },
  );
  try {
    if (server.ownerUrl !== undefined) await migrate(server.ownerUrl, { log: terminal.err });
    return await withClient(server.retentionUrl ?? server.appUrl, work);
  } finally {
    await server.stop();
  }
}

function withClient<T>(url: string, work: (client: ClientBase) => Promise<T>): Promise<T> {
  return withConnection({ url, applicationName: 'patientkontrakt cli' }, async (client) => {
    await refuseBehind(client);
    return work(client);
  });
}
