import type { UnitFacts } from '../../../shared/unit-facts.ts';
import { blockedFor } from '../blocks.ts';
import type { Facts } from '../facts.ts';
import type { ContributionFacts } from '../facts-plan.ts';
import { partOf } from '../participation.ts';
import { type Answer, because, NOT_THIS_WAY } from '../sight.ts';
import type { Way } from './way.ts';

const DUTY: Answer = { shown: 'limited', ground: 'own-duty' };

/** See {@link dutyOf}. */
export const ownDuty: Way = ({ unit, facts }) => dutyOf(unit, facts);

/**
 * Own steps and promises, whoever wrote them and whatever area the unit works in: what it has said yes to stays with it
 * until it lets go, and what it is asked to do it must know to answer. No clinical text follows with a duty. A block
 * stops a request, but takes no work away from the one who has it; a request ends with the unit's part in the plan.
 */
export function dutyOf(unit: UnitFacts, facts: Facts): (c: ContributionFacts) => Answer {
  const part = facts.plan && partOf(unit.hsaId, facts.plan);
  const isBlocked = blockedFor(unit, facts);
  const isLapsed = ({ writtenAt }: ContributionFacts) => {
    if (part?.is !== 'over') return part === undefined;
    if (part.endedAt === undefined) return true;
    return !(writtenAt !== undefined && Date.parse(writtenAt) > Date.parse(part.endedAt));
  };
  return (c) => {
    let isAsked = false;
    for (const duty of c.duties) {
      if (duty.unit !== unit.hsaId || c.enteredInError) continue;
      if (duty.state === 'accepted') return DUTY;
      isAsked = true;
    }
    if (!isAsked) return NOT_THIS_WAY;
    if (isLapsed(c)) return because('part-is-over');
    return isBlocked(c) ? because('blocked') : DUTY;
  };
}
