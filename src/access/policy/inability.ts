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
export function isLastinglyUnable(facts: Facts): boolean {
  return isDocumented('lasting', facts);
}

function isDocumented(kind: 'child' | 'lasting', facts: Facts): boolean {
  const now = nowOf(facts);
  return (facts.patient?.inability ?? []).some(
    (it) => it.kind === kind && holds(it, now) && (kind === 'child' || it.noReasonToObject === true),
  );
}
