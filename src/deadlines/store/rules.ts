import type { Pool } from 'pg';
import { Sealed } from '../../access/index.ts';
import { runQuery } from '../../db/query.ts';
import type { RawRecord, RecordPart } from '../../db/record-query.ts';
import type { AgreedRule } from '../domain/agreed-rules.ts';

const RULE = `json_strip_nulls(json_build_object('id', d.id, 'region', d.region, 'municipality', d.municipality,
  'name', d.name, 'rule', d.rule, 'validFrom', d.valid_from, 'validTo', d.valid_to, 'reference', d.reference))`;
const ORDER = 'd.region, d.municipality, d.name, d.valid_from';

/** All agreed rules, under `deadlineRules`: a region has some with each of its kommuner, about no patient. */
export const deadlineRulesPart: RecordPart = {
  name: 'deadlineRules',
  sql: `select coalesce(json_agg(${RULE} order by ${ORDER}), '[]'::json) from deadline_rules d`,
};

/** What {@link deadlineRulesPart} gave. */
export function readDeadlineRules(raw: RawRecord): readonly AgreedRule[] {
  return raw.deadlineRules as readonly AgreedRule[];
}

/** All agreed rules that hold on a day or later, for whoever asks what is counted by. */
export async function loadRules(pool: Pool, from: string): Promise<Sealed<readonly AgreedRule[]>> {
  const { rows } = await runQuery<{ rule: AgreedRule }>(pool, {
    name: 'deadline_rules',
    text: `select ${RULE} as rule from deadline_rules d where d.valid_to is null or d.valid_to >= $1 order by ${ORDER}`,
    values: [from],
  });
  return new Sealed(rows.map(({ rule }) => rule));
}
