import type { HsaId } from '../../../shared/owned.ts';
import type { ContributionFacts, PlanFacts } from '../facts-plan.ts';
import { partOf } from '../participation.ts';
import { type Answer, NOT_THIS_WAY, type SeenAnswer, upTo } from '../sight.ts';
import type { Way } from './way.ts';

const OUTLINE: SeenAnswer = { shown: 'outline', ground: 'participant-outline' };

/** See {@link outlineFor}. */
export const outline: Way = ({ unit, facts }) => outlineFor(unit.hsaId, facts.plan);

/**
 * Every participant is told of the header kind, status and lead, and the named contact, whatever else it may read
 * (HSL 16:4, SoL 2025:400 10:8–9). Once its part is over it keeps what it knew of the header, and is told nothing new.
 */
export function outlineFor(unit: HsaId, plan: PlanFacts | undefined): (c: ContributionFacts) => Answer {
  const part = plan && partOf(unit, plan);
  const isTold = (c: ContributionFacts) => c.outline === true && !c.enteredInError;
  if (part?.is === 'current') return (c) => (isTold(c) ? OUTLINE : NOT_THIS_WAY);
  const endedAt = part?.is === 'over' ? part.endedAt : undefined;
  if (endedAt === undefined) return () => NOT_THIS_WAY;
  return (c) => (isTold(c) && c.kind === 'plan' ? upTo(OUTLINE, endedAt, c) : NOT_THIS_WAY);
}
