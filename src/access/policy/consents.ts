import type { ConsentType } from '../../shared/consent-facts.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { Facts } from './facts.ts';
import type { GivenConsent } from './facts-sharing.ts';
import { ageToday, holds, nowOf } from './periods.ts';
import { settingsOf } from './settings.ts';

/**
 * Whether a consent holds now: given, begun, not ended or withdrawn, and for a child given by every guardian, none of
 * whom can be presumed to speak for the other (FB 6:13), and only until the child is of age.
 */
export function holdsNow(consent: GivenConsent, facts: Facts): boolean {
  if (consent.state !== 'given' || !holds(consent, nowOf(facts))) return false;
  const { guardians } = consent;
  if (guardians === undefined) return true;
  const { everyGuardianMustConsent, guardianConsentUntilAge } = settingsOf(facts);
  const age = ageToday(facts);
  if (age === undefined || age >= guardianConsentUntilAge || guardians.given < 1) return false;
  return !everyGuardianMustConsent || (guardians.refused === 0 && guardians.given >= guardians.needed);
}

/**
 * The consents of one type that hold now for a unit. None stands in for another type. A consent is to one recipient: the
 * unit, or its provider; only the planning itself (`sip`) is consented to for a whole principal.
 */
export function consentsTo(type: ConsentType, unit: UnitFacts, facts: Facts): readonly GivenConsent[] {
  return (facts.consents ?? []).filter(
    (consent) => consent.type === type && isTo(consent, unit) && isForPlan(consent, facts) && holdsNow(consent, facts),
  );
}

function isTo({ recipient, type }: GivenConsent, unit: UnitFacts): boolean {
  switch (recipient.kind) {
    case 'unit':
      return recipient.hsaId === unit.hsaId;
    case 'provider':
      return recipient.hsaId === unit.provider.hsaId;
    case 'principal':
      return type === 'sip' && recipient.hsaId === unit.principal.hsaId;
    case 'person':
      return false;
  }
}

/** A consent that names a plan is to that plan only. */
export function isForPlan({ planId }: GivenConsent, facts: Facts): boolean {
  return planId === undefined || planId === facts.plan?.id;
}

/** Whether one of these consents is to contributions of this kind. */
export function includesKind(consents: readonly GivenConsent[], kind: string): boolean {
  return consents.some(({ kinds }) => kinds === undefined || kinds.includes(kind));
}
