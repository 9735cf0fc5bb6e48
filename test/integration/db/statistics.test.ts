import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner?.end();
  await database?.drop();
});

/** Contents, and lists that no index holds: nothing looks for their values (docs/database.md). */
const UNSOUGHT = `select c.relname || '.' || a.attname as name, a.attstattarget = 0 as is_left_out
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
    and (a.atttypid = 'jsonb'::regtype or t.typcategory = 'A')
    and not exists (select from pg_index i where i.indrelid = c.oid and a.attnum = any (i.indkey))
  order by 1`;

async function unsought() {
  const { rows } = await owner.query<{ name: string; is_left_out: boolean | null }>(UNSOUGHT);
  return { all: rows.map(({ name }) => name), counted: rows.filter((row) => !row.is_left_out).map(({ name }) => name) };
}

test('no statistics are made of contents, nor of lists that nothing looks in', async () => {
  const { all, counted } = await unsought();
  expect(all).toEqual(expect.arrayContaining(['steps.content', 'outbox.more_ids', 'audit_entries.resource_ids']));
  expect(counted).toEqual([]);
});

test("a new month's log is as those before it, also when entries came before it", async () => {
  await owner.query(`insert into audit_entries (id, at, patient_id, activity, action, purpose, outcome, user_kind, user_id,
      resource_kinds, resource_ids, resource_owners, request_id, route, hash)
    values (gen_random_uuid(), '2051-02-03', gen_random_uuid(), '', '', '', '', '', '', '{}', '{}', '{}', '', '', '')`);
  await owner.query(`select make_audit_partition('2051-02-01'), make_audit_partition('2051-03-01')`);
  const { all, counted } = await unsought();
  expect(all).toEqual(
    expect.arrayContaining(['audit_entries_205102.particulars', 'audit_entries_205103.resource_ids']),
  );
  expect(counted).toEqual([]);
});
