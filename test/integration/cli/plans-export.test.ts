import { mkdtemp, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { runCli } from '../../../src/cli/run.ts';
import { parsePatientId } from '../../../src/shared/ids.ts';
import { createTestApp, type TestApp } from '../../support/app.ts';
import { createPlan, registerPatient, unit, type WholePlan } from '../../support/plan-fixtures.ts';

let service: TestApp;
let folder: string;
let hidden: string;
const plans: WholePlan[] = [];

beforeAll(async () => {
  service = await createTestApp();
  folder = await mkdtemp(join(tmpdir(), 'pk-export-'));
  for (const one of ['ester', 'love', 'mirza'] as const) {
    const patientId = await registerPatient(service, one);
    plans.push(await createPlan(service, patientId));
    hidden = patientId;
  }
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await service.close();
});

async function plansExport(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const env = { DATABASE_URL: service.database.appUrl };
  const terminal = { env, out: (line: string) => out.push(line), err: (line: string) => err.push(line) };
  const code = await runCli(COMMANDS, ['plans', 'export', ...args], terminal);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const linesOf = async (path: string) =>
  (await readFile(path, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { readonly id: string; readonly plan: WholePlan });

test("gives a provider's own part of each plan, to the operator alone, with an entry each in the log", async () => {
  const path = join(folder, 'region.ndjson');
  expect(await plansExport(path, '--provider', unit('R01'))).toMatchObject({
    code: 0,
    out: expect.stringContaining('3 planer'),
  });
  const lines = await linesOf(path);
  expect(lines.map(({ id }) => id).sort()).toEqual(plans.map(({ plan }) => plan.id).sort());
  const owners = lines.flatMap(({ plan }) =>
    [...plan.steps, ...plan.goals].map((one) => JSON.stringify(one.recordedBy)),
  );
  expect(owners.length).toBeGreaterThan(0);
  for (const owner of owners) expect(owner).toContain(unit('R01'));
  expect((await stat(path)).mode & 0o077).toBe(0);
  const { rows } = await service.owner.query(
    `select user_kind, action, outcome from audit_entries where route = 'cli plans export'`,
  );
  expect(rows).toEqual(Array(3).fill({ user_kind: 'operator', action: 'plan.read', outcome: 'Beviljad' }));
});

test('goes on with a file that was broken off in the middle of a line', async () => {
  const path = join(folder, 'region.ndjson');
  const whole = await readFile(path, 'utf8');
  await truncate(path, Buffer.byteLength(whole) - 40);
  expect(await plansExport(path, '--provider', unit('R01'), '--resume')).toMatchObject({
    code: 0,
    out: expect.stringContaining('1 planer'),
  });
  expect((await linesOf(path)).map(({ id }) => id)).toEqual(
    whole
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line).id),
  );
});

test('has nothing of a person who is protected, and nothing for a provider that has written nothing', async () => {
  await service.owner.query(`update patients set protected_identity = 'confidentiality-mark' where patient_id = $1`, [
    parsePatientId(hidden),
  ]);
  const path = join(folder, 'protected.ndjson');
  expect((await plansExport(path, '--provider', unit('R01'))).out).toBe('2 planer skrivna, 1 som inte får lämnas ut.');
  expect((await plansExport(join(folder, 'none.ndjson'), '--provider', unit('R99'))).out).toContain('0 planer');
});

test('is called rightly or says how', async () => {
  expect((await plansExport(join(folder, 'region.ndjson'), '--provider', unit('R01'))).code).toBe(2);
  expect(await plansExport(join(folder, 'x'))).toMatchObject({ code: 2 });
  expect((await plansExport('--help')).out).toContain('NDJSON');
});
