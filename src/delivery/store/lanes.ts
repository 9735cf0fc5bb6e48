import { type Queryable, runQuery } from '../../db/query.ts';
import type { ThingId } from '../../shared/ids.ts';
import type { Delivery } from '../domain/model.ts';
import { DELIVERY_COLUMNS, runForDeliveries } from './deliveries.ts';
import { NOTE_TRY } from './progress.ts';

/** Subscriptions with something to send now that nobody has taken. */
export async function subscriptionsDue(on: Queryable): Promise<readonly ThingId[]> {
  const { rows } = await runQuery<{ id: ThingId }>(on, {
    name: 'lanes_due',
    text: `select s.id from subscriptions s cross join lateral (
        select from deliveries d where d.subscription_id = s.id and d.state = 'waiting' and d.due_at <= now()
          and (d.leased_until is null or d.leased_until <= now()) limit 1) due
      where s.status = 'active'`,
    values: [],
  });
  return rows.map(({ id }) => id);
}

/** The lanes of a subscription one by one, by an index: those after one, then from the first up to it. */
const NEXT_LANE = `select d.lane from deliveries d where d.subscription_id = $1 and d.state = 'waiting'`;
const TAKE = `with recursive
    above as ((${NEXT_LANE} and d.lane > $4::uuid order by d.lane limit 1) union all
      select (${NEXT_LANE} and d.lane > a.lane order by d.lane limit 1) from above a where a.lane is not null),
    below as ((${NEXT_LANE} and d.lane <= $4::uuid order by d.lane limit 1) union all
      select (${NEXT_LANE} and d.lane > b.lane and d.lane <= $4::uuid order by d.lane limit 1) from below b
        where b.lane is not null),
    heads as (
      select h.id from (select lane from above union all select lane from below) l cross join lateral (
        select d.id, d.due_at, d.leased_until from deliveries d
        where d.subscription_id = $1 and d.state = 'waiting' and d.lane = l.lane order by d.position limit 1) h
      where h.due_at <= now() and (h.leased_until is null or h.leased_until <= now()) limit $2)
  update deliveries d set leased_until = now() + make_interval(secs => $3::double precision / 1000)
  where d.subscription_id = $1 and d.id in (
    select t.id from deliveries t where t.subscription_id = $1 and t.id in (select heads.id from heads) and t.state = 'waiting'
      and t.due_at <= now() and (t.leased_until is null or t.leased_until <= now())
      and exists (select from subscriptions s where s.id = $1 and s.status = 'active') for update skip locked)
  returning ${DELIVERY_COLUMNS.map((column) => `d.${column}`).join(', ')}`;

/** Before every lane. */
export const FIRST_LANE = '00000000-0000-0000-0000-000000000000';

/**
 * Takes the heads of a subscription's lanes, one event of each plan, for a time: whoever dies with one loses it when the
 * time is over, and meanwhile nobody else sends it. What stands behind in a lane waits. Only as many lanes are looked at as
 * are needed, so that a long line costs no more than a short one.
 *
 * @param after the lane to go on from, so that each has its turn
 */
export function takeHeads(
  on: Queryable,
  id: ThingId,
  { most, leaseMs, after }: { readonly most: number; readonly leaseMs: number; readonly after: string },
): Promise<readonly Delivery[]> {
  return runForDeliveries(on, { name: 'lanes_take', text: TAKE, values: [id, most, leaseMs, after] });
}

const NUMBER = `with own as (select d.number from deliveries d where d.subscription_id = $1 and d.id = $2
      and d.state = 'waiting' and d.leased_until > now() for update),
    next as (update subscription_progress set next_number = next_number + 1
      where subscription_id = $1 and exists (select from own where own.number is null) returning next_number - 1 as number),
    given as (update deliveries d set number = next.number from next where d.subscription_id = $1 and d.id = $2 returning d.number)
  select coalesce(own.number, (select given.number from given)) as number from own`;

/**
 * Gives a delivery its number, the subscription's next, unless an earlier try has given it one.
 *
 * @returns undefined when it has been taken from us meanwhile: another process has it, since we were too slow
 */
export async function numberDelivery(on: Queryable, delivery: Delivery): Promise<Delivery | undefined> {
  const values = [delivery.subscriptionId, delivery.id];
  const { rows } = await runQuery<{ number: number }>(on, { name: 'lanes_number', text: NUMBER, values });
  const row = rows[0];
  return row && { ...delivery, number: row.number };
}

type Done = 'delivered' | 'withheld' | 'dead';

const FINISH = `update deliveries set state = $3, done_at = now(), leased_until = null, last_failure = $4,
    attempts = attempts + case when $3 = 'withheld' then 0 else 1 end
  where subscription_id = $1 and id = $2 and state = 'waiting'`;
const LATER = `update deliveries set attempts = attempts + 1, due_at = now() + make_interval(secs => $3::double precision / 1000),
    leased_until = null, last_failure = $4
  where subscription_id = $1 and id = $2 and state = 'waiting'`;

/** Takes what was never tried off its lane: it may no longer be told. */
export async function withhold(on: Queryable, { subscriptionId, id }: Delivery): Promise<void> {
  await runQuery(on, { name: 'lanes_withhold', text: FINISH, values: [subscriptionId, id, 'withheld', null] });
}

/** Takes a delivery off its lane after a try, and remembers how that went, in one statement. */
export async function finish(
  on: Queryable,
  { subscriptionId, id }: Delivery,
  state: Done,
  failure?: string,
): Promise<void> {
  await runQuery(on, {
    name: 'lanes_finish',
    text: `with done as (${FINISH}) ${NOTE_TRY('$4')}`,
    values: [subscriptionId, id, state, failure ?? null],
  });
}

/** Puts a delivery back at the head of its lane, to be tried again, and remembers why, in one statement. */
export async function tryLater(
  on: Queryable,
  { subscriptionId, id }: Delivery,
  afterMs: number,
  failure: string,
): Promise<void> {
  await runQuery(on, {
    name: 'lanes_later',
    text: `with later as (${LATER}) ${NOTE_TRY('$4')}`,
    values: [subscriptionId, id, afterMs, failure],
  });
}

/** Lets go of a delivery that was taken and not tried: the process is stopping. */
export async function letGo(on: Queryable, { subscriptionId, id }: Delivery): Promise<void> {
  await runQuery(on, {
    name: 'lanes_let_go',
    text: `update deliveries set leased_until = null where subscription_id = $1 and id = $2 and state = 'waiting'`,
    values: [subscriptionId, id],
  });
}
