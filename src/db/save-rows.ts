import { createHash } from 'node:crypto';
import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import type { PoolClient } from 'pg';
import { alikeAmong, isOwned, ownedParameters, ownedSource, ownershipSource, ownershipsOf } from './owned-columns.ts';
import { type NamedQuery, runQuery } from './query.ts';
import { type ColumnFacts, columnsSource, columnValues, parametersOf, type Sent } from './rows-as-columns.ts';
import * as schema from './schema/index.ts';

export type Row = Readonly<Record<string, unknown>>;

/**
 * A row to write: a new one, the next revision of one that is there, or only its place in a list, which is derived from
 * other things and therefore no revision of its own.
 */
export interface RowChange {
  readonly table: string;
  readonly write: 'insert' | 'update' | 'place';
  readonly row: Row;
}

interface TableFacts {
  readonly columns: readonly string[];
  readonly typed: readonly ColumnFacts[];
  readonly isOwned: boolean;
}

const TABLES: ReadonlyMap<string, TableFacts> = describeTables();

function describeTables(): Map<string, TableFacts> {
  const names = new Map<string, readonly ColumnFacts[]>();
  for (const value of Object.values(schema)) {
    if (is(value, PgTable)) {
      const columns = Object.values(getTableColumns(value)).filter((c) => c.generatedIdentity === undefined);
      names.set(
        getTableName(value),
        columns.map((c) => ({ name: c.name, type: bareType(c.getSQLType()) })),
      );
    }
  }
  return new Map(
    [...names].map(([name, typed]) => [name, { columns: typed.map((c) => c.name), typed, isOwned: isOwned(typed) }]),
  );
}

/** How a column is compared is no part of what its values are. */
function bareType(type: string): string {
  return type.replace(/ collate .*/, '');
}

/** The columns that a row of this table is written with, in the table's order. */
export function tableColumns(table: string): readonly string[] {
  const facts = TABLES.get(table);
  if (!facts) throw new Error(`unknown table: ${table}`);
  return facts.columns;
}

/** Columns that never change once written: what a row is, whose it is, and when it began. */
const FIXED = new Set([
  'patient_id',
  'id',
  'recorded_kind',
  'recorded_staff',
  'recorded_name',
  'recorded_unit',
  'recorded_provider',
  'recorded_principal',
  'legal_basis',
  'created_at',
]);

/** The header of a plan is a contribution of its planning lead's unit, and changes hands with the lead (docs/domain.md 2). */
const CHANGES_HANDS = new Set(['plans']);

/** Columns that say where a row stands in a list. */
const PLACES: Readonly<Record<string, readonly string[]>> = { steps: ['due_at'] };

/** Look-ups without revisions, where a row is written over by its key: a key past its hours, a person's other key, settings. */
const REUSED: Readonly<Record<string, string>> = {
  idempotency_keys: 'hash',
  patient_keys: 'patient_id',
  subscriptions: 'id',
};

/**
 * Rows that are sent column by column: many plans at a time. A single plan's are read as fast either way, and fewer than
 * that faster as they are.
 */
const MANY = 500;

/** How rows are sent: each group as one JSON array, or as one list for each of its columns, and what they share once. */
type Form = 'rows' | 'columns';

const statements = new Map<string, { readonly name: string; readonly text: string }>();

/**
 * Writes all rows of one change in a single statement: several round trips would hold the patient's lock for longer, and
 * a half-written change could not even exist for a moment. The wording that an update takes the place of goes to the
 * table's history: the database does that itself (migration 0041), so that no writer can leave it out.
 *
 * @throws Error when a row to update is not there at the revision before: a fault, since the change's own lock and
 *   comparison of revisions come first
 */
export async function saveRows(client: PoolClient, changes: readonly RowChange[]): Promise<void> {
  if (changes.length > 0) await runQuery(client, saveStatement(changes));
}

/**
 * The one statement that writes all these rows. Its values are the rows of each group (table and kind of write), and after
 * them how many rows each group of updates is to write: with fewer the statement fails as a whole.
 */
export function saveStatement(changes: readonly RowChange[]): NamedQuery {
  const groups = new Map<string, Row[]>();
  for (const { table, write, row } of changes) {
    const key = `${table}:${write}`;
    const rows = groups.get(key);
    if (rows) rows.push(row);
    else groups.set(key, [row]);
  }
  const keys = [...groups.keys()].sort();
  const form = changes.length < MANY ? 'rows' : 'columns';
  const values = (form === 'rows' ? rowsValues : columnsValues)(keys, groups);
  const demanded = keys.filter(isUpdate).map((key) => groups.get(key)!.length);
  return { ...statementFor(keys, form), values: [...values, ...demanded] };
}

