import type { UnitFacts } from '../../../shared/unit-facts.ts';
import { isInside, isJoined } from '../acting-unit.ts';
import { blockedFor } from '../blocks.ts';
import { hasCurrentRelation, isDeceased, isPartOver } from '../care-relation.ts';
import { consentsTo, includesKind } from '../consents.ts';
import type { Facts } from '../facts.ts';
import type { ContributionFacts } from '../facts-plan.ts';
import type { Ground } from '../grounds.ts';
import { isChildUnableToConsent, isLastinglyUnable } from '../inability.ts';
import { needJudge, needOf } from '../need.ts';
import { nowOf } from '../periods.ts';
import type { Reason } from '../reasons.ts';
import { rightMissing } from '../rights.ts';
import { settingsOf } from '../settings.ts';
import { because, NOT_THIS_WAY } from '../sight.ts';
import { maySharePlanning } from '../sip.ts';
import { availability } from './availability.ts';
import type { Reader, Way } from './way.ts';

/**
 * Another provider's contribution, by the two lawful ways of lag 2022:913: a vårdgivare reads (3:1), an omsorgsgivare of
 * older or disabled people reads (3:2). All must hold: both inside the law and joined, current relation or ongoing
 * intervention, information given (2:2), not blocked (2:3), consent of the right type or a lawful exception, relevance,
 * and own authority. In a SIP the consent to plan together as well. The list is exhaustive (3:7).
 */
export const sharedDocumentation: Way = (reader) => {
  const { actor, unit, facts } = reader;
  const refusal = whyReaderMayNot(reader);
  if (refusal) return (c) => (c.ownerProvider === unit.provider.hsaId ? NOT_THIS_WAY : because(refusal));
  const judge = needJudge(needOf(actor, unit, facts), facts);
  const why = availability(facts);
  const permitted = permissionFor(unit, facts);
  const isBlocked = blockedFor(unit, facts);
  return (c) => {
    if (c.ownerProvider === unit.provider.hsaId) return NOT_THIS_WAY;
    const unavailable = why(c);
    if (unavailable) return because(unavailable);
    if (isBlocked(c)) return because('blocked');
    const permission = permitted(c);
    if ('reason' in permission) return because(permission.reason);
    return judge(c, permission.ground);
  };
};

/** What has nothing to do with whose contribution it is: area, joining, authority, relation. */
export function whyReaderMayNot({ actor, unit, facts }: Reader): Reason | undefined {
  if (!isInside(unit)) return 'outside-shared-documentation';
  if (!isJoined(unit, nowOf(facts))) return 'provider-not-joined';
  const missing = rightMissing(actor, unit, 'read', 'SJF', facts);
  if (missing) return missing === 'right-to-read-missing' ? 'shared-reading-right-missing' : missing;
  if (isDeceased(facts)) return 'deceased';
  if (isPartOver(unit, facts)) return 'part-is-over';
  if (!hasCurrentRelation(unit, facts)) return unit.provider.kind === 'care' ? 'no-care-relation' : 'no-intervention';
  return undefined;
}

type Permission = { readonly ground: Ground } | { readonly reason: Reason };

/**
 * By what a reader may read without or with consent, contribution by contribution.
 *
 * The exceptions for a child who cannot consent and for a person lastingly unable reach for a vårdgivare to every owner
 * (3:1 andra stycket, 3:3), for an omsorgsgivare only to other omsorgsgivare (3:2 andra stycket, 3:4), unless the setting
 * reads it to reach a vårdgivare's too.
 */
function permissionFor(unit: UnitFacts, facts: Facts): (c: ContributionFacts) => Permission {
  const isCare = unit.provider.kind === 'care';
  if (mayBeSip(facts) && !maySharePlanning(unit, facts)) return () => ({ reason: 'sip-consent-missing' });
  const consents = consentsTo(isCare ? 'read-care' : 'read-social', unit, facts);
  const consented: Permission = { ground: isCare ? 'care-provider-reads' : 'social-care-provider-reads' };
  const unasked: Permission = { reason: isCare ? 'read-care-consent-missing' : 'read-social-consent-missing' };
  const withoutConsent = exceptionFor(facts);
  const { socialCareExceptionsReachCare } = settingsOf(facts);
  return (c) => {
    if (includesKind(consents, c.kind)) return consented;
    const reachesOwner =
      isCare || socialCareExceptionsReachCare || facts.units?.get(c.ownerUnit)?.provider.kind === 'social-care';
    if (withoutConsent && reachesOwner) return withoutConsent;
    return consents.length > 0 ? { reason: 'not-in-consent' } : unasked;
  };
}

/** A plan of unknown kind, or none, is treated as the kind that asks for most. */
function mayBeSip({ plan }: Facts): boolean {
  return plan?.kind === undefined || plan.kind === 'SIP';
}

function exceptionFor(facts: Facts): Permission | undefined {
  if (isChildUnableToConsent(facts)) return { ground: 'child-cannot-consent' };
  return isLastinglyUnable(facts) ? { ground: 'lastingly-unable' } : undefined;
}
