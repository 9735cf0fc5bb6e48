import type { Target } from '../../access/index.ts';
import { Problem } from '../../shared/problem.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { SharingRecord } from '../change-sharing.ts';

/**
 * Whose data an act is about, for the policy. What is wrong with the party is told once the policy has let the actor in:
 * until then it is the own unit's.
 */
export function targetOrOwn(
  { facts: { actorUnit: own } }: SharingRecord,
  partyOf: (own: UnitFacts | undefined) => Target,
): Target | undefined {
  try {
    return partyOf(own);
  } catch (error) {
    if (error instanceof Problem) return own && { unit: own.hsaId, provider: own.provider.hsaId };
    throw error;
  }
}
