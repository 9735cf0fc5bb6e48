import { isBlank } from '../../../shared/text.ts';
import { isInside, isJoined } from '../acting-unit.ts';
import { blockedFor } from '../blocks.ts';
import { isDeceased } from '../care-relation.ts';
import type { EmergencyFacts } from '../facts-sharing.ts';
import { holds, nowOf } from '../periods.ts';
import type { Reason } from '../reasons.ts';
import { rightMissing } from '../rights.ts';
import { settingsOf } from '../settings.ts';
import { because, NOT_THIS_WAY } from '../sight.ts';
import { availability } from './availability.ts';
import type { Reader, Way } from './way.ts';

/**
 * Nödöppning (lag 2022:913 3:6): in danger to life or serious risk, when consent cannot be obtained, a vårdgivare reads
 * what other providers have made available and not blocked. Blocked data stay closed; whose they are is told by
 * `blockingProviders`, and only that provider can lift. Whoever acts in an emergency takes part in the care, so the own
 * provider's unblocked data are open too, without a registered relation (PDL 4:1).
 */
export const emergencyAccess: Way = (reader) => {
  const { unit, facts } = reader;
  if (!emergencyOf(reader)) return () => NOT_THIS_WAY;
  const { emergencyNeedsInformation, emergencyOpensSocialCare } = settingsOf(facts);
  const isBlocked = blockedFor(unit, facts);
  const why = availability(facts);
  return (c) => {
    if (c.ownerProvider === unit.provider.hsaId) {
      const owner = facts.units?.get(c.ownerUnit);
      if (c.ownerUnit === unit.hsaId || !owner || !isInside(owner)) return NOT_THIS_WAY;
      return isBlocked(c) ? because('blocked') : { shown: 'whole', ground: 'emergency' };
    }
    const unavailable = why(c);
    const isUninformed = unavailable === 'information-not-given' && !emergencyNeedsInformation;
    if (unavailable && !isUninformed) return because(unavailable);
    const isOfCare = facts.units?.get(c.ownerUnit)?.provider.kind === 'care';
    if (!isOfCare && !emergencyOpensSocialCare) return NOT_THIS_WAY;
    return isBlocked(c) ? because('blocked') : { shown: 'whole', ground: 'emergency' };
  };
};

/** The emergency access that this member of staff has opened at this unit and that holds now. */
export function emergencyOf(reader: Reader): EmergencyFacts | undefined {
  const { actor, unit, facts } = reader;
  if (whyNoEmergency(reader)) return undefined;
  const now = nowOf(facts);
  return (facts.emergencies ?? []).find(
    (it) =>
      it.staff === actor.employeeHsaId &&
      it.unit === unit.hsaId &&
      it.consentUnobtainable === true &&
      !isBlank(it.reason) &&
      holds(it, now) &&
      it.until !== undefined,
  );
}

/** Why this member of staff cannot open in an emergency, undefined when it is possible. Never for social care. */
export function whyNoEmergency({ actor, unit, facts }: Reader): Reason | undefined {
  if (unit.provider.kind !== 'care') return 'emergency-only-for-care-providers';
  if (!isInside(unit)) return 'outside-shared-documentation';
  if (!isJoined(unit, nowOf(facts))) return 'provider-not-joined';
  const missing = rightMissing(actor, unit, 'read', 'SJF', facts);
  if (missing) return missing === 'right-to-read-missing' ? 'shared-reading-right-missing' : missing;
  return isDeceased(facts) ? 'deceased' : undefined;
}
