import type { OpeningHours } from '../../shared/opening-hours.ts';

export type ContactChannelKind =
  | 'phone'
  | '1177-message'
  | 'web-booking'
  | 'video'
  | 'visit'
  | 'switchboard'
  | 'e-mail'
  | 'letter';

/** A contact channel as the directory holds it; professionals' may be among them, they are never shown. */
export interface ContactChannel {
  readonly kind: ContactChannelKind;
  readonly value: string;
  readonly purpose: string;
  readonly audience: 'patient' | 'professional';
  readonly openingHours: OpeningHours;
  readonly whenClosed?: string | null;
  readonly inEmergency?: string | null;
}
