import { type PatientId, publicId, type ThingId } from '../../shared/ids.ts';
import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import type { PlanContent } from '../domain/model.ts';

/** Whose shard each thing of a content is in: a person whose keys were joined has things in several. */
export function shardsOf(content: PlanContent): ReadonlyMap<string, PatientId> {
  const shards = new Map<string, PatientId>();
  for (const things of Object.values(content)) {
    for (const thing of things) shards.set(thing.id, thing.patientId);
  }
  return shards;
}

const KEY_LENGTH = 36;
/** Instants that the rules hold as epoch milliseconds. */
const INSTANTS: ReadonlySet<string> = new Set(['until', 'opensAt']);

/**
 * A view of plans for outside: own keys of things become public ids, wherever they stand, and instants become text.
 * A copy; the rules' own views know nothing of either.
 */
export function forOutside(view: unknown, shards: ReadonlyMap<string, PatientId>, name = ''): unknown {
  if (typeof view === 'string') {
    const shard = view.length === KEY_LENGTH ? shards.get(view) : undefined;
    return shard === undefined ? view : publicId(shard, view as ThingId);
  }
  if (typeof view === 'number') return INSTANTS.has(name) ? toRfc3339Utc(view) : view;
  if (Array.isArray(view)) return view.map((one) => forOutside(one, shards, name));
  if (typeof view !== 'object' || view === null) return view;
  const shown: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(view)) {
    if (value !== undefined) shown[key] = forOutside(value, shards, key);
  }
  return shown;
}
