import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPool } from '../../src/db/pool.ts';
import { refuseUnsafeRole } from '../../src/db/safety.ts';
import { parsePatientId } from '../../src/shared/ids.ts';
import { createPlan, createTestApp, registerPatient, type TestApp, unit } from '../support/plan-fixtures.ts';
import { reviseAll } from '../support/revise-all.ts';
import { setWorld } from './matrix/world.ts';

let service: TestApp;
let app: pg.Client;
let patient: string;
let other: string;
/** Every table with row-level security that holds something, by the catalogue. */
let held: string[];

beforeAll(async () => {
  service = await createTestApp();
  const ester = await registerPatient(service);
  await setWorld(service, ester, '2026-11-16T08:00:00+01:00');
  const petra = await registerPatient(service, 'petra');
  await createPlan(service, petra);
  patient = parsePatientId(ester)!;
  other = parsePatientId(petra)!;
  await reviseAll(service.owner);
  app = new pg.Client({ connectionString: service.database.appUrl });
  await app.connect();
  const all = await lockedTables();
  const filled = await Promise.all(all.map((name) => isFilled(name)));
  held = all.filter((_, i) => filled[i]);
});
afterAll(async () => {
  await app.end();
  await service.close();
});

async function lockedTables(): Promise<string[]> {
  const { rows } = await service.owner.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'patient_id'
     where c.relrowsecurity and not c.relispartition and c.relname not like 'audit_%' order by 1`,
  );
  return rows.map(({ name }) => name);
}

async function isFilled(table: string): Promise<boolean> {
  const { rows } = await service.owner.query(`select from ${table} where patient_id = $1 limit 1`, [patient]);
  return rows.length > 0;
}

type Settings = Readonly<Record<string, string>>;
const STAFF: Settings = { kind: 'staff', unit: unit('0101'), provider: unit('R01') };

/** Whose rows the application's role reads in each table, bound so. */
async function seen(settings: Settings): Promise<Record<string, string[]>> {
  await app.query('begin');
  try {
    for (const [name, value] of Object.entries(settings))
      await app.query('select set_config($1, $2, true)', [`app.${name}`, value]);
    const found: Record<string, string[]> = {};
    for (const table of held) {
      const { rows } = await app.query<{ id: string }>(`select distinct patient_id as id from ${table}`);
      if (rows.length > 0) found[table] = rows.map(({ id }) => id);
    }
    return found;
  } finally {
    await app.query('rollback');
  }
}

describe('the second lock', () => {
  test('is on what sharing keeps too, and this run has something in it', () => {
    expect(held).toEqual(
      expect.arrayContaining(['access_facts', 'access_facts_history', 'consents', 'patients', 'plans']),
    );
    expect(held.length).toBeGreaterThan(30);
  });

  test.each<[string, Settings]>([
    ['a missing actor and patient', {}],
    ['an empty actor and patient', { patient: '', kind: '', unit: '', provider: '' }],
    ['a missing patient, for an actor of another provider', { ...STAFF, unit: unit('0499'), provider: unit('K02') }],
    [
      'an empty patient, for an actor of another provider',
      { ...STAFF, unit: unit('0499'), provider: unit('K02'), patient: '' },
    ],
    ['a wrong patient', { ...STAFF, patient: randomUUID() }],
    ['a wrong kind of actor', { kind: 'owner', unit: unit('0101'), provider: unit('R01'), patient: '' }],
    ['a citizen without a patient', { kind: 'citizen', unit: '', provider: '', patient: '' }],
    ['a unit without its kind', { kind: '', unit: unit('0101'), provider: unit('R01'), patient: '' }],
    ['a provider without its unit', { kind: 'staff', unit: '', provider: unit('R01'), patient: '' }],
    ['a system of another provider', { kind: 'system', unit: '', provider: unit('K02'), patient: '' }],
  ])('gives nothing from any table to %s', async (_who, settings) => {
    expect(await seen(settings)).toEqual({});
  });

  test('gives what is bound, and of anybody else nothing, from every table', async () => {
    const found = await seen({ ...STAFF, patient });
    expect(Object.keys(found)).toEqual(held);
    for (const [table, patients] of Object.entries(found)) expect(patients, table).toEqual([patient]);
    for (const [table, patients] of Object.entries(await seen({ ...STAFF, patient: other })))
      expect(patients, table).toEqual([other]);
  });

  test('unbound gives another unit of the same provider the requests to that provider, and nothing else', async () => {
    const settings = { ...STAFF, unit: unit('0105'), patient: '' };
    expect(Object.keys(await seen(settings))).toEqual(['access_facts']);
    const { rows } = await service.owner.query<{ kind: string }>(
      `select distinct kind from access_facts where patient_id = $1 and kind = 'block-lift-request'`,
      [patient],
    );
    expect(rows).toHaveLength(1);
  });

  test('unbound gives nobody any history or event', async () => {
    const found = Object.keys(await seen({ ...STAFF, patient: '' }));
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((table) => /_history$|^outbox$/.test(table))).toEqual([]);
  });

  test.each(['ownerUrl', 'retentionUrl', 'jobsUrl'] as const)('is not passed by running as %s', async (role) => {
    const pool = createPool({
      url: service.database[role],
      applicationName: 'test',
      onConnectionError: () => undefined,
    });
    await expect(refuseUnsafeRole(pool)).rejects.toMatchObject({ code: expect.stringMatching(/^role-/) });
    await pool.end();
  });

  test('cannot be taken off by the application’s role', async () => {
    await expect(app.query('set row_security = off; select from plans')).rejects.toThrow(/row-level security/);
    await app.query('reset row_security');
    await expect(app.query('set role patientkontrakt_owner')).rejects.toThrow(/permission denied/);
    for (const table of held)
      await expect(app.query(`alter table ${table} disable row level security`), table).rejects.toThrow(
        /must be owner/,
      );
  });
});
