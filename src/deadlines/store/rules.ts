import type { Pool } from 'pg';
import { runQuery } from '../../db/query.ts';
import type { RawRecord, RecordPart } from '../../db/record-query.ts';
import { insertRowsStatement } from '../../db/save-rows.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { AgreedRule, RuleFault } from '../domain/agreed-rules.ts';

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

/** What a decision about the table made of it. */
export interface RuleChanges {
  readonly added: readonly AgreedRule[];
  readonly ended: readonly AgreedRule[];
  readonly faults: readonly RuleFault[];
}

/**
 * Adds and ends rules in one transaction, one writer at a time, as `decide` says of those that there are and of the
 * principals that the directory knows, each with its kind.
 */
export async function saveRules(
  pool: Pool,
  at: string,
  decide: (present: readonly AgreedRule[], principals: ReadonlyMap<string, string>) => RuleChanges,
): Promise<{ readonly added: number; readonly ended: number; readonly faults: readonly RuleFault[] }> {
  return inTransaction(pool, async (client) => {
    await client.query(`select pg_advisory_xact_lock(hashtextextended('deadline_rules', 0))`);
    const present = await client.query<{ rule: AgreedRule }>(
      `select ${RULE} as rule from deadline_rules d order by ${ORDER}`,
    );
    const known = await client.query<{ id: string; kind: string }>(
      'select hsa_id as id, kind from principals where active',
    );
    const principals = new Map(known.rows.map(({ id, kind }) => [id, kind]));
    const { added, ended, faults } = decide(
      present.rows.map(({ rule }) => rule),
      principals,
    );
    for (const { id, validTo } of ended) {
      await client.query('update deadline_rules set valid_to = $2 where id = $1', [id, validTo]);
    }
    const rows = added.map(({ validFrom, validTo = null, ...rest }) => ({
      ...rest,
      valid_from: validFrom,
      valid_to: validTo,
      created_at: at,
    }));
    const { name, text } = insertRowsStatement('deadline_rules');
    if (rows.length > 0) await runQuery(client, { name, text, values: [JSON.stringify(rows)] });
    return { added: added.length, ended: ended.length, faults };
  });
}
