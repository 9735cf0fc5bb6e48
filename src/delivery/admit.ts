import type { Desk } from '../access/index.ts';
import { eventsAfter, lastPosition } from '../events/index.ts';
import type { Subscription } from './domain/model.ts';
import { tellable } from './judge.ts';
import { admitEvents } from './store/deliveries.ts';
import { positionOf } from './store/progress.ts';

/**
 * Looks at the next events for one subscription and takes on those that its provider may be told of now. Nothing is given
 * out by it: each is judged once more when it is told.
 *
 * @param most how many events to look at
 * @returns whether there were as many, so that there may be more
 */
export async function admitNext(desk: Desk, subscription: Subscription, most: number): Promise<boolean> {
  const { pool } = desk;
  const from = await positionOf(pool, subscription.id);
  const last = await lastPosition(pool);
  if (from >= last) return false;
  const events = await eventsAfter(pool, from, subscription.events, most);
  const isFull = events.length === most;
  // Everything up to `last` had its position before these were read.
  const through = isFull ? events.at(-1)!.position : Math.max(last, events.at(-1)?.position ?? 0);
  const may = await tellable(desk, subscription, events);
  await admitEvents(pool, {
    subscriptionId: subscription.id,
    from,
    through,
    events: events.filter((event) => may.has(event)),
    as: subscription.channel === 'feed' ? 'offered' : 'waiting',
  });
  return isFull;
}
