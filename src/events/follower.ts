import type { Pool, PoolClient } from 'pg';
import { runQuery } from '../db/query.ts';
import { inTransaction } from '../db/transaction.ts';
import { changesAfter, eventsAfter, type SequencedChange, type SequencedEvent } from './sequencer.ts';

/**
 * Hands the next events to something inside the service that follows them all, and remembers how far it has come in the
 * same transaction as what it does with them: each event is handled once, whoever dies in between. One process at a time
 * works for each name; the others are told 0.
 *
 * @returns how many events were handled
 */
export function followEvents(
  pool: Pool,
  name: string,
  handle: (events: readonly SequencedEvent[], client: PoolClient) => Promise<void>,
): Promise<number> {
  return follow(pool, name, (client, after) => eventsAfter(client, after, undefined), handle);
}

/** As {@link followEvents}, for whoever asks only whom something has happened to: changes, not all that they tell. */
export function followChanges(
  pool: Pool,
  name: string,
  without: string,
  handle: (changes: readonly SequencedChange[], client: PoolClient) => Promise<void>,
): Promise<number> {
  return follow(pool, name, (client, after) => changesAfter(client, after, without), handle);
}

function follow<T extends { readonly position: number }>(
  pool: Pool,
  name: string,
  next: (client: PoolClient, after: number) => Promise<readonly T[]>,
  handle: (all: readonly T[], client: PoolClient) => Promise<void>,
): Promise<number> {
  return inTransaction(pool, async (client) => {
    const after = (await positionBy(PLACE, client, name)) ?? (await positionBy(BEGIN, client, name));
    // Another process is at it.
    if (after === undefined) return 0;
    const all = await next(client, after);
    const last = all.at(-1);
    if (!last) return 0;
    await handle(all, client);
    await runQuery(client, {
      name: 'follower_move',
      text: 'update event_followers set position = $2 where name = $1',
      values: [name, last.position],
    });
    return all.length;
  });
}

const PLACE = {
  name: 'follower_place',
  text: 'select position from event_followers where name = $1 for update skip locked',
};
/** Another process that is at it has its row already: then there is none to begin with. */
const BEGIN = {
  name: 'follower_begin',
  text: 'insert into event_followers (name, position) values ($1, 0) on conflict do nothing returning position',
};

async function positionBy(statement: typeof PLACE, client: PoolClient, follower: string): Promise<number | undefined> {
  const { rows } = await runQuery<{ position: number }>(client, { ...statement, values: [follower] });
  return rows[0]?.position;
}
