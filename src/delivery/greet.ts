import { failureOf, occasionOf, type Sending } from './deliver.ts';
import type { Subscription } from './domain/model.ts';
import { noteTry, progressOf, takeHeartbeat } from './store/progress.ts';
import { setStatus } from './store/subscriptions.ts';

/** How often a receiver that has not answered the first greeting is greeted again, seconds. */
const GREET_EVERY_SECONDS = 30;
/** For how long it may stay silent before the subscription is in error. */
const GREET_FOR_MS = 10 * 60_000;

/**
 * What a subscription asks for besides events: a handshake before the first, and a sign of life when nothing has happened
 * for as long as it said; and its end, when it named one. Channels without these are left alone.
 */
export async function greet(sending: Sending, subscription: Subscription): Promise<void> {
  const form = subscription.channel === 'fhir' ? sending.forms.fhir : undefined;
  if (!form) return;
  const { desk } = sending;
  const realNow = new Date(desk.realNow()).toISOString();
  const { end, heartbeatSeconds } = subscription.content;
  if (end !== undefined && Date.parse(end) <= desk.realNow()) {
    await setStatus(desk.pool, subscription.id, subscription.status, 'ended', 'end', realNow);
    return;
  }
  if (subscription.status === 'requested') await shakeHands(sending, subscription);
  else if (form.heartbeat && heartbeatSeconds !== undefined) {
    if (!(await takeHeartbeat(desk.pool, subscription.id, heartbeatSeconds))) return;
    const failure = await send(sending, subscription, 'heartbeat');
    if (failure !== 'stopped') await noteTry(desk.pool, subscription.id, failure);
  }
}

async function shakeHands(sending: Sending, subscription: Subscription): Promise<void> {
  const { desk } = sending;
  if (!(await takeHeartbeat(desk.pool, subscription.id, GREET_EVERY_SECONDS))) return;
  const failure = await send(sending, subscription, 'handshake');
  if (failure === 'stopped') return;
  const realNow = new Date(desk.realNow()).toISOString();
  if (failure === undefined) {
    await setStatus(desk.pool, subscription.id, 'requested', 'active', undefined, realNow);
  } else if (desk.realNow() - Date.parse(subscription.changedAt) > GREET_FOR_MS) {
    await setStatus(desk.pool, subscription.id, 'requested', 'error', failure, realNow);
  }
  await noteTry(desk.pool, subscription.id, failure);
}

async function send(sending: Sending, subscription: Subscription, what: 'handshake' | 'heartbeat') {
  const form = sending.forms.fhir?.[what];
  if (!form || subscription.target === undefined) return undefined;
  const { nextNumber } = await progressOf(sending.desk.pool, subscription.id);
  const { body, headers } = form(occasionOf(sending, subscription, nextNumber - 1));
  return failureOf(await sending.poster.post(subscription.target, body, headers));
}
