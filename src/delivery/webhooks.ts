import type { Answered, Desk, Sent } from '../access/index.ts';
import { publicReferenceId, type ThingId } from '../shared/ids.ts';
import { admitFirst, type SystemAsking, subscriberOf } from './asking.ts';
import { changed, rotated } from './domain/commands.ts';
import type { SigningKey, Subscription } from './domain/model.ts';
import { addSubscription, changeSubscription, readSubscription } from './manage.ts';
import { newSigningSecret, type Sealer } from './sealing.ts';
import { signedHeaders } from './sending/signature.ts';
import type { DeliverySettings } from './settings.ts';
import { demandTarget } from './target.ts';

/** What webhooks are made with. */
export interface WebhookTools {
  readonly desk: Desk;
  readonly settings: DeliverySettings;
  readonly sealer: Sealer;
}

/** What a client asks for. */
export interface WebhookWish {
  readonly target: string;
  readonly events?: readonly string[];
  readonly description?: string;
}

/** A webhook with the secret that its messages are signed by: shown when it is made and when it is rotated, never else. */
export interface WithSecret {
  readonly subscription: Subscription;
  readonly secret: string;
}

/**
 * Makes a webhook, once its address has been seen to answer.
 *
 * @throws the refusals of `demandTarget`; tooManySubscriptions
 */
export async function addWebhook(
  tools: WebhookTools,
  asking: SystemAsking,
  wish: WebhookWish,
  sent: Sent,
): Promise<Answered<WithSecret>> {
  const { desk, sealer } = tools;
  await admitFirst(desk, asking, 'subscription.change');
  const keys = [{ secret: newSigningSecret() }];
  await probe(tools, wish.target, keys);
  const { target, events, description } = wish;
  const make = (id: ThingId, at: string): Subscription => ({
    ...subscriberOf(asking.actor),
    ...{ id, revision: 1, channel: 'webhook', status: 'active', target, createdAt: at, changedAt: at },
    ...(events ? { events } : {}),
    sealed: sealer.seal(id, { keys }),
    content: description === undefined ? {} : { description },
  });
  return withSecret(tools, await addSubscription(desk, asking, make, sent));
}

/** Changes address, events or description; a new address must answer first. */
export async function changeWebhook(
  tools: WebhookTools,
  asking: SystemAsking,
  id: ThingId,
  wish: { readonly target?: string; readonly events?: readonly string[] | null; readonly description?: string | null },
  sent: Sent,
): Promise<Answered<Subscription>> {
  const { desk, sealer } = tools;
  if (wish.target !== undefined) {
    await admitFirst(desk, asking, 'subscription.change');
    const { subscription } = await readSubscription(desk, asking, id, ['webhook']);
    await probe(tools, wish.target, sealer.open(id, subscription.sealed!).keys);
  }
  return changeSubscription(desk, asking, id, ['webhook'], (before, at) => changed(wished(before, wish), {}, at), sent);
}

function wished(
  before: Subscription,
  { target, events, description }: Parameters<typeof changeWebhook>[3],
): Subscription {
  const { events: earlier, ...rest } = before;
  const { description: said, ...content } = before.content;
  const named = events === undefined ? earlier : (events ?? undefined);
  const words = description === undefined ? said : (description ?? undefined);
  return {
    ...rest,
    ...(named ? { events: named } : {}),
    ...(target === undefined ? {} : { target }),
    content: { ...content, ...(words === undefined ? {} : { description: words }) },
  };
}

/** Gives a webhook a new secret; the one before signs beside it for the overlap, so that no message is lost on the way. */
export async function rotateSecret(
  tools: WebhookTools,
  asking: SystemAsking,
  id: ThingId,
  overlapHours: number,
  sent: Sent,
): Promise<Answered<WithSecret>> {
  const { desk, sealer } = tools;
  const rule = (before: Subscription, at: string): Subscription => {
    const { keys, ...rest } = sealer.open(id, before.sealed!);
    const fresh = rotated(keys, newSigningSecret(), overlapHours, desk.realNow());
    return changed(before, { sealed: sealer.seal(id, { ...rest, keys: fresh }) }, at);
  };
  return withSecret(tools, await changeSubscription(desk, asking, id, ['webhook'], rule, sent));
}

function withSecret({ sealer }: WebhookTools, made: Answered<Subscription>): Answered<WithSecret> {
  const { id, sealed } = made.answer;
  return { ...made, answer: { subscription: made.answer, secret: sealer.open(id, sealed!).keys[0]!.secret } };
}

/** Sends a message without content, signed, to see that somebody answers and that nobody redirects. */
async function probe({ desk, settings }: WebhookTools, target: string, keys: readonly SigningKey[]): Promise<void> {
  const realNow = desk.realNow();
  const body = JSON.stringify({ type: 'subscription.probe', timestamp: new Date(realNow).toISOString(), data: {} });
  const signed = signedHeaders(`msg_${publicReferenceId(desk.ids.thingId())}`, body, keys, realNow);
  await demandTarget(target, settings, { body, headers: { 'content-type': 'application/json', ...signed } });
}
