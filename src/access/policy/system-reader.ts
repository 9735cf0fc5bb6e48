import type { SystemActor } from '../../shared/actor.ts';
import type { Facts } from './facts.ts';
import type { ContributionFacts } from './facts-plan.ts';
import { nowOf } from './periods.ts';
import { isHidden, isListed } from './protection.ts';
import { nothing, type Sight } from './sight.ts';
import { latestCopy } from './ways/handed-copy.ts';

const OWN: Sight = { shown: 'whole', ground: 'own-provider', mayKnowLeftOut: false };

/**
 * What a machine is shown: its one provider's own contributions, what that provider's units have taken on, and what it
 * was handed. Never another's by 3:1, 3:2 or emergency, and never the patient's view.
 */
export function systemReader(actor: SystemActor, facts: Facts): (c: ContributionFacts) => Sight {
  if (isHidden(actor, facts)) return () => nothing('protected-identity');
  const mayReadProtected = isListed(actor, facts);
  const isOwnUnit = (unit: string | undefined) =>
    unit !== undefined && facts.units?.get(unit)?.provider.hsaId === actor.providerHsaId;
  return (c) => {
    if (c.writtenUnderProtection && !mayReadProtected) return nothing('protected-identity');
    if (c.ownerProvider === actor.providerHsaId) return OWN;
    const rest = { reason: 'another-providers', mayKnowLeftOut: false } as const;
    const hasDuty = c.duties.some(({ unit, state }) => state === 'accepted' && isOwnUnit(unit));
    if (hasDuty && !c.enteredInError) return { shown: 'limited', ground: 'own-duty', ...rest };
    const copy = latestCopy(c, (it) => it.provider === actor.providerHsaId || isOwnUnit(it.unit), nowOf(facts));
    return { ...copy, ...rest };
  };
}
