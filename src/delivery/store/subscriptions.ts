import { type Queryable, runQuery } from '../../db/query.ts';
import type { RowChange } from '../../db/save-rows.ts';
import type { ThingId } from '../../shared/ids.ts';
import type { Channel, Subscriber, Subscription, SubscriptionContent, SubscriptionStatus } from '../domain/model.ts';

interface StoredSubscription {
  readonly id: ThingId;
  readonly revision: number;
  readonly issuer: string;
  readonly client_id: string;
  readonly provider: string;
  readonly channel: Channel;
  readonly status: SubscriptionStatus;
  readonly events: string[] | null;
  readonly target: string | null;
  readonly sealed: string | null;
  readonly content: SubscriptionContent;
  readonly created_at: Date;
  readonly changed_at: Date;
}

/** One text for a client of an issuer: what its subscriptions are found by. */
export function clientKey({ issuer, clientId }: Pick<Subscriber, 'issuer' | 'clientId'>): string {
  return `${issuer}#${clientId}`;
}

const COLUMNS = `id, revision, issuer, client_id, provider, channel, status, events, target, sealed, content,
  created_at, changed_at`;

function fromRow(row: StoredSubscription): Subscription {
  return {
    id: row.id,
    revision: row.revision,
    issuer: row.issuer,
    clientId: row.client_id,
    provider: row.provider,
    channel: row.channel,
    status: row.status,
    ...(row.events ? { events: row.events } : {}),
    ...(row.target === null ? {} : { target: row.target }),
    ...(row.sealed === null ? {} : { sealed: row.sealed }),
    content: row.content,
    createdAt: row.created_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
  };
}

/** A subscription as its row; a known id is written over, by whoever holds the client's lock. */
export function subscriptionRow(subscription: Subscription): RowChange {
  const { id, revision, issuer, clientId, provider, channel, status, content } = subscription;
  const row = {
    ...{
      id,
      revision,
      client: clientKey(subscription),
      issuer,
      client_id: clientId,
      provider,
      channel,
      status,
      content,
    },
    events: subscription.events ?? null,
    target: subscription.target ?? null,
    sealed: subscription.sealed ?? null,
    created_at: subscription.createdAt,
    changed_at: subscription.changedAt,
  };
  return { table: 'subscriptions', write: 'insert', row };
}

/** Where a new subscription begins: after this position, with number 1. */
export function progressRow(id: ThingId, position: number): RowChange {
  const row = { subscription_id: id, position, next_number: 1 };
  return { table: 'subscription_progress', write: 'insert', row };
}

/** The client's own subscriptions of these channels, newest first; those that have ended are kept but not listed. */
export async function ownSubscriptions(
  on: Queryable,
  subscriber: Subscriber,
  channels: readonly Channel[],
): Promise<readonly Subscription[]> {
  const { rows } = await runQuery<StoredSubscription>(on, {
    name: 'subscriptions_own',
    text: `select ${COLUMNS} from subscriptions
      where client = $1 and provider = $2 and channel = any ($3) and status <> 'ended' order by id desc`,
    values: [clientKey(subscriber), subscriber.provider, channels],
  });
  return rows.map(fromRow);
}

/** Every subscription that events are sent to now. */
export async function sentSubscriptions(on: Queryable): Promise<readonly Subscription[]> {
  const { rows } = await runQuery<StoredSubscription>(on, {
    name: 'subscriptions_sent',
    text: `select ${COLUMNS} from subscriptions where channel in ('webhook', 'fhir') and status in ('requested', 'active')`,
    values: [],
  });
  return rows.map(fromRow);
}

/** The client's feed, made when it is first asked for: it begins at what has happened by then. */
export async function openFeed(
  on: Queryable,
  subscriber: Subscriber,
  fresh: ThingId,
  realNow: string,
): Promise<Subscription> {
  const own = [clientKey(subscriber), subscriber.provider];
  const { rows } = await runQuery<StoredSubscription>(on, {
    name: 'feed_find',
    text: `select ${COLUMNS} from subscriptions where client = $1 and provider = $2 and channel = 'feed'`,
    values: own,
  });
  if (rows[0]) return fromRow(rows[0]);
  await runQuery(on, {
    name: 'feed_open',
    text: `with made as (
        insert into subscriptions (id, revision, client, issuer, client_id, provider, channel, status, content, created_at, changed_at)
        values ($3, 1, $1, $4, $5, $2, 'feed', 'active', '{}', $6, $6)
        on conflict (client, provider) where channel = 'feed' do nothing returning id)
      insert into subscription_progress (subscription_id, position, next_number)
      select made.id, coalesce((select last from event_sequence), 0), 1 from made`,
    values: [...own, fresh, subscriber.issuer, subscriber.clientId, realNow],
  });
  return openFeed(on, subscriber, fresh, realNow);
}

/** The service's own change of a status: not the subscriber's, so no revision is compared. */
export async function setStatus(
  on: Queryable,
  id: ThingId,
  from: SubscriptionStatus,
  to: SubscriptionStatus,
  reason: string | undefined,
  realNow: string,
): Promise<boolean> {
  const { rowCount } = await runQuery(on, {
    name: 'subscription_status',
    text: `update subscriptions set status = $3, revision = revision + 1, changed_at = $5,
        content = (content - 'reason') || case when $4::text is null then '{}'::jsonb else jsonb_build_object('reason', $4::text) end
      where id = $1 and status = $2`,
    values: [id, from, to, reason ?? null, realNow],
  });
  return rowCount === 1;
}
