import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const project = fileURLToPath(new URL('../../', import.meta.url));
/** A copy of migrations inside the project, where drizzle-kit finds it and the packages. */
let folder: string;
let migrations: string;
let schema: string;

beforeEach(async () => {
  await mkdir(join(project, 'node_modules/.cache'), { recursive: true });
  folder = await mkdtemp(join(project, 'node_modules/.cache/check-'));
  migrations = join(folder, 'migrations');
  schema = join(project, 'src/db/schema/index.ts');
  await cp(join(project, 'migrations'), migrations, { recursive: true });
});

afterEach(() => rm(folder, { recursive: true }));

function check(): Promise<string> {
  const script = join(project, 'scripts/check-migrations.mjs');
  const paths = [schema, migrations].map((path) => relative(project, path));
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...paths], { cwd: project }, (error, stdout, stderr) => {
      resolve(`${error === null ? 'passed' : 'failed'}: ${stdout}${stderr}`);
    });
  });
}

async function changeJournal(change: (entries: { idx: number; tag: string; when: number }[]) => void): Promise<void> {
  const file = join(migrations, 'meta/_journal.json');
  const journal = JSON.parse(await readFile(file, 'utf8')) as { entries: { idx: number; tag: string; when: number }[] };
  change(journal.entries);
  await writeFile(file, JSON.stringify(journal));
}

describe('the check of migrations', () => {
  it('passes when they say what the schema says, and writes nothing', async () => {
    const before = await readFile(join(migrations, 'meta/_journal.json'), 'utf8');
    expect(await check()).toMatch(/^passed: migrations: \d+ files agree/);
    expect(await readFile(join(migrations, 'meta/_journal.json'), 'utf8')).toBe(before);
  });

  it('shows the SQL that a changed schema still lacks', async () => {
    const table = `import { integer, pgTable } from 'drizzle-orm/pg-core';
      export const unwritten = pgTable('unwritten', { n: integer('n') });`;
    await writeFile(join(folder, 'added.ts'), table);
    await writeFile(join(folder, 'schema.ts'), `export * from '${schema}';\nexport * from './added.ts';\n`);
    schema = join(folder, 'schema.ts');
    expect(await check()).toMatch(/^failed: [\s\S]*CREATE TABLE "unwritten"/);
  });

  it('finds a file that would never run, and one that is missing', async () => {
    await writeFile(join(migrations, '9999_forgotten.sql'), 'select 1;');
    await rm(join(migrations, '0000_roles.sql'));
    const said = await check();
    expect(said).toMatch(/9999_forgotten.sql is not in meta\/_journal.json/);
    expect(said).toMatch(/0000_roles.sql is in meta\/_journal.json but missing/);
  });

  it('finds a migration that was merged in before a newer one', async () => {
    await changeJournal((entries) => {
      entries[1]!.when = entries[0]!.when - 1;
    });
    expect(await check()).toMatch(/^failed: 0001_service_mark is older than the one before it/);
  });
});
