import type { SystemActor } from '../../shared/actor.ts';
import type { Facts } from './facts.ts';
import type { ContributionFacts } from './facts-plan.ts';
import { nowOf } from './periods.ts';
import { isHidden, isListed } from './protection.ts';
import { type Answer, isMore, NOT_THIS_WAY, nothing, type Sight } from './sight.ts';
import { latestCopy } from './ways/handed-copy.ts';
import { outlineFor } from './ways/outline.ts';
import { dutyOf } from './ways/own-duty.ts';

const OWN: Sight = { shown: 'whole', ground: 'own-provider', mayKnowLeftOut: false };

/**
 * What a machine is shown: its one provider's own contributions, what that provider's units are asked and have taken on,
 * what it was handed, and which plan that is in. Never another's by 3:1, 3:2 or emergency, and never the
 * patient's view.
 */
export function systemReader(actor: SystemActor, facts: Facts): (c: ContributionFacts) => Sight {
  if (!facts.patientKnown) return () => nothing('no-relation');
  if (isHidden(actor, facts)) return () => nothing('protected-identity');
  const units = [...(facts.units?.values() ?? [])].filter((unit) => unit.provider.hsaId === actor.providerHsaId);
  const ways = units.flatMap((unit) => [dutyOf(unit, facts), headerOnly(outlineFor(unit.hsaId, facts.plan))]);
  const ids = new Set<string | undefined>(units.map(({ hsaId }) => hsaId));
  const now = nowOf(facts);
  const mayReadProtected = isListed(actor, facts);
  return (c) => {
    if (c.writtenUnderProtection && !mayReadProtected) return nothing('protected-identity');
    if (c.ownerProvider === actor.providerHsaId) return OWN;
    let best: Answer = latestCopy(c, (it) => it.provider === actor.providerHsaId || ids.has(it.unit), now);
    for (const way of ways) {
      const answer = way(c);
      if (isMore(answer, best)) best = answer;
    }
    const seen = best.shown === 'nothing' ? NOT_THIS_WAY : best;
    return { ...seen, reason: 'another-providers', mayKnowLeftOut: false };
  };
}

/** A record system must know which plan its things are in; named contacts are for those who work there. */
function headerOnly(way: (c: ContributionFacts) => Answer): (c: ContributionFacts) => Answer {
  return (c) => (c.kind === 'plan' ? way(c) : NOT_THIS_WAY);
}
