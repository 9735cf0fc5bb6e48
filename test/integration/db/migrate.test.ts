import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrate, pendingMigrations } from '../../../src/db/migrate.ts';
import { ask } from '../../support/data-folder.ts';
import { createEmptyDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createEmptyDatabase();
  folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  await mkdir(join(folder, 'meta'));
});

afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

/** Writes a folder as drizzle-kit lays it out. */
async function write(files: Record<string, string>): Promise<void> {
  const entries = Object.keys(files).map((tag, idx) => ({ idx, version: '7', when: idx, tag, breakpoints: true }));
  await writeFile(join(folder, 'meta/_journal.json'), JSON.stringify({ version: '7', dialect: 'postgresql', entries }));
  for (const [tag, text] of Object.entries(files)) await writeFile(join(folder, `${tag}.sql`), text);
}

const run = () => migrate(database.ownerUrl, { folder, log: () => undefined });
const tables = () =>
  ask(database.ownerUrl, `select tablename::text from pg_tables where schemaname = 'public' order by 1`);

const FIRST = {
  '0000_first': 'create table first (n integer);\n--> statement-breakpoint\ninsert into first values (1);\n',
};
const SECOND = { '0001_second': 'create table second (n integer);\n' };

describe('migrations', () => {
  it('are applied in journal order, statement by statement, and only once', async () => {
    await write(FIRST);
    expect(await run()).toEqual(['0000_first']);
    await write({ ...FIRST, ...SECOND });
    expect(await pendingMigrations(database.ownerUrl, folder)).toEqual(['0001_second']);
    expect(await run()).toEqual(['0001_second']);
    expect(await run()).toEqual([]);
    expect(await pendingMigrations(database.ownerUrl, folder)).toEqual([]);
    expect(await tables()).toEqual(['first', 'schema_migrations', 'second']);
    expect(await ask(database.ownerUrl, 'select count(*)::int from first')).toEqual([1]);
  });

  it('started four at once, one applies them and the others find nothing to do', async () => {
    await write({ ...FIRST, ...SECOND });
    const applied = await Promise.all([run(), run(), run(), run()]);
    expect(applied.map((tags) => tags.length).sort()).toEqual([0, 0, 0, 2]);
    expect(await ask(database.ownerUrl, 'select count(*)::int from first')).toEqual([1]);
  });

  it('that fail leave nothing of themselves, keep the ones before, and can be run again when mended', async () => {
    await write({
      ...FIRST,
      '0001_broken': 'create table half (n integer);\n--> statement-breakpoint\nselect nonsense;',
    });
    await expect(run()).rejects.toMatchObject({ code: 'migration-failed' });
    expect(await tables()).toEqual(['first', 'schema_migrations']);
    await write({ ...FIRST, '0001_broken': 'create table whole (n integer);' });
    expect(await run()).toEqual(['0001_broken']);
  });

  it('that were edited after they were applied are refused, and nothing is applied', async () => {
    await write(FIRST);
    await run();
    await write({ '0000_first': 'create table first (n bigint);\n', ...SECOND });
    await expect(run()).rejects.toMatchObject({ code: 'migration-edited' });
    await expect(run()).rejects.toThrow('0000_first');
    expect(await tables()).not.toContain('second');
  });

  it('are the same with the line ends of another system', async () => {
    await write(FIRST);
    await run();
    await write({ '0000_first': FIRST['0000_first'].replaceAll('\n', '\r\n') });
    expect(await run()).toEqual([]);
  });

  it('that are older but merged late are refused by name instead of being skipped in silence', async () => {
    await write({ ...FIRST, ...SECOND });
    await run();
    await write({ ...FIRST, '0000_late': 'create table late (n integer);', ...SECOND });
    await expect(run()).rejects.toMatchObject({ code: 'migration-out-of-order' });
    await expect(run()).rejects.toThrow('0000_late');
    expect(await tables()).not.toContain('late');
  });

  it('of a later version of the service are refused by an earlier one', async () => {
    await write({ ...FIRST, ...SECOND });
    await run();
    await write(FIRST);
    await expect(run()).rejects.toMatchObject({ code: 'database-newer' });
    await expect(pendingMigrations(database.ownerUrl, folder)).rejects.toThrow('0001_second');
  });
});

describe("the project's own migrations", () => {
  let others: TestDatabase[];

  beforeAll(async () => {
    others = await Promise.all([1, 2, 3].map(() => createEmptyDatabase()));
  });

  afterAll(() => Promise.all(others.map((other) => other.drop())));

  it('run at once on several databases of one server, where they share the roles', async () => {
    const started = others.map((other) => migrate(other.ownerUrl, { log: () => undefined }));
    const applied = await Promise.all(started);
    expect(applied[0]?.[0]).toBe('0000_roles');
    for (const other of others) expect(await pendingMigrations(other.appUrl)).toEqual([]);
  });

  it('leave the application no way to change what has been applied', async () => {
    await migrate(database.ownerUrl, { log: () => undefined });
    const forget = `delete from schema_migrations`;
    await expect(ask(database.appUrl, forget)).rejects.toThrow(/permission denied/);
    await expect(ask(database.appUrl, 'create table mine (n integer)')).rejects.toThrow(/permission denied/);
  });
});
