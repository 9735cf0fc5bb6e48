import { isInside } from '../acting-unit.ts';
import { blockedFor } from '../blocks.ts';
import { hasCurrentRelation, isPartOver } from '../care-relation.ts';
import { needJudge, needOf } from '../need.ts';
import type { Reason } from '../reasons.ts';
import { rightMissing } from '../rights.ts';
import { because, NOT_THIS_WAY } from '../sight.ts';
import { emergencyOf } from './emergency.ts';
import type { Reader, Way } from './way.ts';

/**
 * Another unit of the same provider (PDL 4:1; for social care lag 2022:913 4:3): no consent is asked for, but only who
 * takes part in the care reads, what the part needs, and nothing that an inner block hides (PDL 4:4). Units outside
 * shared documentation neither read nor are read this way.
 */
export const innerSecrecy: Way = (reader) => {
  const { actor, unit, facts } = reader;
  const refusal = whyNot(reader);
  // An emergency is a way of its own, and says itself what is blocked.
  if (refusal && emergencyOf(reader)) return () => NOT_THIS_WAY;
  const judge = needJudge(needOf(actor, unit, facts), facts);
  const isBlocked = blockedFor(unit, facts);
  return (c) => {
    if (c.ownerProvider !== unit.provider.hsaId || c.ownerUnit === unit.hsaId) return NOT_THIS_WAY;
    if (refusal) return because(refusal);
    const owner = facts.units?.get(c.ownerUnit);
    if (!owner || !isInside(owner)) return because('owner-outside-shared-documentation');
    if (isBlocked(c)) return because('blocked');
    return judge(c, 'inner-secrecy');
  };
};

function whyNot({ actor, unit, facts }: Reader): Reason | undefined {
  if (!isInside(unit)) return 'outside-shared-documentation';
  // Without the plan nobody can tell whether the unit takes part, or did.
  if (!facts.plan) return 'inner-secrecy';
  if (isPartOver(unit, facts)) return 'part-is-over';
  if (!hasCurrentRelation(unit, facts)) return 'inner-secrecy';
  return rightMissing(actor, unit, 'read', 'VG', facts);
}
