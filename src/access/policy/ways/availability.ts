import { isInside, isJoined } from '../acting-unit.ts';
import type { Facts } from '../facts.ts';
import type { ContributionFacts } from '../facts-plan.ts';
import { isLastinglyUnable } from '../inability.ts';
import { nowOf } from '../periods.ts';
import type { Reason } from '../reasons.ts';

/** See {@link whyNotAvailable}: the same for all that one unit owns for one provider, so worked out once. */
export function availability(facts: Facts): (c: ContributionFacts) => Reason | undefined {
  const byOwner = new Map<string, { readonly provider: string; readonly why: Reason | undefined }>();
  return (c) => {
    const known = byOwner.get(c.ownerUnit);
    if (known?.provider === c.ownerProvider) return known.why;
    const why = whyNotAvailable(c, facts);
    byOwner.set(c.ownerUnit, { provider: c.ownerProvider, why });
    return why;
  };
}

/**
 * Why a contribution has not been made available to other providers at all, undefined when it has (lag 2022:913 2 kap.):
 * its unit must work inside the law, its provider have joined (2:4), and the person have been informed (2:2), unless the
 * person is lastingly unable to take it in (2:6).
 */
function whyNotAvailable(c: ContributionFacts, facts: Facts): Reason | undefined {
  const owner = facts.units?.get(c.ownerUnit);
  if (!owner || owner.provider.hsaId !== c.ownerProvider || !isInside(owner)) {
    return 'owner-outside-shared-documentation';
  }
  if (!isJoined(owner, nowOf(facts))) return 'owner-not-joined';
  return isInformed(c.ownerProvider, facts) || isLastinglyUnable(facts) ? undefined : 'information-not-given';
}

/** Whether information about this provider's data has been given and recorded (2:2). */
function isInformed(provider: string, facts: Facts): boolean {
  const now = nowOf(facts);
  return (facts.information ?? []).some((given) => given.provider === provider && Date.parse(given.at) <= now);
}
