import type { ConsentFacts, ConsentState, ConsentType } from '../../shared/consent-facts.ts';
import { isInForce } from '../../shared/consent-facts.ts';
import type { PatientId } from '../../shared/ids.ts';
import { type Act, newOwned, revised } from '../../shared/owned.ts';
import { consentNotGiven } from '../problems.ts';
import { type ConsentSettings, checkPeriod, checkRecipient, checkScope, type RecipientFacts } from './demands.ts';
import type { Consent, NewConsent } from './model.ts';

/**
 * Notes what the patient answered. The patient always sees the own consents, so they are approved from the start.
 *
 * @param recipient what the directory says of the recipient; a named person is in no directory
 * @throws consentNeedsEnd, consentDates, consentTooLong, consentTooGeneral, consentRecipientUnknown,
 *   consentRecipientUnfit
 */
export function recordConsent(
  act: Act,
  patientId: PatientId,
  given: NewConsent,
  recipient: RecipientFacts,
  settings: ConsentSettings,
): Consent {
  checkScope(given);
  checkRecipient(given.type, given.recipient, recipient);
  const period = checkPeriod(given, act.now, settings);
  const { legalBasis, ...content } = given;
  return { ...newOwned(act, patientId, { approvedForPatient: true, legalBasis }), ...content, ...period };
}

/**
 * Withdraws a consent, at once. What has been read stays read; nothing more is.
 *
 * @throws consentNotGiven with the state, when it was refused, withdrawn before, or has expired
 */
export function withdrawConsent(act: Pick<Act, 'now' | 'by'>, consent: Consent, reason?: string): Consent {
  const state = consentState(consent, Date.parse(act.now));
  if (state !== 'given') throw consentNotGiven({ extra: { state } });
  return revised<Consent>(consent, act, { state: 'withdrawn', withdrawnAt: act.now, ...(reason ? { reason } : {}) });
}

/** The state as it is at a moment (epoch milliseconds): what was given and has passed its end is expired. */
export function consentState(consent: Consent, now: number): ConsentState {
  return consent.state === 'given' && now >= Date.parse(consent.until) ? 'expired' : consent.state;
}

/** A consent as rules see it; undefined for one to a named person, which opens nothing, and for one entered in error. */
export function consentFacts(consent: Consent): ConsentFacts | undefined {
  const { type, state, recipient, from, until, planId } = consent;
  if (recipient.kind === 'person' || consent.enteredInError) return undefined;
  return { type, state, recipient, from, until, ...(planId && { planId }) };
}

/**
 * Whether one of the consents of this type to exactly this recipient holds at a moment (epoch milliseconds). A consent
 * to a principal is none to its units here, nor the other way round: who stands in for whom is for the asking rule.
 */
export function consentInForce(
  consents: readonly Consent[],
  type: ConsentType,
  recipient: ConsentFacts['recipient'],
  now: number,
): boolean {
  return consents.some((consent) => {
    const facts = consentFacts(consent);
    if (facts?.type !== type || facts.recipient.kind !== recipient.kind) return false;
    return facts.recipient.hsaId === recipient.hsaId && isInForce(facts, now);
  });
}
