import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parsePatientId } from '../../../src/shared/ids.ts';
import { createTestApp, type TestApp } from '../../support/app.ts';
import { type Build, buildService } from '../../support/build.ts';
import { planBody, registerPatient, unit } from '../../support/plan-fixtures.ts';

const PERSONS = ['ester', 'love', 'mirza', 'petra'] as const;

let service: TestApp;
let folder: string;
let built: Build;
let persons: string[];

beforeAll(async () => {
  [service, built] = await Promise.all([createTestApp(), buildService()]);
  folder = await mkdtemp(join(tmpdir(), 'pk-import-'));
  persons = [];
  for (const one of PERSONS) persons.push(await registerPatient(service, one));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await Promise.all([service.close(), built.remove()]);
});

/** The command as a program of its own, which starts others. */
function plansImport(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return plansImportIn({}, ...args);
}

async function plansImportIn(more: NodeJS.ProcessEnv, ...args: string[]) {
  const env = { PATH: process.env.PATH, DATABASE_URL: service.database.appUrl, ...more };
  const child = spawn(process.execPath, [join(built.dist, 'cli.js'), 'plans', 'import', ...args], { env });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => (out += text));
  child.stderr.on('data', (text) => (err += text));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, err };
}

/** Two plans of each person, four groups of lines apart, so that several processes have the same person at once. */
async function fileOf(name: string): Promise<string> {
  const lines = Array.from({ length: 16 * PERSONS.length * 2 }, () => '');
  for (const round of [0, 1]) {
    persons.forEach((patientId, i) => {
      const externalId = { source: 'urn:prov:vps', id: `${name}-${round}-${i}` };
      const plan = planBody(patientId, { externalId });
      lines[16 * (PERSONS.length * round + i)] = JSON.stringify({ unit: unit('0101'), staff: unit('P001'), plan });
    });
  }
  for (const at of [5, 50, 100]) lines[at] = '{';
  await writeFile(join(folder, name), `${lines.join('\n')}\n`);
  return join(folder, name);
}

const plansOf = async (name: string) =>
  (
    await service.owner.query(
      `select p.external_id, count(e.id)::int as logged, count(distinct e.request_id)::int as runs from plans p
       left join audit_entries e on e.patient_id = p.patient_id and e.action = 'plan.create' and p.id = any(e.resource_ids)
       where p.external_id like $1 group by 1 order by 1`,
      [`${name}-%`],
    )
  ).rows;

test('several processes bring in each plan once, told in the order of the file', async () => {
  const path = await fileOf('many');
  const first = await plansImport(path, '--processes', '2');
  expect(first).toMatchObject({ code: 1, out: '8 nya, 0 kända sedan förut, 3 rader med fel.\n' });
  expect(first.err.match(/^rad \d+: \(rad\)/gm)).toEqual(['rad 6: (rad)', 'rad 51: (rad)', 'rad 101: (rad)']);
  const once = { logged: 1, runs: 1 };
  expect(await plansOf('many')).toEqual(
    [0, 1].flatMap((round) => PERSONS.map((_, i) => ({ external_id: `many-${round}-${i}`, ...once }))),
  );
});

test('what cannot be done in one of them is told as it would be by one, and the next run goes on where all before it is done', async () => {
  const path = await fileOf('held');
  const progress = join(folder, 'held.progress');
  // The third person is being written by somebody else, for as long as it takes.
  const other = await service.owner.connect();
  await other.query('begin');
  await other.query('select lock_for_change($1::text[], $2::uuid[])', [[], [parsePatientId(persons[2]!)]]);
  const ended = plansImport(path, '--processes', '2', '--progress', progress);
  const waits = `select pid from pg_stat_activity where application_name = 'patientkontrakt cli' and wait_event_type = 'Lock'
    and datname = current_database()`;
  await expect.poll(async () => (await service.owner.query(waits)).rows.length, { timeout: 30_000 }).toBeGreaterThan(0);
  await expect.poll(() => readFile(progress, 'utf8').catch(() => ''), { timeout: 30_000 }).toContain('"line":32');
  await service.owner.query(`select pg_terminate_backend(pid) from (${waits}) waiting`);
  expect(await ended).toMatchObject({ code: 3, out: '', err: expect.stringContaining('terminating connection') });
  expect(JSON.parse(await readFile(progress, 'utf8'))).toMatchObject({ line: 32 });
  await other.query('rollback');
  other.release();

  const again = await plansImport(path, '--processes', '2', '--progress', progress);
  expect(again).toMatchObject({ code: 1, out: expect.stringMatching(/ 2 rader med fel\.\n$/) });
  expect((await plansOf('held')).length).toBe(PERSONS.length * 2);
});

test('one of them that is killed ends the others and is told in words, and the next run brings in what is left', async () => {
  const path = await fileOf('killed');
  const progress = join(folder, 'killed.progress');
  const dies = join(folder, 'dies.cjs');
  // Loaded by all of them: whoever is sent a third group of lines is gone before it has looked at it.
  await writeFile(
    dies,
    `if (process.send) process.on('message', ({ number }) => number === 3 && process.kill(process.pid, 'SIGKILL'));`,
  );
  const args = [path, '--processes', '2', '--progress', progress];
  const ended = await plansImportIn({ NODE_OPTIONS: `--require ${JSON.stringify(dies)}` }, ...args);
  expect(ended).toMatchObject({ code: 3, out: '' });
  expect(ended.err).toMatch(/^En av processerna avslutades innan den var klar\. Kör kommandot igen/m);
  expect(ended.err).not.toContain('    at ');

  expect(await plansImport(...args)).toMatchObject({ code: 1, err: expect.stringContaining('rad 101: (rad)') });
  expect((await plansOf('killed')).map(({ logged }) => logged)).toEqual(Array(PERSONS.length * 2).fill(1));
});
