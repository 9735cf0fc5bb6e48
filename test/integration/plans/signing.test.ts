import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withRights } from '../../support/law-fixtures.ts';
import {
  CLINIC,
  createPlan,
  createTestApp,
  ifMatch,
  planUrl,
  problemOf,
  readPlan,
  registerPatient,
  stepNamed,
  type TestApp,
  type Thing,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';

let service: TestApp;
let plan: WholePlan;
beforeAll(async () => {
  service = await createTestApp({ law: { unsignedDelayHours: 72 } });
  plan = await createPlan(service, await registerPatient(service));
});
afterAll(() => service.close());

type Signed = { items: { id: string; revision: number; signedBy: string; signedAt: string }[] };
const sign = (things: readonly Thing[], by = service.as(WARD)) =>
  by.post<Signed>(`${planUrl(plan)}/sign`, { contributions: things.map(({ id, revision }) => ({ id, revision })) });
const now = async () => readPlan(service.as(WARD), plan);
const goalsOf = async (persona: string) => (await readPlan(service.as(persona), plan)).goals.map(({ text }) => text);

describe('signing (PDL 3:10)', () => {
  test('what staff wrote is marked until it is signed, and waits for the patient as long as the setting says', async () => {
    expect(plan.goals[0]).toMatchObject({ unsigned: true });
    expect((await service.as('ester').get(planUrl(plan))).status).toBe(404);
    const wanted = [plan.plan, ...plan.goals, ...plan.steps];
    const reply = await sign(wanted);
    expect(reply.status, reply.text).toBe(200);
    expect(reply.body.items.map(({ id }) => id).sort()).toEqual(wanted.map(({ id }) => id).sort());
    const signed = (await now()).goals[0]!;
    expect(signed).toMatchObject({ signedBy: 'SE0000000000-TSTP001', revision: 2 });
    expect(signed).not.toHaveProperty('unsigned');
    expect(await goalsOf('ester')).toEqual(['Gå till brevlådan varannan dag']);
  });

  test('is on one wording: changed, it is unsigned again, and shown when the wait is over', async () => {
    const goal = (await now()).goals[0]!;
    const changed = await service
      .as(WARD)
      .patch(`${planUrl(plan)}/goals/${goal.id}`, { text: 'Gå till affären' }, ifMatch(goal));
    expect(changed.body).toMatchObject({ unsigned: true });
    expect(await goalsOf('ester')).toEqual([]);
    service.setClock('2026-11-19T07:59:59.999+01:00');
    expect(await goalsOf('ester')).toEqual([]);
    service.setClock('2026-11-19T08:00:00+01:00');
    expect(await goalsOf('ester')).toEqual(['Gå till affären']);
  });

  test('is not asked of the patient, whose disagreement stands beside the entry (PDL 3:8)', async () => {
    const step = stepNamed(await now(), 'Viktkontroll');
    expect(step).toHaveProperty('signedBy');
    const said = await service
      .as('ester')
      .post(`${planUrl(plan)}/remarks`, { what: 'disagreement', aboutId: step.id, text: 'Jag väger mig själv.' });
    expect(said.status, said.text).toBe(201);
    expect(said.body).not.toHaveProperty('unsigned');
    const seen = await now();
    expect(stepNamed(seen, 'Viktkontroll')).toHaveProperty('signedBy');
    expect(seen.remarks).toMatchObject([{ what: 'disagreement', aboutId: step.id, text: 'Jag väger mig själv.' }]);
    expect(problemOf(await sign(seen.remarks))).toMatchObject({ status: 422, code: 'signature-not-needed' });
  });

  test('is done by the unit that wrote it, in the wording that was read, with the right to sign', async () => {
    const goal = (await now()).goals[0]!;
    expect(problemOf(await sign([{ ...goal, revision: 1 }]))).toMatchObject({ status: 412 });
    expect(problemOf(await sign([goal], service.as(CLINIC)))).toMatchObject({ code: 'content-not-yours' });
    expect(problemOf(await sign([goal], service.as('runa-modell')))).toMatchObject({ status: 404 });
    const reader = withRights(service, WARD, ['Läsa;alla;SJF', 'Skriva;alla;VE']);
    expect(problemOf(await sign([goal], reader))).toMatchObject({ status: 403, reason: 'right-to-sign-missing' });
    expect((await now()).goals[0]).toMatchObject({ revision: goal.revision });
    const twice = [await sign([goal]), await sign([(await now()).goals[0]!])];
    expect(twice.map(({ status }) => status)).toEqual([200, 200]);
    expect((await now()).goals[0]).toMatchObject({ revision: goal.revision + 1 });
  });
});
