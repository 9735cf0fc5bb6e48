import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { classOf } from '../../../src/db/schema/classes.ts';
import { parsePatientId } from '../../../src/shared/ids.ts';
import { createPlan, createTestApp, registerPatient, type TestApp, unit, WARD } from '../../support/plan-fixtures.ts';
import { reviseAll } from '../../support/revise-all.ts';
import { setFullStage } from './route-table.ts';

let service: TestApp;
let app: pg.Client;
let patient: string;
let other: string;
let tables: string[];

beforeAll(async () => {
  service = await createTestApp();
  const ester = await registerPatient(service);
  await setFullStage(service, ester);
  const love = await registerPatient(service, 'love');
  await createPlan(service, love);
  await service.as(WARD).post(`/v1/patients/${ester}/related-persons`, { relation: 'relative', name: 'Britt' });
  patient = parsePatientId(ester)!;
  other = parsePatientId(love)!;
  await reviseAll(service.owner);
  app = new pg.Client({ connectionString: service.database.appUrl });
  await app.connect();
  const { rows } = await service.owner.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'patient_id'
     where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not c.relispartition
       and c.relname not like 'audit_%' order by 1`,
  );
  // Look-ups and the service's own lists hold keys and times alone; jobs read them, and nobody's request.
  const isPatients = (name: string) => classOf(name) === 'patient' && name !== 'attention_due';
  tables = rows.map(({ name }) => name).filter(isPatients);
});
afterAll(async () => {
  await app.end();
  await service.close();
});

interface Settings {
  readonly patient?: string;
  readonly kind?: string;
  readonly unit?: string;
  readonly provider?: string;
}

/** Patients whose rows the application's role sees, per table, with these settings. */
async function seen(settings: Settings): Promise<Record<string, string[]>> {
  await app.query('begin');
  try {
    for (const [name, value] of Object.entries(settings))
      await app.query('select set_config($1, $2, true)', [`app.${name}`, value]);
    const found: Record<string, string[]> = {};
    for (const table of tables) {
      const { rows } = await app.query<{ id: string }>(`select distinct patient_id as id from ${table} order by 1`);
      if (rows.length > 0) found[table] = rows.map(({ id }) => id);
    }
    return found;
  } finally {
    await app.query('rollback');
  }
}

const STAFF = { kind: 'staff', unit: unit('0101'), provider: unit('R01') };

describe('the application role', () => {
  test('owns nothing and is not above row-level security', async () => {
    const { rows } = await app.query<{ owned: number; superuser: boolean; bypass: boolean }>(
      `select (select count(*)::int from pg_class where relowner = r.oid) as owned, rolsuper as superuser, rolbypassrls as bypass
       from pg_roles r where rolname = current_user`,
    );
    expect(rows).toEqual([{ owned: 0, superuser: false, bypass: false }]);
  });

  test('has row-level security on every table with a patient, history and events included', async () => {
    const { rows } = await service.owner.query<{ name: string }>(
      'select relname as name from pg_class where relrowsecurity order by 1',
    );
    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(tables));
    expect(tables.length).toBeGreaterThan(35);
  });

  test.each<[string, Settings]>([
    ['nobody and no patient', {}],
    ['an empty patient', { patient: '' }],
    ['an empty actor', { patient: '', kind: '', unit: '', provider: '' }],
    ['an actor of a kind that there is not', { patient: '', kind: 'nobody', unit: '', provider: '' }],
    ['a patient that is not there', { ...STAFF, patient: randomUUID() }],
    ['a unit without any part', { ...STAFF, patient: '', unit: unit('0401'), provider: unit('R02') }],
    ['a citizen who names no patient', { patient: '', kind: 'citizen', unit: '', provider: '' }],
    ['a member of staff by provider alone', { patient: '', kind: 'staff', unit: '', provider: unit('R01') }],
  ])('sees nothing at all as %s', async (_who, settings) => {
    expect(await seen(settings)).toEqual({});
  });

  test('sees of the bound patient everything and of others nothing', async () => {
    const found = await seen({ ...STAFF, patient });
    expect(Object.keys(found).length).toBeGreaterThan(30);
    for (const [table, patients] of Object.entries(found)) expect(patients, table).toEqual([patient]);
  });

  test('bound to a patient sees no row of another, although the unit wrote it', async () => {
    for (const patients of Object.values(await seen({ ...STAFF, patient: other }))) expect(patients).toEqual([other]);
  });

  test('unbound sees what its unit wrote or has to act on, and neither history nor events', async () => {
    const found = await seen({ ...STAFF, patient: '' });
    expect(found.steps).toEqual([patient, other].sort());
    for (const table of Object.keys(found)) expect(table).not.toMatch(/_history$|^outbox$|^patient_joins$/);
    const asked = await seen({ patient: '', kind: 'staff', unit: unit('0302'), provider: unit('K01') });
    expect(Object.keys(asked).sort()).toEqual([
      'access_facts',
      'feedback',
      'handovers',
      'participants',
      'patients',
      'plans',
      'steps',
    ]);
  });

  test('unbound as a system sees what its provider wrote', async () => {
    const found = await seen({ patient: '', kind: 'system', unit: '', provider: unit('R01') });
    expect(found.goals).toEqual([patient, other].sort());
    expect(await seen({ patient: '', kind: 'system', unit: '', provider: unit('R02') })).toEqual({});
  });

  test('cannot write a row of a patient that is not bound', async () => {
    await app.query('begin');
    await app.query(`select set_config('app.patient', $1, true)`, [other]);
    const copy = `insert into goals select (jsonb_populate_record(g, jsonb_build_object('id', gen_random_uuid(), 'patient_id', '${patient}'))).* from goals g limit 1`;
    await expect(app.query(copy)).rejects.toThrow(/row-level security/);
    await app.query('rollback');
    await app.query('begin');
    await app.query(`select set_config('app.patient', $1, true)`, [other]);
    const { rowCount } = await app.query('update goals set revision = revision + 1 where patient_id = $1', [patient]);
    expect(rowCount).toBe(0);
    await app.query('rollback');
  });

  test('has its wordings kept in every table that has a history', async () => {
    const { rows } = await service.owner.query<{ name: string; triggers: string[] }>(
      `select relname as name, array(select tgname::text from pg_trigger where tgrelid = c.oid and not tgisinternal order by 1) as triggers
       from pg_class c where to_regclass(quote_ident(relname || '_history')) is not null`,
    );
    expect(rows.length).toBeGreaterThan(20);
    for (const { name, triggers } of rows)
      expect(triggers, name).toEqual(expect.arrayContaining(['keep_wording', 'refuse_rewriting']));
  });

  test('can neither write history nor write over a wording without its being kept', async () => {
    await app.query('begin');
    await app.query(`select set_config('app.patient', $1, true)`, [patient]);
    const attempts: [string, RegExp][] = [
      ['insert into goals_history select * from goals_history', /permission denied/],
      ['select goals_keep_wording()', /permission denied/],
      [`update goals set content = '{}'`, /written over without the next revision/],
      [`update goals set content = '{}', revision = revision + 2`, /written over/],
      [`update goals set recorded_name = 'Någon annan', revision = revision - 1`, /written over/],
      ['update goals set id = gen_random_uuid(), revision = revision + 1', /written over/],
    ];
    for (const [attempt, refusal] of attempts) {
      await app.query('savepoint here');
      await expect(app.query(attempt), attempt).rejects.toThrow(refusal);
      await app.query('rollback to here');
    }
    const [{ rows: before }, { rows: wordings }] = [
      await app.query('select id, revision, content from goals order by id'),
      await app.query('select from goals_history'),
    ];
    await app.query(`update goals set content = '{}', revision = revision + 1`);
    const { rows: kept } = await app.query(
      `select h.id, h.revision, h.content->'content' as content from goals_history h join goals g using (id)
       where h.revision = g.revision - 1 order by id`,
    );
    expect(kept).toEqual(before);
    expect((await app.query('select from goals_history')).rowCount).toBe(wordings.length + before.length);
    await app.query('rollback');
  });

  test('cannot change or take away history, events or the log, nor read the log without its reason', async () => {
    const kept = [...tables.filter((name) => /_history$|^outbox$|^patient_joins$/.test(name)), 'audit_entries'];
    for (const table of kept) {
      await expect(app.query(`update ${table} set patient_id = patient_id`), table).rejects.toThrow(
        /permission denied/,
      );
      await expect(app.query(`delete from ${table}`), table).rejects.toThrow(/permission denied/);
      await expect(app.query(`truncate ${table}`), table).rejects.toThrow(/permission denied/);
    }
    expect((await app.query('select from audit_entries')).rowCount).toBe(0);
    const partitions = await service.owner.query<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'audit_entries'::regclass limit 3`,
    );
    for (const { name } of partitions.rows)
      await expect(app.query(`select from ${name}`)).rejects.toThrow(/permission/);
  });

  test('cannot take any row away, nor switch the lock off', async () => {
    for (const table of tables)
      await expect(app.query(`delete from ${table}`), table).rejects.toThrow(/permission denied/);
    await expect(app.query('alter table steps disable row level security')).rejects.toThrow(/must be owner/);
    await expect(app.query('create table mine (n int)')).rejects.toThrow(/permission denied/);
  });
});
