import type { Written } from '../access/index.ts';
import type { ReadingPlace } from '../db/query.ts';
import type { Actor } from '../shared/actor.ts';
import type { Act } from '../shared/owned.ts';
import { restAtInterruption } from './domain/interruption.ts';
import { applyChanges } from './domain/plan-in-hand.ts';
import { loadPlansAtDeath } from './store/at-death.ts';
import { eventsOf, resourcesOf, rowsOf } from './store/changes.ts';

/** What else a change of another slice writes, in the same transaction. */
export type AlsoWritten = Pick<Written<unknown>, 'rows' | 'events' | 'resources'>;

/** What an interruption of a discharge does to the ward's own discharge plans: they rest (LUS 3:1). */
export async function plansAtInterruption(
  place: ReadingPlace,
  actor: Actor,
  target: Parameters<typeof loadPlansAtDeath>[2],
): Promise<(act: Act) => AlsoWritten> {
  const { content } = await loadPlansAtDeath(place, actor, target);
  return (act) => {
    const changes = restAtInterruption(content, act);
    return {
      rows: rowsOf(changes, applyChanges(content, changes)),
      events: eventsOf(changes),
      resources: resourcesOf(changes),
    };
  };
}
