import type { Pool } from 'pg';
import { actorUnitPart, protectedStaffPart, Sealed } from '../../access/index.ts';
import { behind } from '../../db/keyset.ts';
import { ownedFromRow, type StoredRow } from '../../db/owned-row.ts';
import { type RawRecord, recordQuery } from '../../db/record-query.ts';
import type { StaffActor } from '../../shared/actor.ts';
import type { PatientId, ThingId } from '../../shared/ids.ts';
import type { BlockLiftRequest } from '../domain/model.ts';
import { TABLE } from './tables.ts';

/** Where a page begins: after this request. */
export interface AskedPlace {
  readonly at: string;
  readonly patientId: PatientId;
  readonly id: ThingId;
}

const askedPart = {
  name: 'asked',
  sql: `select coalesce(json_agg(a order by a.created_at, a.patient_id, a.id), '[]'::json) from (
    select t.* from ${TABLE} t
    where t.kind = 'block-lift-request' and t.provider = $4 and t.state = 'asked' and not t.entered_in_error
      and ${behind(['t.created_at', 't.patient_id', 't.id'], 8)}
      and not is_hidden_from(t.patient_id, $12, $3, null, $13::timestamptz)
    order by t.created_at, t.patient_id, t.id limit $11) a`,
};

const asked = recordQuery('asked_lifts', [actorUnitPart, askedPart, protectedStaffPart], { unbound: true });

/** Reads one page of what the actor's own provider is asked to lift, in one statement. */
export async function loadAsked(
  pool: Pool,
  actor: StaffActor,
  { limit, after }: { readonly limit: number; readonly after?: AskedPlace },
  now: number,
): Promise<Sealed<{ readonly raw: RawRecord; readonly requests: readonly BlockLiftRequest[] }>> {
  const place = [after?.at ?? null, after?.patientId ?? null, after?.id ?? null];
  const raw = await asked(pool, actor, {}, [...place, limit, actor.employeeHsaId, new Date(now).toISOString()]);
  const requests = (raw.asked as StoredRow[]).map((row) => ownedFromRow<BlockLiftRequest>(row));
  return new Sealed({ raw, requests });
}
