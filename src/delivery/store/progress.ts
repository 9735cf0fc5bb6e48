import { type Queryable, runQuery } from '../../db/query.ts';
import type { ThingId } from '../../shared/ids.ts';

/** How far a subscription has come. */
export interface Progress {
  readonly position: number;
  readonly nextNumber: number;
  readonly heartbeatAt?: string;
  readonly lastSentAt?: string;
  readonly lastFailure?: string;
  /** How many are on their way, and how many have been given up. */
  readonly waiting: number;
  readonly dead: number;
}

interface StoredProgress {
  readonly position: number;
  readonly next_number: number;
  readonly heartbeat_at: Date | null;
  readonly last_sent_at: Date | null;
  readonly last_failure: string | null;
  readonly waiting: number;
  readonly dead: number;
}

export async function progressOf(on: Queryable, id: ThingId): Promise<Progress> {
  const { rows } = await runQuery<StoredProgress>(on, {
    name: 'progress_of',
    text: `select p.*,
        (select count(*) from deliveries d where d.subscription_id = p.subscription_id and d.state = 'waiting') as waiting,
        (select count(*) from deliveries d where d.subscription_id = p.subscription_id and d.state = 'dead') as dead
      from subscription_progress p where p.subscription_id = $1`,
    values: [id],
  });
  const row = rows[0]!;
  return {
    position: row.position,
    nextNumber: row.next_number,
    ...(row.heartbeat_at ? { heartbeatAt: row.heartbeat_at.toISOString() } : {}),
    ...(row.last_sent_at ? { lastSentAt: row.last_sent_at.toISOString() } : {}),
    ...(row.last_failure === null ? {} : { lastFailure: row.last_failure }),
    waiting: row.waiting,
    dead: row.dead,
  };
}

/**
 * SQL that remembers how the latest try of subscription `$1` went; a success clears the failure. When it last went well is
 * known to the second: to write it at each of many would make every lane wait for the others' one row.
 *
 * @param failure the parameter that says why it failed, null when it did not
 */
export const NOTE_TRY = (failure: string) => `update subscription_progress set last_failure = ${failure},
    last_sent_at = case when ${failure}::text is null then now() else last_sent_at end
  where subscription_id = $1 and (last_failure is distinct from ${failure}::text
    or (${failure}::text is null and (last_sent_at is null or last_sent_at <= now() - interval '1 second')))`;

/** Remembers how the latest try went. */
export async function noteTry(on: Queryable, id: ThingId, failure: string | undefined): Promise<void> {
  await runQuery(on, {
    name: 'progress_note',
    text: NOTE_TRY('$2'),
    values: [id, failure ?? null],
  });
}

/**
 * Takes on the next heartbeat of a subscription, if nobody has: one process sends it.
 *
 * @returns whether it is ours to send
 */
export async function takeHeartbeat(on: Queryable, id: ThingId, everySeconds: number): Promise<boolean> {
  const { rowCount } = await runQuery(on, {
    name: 'progress_heartbeat',
    text: `update subscription_progress set heartbeat_at = now() + make_interval(secs => $2)
      where subscription_id = $1 and (heartbeat_at is null or heartbeat_at <= now())
        and (last_sent_at is null or last_sent_at <= now() - make_interval(secs => $2))`,
    values: [id, everySeconds],
  });
  return rowCount === 1;
}

/** Up to which position a subscription has looked. */
export async function positionOf(on: Queryable, id: ThingId): Promise<number> {
  const { rows } = await runQuery<{ position: number }>(on, {
    name: 'progress_position',
    text: 'select position from subscription_progress where subscription_id = $1',
    values: [id],
  });
  return rows[0]!.position;
}
