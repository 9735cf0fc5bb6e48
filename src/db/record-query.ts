import type { Pool, PoolClient } from 'pg';
import type { Actor } from '../shared/actor.ts';
import type { PatientId, ThingId } from '../shared/ids.ts';
import { actorSettings, KEYS_OF_PERSON } from './bound.ts';
import { runQuery } from './query.ts';

/**
 * A slice's share of one patient's record: a scalar SQL expression giving JSON. It may use `(select keys from k)`, all
 * keys of the person; `$2`, one plan or null for all; `$3`, `$4`, the actor's unit and provider; `$5`, the hash of a
 * citizen's own number, or null; `$7`, that of a personal number that is asked about, or null; `$8` and on, what the
 * query itself is given more.
 */
export interface RecordPart {
  readonly name: string;
  readonly sql: string;
}

/** Whose record: by key, by number, or the citizen's own. Narrowed to one plan when only that is asked for. */
export interface RecordTarget {
  readonly patientId?: PatientId;
  /** Keyed hash of a personal number; whose record it is unless `patientId` says so. */
  readonly numberHash?: string;
  readonly planId?: ThingId;
}

/** What the parts gave, by name; `keys` are all keys of the person. */
export type RawRecord = Readonly<Record<string, unknown>> & { readonly keys: readonly PatientId[] };

interface RecordOptions {
  readonly unbound?: true;
  /** Read once and used by several parts: `(select … from <name>)`. They may use what parts may, and those before them. */
  readonly shared?: readonly RecordPart[];
  /** A text beside the JSON, for what is much and would cost more to write and read as JSON. */
  readonly text?: RecordPart;
  /** Opens the access log to the parts, as far as the actor may see it for this. */
  readonly log?: 'extract' | 'review';
}

/**
 * Builds the one statement that a read is made of: it binds row-level security to actor and patient, and returns facts
 * and content of that patient from one snapshot. `s` is materialised first and the data are read in scalar
 * sub-selects beside it; joined to the data they would be read before the binding, and be silently empty.
 *
 * Unbound it is about nobody in particular, and sees only rows of the actor's own unit.
 */
export function recordQuery(name: string, parts: readonly RecordPart[], options: RecordOptions = {}) {
  const bound = options.unbound ? `''` : `array_to_string((select keys from k), ',')`;
  const log = options.log ? `, set_config('app.log', '${options.log}', true)` : '';
  const fields = parts.map((part) => `'${part.name}', (${part.sql})`).join(',\n  ');
  const shared = (options.shared ?? []).map((part) => `,\n${part.name} as materialized (${part.sql})`).join('');
  const beside = options.text ? `,\n  (${options.text.sql}) as beside` : '';
  const text = `with base as materialized (
  select coalesce($1::uuid, (select n.patient_id from person_numbers n where n.hash = coalesce($7, $5))) as id),
k as materialized (select ${KEYS_OF_PERSON('(select id from base)')} as keys),
s as materialized (select set_config('app.patient', ${bound}, true) as bound,
  set_config('app.kind', $6, true), set_config('app.unit', $3, true), set_config('app.provider', $4, true)${log})${shared}
select json_build_object(
  'keys', (select keys from k),
  'self', (select n.patient_id from person_numbers n where n.hash = $5),
  'plan', $2::uuid,
  ${fields}) as record${beside}
from s where s.bound is not null`;
  return async (
    db: Pool | PoolClient,
    actor: Actor,
    target: RecordTarget,
    more: readonly unknown[] = [],
  ): Promise<RawRecord> => {
    const { kind, unit, provider } = actorSettings(actor);
    const self = actor.kind === 'citizen' ? actor.personNumberHash : null;
    const { patientId = null, planId = null, numberHash = null } = target;
    const values = [patientId, planId, unit, provider, self, kind, numberHash, ...more];
    const result = await runQuery<{ record: RawRecord; beside?: string | null }>(db, { name, text, values });
    const { record, beside: aside } = result.rows[0]!;
    return options.text ? { ...record, [options.text.name]: aside } : record;
  };
}
