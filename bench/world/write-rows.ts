import type pg from 'pg';
import { tableColumns } from '../../src/db/save-rows.ts';
import type { Template } from './templates.ts';

/**
 * Writes a template's rows for many patients in one statement per table. Only the patient's key differs: it comes
 * first in every key of a patient's tables, so own keys may be the same. One plan's rows stand together, as they do
 * when a plan is made in one request.
 */
export async function writeTemplate(client: pg.ClientBase, template: Template, patients: readonly string[]) {
  for (const [table, rows] of template.rows) {
    const columns = tableColumns(table);
    const values = columns.map((name) => (name === 'patient_id' ? 'p.id' : `n.${name}`));
    const text = `insert into ${table} (${columns.join(', ')}) select ${values.join(', ')} ${from(table)} order by p.place`;
    await client.query(text, [patients, JSON.stringify(rows)]);
  }
  for (const [table, rows] of template.wordings) {
    await client.query(historyOf(table), [patients, JSON.stringify(rows)]);
  }
}

const from = (table: string) => `from unnest($1::uuid[]) with ordinality p(id, place)
  cross join json_populate_recordset(null::${table}, $2::json) n`;

/** As the database itself keeps what an update takes the place of, with the patient's key put in. */
function historyOf(table: string): string {
  const planId = tableColumns(table).includes('plan_id') ? 'n.plan_id' : table === 'plans' ? 'n.id' : 'null::uuid';
  return `insert into ${table}_history (patient_id, id, revision, plan_id, recorded_unit, recorded_provider, at, by_unit, content)
    select p.id, n.id, n.revision, ${planId}, n.recorded_unit, n.recorded_provider, n.changed_at, n.changed_unit,
      to_jsonb(n) || jsonb_build_object('patient_id', p.id) ${from(table)} order by p.place`;
}

/** A person as seeded: key, the number that the citizen's token states, and its keyed hash. */
export interface Person {
  readonly id: string;
  readonly digits: string;
  readonly numberHash: string;
}

const PERSONS = `from unnest($1::uuid[], $2::text[]) with ordinality p(id, digits, place)
  cross join json_populate_recordset(null::patients, $3::json) n`;

/** Writes persons with their own keys and numbers, and the rows by which they are found. */
export async function writePersons(client: pg.ClientBase, template: Template, persons: readonly Person[], at: string) {
  const ids = persons.map(({ id }) => id);
  const own: Record<string, string> = {
    patient_id: 'p.id',
    id: 'p.id',
    content: `jsonb_set(n.content, '{numbers,0,digits}', to_jsonb(p.digits))`,
  };
  const columns = tableColumns('patients');
  const rows = JSON.stringify(template.rows.get('patients'));
  const values = [ids, persons.map(({ digits }) => digits), rows];
  await client.query(
    `insert into patients (${columns.join(', ')}) select ${columns.map((name) => own[name] ?? `n.${name}`).join(', ')} ${PERSONS} order by p.place`,
    values,
  );
  await client.query(
    'insert into patient_keys (patient_id, canonical_id) select id, id from unnest($1::uuid[]) p(id)',
    [ids],
  );
  await client.query(
    `insert into person_numbers (hash, patient_id, number_kind, from_at)
     select hash, id, 'personnummer', $3 from unnest($1::uuid[], $2::text[]) p(id, hash)`,
    [ids, persons.map(({ numberHash }) => numberHash), at],
  );
}
