import { type Queryable, runQuery } from '../../db/query.ts';

/** How far delivery lags behind, in numbers of nobody in particular. */
export interface DeliveryLag {
  readonly waiting: number;
  readonly oldestSeconds: number;
  readonly dead: number;
  readonly failing: number;
  readonly followerLag: number;
  readonly looksWaiting: number;
}

export async function deliveryLag(on: Queryable): Promise<DeliveryLag> {
  const { rows } = await runQuery<{ [F in keyof DeliveryLag]: number }>(on, {
    name: 'delivery_lag',
    text: `select
      (select count(*) from deliveries where state = 'waiting') as waiting,
      coalesce((select extract(epoch from now() - min(due_at)) from deliveries where state = 'waiting' and due_at <= now()), 0)::float8
        as "oldestSeconds",
      (select count(*) from deliveries where state = 'dead') as dead,
      (select count(*) from subscription_progress p join subscriptions s on s.id = p.subscription_id
        where s.status = 'active' and p.last_failure is not null) as failing,
      coalesce((select q.last - min(f.position) from event_followers f, event_sequence q group by q.last), 0) as "followerLag",
      (select count(*) from attention_due where next_at <= now()) as "looksWaiting"`,
    values: [],
  });
  return rows[0]!;
}
