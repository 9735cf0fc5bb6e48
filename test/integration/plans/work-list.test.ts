import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ASSESSORS,
  createPlan,
  createTestApp,
  HOME_CARE,
  HOME_HELP,
  ifMatch,
  planUrl,
  problemOf,
  registerPatient,
  stepNamed,
  type TestApp,
  type Thing,
  unit,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';

let service: TestApp;
const plans: WholePlan[] = [];
const home = { kind: 'municipality-health', unit: unit('0302') };

interface Row {
  readonly step: Thing & { readonly title: string; readonly state: string };
  readonly dueAt?: string;
  readonly late: boolean;
  readonly patient: { readonly id: string; readonly givenName?: string };
  readonly plan: { readonly status: string; readonly title: string };
}
interface Page {
  readonly items: Row[];
  readonly nextCursor?: string;
}

beforeAll(async () => {
  service = await createTestApp();
  const steps = [
    { title: 'Sist', responsibleParty: home },
    { title: 'Mitt', responsibleParty: home, time: { form: 'latest-by', by: '2026-11-25' } },
    { title: 'Först', responsibleParty: home, time: { form: 'latest-by', by: '2026-11-18' } },
    { title: 'Avdelningens', time: { form: 'latest-by', by: '2026-11-17' } },
  ];
  for (const persona of ['ester', 'love', 'mirza'] as const) {
    plans.push(await createPlan(service, await registerPatient(service, persona), { participants: [], steps }));
  }
});
afterAll(() => service.close());

async function pages(persona: string, limit: number): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor = '';
  do {
    const reply = await service.as(persona).get<Page>(`/v1/unit-steps?limit=${limit}${cursor}`);
    expect(reply.status, reply.text).toBe(200);
    rows.push(...reply.body.items);
    cursor = reply.body.nextCursor ? `&cursor=${reply.body.nextCursor}` : '';
  } while (cursor);
  return rows;
}

describe("a unit's own steps", () => {
  test('are across patients those it is asked and those it has, the earliest first and those without a time last', async () => {
    const rows = await pages(HOME_CARE, 50);
    expect(rows.map(({ step }) => step.title)).toEqual(
      ['Först', 'Mitt', 'Sist'].flatMap((title) => [title, title, title]),
    );
    expect(new Set(rows.map(({ patient }) => patient.givenName))).toEqual(new Set(['Ester', 'Love', 'Mirza']));
    expect(rows.at(-1)!.dueAt).toBeUndefined();
  });

  test.each([1, 2, 4, 9])('come in pages of %i without a gap or a double', async (limit) => {
    const ids = (await pages(HOME_CARE, limit)).map(({ step }) => step.id);
    expect(ids).toHaveLength(9);
    expect(new Set(ids).size).toBe(9);
  });

  test("are no other unit's, whatever its provider", async () => {
    expect(await pages(HOME_HELP, 50)).toEqual([]);
    expect(await pages(ASSESSORS, 50)).toEqual([]);
    const own = await pages(WARD, 50);
    // The ward must act until the asked unit has answered.
    expect(own).toHaveLength(12);
  });

  test('stay with the one who asked until the asked unit has said yes, and are then the other unit’s alone', async () => {
    const [plan] = plans;
    const step = stepNamed(plan!, 'Först');
    const yes = await service.as(HOME_CARE).post<Thing>(`${planUrl(plan!)}/steps/${step.id}/accept`, {}, ifMatch(step));
    expect(yes.status).toBe(200);
    expect((await pages(WARD, 50)).map(({ step: one }) => one.id)).not.toContain(step.id);
    expect((await pages(HOME_CARE, 50)).map(({ step: one }) => one.id)).toContain(step.id);
    await service
      .as(HOME_CARE)
      .post(`${planUrl(plan!)}/steps/${step.id}/reports`, { outcome: 'done' }, { 'idempotency-key': 'wl' });
    expect((await pages(HOME_CARE, 50)).map(({ step: one }) => one.id)).not.toContain(step.id);
  });

  test('that are late stand first and say so', async () => {
    service.setClock('2026-11-20T08:00:00+01:00');
    const rows = await pages(HOME_CARE, 50);
    expect(rows.map(({ late }) => late)).toEqual([true, true, false, false, false, false, false, false]);
    service.setClock('2026-11-16T08:00:00+01:00');
  });

  test('leave the list with a plan that is over', async () => {
    const plan = plans[2]!;
    const mine = (rows: Row[]) => rows.filter(({ step }) => (step.planId as string) === plan.plan.id);
    expect(mine(await pages(HOME_CARE, 50))).toHaveLength(3);
    const ended = await service.as('mirza').post(`${planUrl(plan)}/transition`, { to: 'revoked' }, ifMatch(plan.plan));
    expect(ended.status).toBe(200);
    expect(mine(await pages(HOME_CARE, 50))).toEqual([]);
    expect(mine(await pages(WARD, 50))).toEqual([]);
  });

  test('take a cursor from their own reader alone', async () => {
    const page = await service.as(WARD).get<Page>('/v1/unit-steps?limit=1');
    const reply = await service.as(HOME_CARE).get(`/v1/unit-steps?cursor=${page.body.nextCursor}`);
    expect(problemOf(reply)).toMatchObject({ status: 400, code: 'cursor-invalid' });
    for (const limit of ['0', '201', 'x']) {
      const bad = await service.as(WARD).get(`/v1/unit-steps?limit=${limit}`);
      expect(problemOf(bad)).toMatchObject({ status: 400, invalidParameters: [{ name: 'limit' }] });
    }
  });
});
