import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { runCli } from '../../../src/cli/run.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { asOwner } from '../../support/test-server.ts';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'pk-cli-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await database.drop();
});

const tst = (suffix: string) => `SE0000000000-TST${suffix}`;

async function cli(args: readonly string[], env: Record<string, string> = { DATABASE_URL: database.appUrl }) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(COMMANDS, args, { env, out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

async function file(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

const regions = `hsaId;namn;typ\n${tst('H01')};Region Exempelland;region\n${tst('H02')};Provköpings kommun;kommun\n`;

describe('npm run cli -- directory import', () => {
  it('tells what it did, does nothing the second time, and only says what it would do in a dry run', async () => {
    const path = await file('huvudmän.csv', regions);
    const dry = await cli(['directory', 'import', path, '--dry-run']);
    expect([dry.code, dry.out]).toEqual([
      0,
      `Huvudmän: 2 nya, 0 ändrade, 0 oförändrade, 0 ur bruk\n  ny       ${tst('H01')}\n  ny       ${tst('H02')}\nTorrkörning: inget är skrivet.`,
    ]);
    expect((await cli(['directory', 'import', path])).out).toContain('Huvudmän: 2 nya');
    expect((await cli(['directory', 'import', path])).out).toBe('Huvudmän: 0 nya, 0 ändrade, 2 oförändrade, 0 ur bruk');
  });

  it('takes what is absent out of use with --full, and names what changed', async () => {
    await cli(['directory', 'import', await file('principals.csv', regions)]);
    const path = await file('principals.csv', `hsaId,name,kind\n${tst('H01')},Region Exempel,region\n`);
    expect((await cli(['directory', 'import', '--full', path])).out).toBe(
      `Huvudmän: 0 nya, 1 ändrade, 0 oförändrade, 1 ur bruk\n  ändrad   ${tst('H01')} (name)\n  ur bruk  ${tst('H02')}`,
    );
  });

  it('lists every fault on standard error and ends with 1', async () => {
    const path = await file('export.csv', `hsaId,name,kind\n${tst('H01')},,landsting\n19261204-9029,A,region\n`);
    const { code, out, err } = await cli(['directory', 'import', `principals=${path}`, join(folder, 'saknas.csv')]);
    expect([code, out]).toEqual([1, '']);
    expect(err.split('\n')).toEqual([
      'saknas.csv: filen finns inte eller får inte läsas',
      'export.csv rad 2, kolumn name: saknas',
      'export.csv rad 2, kolumn kind: ska vara ett av: region, municipality',
      expect.stringContaining('export.csv rad 3, kolumn hsaId: är inte ett HSA-id'),
      '',
      '4 fel. Inget är skrivet.',
    ]);
    expect(err).not.toContain('9029');
  });

  it('names the first twenty of a sort, and all when asked', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${tst(`M${i}`)},Kommun ${i},kommun`);
    const path = await file('principals.csv', `hsaId,name,kind\n${rows.join('\n')}\n`);
    expect((await cli(['directory', 'import', '--dry-run', path])).out).toContain(
      '… och 10 till (visa alla med --all)',
    );
    expect((await cli(['directory', 'import', '--dry-run', '--all', path])).out.match(/ ny /g)?.length).toBe(30);
  });

  it('refuses a database that is behind', async () => {
    const empty = await createEmptyDatabase();
    const path = await file('principals.csv', regions);
    const { code, err } = await cli(['directory', 'import', path], { DATABASE_OWNER_URL: empty.ownerUrl });
    expect(code).toBe(3);
    expect(err).toMatch(/migreringar/);
    await empty.drop();
  });
});

describe('npm run cli -- migrate', () => {
  it('brings an empty database up to this version, and finds nothing to do the second time', async () => {
    const empty = await createEmptyDatabase();
    const env = { DATABASE_OWNER_URL: empty.ownerUrl };
    const first = await cli(['migrate'], env);
    expect([first.code, first.out.split('\n').at(-1)]).toEqual([
      0,
      expect.stringMatching(/^Klart: \d+ migreringar\.$/),
    ]);
    expect((await cli(['migrate'], env)).out).toBe('Inget att göra: databasen är i takt.');
    const tables = await asOwner(empty.ownerUrl, (client) => client.query(`select to_regclass('units') as units`));
    expect(tables.rows[0].units).toBe('units');
    await empty.drop();
  });
});

describe('the command line', () => {
  it('runs as a program of its own', async () => {
    const main = join(import.meta.dirname, '../../../src/cli/main.ts');
    const run = promisify(execFile)(process.execPath, ['--import', 'tsx', main, 'directory', 'import', '--help']);
    await expect(run).resolves.toMatchObject({ stdout: expect.stringContaining('--dry-run') });
    const wrong = promisify(execFile)(process.execPath, ['--import', 'tsx', main, 'nothing']);
    await expect(wrong).rejects.toMatchObject({ code: 2 });
  });
});
