import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { moment } from './contribution.ts';

/** *lookup*: the last position that the sequencer gave; one row. */
export const eventSequence = pgTable('event_sequence', {
  only_row: boolean().primaryKey().default(true),
  last: bigint({ mode: 'number' }).notNull(),
});

/** *lookup*: how far something inside the service that follows the events has come. */
export const eventFollowers = pgTable('event_followers', {
  name: text().primaryKey(),
  position: bigint({ mode: 'number' }).notNull(),
});

/** *lookup*: what a system client has asked to be told, and where. Keys, names and sealed secrets; no patient. */
export const subscriptions = pgTable(
  'subscriptions',
  {
    id: uuid().primaryKey(),
    revision: integer().notNull(),
    /** Who it is for: issuer and client, and the one provider that the client acts for. */
    client: text().notNull(),
    issuer: text().notNull(),
    client_id: text().notNull(),
    provider: text().notNull(),
    /** `feed`, `webhook` or `fhir`. */
    channel: text().notNull(),
    status: text().notNull(),
    /** Names of events; null for all. */
    events: text().array(),
    target: text(),
    /** Sealed with the service's own key: signing secrets and headers. */
    sealed: text(),
    content: jsonb().notNull(),
    created_at: moment('created_at').notNull(),
    changed_at: moment('changed_at').notNull(),
  },
  (t) => [
    uniqueIndex('subscriptions_one_feed').on(t.client, t.provider).where(sql`${t.channel} = 'feed'`),
    index('subscriptions_client').on(t.client, t.provider, t.id),
    index('subscriptions_working').on(t.status, t.channel),
  ],
);

/** *lookup*: how far a subscription has come: apart from its settings, since workers write it all the time. */
export const subscriptionProgress = pgTable('subscription_progress', {
  subscription_id: uuid().primaryKey(),
  /** Up to which position events have been looked at. Never leaves the service. */
  position: bigint({ mode: 'number' }).notNull(),
  /** The number that its next delivery gets. */
  next_number: bigint({ mode: 'number' }).notNull(),
  last_sent_at: moment('last_sent_at'),
  heartbeat_at: moment('heartbeat_at'),
  last_failure: text(),
});

/**
 * *lookup*: one event on its way to one subscription, keyed by that: ids and names only. It is told in the order of
 * `position` within its lane (the plan).
 */
export const deliveries = pgTable(
  'deliveries',
  {
    subscription_id: uuid().notNull(),
    id: uuid().notNull(),
    position: bigint({ mode: 'number' }).notNull(),
    /** The subscription's own number, given when it is first sent or shown. */
    number: bigint({ mode: 'number' }),
    lane: uuid().notNull(),
    patient_id: uuid().notNull(),
    plan_id: uuid(),
    event: text().notNull(),
    resource_kind: text().notNull(),
    resource_id: uuid().notNull(),
    owner_provider: text().notNull(),
    at: moment('at').notNull(),
    /** `waiting`, `delivered`, `offered` (in a feed), `withheld` or `dead`. */
    state: text().notNull(),
    attempts: integer().notNull(),
    due_at: moment('due_at').notNull(),
    leased_until: moment('leased_until'),
    done_at: moment('done_at'),
    last_failure: text(),
  },
  (t) => [
    primaryKey({ columns: [t.subscription_id, t.id] }),
    index('deliveries_waiting').on(t.subscription_id, t.lane, t.position).where(sql`${t.state} = 'waiting'`),
    index('deliveries_due').on(t.due_at).where(sql`${t.state} = 'waiting'`),
    index('deliveries_number').on(t.subscription_id, t.number),
    index('deliveries_dead').on(t.subscription_id, t.position).where(sql`${t.state} = 'dead'`),
    index('deliveries_done').on(t.done_at).where(sql`${t.state} <> 'waiting'`),
  ],
);
