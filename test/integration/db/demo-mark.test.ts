import type pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { claimDatabase } from '../../../src/db/demo-mark.ts';
import { createPool } from '../../../src/db/pool.ts';
import { ask } from '../../support/data-folder.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let pool: pg.Pool;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.appUrl, applicationName: 'test', onConnectionError: () => undefined });
});

afterEach(async () => {
  await pool.end();
  await database.drop();
});

it('a demonstration marks an empty database and opens it again', async () => {
  await claimDatabase(pool, 'demonstration');
  await claimDatabase(pool, 'demonstration');
  expect(await ask(database.ownerUrl, 'select mode from service_mark')).toEqual(['demonstration']);
});

it('each mode refuses the database of the other', async () => {
  await claimDatabase(pool, 'demonstration');
  await expect(claimDatabase(pool, 'normal')).rejects.toMatchObject({ code: 'other-mode' });
  await ask(database.ownerUrl, `update service_mark set mode = 'normal'`);
  await expect(claimDatabase(pool, 'demonstration')).rejects.toMatchObject({ code: 'other-mode' });
  await claimDatabase(pool, 'normal');
});

it('a demonstration refuses an unmarked database in use, even when its rows are hidden from the service', async () => {
  await ask(database.ownerUrl, 'create table hidden (n integer)');
  await ask(database.ownerUrl, 'alter table hidden enable row level security');
  await claimDatabase(pool, 'demonstration');
  await ask(database.ownerUrl, 'delete from service_mark');
  await ask(database.ownerUrl, 'insert into hidden values (1)');
  await expect(claimDatabase(pool, 'demonstration')).rejects.toMatchObject({ code: 'not-empty' });
  await claimDatabase(pool, 'normal');
});

it('the application cannot change or remove the mark', async () => {
  await claimDatabase(pool, 'demonstration');
  await expect(pool.query(`update service_mark set mode = 'normal'`)).rejects.toThrow(/permission denied/);
  await expect(pool.query('delete from service_mark')).rejects.toThrow(/permission denied/);
});

it('of two modes started at the same moment on one database, exactly one gets it', async () => {
  const outcomes = await Promise.allSettled([claimDatabase(pool, 'demonstration'), claimDatabase(pool, 'normal')]);
  expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
});
