import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../support/app.ts';
import {
  createTestApp,
  ifMatch,
  planBody,
  planUrl,
  registerPatient,
  statementsOf,
  stepNamed,
  type TestApp,
  type Thing,
  unit,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';

let service: TestApp;
let patientId: string;
let plan: WholePlan;
let creating: { result: Answer<WholePlan>; statements: string[] };

const PARTIES = [
  { kind: 'region', unit: unit('0102') },
  { kind: 'region', unit: unit('0201') },
  { kind: 'municipality-social', unit: unit('0301') },
  { kind: 'municipality-health', unit: unit('0302') },
  { kind: 'municipality-social', unit: unit('0303') },
  { kind: 'other', unit: unit('0305') },
] as const;

/** A step for each of eight parties in turn, each after the one before it. */
function twentySteps() {
  return Array.from({ length: 20 }, (_, i) => ({
    ref: `s${i}`,
    title: `Steg ${i}`,
    ...(i > 0 ? { predecessors: [`s${i - 1}`] } : {}),
    ...(i % 8 < 6
      ? { responsibleParty: PARTIES[i % 8] }
      : i % 8 === 6
        ? { responsibleParty: { kind: 'patient' } }
        : {}),
    time: { form: 'latest-by', by: `2026-12-${String(i + 1).padStart(2, '0')}` },
  }));
}

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
  const parts = { participants: PARTIES.map((party) => ({ party })), steps: twentySteps() };
  // Another person's plan first: whom it names is learned of in a trip of its own.
  await service.as(WARD).post('/v1/plans', planBody(await registerPatient(service, 'love'), parts));
  creating = await statementsOf(() => service.as(WARD).post<WholePlan>('/v1/plans', planBody(patientId, parts)));
  plan = creating.result.body;
});
afterAll(() => service.close());

describe('a plan with 20 steps and 8 participants', () => {
  test('is created in one call, of a handful of statements', () => {
    expect(creating.result.status).toBe(201);
    expect(plan.steps.map(({ title }) => title)).toEqual(twentySteps().map(({ title }) => title));
    expect(plan.participants).toHaveLength(8);
    // In two trips: begin, lock and binding, the record; then everything that is written, and commit.
    expect(creating.statements).toHaveLength(5);
    expect(creating.statements[0]).toBe('begin');
    expect(creating.statements[1]).toContain('lock_for_change');
    expect(creating.statements.at(-1)).toBe('commit');
  });

  const reads = [
    ['the plan', WARD, () => planUrl(plan)],
    ['the plan, by the patient', 'ester', () => planUrl(plan)],
    ['the plan, by a unit outside shared documentation', 'elin-demo', () => planUrl(plan)],
    ['its history', WARD, () => `${planUrl(plan)}/history`],
    ['the plan as it was', WARD, () => `${planUrl(plan)}/as-of?at=2026-11-16T12:00:00Z`],
    ['what has changed', WARD, () => `${planUrl(plan)}/changes?from=2026-11-15T12:00:00Z&to=2026-11-16T12:00:00Z`],
    ["a unit's steps", WARD, () => '/v1/unit-steps'],
    ["the patient's overview", 'ester', () => '/v1/my/overview'],
  ] as const;

  test.each(reads)('is read in two trips: %s', async (_what, persona, url) => {
    // The first to meet a unit or a member of staff since the directory changed learns of them in a trip of its own.
    await service.as(persona).get(url());
    const { result, statements } = await statementsOf(() => service.as(persona).get(url()));
    expect(result.status, result.text).toBe(200);
    expect(statements).toHaveLength(2);
    expect(statements[1]).toMatch(/^insert into audit_entries/);
  });

  test('is found in two trips', async () => {
    await service.as(WARD).post('/v1/plans/search', { patientId });
    const { result, statements } = await statementsOf(() => service.as(WARD).post('/v1/plans/search', { patientId }));
    expect(result.body).toMatchObject({ items: [{ id: plan.plan.id }] });
    expect(statements).toHaveLength(2);
  });

  test('is changed in five statements: a change is one of them, with its log entry and event', async () => {
    const step = stepNamed(plan, 'Steg 7');
    const change = { time: { form: 'latest-by', by: '2026-12-30' } };
    const url = `${planUrl(plan)}/steps/${step.id}`;
    const { result, statements } = await statementsOf(() => service.as(WARD).patch<Thing>(url, change, ifMatch(step)));
    expect(result.status, result.text).toBe(200);
    expect(statements).toHaveLength(5);
    for (const table of ['steps', 'audit_entries', 'outbox']) expect(statements[3]).toContain(table);
  });

  test('costs fifty readers at once no more statements each, and their log entries fewer', async () => {
    const { result, statements } = await statementsOf(() =>
      Promise.all(Array.from({ length: 50 }, () => service.as(WARD).get(planUrl(plan)))),
    );
    expect(result.every(({ status }) => status === 200)).toBe(true);
    expect(statements.filter((text) => !text.startsWith('insert into audit_entries'))).toHaveLength(50);
    expect(statements.length).toBeLessThanOrEqual(100);
    const ids = result.map(({ headers }) => headers['x-request-id']);
    const { rows } = await service.owner.query('select from audit_entries where request_id = any ($1)', [ids]);
    expect(rows).toHaveLength(50);
  });
});
