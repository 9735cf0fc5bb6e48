import type { ThingId } from '../../shared/ids.ts';
import type { HsaId } from '../../shared/owned.ts';
import { isBlank } from '../../shared/text.ts';
import { isDeceased } from './care-relation.ts';
import type { Facts } from './facts.ts';
import type { RelatedFacts, UnitDecision } from './facts-person.ts';
import { ageToday, holds, holdsToday, mayHold, nowOf } from './periods.ts';
import { isProtectedNow } from './protection.ts';
import type { Reason } from './reasons.ts';
import { settingsOf } from './settings.ts';

export type CitizenRole = 'patient' | 'guardian' | 'representative' | 'proxy' | 'relative';

/** As what a citizen has direct access, and to whose data when it is not all. */
export interface Standing {
  readonly as: CitizenRole;
  /** Only data of units that have decided so. */
  readonly onlyUnits?: ReadonlySet<HsaId>;
  /** A relative sees only own steps and promises. */
  readonly relatedPersonId?: ThingId;
}

export type StandingOrReason = Standing | { readonly reason: Reason };

/**
 * As what a citizen has direct access to this patient's data now (PDL 5:5), or why not. Judged at each request by
 * business time: ages by the day in Sweden, periods by the instant. Nobody has direct access to the data of the dead.
 */
export function standingOf(facts: Facts): StandingOrReason {
  if (!facts.patientKnown) return { reason: 'another-patient' };
  if (facts.isSelf) return isDeceased(facts) ? { reason: 'deceased' } : ownStanding(facts);
  const related = facts.related ?? [];
  if (related.length === 0) return { reason: 'another-patient' };
  if (isDeceased(facts)) return { reason: 'deceased' };
  const standings = related.map((one) => standingBy(one, facts));
  return (
    standings.find((it) => 'as' in it && it.as !== 'relative') ?? standings.find((it) => 'as' in it) ?? standings[0]!
  );
}

/** From 16 the patient; from 13 what units have decided to open; before that nobody but guardians. */
function ownStanding(facts: Facts): StandingOrReason {
  const age = ageToday(facts);
  if (age === undefined) return { reason: 'age-unknown' };
  const { ownAccessFromAge, guardianAccessUntilAge } = settingsOf(facts);
  if (age >= ownAccessFromAge) return { as: 'patient' };
  const onlyUnits = age >= guardianAccessUntilAge ? decidedUnits(facts, 'child') : undefined;
  return onlyUnits ? { as: 'patient', onlyUnits } : { reason: 'too-young' };
}

function standingBy(related: RelatedFacts, facts: Facts): StandingOrReason {
  if (!isReviewed(related, facts)) return { reason: 'protected-identity' };
  if (!holdsToday(related, facts)) return { reason: 'relation-not-in-force' };
  switch (related.kind) {
    case 'guardian':
      return guardianStanding(related, facts);
    case 'legal-representative':
      return representativeStanding(related, facts);
    case 'proxy':
      return settingsOf(facts).proxyMayRead ? { as: 'proxy' } : { reason: 'proxy-not-allowed' };
    case 'relative':
      return settingsOf(facts).relativeSeesOwnSteps
        ? { as: 'relative', relatedPersonId: related.id }
        : { reason: 'relative-not-allowed' };
  }
}

/** Where patient or related person is protected the link is broken until it has been reviewed and listed. */
function isReviewed({ id, isProtected }: RelatedFacts, facts: Facts): boolean {
  const protection = facts.patient?.protection;
  if (protection === undefined) return false;
  if (!isProtectedNow(facts) && !isProtected) return true;
  const now = nowOf(facts);
  const reviewed = facts.patient?.reviewed ?? (protection === 'none' ? [] : protection.list);
  return reviewed.some((it) => it.relatedPersonId === id && holds(it, now));
}

/** Until 13 guardians; to 16 only what units have decided to open; a blocked guardian sees nothing (OSL 12:3). */
function guardianStanding(guardian: RelatedFacts, facts: Facts): StandingOrReason {
  if (isGuardianBlocked(guardian.id, facts)) return { reason: 'guardian-blocked' };
  const age = ageToday(facts);
  if (age === undefined) return { reason: 'age-unknown' };
  const { ownAccessFromAge, guardianAccessUntilAge } = settingsOf(facts);
  if (age < guardianAccessUntilAge) return { as: 'guardian' };
  const onlyUnits = age < ownAccessFromAge ? decidedUnits(facts, 'guardian', guardian.id) : undefined;
  return onlyUnits ? { as: 'guardian', onlyUnits } : { reason: 'child-too-old-for-guardian' };
}

function isGuardianBlocked(id: ThingId, facts: Facts): boolean {
  const now = nowOf(facts);
  const { guardianBlocks } = facts;
  if (guardianBlocks === undefined) return true;
  return guardianBlocks.some(
    (block) => (block.guardianId === undefined || block.guardianId === id) && mayHold(block, now),
  );
}

/** A god man or förvaltare with a decision on record, for a patient of age (FB 11:4, 11:7). */
function representativeStanding({ decisionReference }: RelatedFacts, facts: Facts): StandingOrReason {
  const age = ageToday(facts);
  const isOfAge = age !== undefined && age >= settingsOf(facts).representativeFromAge;
  const isDecided = decisionReference !== undefined && !isBlank(decisionReference);
  return isOfAge && isDecided ? { as: 'representative' } : { reason: 'decision-missing' };
}

function decidedUnits(
  facts: Facts,
  opensFor: UnitDecision['opensFor'],
  guardianId?: ThingId,
): ReadonlySet<HsaId> | undefined {
  const now = nowOf(facts);
  const units = (facts.unitDecisions ?? [])
    .filter((it) => it.opensFor === opensFor && holds(it, now))
    .filter((it) => it.guardianId === undefined || it.guardianId === guardianId)
    .map(({ unit }) => unit);
  return units.length > 0 ? new Set(units) : undefined;
}
