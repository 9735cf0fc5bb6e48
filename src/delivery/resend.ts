import type { Desk } from '../access/index.ts';
import type { ThingId } from '../shared/ids.ts';
import { admitFirst, logAct, resourceOf, type SystemAsking } from './asking.ts';
import type { Channel, Delivery } from './domain/model.ts';
import { readSubscription } from './manage.ts';
import { nothingToReplay, subscriptionState } from './problems.ts';
import { deadLetters, sendAgain, sendDeadAgain } from './store/resend.ts';

const SENT: readonly Channel[] = ['webhook', 'fhir'];

/** From where to send again: a number of the subscription's own, or a time (of the events, inclusive). */
export type ReplayPoint = { readonly fromNumber: number } | { readonly since: string };

/**
 * Sends again all that has been sent from a point on, under the same numbers and message ids, each judged anew. What is
 * on its way already is left where it is.
 *
 * @returns how many
 * @throws nothingToReplay (422), subscriptionState (409) when it is neither active nor paused
 */
export async function replay(desk: Desk, asking: SystemAsking, id: ThingId, from: ReplayPoint): Promise<number> {
  await admitFirst(desk, asking, 'subscription.change');
  const { subscription } = await readSubscription(desk, asking, id, SENT);
  if (subscription.status !== 'active' && subscription.status !== 'paused') {
    throw subscriptionState({ extra: { status: subscription.status } });
  }
  await logAct(desk, asking, 'subscription.change', [resourceOf(subscription)], { act: 'replay' });
  const count = await sendAgain(desk.pool, id, from);
  if (count === 0) throw nothingToReplay();
  return count;
}

/** One page of what was given up, the newest first, without a word of what it was about beyond what a message tells. */
export async function listDeadLetters(
  desk: Desk,
  asking: SystemAsking,
  id: ThingId,
  page: { readonly limit: number; readonly before?: number },
): Promise<readonly Delivery[]> {
  await readSubscription(desk, asking, id, SENT);
  return deadLetters(desk.pool, id, page);
}

/**
 * Puts dead letters back on their lanes: some, by their message ids, or all. They are judged anew, and come after what has been
 * told of their plan meanwhile.
 *
 * @returns how many
 */
export async function retryDeadLetters(
  desk: Desk,
  asking: SystemAsking,
  id: ThingId,
  only: readonly ThingId[] | undefined,
): Promise<number> {
  await admitFirst(desk, asking, 'subscription.change');
  const { subscription } = await readSubscription(desk, asking, id, SENT);
  await logAct(desk, asking, 'subscription.change', [resourceOf(subscription)], { act: 'retry-dead-letters' });
  return sendDeadAgain(desk.pool, id, only);
}
