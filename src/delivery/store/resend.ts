import { type Queryable, runQuery } from '../../db/query.ts';
import type { ThingId } from '../../shared/ids.ts';
import type { Delivery } from '../domain/model.ts';
import { DELIVERY_COLUMNS, runForDeliveries } from './deliveries.ts';

const BACK = `state = 'waiting', attempts = 0, due_at = now(), leased_until = null, done_at = null`;

/** Puts what has been sent from a point on back in its lanes. */
export async function sendAgain(
  on: Queryable,
  id: ThingId,
  from: { readonly fromNumber: number } | { readonly since: string },
): Promise<number> {
  const [number, since] = 'fromNumber' in from ? [from.fromNumber, null] : [null, from.since];
  const { rowCount } = await runQuery(on, {
    name: 'resend_from',
    text: `update deliveries set ${BACK} where subscription_id = $1 and state in ('delivered', 'withheld', 'dead')
      and number is not null and ($2::bigint is null or number >= $2) and ($3::timestamptz is null or at >= $3)`,
    values: [id, number, since],
  });
  return rowCount ?? 0;
}

/** Puts dead letters back in their lanes. */
export async function sendDeadAgain(on: Queryable, id: ThingId, only: readonly ThingId[] | undefined): Promise<number> {
  const { rowCount } = await runQuery(on, {
    name: 'resend_dead',
    text: `update deliveries set ${BACK} where subscription_id = $1 and state = 'dead' and ($2::uuid[] is null or id = any ($2))`,
    values: [id, only ?? null],
  });
  return rowCount ?? 0;
}

/** What was given up, the newest first. */
export function deadLetters(
  on: Queryable,
  id: ThingId,
  { limit, before }: { readonly limit: number; readonly before?: number },
): Promise<readonly Delivery[]> {
  return runForDeliveries(on, {
    name: 'dead_letters',
    text: `select ${DELIVERY_COLUMNS.join(', ')} from deliveries where subscription_id = $1 and state = 'dead'
      and ($2::bigint is null or position < $2) order by position desc limit $3`,
    values: [id, before ?? null, limit],
  });
}
