import { setTimeout as sleep } from 'node:timers/promises';
import { type Desk, entryFor } from '../access/index.ts';
import { sequenceEvents } from '../events/index.ts';
import { admitNext } from './admit.ts';
import { admitFirst, resourceOf, type SystemAsking, subscriberOf } from './asking.ts';
import { type EventMessage, messageOf, withheldMessage } from './domain/message.ts';
import type { Delivery, Subscription } from './domain/model.ts';
import { logTold, tellable } from './judge.ts';
import { numberedFrom } from './store/deliveries.ts';
import { openFeed } from './store/subscriptions.ts';

/** One page of a feed; `last` is the number to go on from. */
export interface FeedPage {
  readonly messages: readonly EventMessage[];
  readonly last: number;
}

/** How often a long poll looks again, milliseconds. */
const LOOK_EVERY_MS = 300;

/** The client's own feed; it begins when it is first asked for. */
export async function feedOf(desk: Desk, asking: SystemAsking): Promise<Subscription> {
  await admitFirst(desk, asking, 'event.read');
  const now = new Date(desk.realNow()).toISOString();
  // So that a feed that is opened now begins with what happens after now.
  await sequenceEvents(desk.pool);
  return openFeed(desk.pool, subscriberOf(asking.actor), desk.ids.thingId(), now);
}

/**
 * The next page of a feed. Events get their numbers when they are first shown, without gaps, and keep them; each is judged at
 * this moment, also those that have been shown before: what may no longer be told is a number and no more.
 *
 * @param waitMs how long to wait for something when there is nothing
 * @param isOver asked while waiting: the caller has gone, or the service is stopping
 */
export async function readFeed(
  desk: Desk,
  asking: SystemAsking,
  feed: Subscription,
  page: { readonly after: number; readonly limit: number; readonly waitMs: number },
  isOver: () => boolean,
): Promise<FeedPage> {
  const until = desk.realNow() + page.waitMs;
  let found = await look(desk, feed, page);
  while (found.length === 0 && desk.realNow() < until && !isOver()) {
    await sleep(LOOK_EVERY_MS);
    found = await look(desk, feed, page);
  }
  const messages = await tell(desk, asking, found);
  await desk.recorder.record([
    entryFor(asking, 'event.read', { outcome: 'Beviljad', resources: [resourceOf(feed)], hits: messages.length }),
  ]);
  return { messages, last: found.at(-1)?.number ?? page.after };
}

/** What comes after a number: first what has one, then what has happened since. */
async function look(
  desk: Desk,
  feed: Subscription,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly Delivery[]> {
  const known = await numberedFrom(desk.pool, feed.id, after, limit);
  if (known.length > 0) return known;
  await sequenceEvents(desk.pool);
  let isMore = true;
  while (isMore) {
    isMore = await admitNext(desk, feed, limit);
    const fresh = await numberedFrom(desk.pool, feed.id, after, limit);
    if (fresh.length > 0) return fresh;
  }
  return [];
}

/** What a subscription has been told under its numbers, each judged anew: at most so many after a number. */
export async function readNumbered(
  desk: Desk,
  asking: SystemAsking,
  subscription: Subscription,
  after: number,
  most: number,
): Promise<readonly EventMessage[]> {
  await admitFirst(desk, asking, 'event.read');
  return tell(desk, asking, await numberedFrom(desk.pool, subscription.id, after, most));
}

/** Tells what may be told now of deliveries that have their numbers, and logs it in each person's log first. */
async function tell(
  desk: Desk,
  asking: SystemAsking,
  deliveries: readonly Delivery[],
): Promise<readonly EventMessage[]> {
  const may = await tellable(desk, subscriberOf(asking.actor), deliveries);
  await logTold(desk, asking, [...may]);
  return deliveries.map((one) => (may.has(one) ? messageOf(one) : withheldMessage(one)));
}
