import type { Pool } from 'pg';
import { Sealed } from '../../access/index.ts';
import { type RecordPart, recordQuery } from '../../db/record-query.ts';
import type { Actor } from '../../shared/actor.ts';
import type { ThingId } from '../../shared/ids.ts';
import { contentRows, contentText, NAMED_IN_CONTENT } from './content-rows.ts';
import { factParts, type PlanRecord, type PlanTarget, recordFrom } from './record.ts';

/** Everybody that the content names, and units that have a relation to the person without a part in any plan. */
const NAMED: RecordPart = {
  name: 'named',
  sql: `select $3 as hsa_id union ${NAMED_IN_CONTENT}
    union select a.unit from access_facts a where a.patient_id = any ((select keys from k)::uuid[])
      and a.kind = 'care-relation' and not a.entered_in_error`,
};

const NO_PLAN = '00000000-0000-0000-0000-000000000000' as ThingId;
const told = recordQuery('plan_told', factParts, { shared: [contentRows('plan'), NAMED], text: contentText });

/** Facts and content of one plan (none: of the person alone), to judge what a provider may be told of. */
export async function loadForTelling(pool: Pool, actor: Actor, target: PlanTarget): Promise<Sealed<PlanRecord>> {
  return new Sealed(recordFrom(await told(pool, actor, { ...target, planId: target.planId ?? NO_PLAN }), target));
}
