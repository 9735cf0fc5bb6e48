import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { runCli } from '../../../src/cli/run.ts';
import { parsePatientId } from '../../../src/shared/ids.ts';
import { hashPersonNumber } from '../../../src/shared/person-number.ts';
import { createTestApp, type TestApp } from '../../support/app.ts';
import { type PatientPersona, planBody, registerPatient, unit, WARD } from '../../support/plan-fixtures.ts';

let service: TestApp;
let folder: string;
const persons = {} as Record<PatientPersona, string>;
const KEY = Buffer.alloc(32, 7);

beforeAll(async () => {
  service = await createTestApp();
  folder = await mkdtemp(join(tmpdir(), 'pk-import-'));
  for (const one of ['ester', 'love', 'mirza', 'petra', 'p7'] as const)
    persons[one] = await registerPatient(service, one);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await service.close();
});

/** Runs the command as an operator would. */
async function plansImport(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const env = { DATABASE_URL: service.database.appUrl, PERSON_NUMBER_KEY: KEY.toString('hex') };
  const terminal = { env, out: (line: string) => out.push(line), err: (line: string) => err.push(line) };
  const code = await runCli(COMMANDS, ['plans', 'import', ...args], terminal);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

async function file(name: string, lines: readonly (object | string)[]): Promise<string> {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  await writeFile(join(folder, name), `${text.join('\n')}\n`);
  return join(folder, name);
}

const externalId = (id: string) => ({ source: 'urn:prov:vps', id });
const lineFor = (patientId: string, id: string, more: object = {}) => ({
  unit: unit('0101'),
  staff: unit('P001'),
  plan: planBody(patientId, { externalId: externalId(id), ...more }),
});

/** How many rows of a patient each table holds, and their revisions. */
async function rowsOf(patientId: string) {
  const tables = ['plans', 'steps', 'goals', 'participants', 'commitments', 'named_contacts', 'safety_net_items'];
  const id = parsePatientId(patientId);
  const counts: Record<string, unknown> = {};
  for (const name of tables.flatMap((table) => [table, `${table}_history`])) {
    const sql = `select revision, count(*)::int as n from ${name} where patient_id = $1 group by 1 order by 1`;
    counts[name] = (await service.owner.query(sql, [id])).rows;
  }
  const events = 'select event, count(*)::int as n from told_events where patient_id = $1 group by 1 order by 1';
  counts.outbox = (await service.owner.query(events, [id])).rows.filter(({ event }) =>
    String(event).startsWith('plan'),
  );
  return counts;
}

const logOf = async (patientId: string) =>
  (
    await service.owner.query(
      `select user_kind, user_id, activity, action, outcome, route, array_length(resource_ids, 1) as resources
       from audit_entries where patient_id = $1 and action = 'plan.create' order by at, id`,
      [parsePatientId(patientId)],
    )
  ).rows;

describe('plans import', () => {
  test('writes what the API writes: rows, history, events, and a log entry that names the operator', async () => {
    const sent = planBody(persons.ester, { externalId: externalId('api-1') });
    expect((await service.as(WARD).post('/v1/plans', sent)).status).toBe(201);
    const path = await file('one.ndjson', [lineFor(persons.love, 'love-1')]);
    expect(await plansImport(path)).toMatchObject({ code: 0, out: '1 nya, 0 kända sedan förut, 0 rader med fel.' });

    expect(await rowsOf(persons.love)).toEqual(await rowsOf(persons.ester));
    const [own, byApi] = [await logOf(persons.love), await logOf(persons.ester)];
    expect(own).toMatchObject([{ user_kind: 'operator', action: 'plan.create', route: 'cli plans import' }]);
    expect(byApi).toMatchObject([{ user_kind: 'staff', resources: own[0].resources }]);
    const [plan] = (
      await service.owner.query(
        'select recorded_unit, recorded_staff, recorded_name from plans where patient_id = $1',
        [parsePatientId(persons.love)],
      )
    ).rows;
    expect(plan).toEqual({ recorded_unit: unit('0101'), recorded_staff: unit('P001'), recorded_name: 'Tove Testrup' });
  });

  test('changes nothing the second time, and brings up to date what the source has changed', async () => {
    const before = await rowsOf(persons.love);
    expect((await plansImport(await file('one.ndjson', [lineFor(persons.love, 'love-1')]))).out).toContain(
      '0 nya, 1 kända',
    );
    expect(await rowsOf(persons.love)).toEqual(before);
    await plansImport(await file('one.ndjson', [lineFor(persons.love, 'love-1', { title: 'Hem igen' })]));
    const { rows } = await service.owner.query(
      `select content->>'title' as title, revision from plans where patient_id = $1`,
      [parsePatientId(persons.love)],
    );
    expect(rows).toEqual([{ title: 'Hem igen', revision: 2 }]);
  });

  test('tells what is wrong by line and field, never by value, and takes the other lines', async () => {
    const lines = [
      '{ "unit": HEMLIGT',
      { ...lineFor(persons.mirza, 'm-1'), unit: unit('9999') },
      { ...lineFor(persons.mirza, 'm-2'), staff: unit('P003') },
      lineFor(persons.mirza, 'm-3', { kind: 'HEMLIGT', goals: [{ text: '', whose: 'patient' }] }),
      { ...lineFor(persons.mirza, 'm-4'), plan: planBody(persons.mirza) },
      '',
      { unit: unit('0101'), staff: unit('P001'), patientNumber: '199103162393', plan: { title: 'HEMLIGT' } },
      lineFor(persons.mirza, 'api-1'),
      lineFor(persons.mirza, 'm-5'),
    ];
    const { code, out, err } = await plansImport(await file('faults.ndjson', lines));
    expect(code).toBe(1);
    expect(out).toBe('1 nya, 0 kända sedan förut, 7 rader med fel.');
    expect(err).not.toMatch(/HEMLIGT|199103162393/);
    for (const told of [
      'rad 1: (rad): Är inte JSON.',
      'rad 2: unit: ',
      'rad 3: staff: ',
      'rad 4: plan.kind: ',
      'rad 4: plan.goals.0.text: ',
      'rad 5: plan.externalId: Fältet saknas.',
      'rad 7: plan.kind: Fältet saknas.',
    ]) {
      expect(err).toContain(told);
    }
    expect(err).toMatch(/rad 8: plan.*\(external-id-taken\)/);
  });

  test('finds persons by number, and judges without writing in a dry run', async () => {
    const mine = hashPersonNumber(KEY, '198404202387');
    await service.owner.query(
      'insert into person_numbers (hash, patient_id, number_kind, from_at) values ($1, $2, $3, now())',
      [mine, parsePatientId(persons.petra), 'personnummer'],
    );
    const { patientId: _, ...plan } = planBody(persons.petra, { externalId: externalId('p-1') });
    const known = { unit: unit('0101'), staff: unit('P001'), patientNumber: '198404202387', plan };
    const path = await file('numbers.ndjson', [known, { ...known, patientNumber: '198804232380' }]);
    const before = await rowsOf(persons.petra);
    const dry = await plansImport(path, '--dry-run');
    expect(dry).toMatchObject({ code: 1, out: expect.stringContaining('Torrkörning') });
    expect(dry.err).toContain('rad 2: patientNumber: Personen är inte registrerad.');
    expect(await rowsOf(persons.petra)).toEqual(before);
    expect(await plansImport(path)).toMatchObject({ code: 1, out: '1 nya, 0 kända sedan förut, 1 rader med fel.' });
  });

  test('goes on where it was, and refuses another file', async () => {
    const progress = join(folder, 'progress.json');
    const first = lineFor(persons.p7, 'g-1');
    const lines = [first, ...Array.from({ length: 15 }, () => '')];
    await plansImport(await file('go.ndjson', lines), '--progress', progress);
    const again = await plansImport(
      await file('go.ndjson', [...lines, lineFor(persons.p7, 'g-2')]),
      '--progress',
      progress,
    );
    expect(again).toMatchObject({ code: 0, out: '1 nya, 0 kända sedan förut, 0 rader med fel.' });
    const other = await plansImport(await file('go.ndjson', [...lines, first, first]), '--progress', progress);
    expect(other).toMatchObject({ code: 3, err: expect.stringContaining('Filen är inte den') });
  });

  test('makes no plan for a person who is kept from whoever stands behind it', async () => {
    const id = parsePatientId(persons.p7);
    await service.owner.query(`update patients set protected_identity = 'confidentiality-mark' where patient_id = $1`, [
      id,
    ]);
    const { code, err } = await plansImport(await file('hidden.ndjson', [lineFor(persons.p7, 'h-1')]));
    expect(code).toBe(1);
    expect(err).toContain('(not-found)');
  });

  test('is called rightly or says how', async () => {
    expect((await plansImport()).code).toBe(2);
    expect((await plansImport('a', '--dry-run', '--progress', 'b')).code).toBe(2);
    for (const count of ['0', '2.5', 'två', '65'])
      expect(await plansImport('a', '--processes', count)).toMatchObject({
        code: 2,
        err: expect.stringContaining('1–64'),
      });
    expect((await plansImport('--help')).out).toContain('NDJSON');
  });
});
