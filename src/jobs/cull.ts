import { PLANNED_FOR_VALUES } from '../db/for-values.ts';
import type { Queryable } from '../db/query.ts';
import { runQuery } from '../db/query.ts';
import type { Worker } from './queue.ts';

/** For how long what has served stays, days; the database's own functions hold both within bounds. */
export interface ServedKeep {
  /** Events that everybody at work has come past, and what has become of them: sent, given up, withheld. 7 to 90. */
  readonly eventDays: number;
  /** Notices that were sent or stopped. 7 to 3650. */
  readonly noticeDays: number;
}

export const DEFAULT_KEEP: ServedKeep = { eventDays: 30, noticeDays: 90 };

/** What culling would take from one table now. */
export interface ServedRows {
  readonly name: string;
  readonly due: number;
  readonly oldest?: string;
}

const AT_A_TIME = 5000;

/** What {@link cullServed} would take away; takes nothing. Needs a login of the retention role. */
export async function servedDue(on: Queryable, keep: ServedKeep): Promise<readonly ServedRows[]> {
  const { rows } = await runQuery<{ name: string; due: number; oldest: Date | null }>(on, {
    name: 'served_due',
    text: 'select name, due::int as due, oldest from served_due($1, $2)',
    values: [keep.eventDays, keep.noticeDays],
  });
  return rows.map(({ name, due, oldest }) => ({ name, due, ...(oldest ? { oldest: oldest.toISOString() } : {}) }));
}

/** So many at a time of tables of any size: the function's own statements are planned for how many, and not once for all. */
const CULL = `with s as materialized (select ${PLANNED_FOR_VALUES} as mode)
  select name, gone::int as gone from s cross join lateral cull_served(case when s.mode is not null then $1::int end, $2, $3)`;

/**
 * Removes rows that have served: keys past their hours, events, deliveries and notices past their days. What may be taken
 * is decided by the function in the database, which is all that the service's role may ask for.
 *
 * @returns how many rows left each table
 */
export async function cullServed(
  on: Queryable,
  keep: ServedKeep = DEFAULT_KEEP,
): Promise<Readonly<Record<string, number>>> {
  const gone: Record<string, number> = {};
  for (let most = AT_A_TIME; most === AT_A_TIME; ) {
    const { rows } = await runQuery<{ name: string; gone: number }>(on, {
      name: 'cull_served',
      text: CULL,
      values: [AT_A_TIME, keep.eventDays, keep.noticeDays],
    });
    for (const row of rows) gone[row.name] = (gone[row.name] ?? 0) + row.gone;
    most = Math.max(...rows.map((row) => row.gone));
  }
  return gone;
}

/** Each night, by whichever process comes to it first. */
export function cullWorker(on: Queryable, keep: ServedKeep): Worker {
  return {
    queue: 'retention.served',
    batch: 1,
    cron: '17 3 * * *',
    handle: async () => {
      await cullServed(on, keep);
    },
  };
}
