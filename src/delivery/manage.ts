import { type Answered, type Desk, readingMany, Sealed, type Sent, type Written, writing } from '../access/index.ts';
import { lastPosition, sequenceEvents } from '../events/index.ts';
import { NIL_PATIENT, type ThingId } from '../shared/ids.ts';
import { notFound, stale } from '../shared/problems.ts';
import { NO_PERSON, resourceOf, type SystemAsking, subscriberOf } from './asking.ts';
import { MOST_SUBSCRIPTIONS } from './domain/commands.ts';
import type { Channel, Subscription } from './domain/model.ts';
import { tooManySubscriptions } from './problems.ts';
import { type Progress, progressOf } from './store/progress.ts';
import { clientKey, ownSubscriptions, progressRow, subscriptionRow } from './store/subscriptions.ts';

/** A subscription and how it goes. */
export interface SubscriptionShown {
  readonly subscription: Subscription;
  readonly progress: Progress;
}

/** The client's own subscriptions of these channels. */
export function listSubscriptions(
  desk: Desk,
  asking: SystemAsking,
  channels: readonly Channel[],
): Promise<readonly SubscriptionShown[]> {
  return readingMany(desk, asking, {
    action: 'subscription.read',
    load: async () => {
      const own = await ownSubscriptions(desk.pool, subscriberOf(asking.actor), channels);
      return new Sealed(await Promise.all(own.map((subscription) => shown(desk, subscription))));
    },
    facts: () => NO_PERSON,
    show: (_grant, own) => ({
      answer: own,
      hits: own.length,
      resources: own.map(({ subscription }) => ({ patientId: NIL_PATIENT, resource: resourceOf(subscription) })),
    }),
  });
}

async function shown(desk: Desk, subscription: Subscription): Promise<SubscriptionShown> {
  return { subscription, progress: await progressOf(desk.pool, subscription.id) };
}

/** One of the client's own. @throws notFound alike for what is not there and for another's */
export function readSubscription(
  desk: Desk,
  asking: SystemAsking,
  id: ThingId,
  channels: readonly Channel[],
): Promise<SubscriptionShown> {
  return readingMany(desk, asking, {
    action: 'subscription.read',
    load: async () => {
      const own = await ownSubscriptions(desk.pool, subscriberOf(asking.actor), channels);
      const found = own.find((one) => one.id === id);
      return new Sealed(found && (await shown(desk, found)));
    },
    facts: () => NO_PERSON,
    show: (_grant, found) => {
      if (!found) throw notFound();
      const resource = resourceOf(found.subscription);
      return { answer: found, hits: 1, resources: [{ patientId: NIL_PATIENT, resource }] };
    },
  });
}

/**
 * Makes a subscription. It begins with what happens from now on.
 *
 * @throws tooManySubscriptions (409)
 */
export function addSubscription(
  desk: Desk,
  asking: SystemAsking,
  make: (id: ThingId, at: string) => Subscription,
  sent: Sent,
): Promise<Answered<Subscription>> {
  const subscriber = subscriberOf(asking.actor);
  const id = desk.ids.thingId();
  return writing(desk, asking, {
    action: 'subscription.change',
    patientId: NIL_PATIENT,
    locks: [lockOf(asking)],
    idempotency: sent.idempotency,
    load: async (client) => {
      const own = await ownSubscriptions(client, subscriber, ['webhook', 'fhir']);
      // What has happened by now is not told: it gets its place first.
      await sequenceEvents(client);
      return new Sealed({ own, position: await lastPosition(client) });
    },
    facts: () => NO_PERSON,
    work: (_grant, { own, position }) => {
      if (own.length >= MOST_SUBSCRIPTIONS) throw tooManySubscriptions({ extra: { most: MOST_SUBSCRIPTIONS } });
      const made = make(id, new Date(desk.realNow()).toISOString());
      return written(made, 201, [progressRow(id, position)]);
    },
    replay: (_grant, { own }, made) => demandOwn(own, made.resourceId),
  });
}

/**
 * Changes one of the client's own subscriptions, from the revision that it names.
 *
 * @throws notFound, stale, and what `rule` refuses
 */
export function changeSubscription(
  desk: Desk,
  asking: SystemAsking,
  id: ThingId,
  channels: readonly Channel[],
  rule: (subscription: Subscription, at: string) => Subscription,
  sent: Sent,
): Promise<Answered<Subscription>> {
  return writing(desk, asking, {
    action: 'subscription.change',
    patientId: NIL_PATIENT,
    locks: [lockOf(asking)],
    idempotency: sent.idempotency,
    load: async (client) => new Sealed(await ownSubscriptions(client, subscriberOf(asking.actor), channels)),
    facts: () => NO_PERSON,
    work: (_grant, own) => {
      const found = demandOwn(own, id);
      if (sent.expectedRevision !== undefined && found.revision !== sent.expectedRevision) {
        throw stale({ extra: { revision: found.revision } });
      }
      return written(rule(found, new Date(desk.realNow()).toISOString()), 200);
    },
    replay: (_grant, own) => demandOwn(own, id),
  });
}

function demandOwn(own: readonly Subscription[], id: ThingId): Subscription {
  const found = own.find((one) => one.id === id);
  if (!found) throw notFound();
  return found;
}

function lockOf({ actor }: SystemAsking): string {
  return `subscriptions:${clientKey(actor)}`;
}

function written(
  subscription: Subscription,
  status: 200 | 201,
  more: Written<Subscription>['rows'] = [],
): Written<Subscription> {
  return {
    rows: [subscriptionRow(subscription), ...more],
    events: [],
    resources: [resourceOf(subscription)],
    result: { status, patientId: NIL_PATIENT, resourceKind: 'subscription', resourceId: subscription.id },
    answer: subscription,
  };
}
