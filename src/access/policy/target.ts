import type { ThingId } from '../../shared/ids.ts';
import type { HsaId } from '../../shared/owned.ts';
import type { CareRelationFacts, GivenConsent } from './facts-sharing.ts';

/** The lawful grounds of a disclosure of one copy to one receiver (OSL 10, 12, 25 and 26 kap.; LUS 3:1–2). */
export const DISCLOSURE_GROUNDS = [
  'consent',
  'harm-assessment',
  'duty-to-inform',
  'necessary-for-own-work',
  'discharge',
] as const;
export type DisclosureGround = (typeof DISCLOSURE_GROUNDS)[number];

/** What an act is aimed at, beyond the patient and the plan. What an action needs and is not told counts as missing. */
export interface Target {
  /** Whose data, or which unit or provider, it concerns. */
  readonly unit?: HsaId;
  readonly provider?: HsaId;
  /** Of a care relation that is registered or ended. */
  readonly relationKind?: CareRelationFacts['kind'];
  /** Of a disclosure: who gets the copy, and on what ground. */
  readonly receiver?: GivenConsent['recipient'];
  readonly ground?: DisclosureGround;
  /** With the ground `consent`: which one. */
  readonly consentId?: ThingId;
  /** Of what leaves about a protected person: who asked, and who else said yes. */
  readonly exporting?: { readonly askedBy?: HsaId; readonly approvedBy?: HsaId };
}
