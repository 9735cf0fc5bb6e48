import { isBlocked } from '../blocks.ts';
import type { Duty } from '../facts-plan.ts';
import { type Answer, because, NOT_THIS_WAY } from '../sight.ts';
import type { Way } from './way.ts';

const DUTY: Answer = { shown: 'limited', ground: 'own-duty' };

/**
 * Own steps and promises, whoever wrote them and whatever area the unit works in: what it has said yes to stays with it
 * until it lets go, and what it is asked to do it must know to answer. No clinical text follows with a duty. A block
 * stops a request, but takes no work away from the one who has it.
 */
export const ownDuty: Way = ({ unit, facts }) => {
  const isOwn = (duty: Duty) => duty.unit === unit.hsaId;
  return (c) => {
    const own = c.duties.filter(isOwn);
    if (own.length === 0 || c.enteredInError) return NOT_THIS_WAY;
    if (own.some(({ state }) => state === 'accepted')) return DUTY;
    return isBlocked(c, unit, facts) ? because('blocked') : DUTY;
  };
};
