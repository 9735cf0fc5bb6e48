import type { Desk } from '../access/index.ts';
import { wrong } from '../shared/problem.ts';
import { admitFirst, type SystemAsking } from './asking.ts';
import { targetInternal, targetNotAllowed, targetNotHttps, targetRedirects, targetUnreachable } from './problems.ts';
import { AddressRefused, guardedLookup, hostOf, judgeTarget } from './sending/address.ts';
import { createPoster } from './sending/post.ts';
import type { DeliverySettings } from './settings.ts';

/**
 * Refuses an address by its form, by the list and by where its name leads now, when its receiver is greeted later on.
 *
 * @throws targetNotHttps, targetInternal, targetNotAllowed, targetUnreachable naming the field
 */
export async function demandAddress(
  desk: Desk,
  asking: SystemAsking,
  target: string,
  settings: DeliverySettings,
  field: string,
): Promise<void> {
  await admitFirst(desk, asking, 'subscription.change');
  const invalidParameters = [wrong(field, 'Kan inte ta emot händelser.', 'Cannot receive events.')];
  const refusal = judgeTarget(target, settings);
  if (refusal) throw REFUSED[refusal]({ invalidParameters });
  const error = await new Promise<Error | null>((resolve) => {
    guardedLookup(settings)(hostOf(new URL(target)), { all: true }, (failed) => resolve(failed));
  });
  if (error) throw (error instanceof AddressRefused ? targetInternal : targetUnreachable)({ invalidParameters });
}

const REFUSED = { 'not-https': targetNotHttps, internal: targetInternal, 'not-allowed': targetNotAllowed };
/** Whoever registers an address waits for this. */
const PROBE_MS = 5000;

/**
 * Refuses an address that events could never be sent to: by its form, by the list, by where its name leads now, and, when
 * something is sent to it once, by that it redirects or does not answer. What it answers otherwise is its own affair.
 *
 * @param envelope what is sent: it holds nothing about anybody
 * @throws targetNotHttps, targetInternal, targetNotAllowed, targetRedirects, targetUnreachable naming the field
 */
export async function demandTarget(
  target: string,
  settings: DeliverySettings,
  envelope: { readonly body: string; readonly headers: Readonly<Record<string, string>> },
  field = 'target',
): Promise<void> {
  const invalidParameters = [wrong(field, 'Kan inte ta emot händelser.', 'Cannot receive events.')];
  const refusal = judgeTarget(target, settings);
  if (refusal) throw REFUSED[refusal]({ invalidParameters });
  const poster = createPoster({ ...settings, timeoutMs: Math.min(settings.timeoutMs, PROBE_MS) });
  try {
    const outcome = await poster.post(target, envelope.body, envelope.headers);
    if ('failed' in outcome) {
      throw (outcome.failed === 'address-refused' ? targetInternal : targetUnreachable)({ invalidParameters });
    }
    if (outcome.status >= 300 && outcome.status < 400) throw targetRedirects({ invalidParameters });
  } finally {
    poster.stop();
  }
}
