import { answerShape } from '../../http/answer-shape.ts';
import { type PatientId, publicId, type ThingId } from '../../shared/ids.ts';
import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import type { Overview } from '../domain/overview.ts';
import { overviewAnswer } from './overview-answer.ts';

const KEY_LENGTH = 36;
/** Instants that the rules hold as epoch milliseconds. */
const INSTANTS: ReadonlySet<string> = new Set(['until', 'opensAt']);

/** Public ids of the overview that is being made: a thing stands in many places of it. */
let idOf: (key: string) => string = (key) => key;

/** By the answer's schema: a walk of what the rules made, name by name, took longer than all rules for steps. */
const shaped = answerShape(overviewAnswer, shown);

function shown(value: unknown, name: string): unknown {
  if (typeof value === 'string') return value.length === KEY_LENGTH ? idOf(value) : value;
  if (typeof value === 'number') return INSTANTS.has(name) ? toRfc3339Utc(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? value.map((one) => shown(one, name)) : fieldsOf(value as Record<string, unknown>);
}

/** What no schema names one by one: the changes of a proposal. */
function fieldsOf(value: Record<string, unknown>): object {
  const fields: Record<string, unknown> = {};
  // Views are plain objects: there is nothing to inherit, and no list of entries has to be made.
  for (const name in value) if (value[name] !== undefined) fields[name] = shown(value[name], name);
  return fields;
}

/**
 * An overview for outside: own keys of things become public ids, wherever they stand, and instants become text. A copy
 * with the answer's fields; the rules' own views know nothing of either.
 *
 * @param shards whose shard each thing is in, see `shardsOf`
 */
export function forOutside(view: Overview, shards: ReadonlyMap<string, PatientId>): object {
  const made = new Map<string, string>();
  idOf = (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const shard = shards.get(key);
    const id = shard === undefined ? key : publicId(shard, key as ThingId);
    made.set(key, id);
    return id;
  };
  try {
    return shaped(view) as object;
  } finally {
    // What was made of one overview is not kept until the next.
    idOf = (key) => key;
  }
}
