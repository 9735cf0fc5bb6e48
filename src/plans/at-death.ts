import type { AtDeath } from '../patients/index.ts';
import { restoreAfterDeath, stopForDeath } from './domain/death.ts';
import { applyChanges } from './domain/plan-in-hand.ts';
import { loadPlansAtDeath } from './store/at-death.ts';
import { coalesced, eventsOf, resourcesOf, rowsOf } from './store/changes.ts';

/** What a registered death does to the person's plans, and what taking it back restores, in the same transaction. */
export const plansAtDeath: AtDeath = async (place, actor, target) => {
  const { content, units } = await loadPlansAtDeath(place, actor, target);
  return (act, restored) => {
    const changes = coalesced(
      restored === undefined ? stopForDeath(content, units, act) : restoreAfterDeath(content, act, restored.why),
    );
    return {
      rows: rowsOf(changes, applyChanges(content, changes)),
      events: eventsOf(changes),
      resources: resourcesOf(changes),
    };
  };
};
