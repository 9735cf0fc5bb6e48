import pg from 'pg';
import { expect, it } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';

async function ask(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ value: unknown }>(text)).rows.map((row) => row.value);
  } finally {
    await client.end();
  }
}

it('gives each test file a migrated database of its own and takes it away afterwards', async () => {
  const [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await ask(first.ownerUrl, `insert into service_mark (mode) values ('normal') returning mode as value`);
  expect(await ask(first.appUrl, 'select mode as value from service_mark')).toEqual(['normal']);
  expect(await ask(second.appUrl, 'select mode as value from service_mark')).toEqual([]);
  await Promise.all([first.drop(), second.drop()]);
  await expect(ask(first.appUrl, 'select 1 as value')).rejects.toThrow(/does not exist/);
});

it('is taken away also while the application is connected to it', async () => {
  const database = await createTestDatabase();
  const client = new pg.Client({ connectionString: database.appUrl });
  client.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => client.once('end', () => resolve()));
  await client.connect();
  await database.drop();
  await ended;
});

it('connects each role under a login that is neither superuser nor owner, except the owner', async () => {
  const database = await createTestDatabase();
  const inGroup = `select rolname as value from pg_roles
    where pg_has_role(current_user, oid, 'usage') and rolname in
      ('patientkontrakt_app', 'patientkontrakt_jobs', 'patientkontrakt_retention')`;
  expect(await ask(database.appUrl, inGroup)).toEqual(['patientkontrakt_app']);
  expect(await ask(database.jobsUrl, inGroup)).toEqual(['patientkontrakt_jobs']);
  expect(await ask(database.retentionUrl, inGroup)).toEqual(['patientkontrakt_retention']);
  await database.drop();
});
