import { partOf } from '../participation.ts';
import { type Answer, NOT_THIS_WAY } from '../sight.ts';
import type { Way } from './way.ts';

const OUTLINE: Answer = { shown: 'outline', ground: 'participant-outline' };

/**
 * Every participant is told of the header kind, status and lead, and the named contact, whatever else it may read
 * (HSL 16:4, SoL 2025:400 10:8–9). Once its part is over it keeps what it knew then and is told nothing new.
 */
export const outline: Way = ({ unit, facts }) => {
  const part = facts.plan ? partOf(unit.hsaId, facts.plan) : undefined;
  if (part?.is === 'current') return (c) => (c.outline && !c.enteredInError ? OUTLINE : NOT_THIS_WAY);
  if (part?.is !== 'over' || part.endedAt === undefined) return () => NOT_THIS_WAY;
  const asItWas: Answer = { ...OUTLINE, asOf: part.endedAt };
  return (c) => (c.outline && !c.enteredInError ? asItWas : NOT_THIS_WAY);
};
