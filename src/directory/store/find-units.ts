import { unitFactsSql } from '../../access/index.ts';
import { type Queryable, runQuery } from '../../db/query.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';

/**
 * The facts of these units, by HSA-id, for another slice's rules: whom they may ask, invite or hand over to. A unit
 * that the directory lacks is absent; one that is closed, or whose provider or principal is, is there but not active.
 */
export async function findUnits(on: Queryable, hsaIds: readonly string[]): Promise<Map<string, UnitFacts>> {
  if (hsaIds.length === 0) return new Map();
  const { rows } = await runQuery<{ facts: UnitFacts }>(on, {
    name: 'directory_find_units',
    text: `select f.facts from (${unitFactsSql('any ($1::text[])')}) f(facts)`,
    values: [hsaIds],
  });
  return new Map(rows.map(({ facts }) => [facts.hsaId, facts]));
}
