import type { Desk } from '../access/index.ts';
import type { ChannelForm, Occasion } from './channel.ts';
import { messageOf, withheldMessage } from './domain/message.ts';
import type { Delivery, Subscription } from './domain/model.ts';
import { nextTryAfter } from './domain/retry.ts';
import { logTold, systemOf, tellable } from './judge.ts';
import type { Sealer } from './sealing.ts';
import type { Poster, PostOutcome } from './sending/post.ts';
import type { DeliverySettings } from './settings.ts';
import { finish, letGo, numberDelivery, tryLater, withhold } from './store/lanes.ts';

/** What sending needs. */
export interface Sending {
  readonly desk: Desk;
  readonly settings: DeliverySettings;
  readonly sealer: Sealer;
  readonly poster: Poster;
  readonly forms: Readonly<Record<'webhook' | 'fhir', ChannelForm | undefined>>;
}

/** Where in the log a sending is found: it has no request of its own. */
export const SENDING_ROUTE = 'POST (subscriber)';

/** What a message of this subscription is made with now. */
export function occasionOf(sending: Sending, subscription: Subscription, lastNumber: number): Occasion {
  const { sealed } = subscription;
  const secrets = sealed === undefined ? { keys: [] } : sending.sealer.open(subscription.id, sealed);
  return { subscription, secrets, lastNumber, realNow: sending.desk.realNow() };
}

/**
 * Tries to tell one event, once. The policy is asked at this moment: what may no longer be told is dropped, or, when an
 * earlier try may have told it under a number, that number is said to be withheld.
 *
 * @returns why it failed; undefined when it is off its lane
 */
export async function deliver(
  sending: Sending,
  subscription: Subscription,
  delivery: Delivery,
): Promise<string | undefined> {
  const { desk, poster } = sending;
  const form = subscription.channel === 'feed' ? undefined : sending.forms[subscription.channel];
  if (!form || subscription.target === undefined) throw new Error('nothing is sent to this kind of subscription');
  const may = (await tellable(desk, subscription, [delivery])).has(delivery);
  if (!may && delivery.number === undefined) {
    await withhold(desk.pool, delivery);
    return undefined;
  }
  const numbered = await numberDelivery(desk.pool, delivery);
  if (!numbered) return undefined;
  if (may) {
    const asking = { actor: systemOf(subscription), requestId: numbered.id, route: SENDING_ROUTE };
    await logTold(desk, asking, [numbered]);
  }
  const occasion = occasionOf(sending, subscription, numbered.number!);
  const { body, headers } = form.event(occasion, numbered, may ? messageOf(numbered) : withheldMessage(numbered));
  return settle(sending, numbered, may, await poster.post(subscription.target, body, headers));
}

async function settle(
  sending: Sending,
  delivery: Delivery,
  told: boolean,
  outcome: PostOutcome,
): Promise<string | undefined> {
  const { pool } = sending.desk;
  const failure = failureOf(outcome);
  if (failure === 'stopped') {
    await letGo(pool, delivery);
    return undefined;
  }
  if (failure === undefined) {
    await finish(pool, delivery, told ? 'delivered' : 'withheld');
    return undefined;
  }
  const wait = nextTryAfter(delivery.attempts + 1, sending.settings.retryScheduleMs, Math.random());
  if (wait === undefined) await finish(pool, delivery, 'dead', failure);
  else await tryLater(pool, delivery, wait, failure);
  return failure;
}

/** Why a try counts as failed: only a 2xx is a yes, and a redirect is never followed. */
export function failureOf(outcome: PostOutcome): string | undefined {
  if ('failed' in outcome) return outcome.failed;
  if (outcome.status >= 200 && outcome.status < 300) return undefined;
  return outcome.status >= 300 && outcome.status < 400 ? 'redirected' : `status-${outcome.status}`;
}
