import { presentOwned } from '../../http/owned-answer.ts';
import { publicId, publicPatientId } from '../../shared/ids.ts';
import { consentState } from '../domain/consent.ts';
import type { Consent } from '../domain/model.ts';

/** A consent as `/v1` shows it, with the state that it has at a moment (epoch milliseconds). */
export function presentConsent(consent: Consent, now: number) {
  const { patientId, type, form, data, recipient, purpose, from, until, takenBy, planId, withdrawnAt, reason } =
    consent;
  const { kinds, guardianAnswers } = consent;
  return {
    ...presentOwned(consent),
    patientId: publicPatientId(patientId),
    type,
    state: consentState(consent, now),
    form,
    data,
    recipient,
    purpose,
    from,
    until,
    takenBy,
    planId: planId && publicId(patientId, planId),
    kinds,
    guardianAnswers: guardianAnswers?.map((one) => ({
      ...one,
      relatedPersonId: publicId(patientId, one.relatedPersonId),
    })),
    withdrawnAt,
    reason,
  };
}
