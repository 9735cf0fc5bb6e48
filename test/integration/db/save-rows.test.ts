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

test('a row and its next revision are written with their history', async () => {
  await save(patient(1, 'insert'));
  await save(patient(2, 'update'));
  expect(await stored('patients')).toEqual([2]);
  expect(await stored('patients_history')).toEqual([1, 2]);
});

test('a change of a row that is not there at the revision before writes nothing at all', async () => {
  const key = { table: 'patient_keys', write: 'insert', row: { patient_id: KEY, canonical_id: KEY } } as const;
  await expect(save(patient(4, 'update'), key)).rejects.toThrow('not all rows were written: patients:update (0 of 1)');
  expect(await stored('patients')).toEqual([2]);
  expect(await stored('patients_history')).toEqual([1, 2]);
  expect((await pool.query('select from patient_keys')).rowCount).toBe(0);
});
