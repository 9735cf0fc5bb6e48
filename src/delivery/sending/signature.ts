import { Webhook } from 'standardwebhooks';
import type { SigningKey } from '../domain/model.ts';

/**
 * The three headers of Standard Webhooks (https://www.standardwebhooks.com): id, time of sending, and one signature for
 * each secret in use, so that a receiver that still has the earlier one goes on understanding.
 *
 * @param realNow epoch milliseconds
 */
export function signedHeaders(
  id: string,
  body: string,
  keys: readonly SigningKey[],
  realNow: number,
): Record<string, string> {
  const sentAt = new Date(realNow);
  const inUse = keys.filter(({ until }) => until === undefined || realNow < Date.parse(until));
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(realNow / 1000)),
    'webhook-signature': inUse.map(({ secret }) => new Webhook(secret).sign(id, sentAt, body)).join(' '),
  };
}
