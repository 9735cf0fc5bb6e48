import type { ConsentState, ConsentType, GuardianAnswer } from '../../shared/consent-facts.ts';
import type { ThingId } from '../../shared/ids.ts';
import type { HsaId, Instant, LegalBasis, Owned } from '../../shared/owned.ts';

export const CONSENT_FORMS = ['oral', 'written', 'electronic'] as const;
export type ConsentForm = (typeof CONSENT_FORMS)[number];

export const RECIPIENT_KINDS = ['principal', 'provider', 'unit', 'person'] as const;
/** Who may receive: one of the directory, or for a single copy a named person or body outside it. */
export type Recipient =
  | { readonly kind: 'principal' | 'provider' | 'unit'; readonly hsaId: HsaId }
  | { readonly kind: 'person'; readonly name: string };

/** One consent to one recipient: to what, which data, for what, from when until when, and who took it. */
export interface Consent extends Owned {
  readonly type: ConsentType;
  /** As it was answered; that it has expired follows from `until`, see {@link consentState}. */
  readonly state: Exclude<ConsentState, 'expired'>;
  readonly form: ConsentForm;
  /** Which data, in words. */
  readonly data: string;
  readonly recipient: Recipient;
  readonly purpose: string;
  readonly from: Instant;
  /** The first instant when it no longer holds. */
  readonly until: Instant;
  readonly takenBy: { readonly staff?: HsaId; readonly name: string };
  readonly planId?: ThingId;
  /** Only these kinds of contributions; absent when the data are told in words alone. */
  readonly kinds?: readonly string[];
  /** For a child: each guardian's own answer. Absent when the person answered. */
  readonly guardianAnswers?: readonly GuardianAnswer[];
  readonly withdrawnAt?: Instant;
  /** Why it was withdrawn or refused, when the person wanted to say. */
  readonly reason?: string;
}

export interface NewConsent {
  readonly type: ConsentType;
  readonly state: 'given' | 'refused';
  readonly form: ConsentForm;
  readonly data: string;
  readonly recipient: Recipient;
  readonly purpose: string;
  /** The moment of the act unless given. */
  readonly from?: Instant;
  readonly until?: Instant;
  readonly takenBy: Consent['takenBy'];
  readonly planId?: ThingId;
  readonly kinds?: readonly string[];
  readonly guardianAnswers?: readonly GuardianAnswer[];
  readonly reason?: string;
  readonly legalBasis?: LegalBasis;
}
