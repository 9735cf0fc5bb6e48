import type { ThingId } from './ids.ts';
import type { HsaId, Instant } from './owned.ts';

/** What a consent can be to; none stands in for another (docs/domain.md 7). */
export const CONSENT_TYPES = ['sip', 'read-care', 'read-social', 'disclosure'] as const;
export type ConsentType = (typeof CONSENT_TYPES)[number];

export const CONSENT_STATES = ['given', 'refused', 'withdrawn', 'expired'] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

/** One consent as rules see it: to what, for whom, from when and until when (the end is mandatory). */
export interface ConsentFacts {
  readonly type: ConsentType;
  readonly state: ConsentState;
  readonly recipient: { readonly kind: 'principal' | 'provider' | 'unit'; readonly hsaId: HsaId };
  readonly from: Instant;
  /** The first instant when it no longer holds. */
  readonly until: Instant;
  /** The only plan that it is about, where it names one: it does not move along to the plan that comes after. */
  readonly planId?: ThingId;
}

/** One guardian's yes or no to a consent for the child: one cannot be presumed to speak for the other (FB 6:13). */
export interface GuardianAnswer {
  readonly relatedPersonId: ThingId;
  readonly answer: 'yes' | 'no';
  readonly at: Instant;
}

/** Whether a consent holds at a moment (epoch milliseconds): given, begun and not ended. */
export function isInForce(consent: ConsentFacts, now: number): boolean {
  return consent.state === 'given' && Date.parse(consent.from) <= now && now < Date.parse(consent.until);
}
