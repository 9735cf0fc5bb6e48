import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPool } from '../../../src/db/pool.ts';
import { type RowChange, saveRows } from '../../../src/db/save-rows.ts';
import { Ending, inTransaction } from '../../../src/db/transaction.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let pool: ReturnType<typeof createPool>;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.ownerUrl, applicationName: 'test', onConnectionError: () => undefined });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const KEY = '11111111-1111-4111-8111-111111111111';

function patient(revision: number, write: RowChange['write']): RowChange {
  const owner = { recorded_kind: 'staff', recorded_unit: 'U', recorded_provider: 'P', recorded_principal: 'H' };
  const at = { created_at: '2026-11-16T08:00:00Z', changed_at: '2026-11-16T08:00:00Z', changed_kind: 'staff' };
  const rest = { legal_basis: 'HSL', approved_for_patient: true, entered_in_error: false, content: {} };
  return { table: 'patients', write, row: { patient_id: KEY, id: KEY, revision, ...owner, ...at, ...rest } };
}

const save = (...changes: RowChange[]) =>
  inTransaction(pool, async (client) => new Ending(undefined, saveRows(client, changes)));

const stored = async (table: string) =>
  (await pool.query<{ revision: number }>(`select revision from ${table} order by 1`)).rows.map((row) => row.revision);

test('the wording that a next revision takes the place of is kept, and none is written twice', async () => {
  await save(patient(1, 'insert'));
  expect(await stored('patients_history')).toEqual([]);
  await save(patient(2, 'update'));
  expect(await stored('patients')).toEqual([2]);
  expect(await stored('patients_history')).toEqual([1]);
});

test('a change of a row that is not there at the revision before writes nothing at all', async () => {
  const key = { table: 'patient_keys', write: 'insert', row: { patient_id: KEY, canonical_id: KEY } } as const;
  await expect(save(patient(4, 'update'), key)).rejects.toThrow('not all rows were written: patients:update (0 of 1)');
  expect(await stored('patients')).toEqual([2]);
  expect(await stored('patients_history')).toEqual([1]);
  expect((await pool.query('select from patient_keys')).rowCount).toBe(0);
});

const ODD = [
  '',
  'null',
  'NULL',
  'a,b',
  '{x}',
  '"',
  '\\',
  '\\"',
  ' ',
  '\n\t',
  '\u001e',
  'Åsa 😀',
  "d'Arc",
  '--',
  't',
  '1',
];

/** Persons with log entries, differing in whatever could be read as something else than it is. */
function oddRows(many: number): RowChange[] {
  return Array.from({ length: many }, (_, i): RowChange[] => {
    const odd = ODD[i % ODD.length]!;
    const patient_id = `22222222-2222-4222-8222-${String(i).padStart(12, '0')}`;
    const person = {
      ...patient(1, 'insert').row,
      ...{ patient_id, id: patient_id, recorded_name: odd, changed_why: i % 3 ? null : odd, signed_at: undefined },
      ...{ content: { [odd]: [odd, null, i] }, approved_for_patient: i % 2 === 0, recorded_unit: `SE${i >> 2}` },
    };
    const lists = {
      resource_kinds: Array.from({ length: i % 4 }, () => odd),
      resource_ids: Array.from({ length: i % 3 }, () => patient_id),
      resource_owners: i % 2 ? [odd, 'SE1'] : [],
    };
    const entry = {
      ...{
        id: patient_id,
        at: '2026-11-16T08:00:00.123Z',
        patient_id,
        activity: odd,
        action: 'plan.read',
        purpose: 'V',
      },
      ...{ outcome: 'Beviljad', user_kind: 'staff', user_id: odd, request_id: 'r', route: 'x', hash: '\\x00ff' },
      ...{ ...lists, particulars: i % 5 ? null : { odd, i }, hits: i % 2 ? i : null },
    };
    const more = Array.from({ length: i % 4 }, () => patient_id);
    const told = {
      ...{ patient_id, id: patient_id, event: odd, resource_kind: 'plan', resource_id: patient_id, revision: i },
      ...{ owner_unit: 'U', owner_provider: 'P', at: '2026-11-16T08:00:00Z', more_ids: i % 3 ? more : null },
      ...{ more_events: i % 3 ? more.map(() => odd) : null, more_revisions: i % 5 ? null : [1, i] },
    };
    return [
      { table: 'patients', write: 'insert', row: person },
      { table: 'audit_entries', write: 'insert', row: entry },
      { table: 'outbox', write: 'insert', row: told },
    ];
  }).flat();
}

const dumped = `select (select jsonb_agg(to_jsonb(t) order by id) from patients t) as persons,
  (select jsonb_agg(to_jsonb(h) order by id) from patients_history h) as wordings,
  (select jsonb_agg(to_jsonb(a) order by id) from audit_entries a) as entries,
  (select jsonb_agg(to_jsonb(o) - 'seq' order by id) from outbox o) as told`;

/** What the tables hold after these changes, each part in a statement of its own; nothing is kept. */
async function writtenBy(parts: readonly (readonly RowChange[])[]): Promise<unknown> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    for (const part of parts) await saveRows(client, part);
    return (await client.query(dumped)).rows[0];
  } finally {
    await client.query('rollback');
    client.release();
  }
}

test('many rows are written as few are, whatever their texts hold', async () => {
  const rows = oddRows(300);
  const few = Array.from({ length: 10 }, (_, i) => rows.slice(i * 90, (i + 1) * 90));
  expect(await writtenBy([rows])).toEqual(await writtenBy(few));
});

test('many changes of rows of which one is not there are not written at all', async () => {
  const rows = oddRows(300);
  const next = rows.map(({ table, write, row }): RowChange => {
    return table === 'patients' ? { table, write: 'update', row: { ...row, revision: 2 } } : { table, write, row };
  });
  const more = [...next, patient(9, 'update')];
  const twice = next.map((one) => (one.write === 'insert' ? { ...one, row: { ...one.row, hits: 7 } } : one));
  await expect(writtenBy([rows.filter(({ table }) => table === 'patients'), more])).rejects.toThrow(
    'not all rows were written: patients:update (300 of 301)',
  );
  expect(await writtenBy([rows.filter(({ table }) => table === 'patients'), twice])).toMatchObject({
    wordings: { length: 301 },
  });
});

test('what is no key is refused', async () => {
  const rows = oddRows(300).map((one, i) => (i === 7 ? { ...one, row: { ...one.row, id: 'a'.repeat(36) } } : one));
  await expect(writtenBy([rows])).rejects.toThrow('a key that is none');
});

test('half of a character is refused, never stored as another text', async () => {
  const rows = oddRows(300).map((one, i) => (i === 3 ? { ...one, row: { ...one.row, recorded_name: '\ud83d' } } : one));
  await expect(writtenBy([rows])).rejects.toThrow('a text that is not Unicode');
});
