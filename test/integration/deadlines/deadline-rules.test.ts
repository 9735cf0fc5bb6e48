import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { addRules } from '../../../src/deadlines/index.ts';
import { randomIds } from '../../../src/shared/ids.ts';
import {
  createPlan,
  createTestApp,
  HOME_CARE,
  planUrl,
  registerPatient,
  stepNamed,
  type TestApp,
  unit,
  WARD,
} from '../../support/plan-fixtures.ts';

let service: TestApp;
let patientId: string;
let folder: string;
let principals: { region: string; municipality: string };

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
  folder = await mkdtemp(join(tmpdir(), 'rules-'));
  const { rows } = await service.owner.query<{ region: string; municipality: string }>(
    `select (select h.principal_hsa_id from units u join care_providers h on h.hsa_id = u.provider_hsa_id where u.hsa_id = $1) as region,
      (select h.principal_hsa_id from units u join care_providers h on h.hsa_id = u.provider_hsa_id where u.hsa_id = $2) as municipality`,
    [unit('0101'), unit('0302')],
  );
  principals = rows[0]!;
});
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

const TODAY = '2026-11-16';
const given = (more: object = {}) => ({
  ...principals,
  name: 'handover-answer',
  rule: { counts: 'hours', number: 4 },
  validFrom: TODAY,
  reference: 'ÖK 2026-1',
  ...more,
});
const add = (...rows: object[]) =>
  addRules(service.owner, rows, { ids: randomIds, today: TODAY, at: '2026-11-16T08:00:00.000Z' });

async function answerBy(): Promise<Record<string, unknown>> {
  const plan = await createPlan(service, patientId);
  const step = stepNamed(plan, 'Läkemedelslista');
  const body = { of: 'step', aboutId: step.id, toUnit: unit('0302') };
  const reply = await service.as(WARD).post<Record<string, unknown>>(`${planUrl(plan)}/handovers`, body);
  expect(reply.status, reply.text).toBe(201);
  return reply.body;
}

describe('agreed deadlines', () => {
  test.each<[string, object, string]>([
    ['an unknown name', { name: 'snart' }, 'name'],
    ['a form that means nothing', { rule: { counts: 'weekdays', number: 1, cutOff: '25:00' } }, 'rule'],
    ['a beginning in the past', { validFrom: '2026-11-15' }, 'validFrom'],
    ['an end before its beginning', { validTo: '2026-11-01' }, 'validTo'],
    ['a region that is none', { region: unit('0101') }, 'region'],
    ['no reference', { reference: '' }, 'reference'],
    ['a field that nobody knows', { note: 'x' }, 'row'],
  ])('refuses %s, with nothing written', async (_told, more, field) => {
    const done = await add(given(more));
    expect(done).toMatchObject({ added: 0, ended: 0 });
    expect(done.faults.map((fault) => fault.field)).toContain(field);
    expect((await service.owner.query('select from deadline_rules')).rowCount).toBe(0);
  });

  it('rules what is counted from now on, and rewrites nothing that has been', async () => {
    const before = await answerBy();
    expect(before).toMatchObject({ answerRule: { name: 'handover-answer' } });
    expect(await add(given())).toEqual({ added: 1, ended: 0, faults: [] });
    const after = await answerBy();
    expect(after.answerRule).toMatchObject({ agreed: expect.any(String) });
    expect(after.answerBy).not.toBe(before.answerBy);
    expect(await add(given({ validFrom: '2027-01-01', rule: { counts: 'weekdays', number: 2 } }))).toMatchObject({
      added: 1,
      ended: 1,
    });
    const { rows } = await service.owner.query(`select content->>'answerBy' as by from handovers order by id`);
    expect(rows.map(({ by }) => by)).toEqual([before.answerBy, after.answerBy]);
    expect(
      (await add(given({ validFrom: '2027-02-01', validTo: '2027-03-01' }), given({ validFrom: '2027-02-15' }))).added,
    ).toBe(0);
  });

  it('can be read by staff, with what holds where nothing is agreed', async () => {
    const reply = await service.as(WARD).get<{ defaults: object[]; agreed: object[] }>('/v1/deadline-rules');
    expect(reply.status, reply.text).toBe(200);
    expect(reply.body.agreed).toMatchObject([
      { reference: 'ÖK 2026-1', validFrom: TODAY, validTo: '2026-12-31' },
      { validFrom: '2027-01-01' },
    ]);
    expect(reply.body.defaults).toContainEqual({
      name: 'lus-payment',
      rule: { counts: 'calendar-days', number: 3, cutOff: '12:00' },
    });
    expect((await service.as('ester').get('/v1/deadline-rules')).status).toBe(403);
  });

  it('are added by a command, from a file', async () => {
    const file = join(folder, 'rules.json');
    await writeFile(
      file,
      JSON.stringify([
        given({ name: 'lus-sip-call', rule: { counts: 'weekdays', number: 3 }, validFrom: '2199-01-01' }),
      ]),
    );
    const { COMMANDS } = await import('../../../src/cli/commands.ts');
    const { runCli } = await import('../../../src/cli/run.ts');
    const err: string[] = [];
    const terminal = {
      env: { DATABASE_URL: service.database.appUrl },
      out: () => undefined,
      err: (line: string) => err.push(line),
    };
    const code = await runCli(COMMANDS, ['deadlines', 'add', file], terminal);
    expect([code, err]).toEqual([0, []]);
  });
});

it('counts feedback per other unit, and of nobody in particular', async () => {
  const plan = await createPlan(service, patientId);
  const body = { of: 'step', aboutId: stepNamed(plan, 'Läkemedelslista').id, toUnit: unit('0302') };
  const handover = await service.as(WARD).post<{ id: string }>(`${planUrl(plan)}/handovers`, body);
  for (const what of ['good', 'missing-information', 'good']) {
    const told = { what, aboutId: handover.body.id, text: 'Se ovan.' };
    const made = await service.as(HOME_CARE).post<{ id: string }>(`${planUrl(plan)}/feedback`, told);
    if (what === 'good')
      await service.as(WARD).post(`${planUrl(plan)}/feedback/${made.body.id}/reply`, { text: 'Tack.' });
  }
  const counted = (persona: string, days = 'from=2026-11-01&to=2026-11-30') =>
    service.as(persona).get<{ items: object[] }>(`/v1/unit-feedback?${days}`);
  const ward = await counted(WARD);
  expect(ward.body, ward.text).toEqual({
    items: [
      { otherUnit: unit('0302'), direction: 'received', what: 'good', number: 2, replied: 2 },
      { otherUnit: unit('0302'), direction: 'received', what: 'missing-information', number: 1, replied: 0 },
    ],
  });
  expect((await counted(HOME_CARE)).body.items).toHaveLength(2);
  expect((await counted(WARD, 'from=2026-10-01&to=2026-10-31')).body.items).toEqual([]);
  expect((await counted('maj-modell')).body.items).toEqual([]);
});
