import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { Facts } from './facts.ts';
import type { CareRelationFacts } from './facts-sharing.ts';
import { hasAcceptedDuty, partOf } from './participation.ts';
import { holds, nowOf } from './periods.ts';

/**
 * Whether the unit has a current patient relation (vårdgivare, lag 2022:913 3:1) or gives the person an intervention or
 * investigates one (omsorgsgivare, 3:2): registered, or derived from an accepted duty in the plan. The dead have none.
 */
export function hasCurrentRelation(unit: UnitFacts, facts: Facts): boolean {
  if (isDeceased(facts)) return false;
  return isRegistered(unit, facts) || (facts.plan !== undefined && hasAcceptedDuty(unit.hsaId, facts.plan));
}

/** Whether a relation of the right kind for the unit's provider is registered and in force. */
export function isRegistered(unit: UnitFacts, facts: Facts): boolean {
  return registeredNow(unit, facts).length > 0;
}

function registeredNow(unit: UnitFacts, facts: Facts): readonly CareRelationFacts[] {
  const now = nowOf(facts);
  const isCare = unit.provider.kind === 'care';
  return (facts.careRelations ?? []).filter(
    (relation) => relation.unit === unit.hsaId && (relation.kind === 'care') === isCare && holds(relation, now),
  );
}

/**
 * Whether the unit's part in the plan is over and nothing new has begun: then it reads nothing new. A relation that was
 * registered after the part ended is a new ground.
 */
export function isPartOver(unit: UnitFacts, facts: Facts): boolean {
  const part = facts.plan && partOf(unit.hsaId, facts.plan);
  if (part?.is !== 'over') return false;
  const { endedAt } = part;
  if (endedAt === undefined) return facts.plan?.participants.some((it) => it.unit === unit.hsaId) === true;
  return !registeredNow(unit, facts).some(({ from }) => Date.parse(from) > Date.parse(endedAt));
}

/** Whether the person is registered as deceased. */
export function isDeceased(facts: Facts): boolean {
  return facts.patient?.deceasedOn !== undefined;
}
