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
export function forOutside(view: object, shards: ReadonlyMap<string, PatientId>): object {
  const made = new Map<string, string>();
  /** A thing stands in many places of an overview: its id is made once. */
  const idOf = (key: string): string => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const shard = shards.get(key);
    const id = shard === undefined ? key : publicId(shard, key as ThingId);
    made.set(key, id);
    return id;
  };
  const shown = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') return value.length === KEY_LENGTH ? idOf(value) : value;
    if (typeof value === 'number') return INSTANTS.has(name) ? toRfc3339Utc(value) : value;
    if (typeof value !== 'object' || value === null) return value;
    return Array.isArray(value) ? value.map((one) => shown(one, name)) : fieldsOf(value as Record<string, unknown>);
  };
  const fieldsOf = (value: Record<string, unknown>): object => {
    const fields: Record<string, unknown> = {};
    // Views are plain objects: there is nothing to inherit, and no list of entries has to be made.
    for (const name in value) if (value[name] !== undefined) fields[name] = shown(value[name], name);
    return fields;
  };
  return fieldsOf(view as Record<string, unknown>);
}
