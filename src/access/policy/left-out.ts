import { isInside } from './acting-unit.ts';
import { hasCurrentRelation, isPartOver } from './care-relation.ts';
import type { ContributionFacts } from './facts-plan.ts';
import type { Reason } from './reasons.ts';
import { settingsOf } from './settings.ts';
import { emergencyOf } from './ways/emergency.ts';
import { whyReaderMayNot } from './ways/shared-documentation.ts';
import type { Reader } from './ways/way.ts';

/** Reasons that hide what has been made available and is not blocked. */
const UNBLOCKED: ReadonlySet<Reason> = new Set<Reason>([
  'sip-consent-missing',
  'read-care-consent-missing',
  'read-social-consent-missing',
  'not-in-consent',
  'not-needed',
]);

/**
 * Whether staff may be told that something is left out, without whose or what: that unblocked data exist (lag 2022:913
 * 2:4), and to care providers alone that a care provider's or own unit's blocked data exist (2:5; PDL 4:4). Only who has
 * a current relation to the patient, or has opened in an emergency; social care is told nothing of blocks.
 */
export function leftOutRule(reader: Reader): (c: ContributionFacts, reason: Reason | undefined) => boolean {
  const { unit, facts } = reader;
  const isCare = unit.provider.kind === 'care';
  const inEmergency = emergencyOf(reader) !== undefined;
  const fromOthers = inEmergency || whyReaderMayNot(reader) === undefined;
  const fromOwn = inEmergency || (isInside(unit) && hasCurrentRelation(unit, facts) && !isPartOver(unit, facts));
  const ofUnblocked = isCare || settingsOf(facts).socialCareKnowsOfUnblocked;
  return (c, reason) => {
    const isOwnProvider = c.ownerProvider === unit.provider.hsaId;
    if (reason === undefined || !(isOwnProvider ? fromOwn : fromOthers)) return false;
    if (reason !== 'blocked') return ofUnblocked && UNBLOCKED.has(reason);
    return isCare && (isOwnProvider || facts.units?.get(c.ownerUnit)?.provider.kind === 'care');
  };
}
