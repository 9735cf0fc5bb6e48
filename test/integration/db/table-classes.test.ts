import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { classOf, NAMED_TABLES } from '../../../src/db/schema/classes.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

interface Key {
  readonly table: string;
  readonly name: string;
  /** `p` primary, `u` unique, `x` exclusion, `f` foreign. */
  readonly kind: 'p' | 'u' | 'x' | 'f';
  readonly columns: readonly string[];
  readonly refers: string | null;
  readonly referred: readonly string[] | null;
}

let database: TestDatabase;
let tables: string[];
let keys: Key[];

const TABLES = `select c.relname as name from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`;

const names = (table: string, numbers: string) => `(select array_agg(a.attname::text order by n.ord)
  from unnest(${numbers}) with ordinality n(num, ord) join pg_attribute a on a.attrelid = ${table} and a.attnum = n.num)`;

/** Constraints, and unique indexes that are none. */
const KEYS = `select t.relname as table, con.conname as name, con.contype::text as kind, ${names('t.oid', 'con.conkey')} as columns,
    f.relname as refers, ${names('f.oid', 'con.confkey')} as referred
  from pg_constraint con join pg_class t on t.oid = con.conrelid left join pg_class f on f.oid = con.confrelid
  where t.relnamespace = 'public'::regnamespace and con.contype in ('p', 'u', 'x', 'f') and not t.relispartition
  union all
  select t.relname, i.relname, 'u', ${names('t.oid', 'x.indkey::smallint[]')}, null, null
  from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
  where t.relnamespace = 'public'::regnamespace and x.indisunique and not t.relispartition`;

beforeAll(async () => {
  database = await createTestDatabase();
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  tables = (await client.query<{ name: string }>(TABLES)).rows.map(({ name }) => name);
  keys = (await client.query<Key>(KEYS)).rows;
  await client.end();
});
afterAll(() => database.drop());

const ofPatients = () => tables.filter((table) => classOf(table) === 'patient');
const described = ({ table, name, columns }: Key) => `${table}.${name} (${columns?.join(', ')})`;

test('there are the tables that are named, and many of patients', () => {
  expect(NAMED_TABLES.filter((table) => !tables.includes(table))).toEqual([]);
  expect(ofPatients().length).toBeGreaterThan(50);
});

test("a patient's table has a primary key that begins with the patient", () => {
  const primary = new Map(keys.filter(({ kind }) => kind === 'p').map((key) => [key.table, key]));
  expect(ofPatients().filter((table) => primary.get(table)?.columns[0] !== 'patient_id')).toEqual([]);
});

test("every unique or excluding constraint of a patient's table holds the patient", () => {
  const own = keys.filter(({ table, kind }) => classOf(table) === 'patient' && kind !== 'f');
  expect(own.filter(({ columns }) => !columns?.includes('patient_id')).map(described)).toEqual([]);
});

test("a patient's table refers to the same patient's, or to what every server has a copy of", () => {
  const own = keys.filter(({ table, kind }) => classOf(table) === 'patient' && kind === 'f');
  expect(own.length).toBeGreaterThan(10);
  const astray = own.filter(({ columns, refers, referred }) => {
    if (classOf(refers!) === 'reference') return false;
    const at = columns.indexOf('patient_id');
    return classOf(refers!) !== 'patient' || at < 0 || referred?.[at] !== 'patient_id';
  });
  expect(astray.map(described)).toEqual([]);
});

test("nothing else refers to a patient's table", () => {
  const others = keys.filter(({ table, kind }) => classOf(table) !== 'patient' && kind === 'f');
  expect(others.filter(({ refers }) => classOf(refers!) === 'patient').map(described)).toEqual([]);
});

test('what cannot be dealt out by patient is named in docs/scale.md too', async () => {
  const text = await readFile(new URL('../../../docs/scale.md', import.meta.url), 'utf8');
  expect(NAMED_TABLES.filter((table) => !new RegExp(`['\`]${table}['\`]`).test(text))).toEqual([]);
});
