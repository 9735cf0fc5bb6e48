import type { PatientId } from '../../shared/ids.ts';
import type { PlanContent } from '../domain/model.ts';

/** Whose shard each thing of a content is in: a person whose keys were joined has things in several. */
export function shardsOf(content: PlanContent): ReadonlyMap<string, PatientId> {
  const shards = new Map<string, PatientId>();
  for (const things of Object.values(content)) {
    for (const thing of things) shards.set(thing.id, thing.patientId);
  }
  return shards;
}