type Groups = ReadonlyMap<string, readonly Row[]>;

const rowsValues = (keys: readonly string[], groups: Groups): string[] =>
  keys.map((key) => JSON.stringify(groups.get(key)));

function columnsValues(keys: readonly string[], groups: Groups): Sent[] {
  const ownerships = ownershipsOf();
  const values = keys.flatMap((key) => {
    const { typed, isOwned } = factsOf(key);
    return (isOwned ? ownerships.valuesOf : columnValues)(typed, groups.get(key)!);
  });
  return [...(keys.some(hasOwner) ? ownerships.values(ALIKE) : []), ...values];
}

/** What owned rows share, with its types. */
const ALIKE = alikeAmong(factsOf('steps:insert').typed);

const hasOwner = (key: string) => factsOf(key).isOwned;

/** Rows to insert are all inserted or refused; one to update may not be there. */
const isUpdate = (key: string) => !key.endsWith(':insert');

function factsOf(key: string): TableFacts {
  const table = key.slice(0, key.indexOf(':'));
  const facts = TABLES.get(table);
  if (!facts) throw new Error(`unknown table: ${table}`);
  return facts;
}

/** The statement for these groups, each `table:write`, in the order of its values; one for a group without rows is `[]`. */
export function statementFor(
  keys: readonly string[],
  form: Form = 'rows',
): { readonly name: string; readonly text: string } {
  const signature = `${form} ${keys.join(' ')}`;
  const known = statements.get(signature);
  if (known) return known;
  const parts: string[] = [];
  let parameters = 0;
  if (form === 'columns' && keys.some(hasOwner)) {
    parts.push(`owned as materialized (${ownershipSource(ALIKE, 1)})`);
    parameters = parametersOf(ALIKE);
  }
  keys.forEach((key, i) => {
    const [table, write] = key.split(':') as [string, RowChange['write']];
    const facts = factsOf(key);
    parts.push(`n${i} as (${SOURCES[form](table, facts, parameters + 1)})`);
    parameters += form === 'rows' ? 1 : parametersFor(facts);
    // Only updates are counted: what returns rows is also asked, for each of them, whether it may be read.
    const counted = isUpdate(key) ? ' returning 1' : '';
    parts.push(`w${i} as (${WRITERS[write](table, facts, i)}${counted})`);
  });
  const demands = keys
    .filter(isUpdate)
    .map((key, n) => `demand_written('${key}', (select count(*) from w${keys.indexOf(key)}), $${parameters + n + 1})`);
  const statement = {
    name: `save_${createHash('sha256').update(signature).digest('hex').slice(0, 24)}`,
    text: `with ${parts.join(',\n')}\nselect ${demands.join(' and ') || 'true'} as written`,
  };
  statements.set(signature, statement);
  return statement;
}

const SOURCES = {
  rows: (table: string, _facts: TableFacts, first: number) =>
    `select * from json_populate_recordset(null::${table}, $${first}::json)`,
  columns: (_table: string, { typed, isOwned }: TableFacts, first: number) =>
    (isOwned ? ownedSource : columnsSource)(typed, first),
};

const parametersFor = ({ typed, isOwned }: TableFacts) => (isOwned ? ownedParameters : parametersOf)(typed);

/** A statement that inserts rows, given as one JSON array, into a table without history. */
export function insertRowsStatement(table: string): { readonly name: string; readonly text: string } {
  const columns = TABLES.get(table)!.columns.join(', ');
  const text = `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1::json)`;
  return { name: `insert_${table}`, text };
}

function insertOf(table: string, facts: TableFacts, i: number): string {
  const columns = facts.columns.join(', ');
  const anew = REUSED[table]
    ? ` on conflict (${REUSED[table]}) do update set ${assign(facts.columns, 'excluded')}`
    : '';
  return `insert into ${table} (${columns}) select ${columns} from n${i}${anew}`;
}

function updateOf(table: string, facts: TableFacts, i: number): string {
  const changing = facts.columns.filter(
    (c) => !FIXED.has(c) || (CHANGES_HANDS.has(table) && /^(recorded_|legal_)/.test(c)),
  );
  return `update ${table} t set ${assign(changing, 'n')} from n${i} n where t.patient_id = n.patient_id and t.id = n.id and t.revision = n.revision - 1`;
}

function placeOf(table: string, _facts: TableFacts, i: number): string {
  return `update ${table} t set ${assign(PLACES[table]!, 'n')} from n${i} n where t.patient_id = n.patient_id and t.id = n.id`;
}

const WRITERS = { insert: insertOf, update: updateOf, place: placeOf };

function assign(columns: readonly string[], from: string): string {
  return columns.map((c) => `${c} = ${from}.${c}`).join(', ');
}
