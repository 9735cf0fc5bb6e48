import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestApp, planBody, registerPatient, type TestApp, unit, WARD } from '../support/plan-fixtures.ts';
import { admin, made } from './matrix/world.ts';

let service: TestApp;
let child: string;
let planId: string;

/** Love is born 2006-05-13. */
const START = '2018-11-16T08:00:00+01:00';
const GUARDIAN = 'petra';

beforeAll(async () => {
  service = await createTestApp({ start: START });
  child = await registerPatient(service, 'love');
  const guardian = { relation: 'guardian', name: 'Petra Övningsdotter', personNumber: '198404202387' };
  await made(service.as(WARD).post(`/v1/patients/${child}/related-persons`, guardian));
  const body = planBody(child, { steps: [{ title: 'Ta med provsvaren' }] });
  const plan = await made<{ plan: { id: string } }>(service.as(WARD).post('/v1/plans', body));
  planId = plan.plan.id;
});
afterAll(() => service.close());

/** Every place where a plan, or that there is one, shows to the patient's side. */
const DOORS = [
  ['the plan', () => `/v1/plans/${planId}`],
  ['its history', () => `/v1/plans/${planId}/history`],
  ['the overview', () => `/v1/patients/${child}/overview`],
  ['the person', () => `/v1/patients/${child}`],
  ['the plan in FHIR', () => `/fhir/R4/CarePlan/${planId}`],
  ['a search in FHIR', () => `/fhir/R4/CarePlan?patient=${child}`],
  ['the next step in FHIR', () => `/fhir/R4/Patient/${child}/$next-step`],
] as const;

async function statuses(persona: string): Promise<number[]> {
  const replies = await Promise.all(DOORS.map(([, url]) => service.as(persona).get(url())));
  return replies.map(({ status }) => status);
}
const all = (status: number) => DOORS.map(() => status);
/** Who is too young knows of being the patient, and is not told of any plan. */
const YOUNG = [404, 404, 403, 403, 404, 403, 403];

describe('at midnight in Sweden, on every door', () => {
  test.each([
    ['the day before 13: the guardian', '2019-05-12T23:59:59.999+02:00', 200, YOUNG],
    ['the birthday of 13: nobody', '2019-05-13T00:00:00.000+02:00', 404, YOUNG],
    ['that midnight by UTC, when it is still the day before there: nobody', '2019-05-12T22:00:00.000Z', 404, YOUNG],
    ['an hour later by UTC: nobody', '2019-05-12T23:30:00.000Z', 404, YOUNG],
    ['the day before 16: nobody', '2022-05-12T23:59:59.999+02:00', 404, YOUNG],
    ['the birthday of 16: the young person', '2022-05-13T00:00:00.000+02:00', 404, all(200)],
    ['long after: the grown-up', '2026-11-16T08:00:00+01:00', 404, all(200)],
  ])('%s', async (_when, instant, guardian, self) => {
    service.setClock(instant);
    expect(await statuses(GUARDIAN)).toEqual(all(guardian));
    expect(await statuses('love')).toEqual(self);
  });
});

describe("a unit's decision for 13 to 15", () => {
  test('opens its own data for the child from when it is made, and ends with the age', async () => {
    service.setClock('2019-05-13T08:00:00+02:00');
    const decision = { opensFor: 'guardian', assessment: 'Barnet vill att mamma läser.' };
    await made(admin(service).post(`/v1/patients/${child}/unit-decisions`, decision));
    expect((await service.as(GUARDIAN).get(`/v1/plans/${planId}`)).status).toBe(200);
    expect((await service.as('love').get(`/v1/plans/${planId}`)).status).toBe(404);
    service.setClock('2022-05-12T23:59:59.999+02:00');
    expect((await service.as(GUARDIAN).get(`/v1/plans/${planId}`)).status).toBe(200);
    service.setClock('2022-05-13T00:00:00+02:00');
    expect((await service.as(GUARDIAN).get(`/v1/plans/${planId}`)).status).toBe(404);
  });
});

describe('a block', () => {
  test('set by the patient acts on the next request, and its end and lifting too', async () => {
    service.setClock('2026-11-16T08:00:00+01:00');
    const url = `/v1/patients/${child}/blocks`;
    const block = { reach: 'inner', unit: unit('0101'), until: '2026-11-16T09:00:00+01:00' };
    const seen = async () => {
      const reply = await service.as('maj-modell').get<{ goals: unknown[] }>(`/v1/plans/${planId}`);
      return { status: reply.status, goals: reply.body.goals?.length };
    };
    const relation = { kind: 'care' };
    await made(service.as('maj-modell').post(`/v1/patients/${child}/care-relations`, relation));
    expect(await seen()).toEqual({ status: 200, goals: 1 });
    await made(service.as('love').post(url, block));
    expect(await seen()).toEqual({ status: 200, goals: 0 });
    service.setClock('2026-11-16T08:59:59.999+01:00');
    expect(await seen()).toEqual({ status: 200, goals: 0 });
    service.setClock('2026-11-16T09:00:00+01:00');
    expect(await seen()).toEqual({ status: 200, goals: 1 });
  });
});
