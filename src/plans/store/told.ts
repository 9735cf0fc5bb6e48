import type { Pool } from 'pg';
import type { Sealed } from '../../access/index.ts';
import type { RecordPart } from '../../db/record-query.ts';
import type { Actor } from '../../shared/actor.ts';
import type { ThingId } from '../../shared/ids.ts';
import type { HsaId } from '../domain/model.ts';
import { readBeside } from './beside-directory.ts';
import { type PlanRecord, type PlanTarget, planQuery, recordFrom } from './record.ts';

/** Units that have a relation to the person without a part in any plan. */
const relatedUnitsPart: RecordPart = {
  name: 'relatedUnits',
  sql: `select coalesce(json_agg(distinct a.unit), '[]'::json) from access_facts a
    where a.patient_id = any ((select keys from k)::uuid[]) and a.kind = 'care-relation' and not a.entered_in_error`,
};

const NO_PLAN = '00000000-0000-0000-0000-000000000000' as ThingId;
const query = planQuery('plan_told', 'plan', [relatedUnitsPart]);

/** Facts and content of one plan (none: of the person alone), to judge what a provider may be told of. */
export function loadForTelling(pool: Pool, actor: Actor, target: PlanTarget): Promise<Sealed<PlanRecord>> {
  const narrowed = { ...target, planId: target.planId ?? NO_PLAN };
  const asked = (raw: { readonly [name: string]: unknown }) => raw[relatedUnitsPart.name] as HsaId[];
  return readBeside({ pool }, { query, actor, target: narrowed, asked, make: recordFrom });
}
