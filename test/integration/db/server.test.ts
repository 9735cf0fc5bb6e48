import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openServer } from '../../../src/db/server.ts';
import { ask } from '../../support/data-folder.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let dataDir: string;

beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'patientkontrakt-server-'));
});

afterAll(async () => {
  await database.drop();
  await rm(dataDir, { recursive: true });
});

const open = (choice: { url?: string; ownerUrl?: string }, demonstration: boolean) =>
  openServer({ kind: 'server', ...choice }, { dataDir, log: () => undefined, demonstration });

it('a demonstration given only an owner makes a login of its own, keeps it, and uses it again', async () => {
  const first = await open({ ownerUrl: database.ownerUrl }, true);
  const second = await open({ url: database.ownerUrl }, true);
  expect(second).toMatchObject({ appUrl: first.appUrl, ownerUrl: database.ownerUrl });
  const [name] = await ask(first.appUrl, 'select current_user');
  expect(name).toMatch(/^patientkontrakt_demo_/);
  expect((await stat(join(dataDir, 'database-login.json'))).mode & 0o077).toBe(0);
  await ask(database.ownerUrl, `drop role ${name}`);
});

it('a demonstration given only the application role does not pretend to have an owner', async () => {
  const { appUrl, ownerUrl } = await open({ url: database.appUrl }, true);
  expect([appUrl, ownerUrl]).toEqual([database.appUrl, undefined]);
});

it('addresses that are given are used as they are', async () => {
  const both = { url: database.appUrl, ownerUrl: database.ownerUrl };
  expect(await open(both, false)).toMatchObject({ appUrl: both.url, ownerUrl: both.ownerUrl });
  expect(await open({ url: database.ownerUrl }, false)).toMatchObject({ appUrl: database.ownerUrl });
});

it('normal mode makes no role on its own', async () => {
  await expect(open({ ownerUrl: database.ownerUrl }, false)).rejects.toThrow(/application role/);
});
