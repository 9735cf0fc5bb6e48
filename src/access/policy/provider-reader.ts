import type { SystemActor } from '../../shared/actor.ts';
import type { Facts } from './facts.ts';
import type { ContributionFacts } from './facts-plan.ts';
import { isHidden, isListed } from './protection.ts';
import type { Sight } from './sight.ts';
import { seenFrom, someoneAt } from './someone-at.ts';
import { staffReader } from './staff-reader.ts';
import { systemReader } from './system-reader.ts';

/**
 * What a provider may be told has happened, by its system: that something of this kind, with this id, has changed. It is
 * told of what the system reads itself, and of what somebody at one of the provider's units could read now, by own duty or by
 * lag 2022:913 with consent and relation; it fetches none of it by that. A block, a withdrawn consent and a protected
 * identity end it at once, since the question is asked anew at each delivery. What is only kept as it once stood gives no news.
 */
export function providerReader(actor: SystemActor, facts: Facts): (c: ContributionFacts) => boolean {
  if (!facts.patientKnown || isHidden(actor, facts)) return () => false;
  const mayReadProtected = isListed(actor, facts);
  const own = [...(facts.units?.values() ?? [])].filter((unit) => unit.provider.hsaId === actor.providerHsaId);
  const readers = [
    systemReader(actor, facts),
    ...own.map((unit) => staffReader(someoneAt(unit), seenFrom(unit, facts))),
  ];
  return (c) => {
    if (c.writtenUnderProtection && !mayReadProtected) return false;
    return readers.some((read) => isNews(read(c)));
  };
}

function isNews({ shown, asOf }: Sight): boolean {
  return shown !== 'nothing' && asOf === undefined;
}
