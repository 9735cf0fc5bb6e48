import type { ReadingPlace } from '../../db/query.ts';
import type { Actor } from '../../shared/actor.ts';
import { readBeside } from './beside-directory.ts';
import { type PlanRecord, type PlanTarget, planQuery, recordFrom } from './record.ts';

const query = planQuery('plans_at_death', 'person');

/**
 * All of a person's plans, in the transaction that registers the death. Not sealed: nothing of them is shown to whoever
 * registers it, and a death stops what is anybody's.
 */
export async function loadPlansAtDeath(
  place: ReadingPlace,
  actor: Actor,
  target: PlanTarget,
): Promise<Pick<PlanRecord, 'content' | 'units'>> {
  const sealed = await readBeside(place, { query, actor, target, make: recordFrom });
  return sealed.facts(({ content, units }) => ({ content, units }));
}
