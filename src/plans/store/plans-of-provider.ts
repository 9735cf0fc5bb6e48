import type { Pool } from 'pg';
import { keyGiven } from '../../db/keyset.ts';
import { recordQuery } from '../../db/record-query.ts';
import type { SystemActor } from '../../shared/actor.ts';
import type { PatientId, ThingId, ThingRef } from '../../shared/ids.ts';
import { STORAGE } from './tables.ts';

const TABLES = Object.values(STORAGE).map(({ table }) => table);

/** Each table in the order of its own index, so that a page costs a page however many plans there are. */
const ownIn = (table: string) => {
  const plan = table === 'plans' ? 't.id' : 't.plan_id';
  return `(select distinct t.patient_id, ${plan} as plan_id from ${table} t
    where t.recorded_provider = $4 and (t.patient_id, ${plan}) > (${keyGiven(8)}, ${keyGiven(9)})
    order by t.patient_id, ${plan} limit $10)`;
};

const ownPart = {
  name: 'own',
  sql: `select coalesce(json_agg(json_build_object('patientId', o.patient_id, 'id', o.plan_id) order by o.patient_id, o.plan_id), '[]'::json)
    from (select * from (${TABLES.map(ownIn).join('\n    union\n    ')}) u order by u.patient_id, u.plan_id limit $10) o`,
};

const plansOfProvider = recordQuery('plans_of_provider', [ownPart], { unbound: true });

/** One page of the plans that a provider has written anything in, in the order of their keys. */
export async function loadPlansOfProvider(
  pool: Pool,
  actor: SystemActor,
  after: ThingRef | undefined,
  limit: number,
): Promise<readonly ThingRef[]> {
  const raw = await plansOfProvider(pool, actor, {}, [after?.patientId ?? null, after?.id ?? null, limit]);
  return raw.own as { readonly patientId: PatientId; readonly id: ThingId }[];
}
