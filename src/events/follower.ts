import type { Pool, PoolClient } from 'pg';
import { runQuery } from '../db/query.ts';
import { inTransaction } from '../db/transaction.ts';
import { eventsAfter, type SequencedEvent } from './sequencer.ts';

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
  return inTransaction(pool, async (client) => {
    await runQuery(client, {
      name: 'follower_begin',
      text: 'insert into event_followers (name, position) values ($1, 0) on conflict do nothing',
      values: [name],
    });
    const { rows } = await runQuery<{ position: number }>(client, {
      name: 'follower_place',
      text: 'select position from event_followers where name = $1 for update skip locked',
      values: [name],
    });
    const place = rows[0];
    if (!place) return 0;
    const events = await eventsAfter(client, place.position, undefined);
    const last = events.at(-1);
    if (!last) return 0;
    await handle(events, client);
    await runQuery(client, {
      name: 'follower_move',
      text: 'update event_followers set position = $2 where name = $1',
      values: [name, last.position],
    });
    return events.length;
  });
}
