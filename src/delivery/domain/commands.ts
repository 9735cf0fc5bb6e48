import type { Instant } from '../../shared/owned.ts';
import { subscriptionState } from '../problems.ts';
import type { SigningKey, Subscription, SubscriptionStatus } from './model.ts';

/** How many a client may have besides its feed. */
export const MOST_SUBSCRIPTIONS = 20;
/** As many receivers as can be behind in changing to a new secret. */
const MOST_KEYS = 3;
const HOUR_MS = 3_600_000;

/** From which statuses each act may be done, and what it leads to. */
const MOVES = {
  pause: { from: ['active', 'requested'], to: 'paused' },
  resume: { from: ['paused', 'error'], to: 'active' },
  end: { from: ['requested', 'active', 'paused', 'error'], to: 'ended' },
} as const satisfies Record<string, { from: readonly SubscriptionStatus[]; to: SubscriptionStatus }>;

export type SubscriptionMove = keyof typeof MOVES;

/**
 * Pauses, resumes or ends a subscription.
 *
 * @throws subscriptionState (409) with the present status
 */
export function moved(subscription: Subscription, move: SubscriptionMove, at: Instant): Subscription {
  const { from, to } = MOVES[move];
  if (!(from as readonly SubscriptionStatus[]).includes(subscription.status)) {
    throw subscriptionState({ extra: { status: subscription.status } });
  }
  const { reason: _reason, ...content } = subscription.content;
  const { sealed, ...rest } = subscription;
  const kept = move === 'end' ? rest : { ...rest, sealed };
  return changed({ ...kept, content }, { status: to }, at);
}

/** The next revision of a subscription. */
export function changed(subscription: Subscription, fields: Partial<Subscription>, at: Instant): Subscription {
  return { ...subscription, ...fields, revision: subscription.revision + 1, changedAt: at };
}

/** A new secret in front of the others, which sign beside it until the overlap is over. */
export function rotated(
  keys: readonly SigningKey[],
  secret: string,
  overlapHours: number,
  realNow: number,
): readonly SigningKey[] {
  const until = new Date(realNow + overlapHours * HOUR_MS).toISOString();
  const earlier = keys
    .map((key) => ({ ...key, until: key.until !== undefined && key.until < until ? key.until : until }))
    .filter((key) => Date.parse(key.until) > realNow);
  return [{ secret }, ...earlier].slice(0, MOST_KEYS);
}
