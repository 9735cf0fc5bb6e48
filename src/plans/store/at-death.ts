import type { PoolClient } from 'pg';
import { recordQuery } from '../../db/record-query.ts';
import type { Actor } from '../../shared/actor.ts';
import { contentOptions, factParts, type PlanRecord, type PlanTarget, recordFrom } from './record.ts';

const plansOfDeceased = recordQuery('plans_at_death', factParts, contentOptions('person'));

/**
 * All of a person's plans, in the transaction that registers the death. Not sealed: nothing of them is shown to whoever
 * registers it, and a death stops what is anybody's.
 */
export async function loadPlansAtDeath(
  client: PoolClient,
  actor: Actor,
  target: PlanTarget,
): Promise<Pick<PlanRecord, 'content' | 'units'>> {
  const { content, units } = recordFrom(await plansOfDeceased(client, actor, target, [[]]), target);
  return { content, units };
}
