import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedServer, startEmbedded } from '../../../src/db/embedded/start.ts';
import { migrate } from '../../../src/db/migrate.ts';
import { createPool } from '../../../src/db/pool.ts';
import { refuseBehind, refuseUnfitServer, refuseUnsafeRole } from '../../../src/db/safety.ts';
import { ask, type DataFolder, makeDataFolder } from '../../support/data-folder.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../support/database.ts';

async function withPool<T>(url: string, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = createPool({ url, applicationName: 'test', onConnectionError: () => undefined });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

describe('a database role', () => {
  // A server of its own: only a superuser makes roles as strong as these.
  let data: DataFolder;
  let server: EmbeddedServer;

  beforeAll(async () => {
    data = await makeDataFolder();
    server = await startEmbedded({ dataDir: data.path, durable: false, log: () => undefined });
    await migrate(server.ownerUrl, { log: () => undefined });
  });

  afterAll(async () => {
    await server.stop();
    await data.remove();
  });

  async function login(name: string, ...statements: string[]): Promise<string> {
    await ask(server.adminUrl, `create role ${name} login password 'test' in role patientkontrakt_app`);
    for (const statement of statements) await ask(server.adminUrl, statement);
    const url = new URL(server.appUrl);
    url.username = name;
    url.password = 'test';
    return url.href;
  }

  it('that is only in the application group is accepted', async () => {
    await expect(withPool(server.appUrl, refuseUnsafeRole)).resolves.toBeUndefined();
  });

  it.each([
    ['superuser', ['alter role superuser superuser']],
    ['bypassing', ['alter role bypassing bypassrls']],
    ['role_maker', ['alter role role_maker createrole']],
    ['table_owner', ['create table public.its_own (n integer)', 'alter table public.its_own owner to table_owner']],
    [
      'function_owner',
      [
        "create function public.its_function() returns integer language sql as 'select 1'",
        'alter function public.its_function owner to function_owner',
      ],
    ],
    ['in_owner', ['grant patientkontrakt_owner to in_owner']],
    ['in_owner_unused', ['grant patientkontrakt_owner to in_owner_unused with inherit false']],
    [
      'far_in_owner',
      ['create role between', 'grant patientkontrakt_owner to between', 'grant between to far_in_owner'],
    ],
    ['in_superuser', ['grant postgres to in_superuser']],
    ['all_writer', ['grant pg_write_all_data to all_writer']],
    ['deleter', ['grant patientkontrakt_retention to deleter']],
  ])('that could pass row-level security or delete is refused: %s', async (name, statements) => {
    const url = await login(name, ...statements);
    await expect(withPool(url, refuseUnsafeRole)).rejects.toMatchObject({ code: 'role-too-strong' });
  });

  it('that is the owner of the database is refused, and told why in both languages', async () => {
    const refused = withPool(server.ownerUrl, refuseUnsafeRole);
    await expect(refused).rejects.toThrow(/för stark: den har CREATEROLE.*too strong: it has CREATEROLE/);
  });

  it('that has put on a weaker role for the session is judged by what it can take back', async () => {
    const client = new pg.Client({ connectionString: server.adminUrl });
    await client.connect();
    await client.query('set role patientkontrakt_app');
    await expect(refuseUnsafeRole(client)).rejects.toMatchObject({ code: 'role-too-strong' });
    await client.end();
  });

  it('that is outside the application group is refused with the grant it lacks', async () => {
    await ask(server.adminUrl, `create role outsider login password 'test'`);
    const url = new URL(server.appUrl);
    url.username = 'outsider';
    url.password = 'test';
    const refused = withPool(url.href, refuseUnsafeRole);
    await expect(refused).rejects.toMatchObject({ code: 'role-without-rights' });
    await expect(refused).rejects.toThrow('grant patientkontrakt_app');
  });
});

describe('a database', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database.drop());

  it('that is up to date, on a server that fits, is accepted by the application role', async () => {
    await expect(withPool(database.appUrl, (pool) => refuseBehind(pool))).resolves.toBeUndefined();
    await expect(withPool(database.appUrl, refuseUnfitServer)).resolves.toBeUndefined();
  });

  it('that was never migrated is refused with the names of what it lacks', async () => {
    const empty = await createEmptyDatabase();
    const refused = withPool(empty.appUrl, (pool) => refuseBehind(pool));
    await expect(refused).rejects.toMatchObject({ code: 'migrations-pending' });
    await expect(refused).rejects.toThrow('0000_roles');
    await empty.drop();
  });

  it('that a later version has migrated is refused', async () => {
    await ask(database.ownerUrl, `insert into schema_migrations values (9999, '9999_later', 'x')`);
    const refused = withPool(database.appUrl, (pool) => refuseBehind(pool));
    await expect(refused).rejects.toMatchObject({ code: 'database-newer' });
  });
});
