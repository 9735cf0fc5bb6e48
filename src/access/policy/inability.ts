import type { HsaId } from '../../shared/owned.ts';
import type { Facts } from './facts.ts';
import { ageToday, holds, nowOf } from './periods.ts';
import { settingsOf } from './settings.ts';

const OF_AGE = 18;

/**
 * Whether the patient is a child who cannot consent (lag 2022:913 3:1 andra stycket, 3:2 andra stycket): under 18, and
 * judged so on record, or below the age that a setting presumes it for.
 */
export function isChildUnableToConsent(facts: Facts): boolean {
  const age = ageToday(facts);
  if (age === undefined || age >= OF_AGE) return false;
  return age < settingsOf(facts).childUnableToConsentBelowAge || isDocumented('child', facts);
}

/**
 * Whether the patient is not only temporarily unable to consent, the attitude has been clarified as far as possible and
 * there is no reason to think that the patient would object (lag 2022:913 2:6, 3:3, 3:4).
 */
export function isLastinglyUnable(facts: Pick<Facts, 'now' | 'patient'>): boolean {
  return isDocumented('lasting', facts);
}

/**
 * Which providers' data are available by 2:6 alone: the person is lastingly unable and has not been informed of that
 * provider's. They are never in direct access (lag 2022:913 4:2).
 */
export function underTwoSix(
  facts: Pick<Facts, 'now' | 'patient' | 'information'>,
): (ownerProvider: HsaId) => true | undefined {
  const isUnable = isLastinglyUnable(facts);
  const now = nowOf(facts);
  const informed = new Set(
    (facts.information ?? []).filter(({ at }) => Date.parse(at) <= now).map((it) => it.provider),
  );
  return (ownerProvider) => (isUnable && !informed.has(ownerProvider)) || undefined;
}

function isDocumented(kind: 'child' | 'lasting', facts: Pick<Facts, 'now' | 'patient'>): boolean {
  const now = nowOf(facts);
  return (facts.patient?.inability ?? []).some(
    (it) => it.kind === kind && holds(it, now) && (kind === 'child' || it.noReasonToObject === true),
  );
}
