import { resolve } from 'node:path';
import type { Pool } from 'pg';
import { claimDatabase } from '../db/demo-mark.ts';
import { migrate } from '../db/migrate.ts';
import { createPool } from '../db/pool.ts';
import { refuseBehind } from '../db/safety.ts';
import { openServer } from '../db/server.ts';
import type { Terminal } from './command.ts';

/**
 * Gives a command the database that the environment names: `DATABASE_URL`, else `DATABASE_OWNER_URL`, else the
 * demonstration's own in `DATA_DIR`, which is started, brought up to date and stopped again.
 *
 * @throws StartRefusal when migrations are behind, or the demonstration is running and has its database to itself
 */
export async function withDatabase<T>(
  { env, err }: Terminal,
  work: (pool: Pool) => Promise<T>,
  { connections = 2 }: { readonly connections?: number } = {},
): Promise<T> {
  const url = env.DATABASE_URL || env.DATABASE_OWNER_URL;
  if (url) return withPool(url, connections, work);
  const dataDir = resolve(env.DATA_DIR || '.data');
  const server = await openServer({ kind: 'embedded' }, { dataDir, log: err, demonstration: true });
  try {
    if (server.ownerUrl !== undefined) await migrate(server.ownerUrl, { log: err });
    return await withPool(server.appUrl, connections, async (pool) => {
      // Unmarked but used, it would be refused by the demonstration's first start.
      await claimDatabase(pool, 'demonstration');
      return work(pool);
    });
  } finally {
    await server.stop();
  }
}

async function withPool<T>(url: string, max: number, work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = createPool({ url, applicationName: 'patientkontrakt cli', max, onConnectionError: () => undefined });
  try {
    await refuseBehind(pool);
    return await work(pool);
  } finally {
    await pool.end();
  }
}
