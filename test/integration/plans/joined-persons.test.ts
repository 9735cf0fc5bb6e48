import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CLINIC,
  createPlan,
  createTestApp,
  entriesOf,
  ifMatch,
  planBody,
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
let reserve: string;
let right: string;
let early: WholePlan;
let own: WholePlan;
const lead = { kind: 'OVERENSKOMMELSE', participants: [], namedContacts: [], steps: [{ title: 'Före' }] };

/** Somebody who came in without a name gets a plan, and is then found to be Ester. */
beforeAll(async () => {
  service = await createTestApp();
  const unknown = { personNumber: '19000101T001', givenName: 'Okänd', familyName: 'Person' };
  const first = await service.as(WARD).post<{ id: string }>('/v1/patients', unknown);
  reserve = first.body.id ?? (await registerPatient(service, 'love'));
  right = await registerPatient(service, 'ester');
  early = await createPlan(service, reserve, lead);
  own = await createPlan(service, right, lead);
  const join = { joinedPatientId: reserve, why: 'Samma person' };
  const joined = await service.as(CLINIC).post(`/v1/patients/${right}/joins`, join);
  if (joined.status !== 201) throw new Error(joined.text);
});
afterAll(() => service.close());

describe('when a reserve number turns out to be a known person', () => {
  test('the person has the plans, by either key, and the patient reads it', async () => {
    for (const patientId of [reserve, right]) {
      const found = await service.as(WARD).post<{ items: Thing[] }>('/v1/plans/search', { patientId });
      expect(found.body.items.map(({ id }) => id).sort()).toEqual([early.plan.id, own.plan.id].sort());
    }
    expect((await readPlan(service.as('ester'), early)).plan.id).toBe(early.plan.id);
    expect((await service.as('love').get(planUrl(early))).status).toBe(404);
  });

  test('the plan goes on, and its changes are in the log of the person', async () => {
    const step = stepNamed(early, 'Före');
    const reply = await service
      .as(WARD)
      .patch<Thing>(`${planUrl(early)}/steps/${step.id}`, { title: 'Före!' }, ifMatch(step));
    expect(reply.status, reply.text).toBe(200);
    expect(await entriesOf(service.owner, reply)).toMatchObject([{ outcome: 'Beviljad', resource_kinds: ['step'] }]);
    expect((await service.as(WARD).get(`${planUrl(early)}/history`)).status).toBe(200);
  });

  test('a new plan is the person’s, whichever key it was asked for by', async () => {
    const made = await service.as(WARD).post<WholePlan>('/v1/plans', planBody(reserve, lead));
    expect(made.status, made.text).toBe(201);
    expect(made.body.plan.patientId).toBe(right);
    expect(made.headers.location).toBe(`/v1/plans/${made.body.plan.id}`);
    expect((await service.as('ester').get(made.headers.location!)).status).toBe(200);
  });

  test('a lead plan under one key cannot take the place of one under the other; a new one can', async () => {
    const activate = (plan: WholePlan, more: object = {}) =>
      service.as(WARD).post<Thing>(`${planUrl(plan)}/transition`, { to: 'active', ...more }, ifMatch(plan.plan));
    const active = await activate(early);
    expect(active.status, active.text).toBe(200);
    expect(problemOf(await activate(own))).toMatchObject({ code: 'lead-plan-active', planId: early.plan.id });
    const across = await activate(own, { replaces: early.plan.id });
    expect(problemOf(across)).toMatchObject({ status: 409, code: 'replaced-plan-under-other-key' });
    const next = await createPlan(service, right, { ...lead, steps: [{ title: 'Efter' }] });
    const taken = await activate(next, { replaces: early.plan.id });
    expect(taken.status, taken.text).toBe(200);
    expect((await readPlan(service.as(WARD), early)).plan.status).toBe('completed');
    expect((await readPlan(service.as('ester'), next)).steps.map(({ title }) => title).sort()).toEqual([
      'Efter',
      'Före!',
    ]);
    const overview = await service.as('ester').get<{ nextStep?: unknown }>('/v1/my/overview');
    expect(overview.body.nextStep).toBeDefined();
  });
});
