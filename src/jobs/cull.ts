import type { Pool } from 'pg';
import { runQuery } from '../db/query.ts';
import type { Worker } from './queue.ts';

const AT_A_TIME = 5000;

/**
 * Removes rows that have served: keys past their hours, events and deliveries past their days. What is old is decided by
 * the function in the database, which is all that the service's role may ask for.
 *
 * @returns how many rows left each table
 */
export async function cullServed(pool: Pool): Promise<Readonly<Record<string, number>>> {
  const gone: Record<string, number> = {};
  for (let most = AT_A_TIME; most === AT_A_TIME; ) {
    const { rows } = await runQuery<{ name: string; gone: number }>(pool, {
      name: 'cull_served',
      text: 'select name, gone from cull_served($1)',
      values: [AT_A_TIME],
    });
    for (const row of rows) gone[row.name] = (gone[row.name] ?? 0) + row.gone;
    most = Math.max(...rows.map((row) => row.gone));
  }
  return gone;
}

/** Each night, by whichever process comes to it first. */
export function cullWorker(pool: Pool): Worker {
  return {
    queue: 'retention.served',
    batch: 1,
    cron: '17 3 * * *',
    handle: async () => {
      await cullServed(pool);
    },
  };
}
