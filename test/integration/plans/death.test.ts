import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseThingId } from '../../../src/shared/ids.ts';
import {
  createPlan,
  createTestApp,
  HOME_CARE,
  ifMatch,
  type PatientPersona,
  planUrl,
  problemOf,
  readPlan,
  registerPatient,
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
const persons: PatientPersona[] = ['ester', 'love', 'mirza', 'petra'];

beforeAll(async () => {
  service = await createTestApp();
});
afterAll(() => service.close());
beforeEach(async () => {
  service.setClock('2026-11-18T10:00:00+01:00');
  patientId = await registerPatient(service, persons.pop()!);
  plan = await createPlan(service, patientId);
});

const patientUrl = () => `/v1/patients/${patientId}`;
const revisionOfPatient = async () => (await service.as(WARD).get<Thing>(patientUrl())).body.revision;
async function died(persona = WARD) {
  const revision = await revisionOfPatient();
  return service
    .as(persona)
    .post<Thing>(`${patientUrl()}/deceased`, { deceasedOn: '2026-11-18' }, ifMatch({ revision }));
}
async function undo(why = 'Fel person.') {
  const revision = await revisionOfPatient();
  return service.as(WARD).post<Thing>(`${patientUrl()}/deceased/undo`, { why }, ifMatch({ revision }));
}
const read = async () => readPlan(service.as(WARD), plan);
const states = (of: WholePlan) => Object.fromEntries(of.steps.map(({ title, state }) => [title, state]));

describe('a registered death', () => {
  test('calls off all that is open, whoever’s it is, and writes down what remains for relatives and staff', async () => {
    const reply = await died(HOME_CARE);
    expect(reply.status, reply.text).toBe(200);
    const after = await read();
    const before = Object.fromEntries(plan.steps.map(({ title }) => [title, 'cancelled']));
    expect(states(after)).toMatchObject(before);
    for (const { title } of plan.steps)
      expect(stepNamed(after, title)).toMatchObject({ reason: 'Patienten har avlidit.' });
    // Each sees its own: reading across providers ends with the person's death (lag 2022:913 3:1).
    const fresh = (of: WholePlan) => of.steps.filter(({ title }) => !(title in before));
    const own = fresh(await readPlan(service.as(HOME_CARE), plan));
    const responsibleNow = unit('0302');
    expect(own).toMatchObject([
      { title: expect.stringMatching(/^Kontakta närstående/), state: 'agreed', responsibleNow },
      { title: expect.stringMatching(/^Avsluta planen/), state: 'proposed', responsibleNow },
    ]);
    expect(fresh(after)).toMatchObject([{ title: expect.stringMatching(/^Avsluta planen/) }]);
    expect(after.plan.status).toBe(plan.plan.status);
  });

  test('leaves the patient no next step, and the unit’s list only what remains', async () => {
    await died();
    const overview = await service.as(WARD).get(`${planUrl(plan)}/next-step`);
    expect(overview.body).not.toHaveProperty('sentence');
    const list = await service.as(WARD).get<{ items: { planId: string; what?: string }[] }>('/v1/work-lists/late');
    expect(list.body.items.filter(({ planId }) => planId === plan.plan.id)).toEqual([]);
  });

  test('taken back restores every step and handover as it was, and traces both', async () => {
    const weight = stepNamed(plan, 'Viktkontroll');
    const accepted = await service
      .as(HOME_CARE)
      .post(`${planUrl(plan)}/steps/${weight.id}/accept`, {}, ifMatch(weight));
    expect(accepted.status, accepted.text).toBe(200);
    const handed = await service.as(HOME_CARE).post<Thing>(`${planUrl(plan)}/handovers`, {
      of: 'step',
      aboutId: weight.id,
      toUnit: unit('0303'),
    });
    expect(handed.status, handed.text).toBe(201);
    const before = await read();
    await died();
    const undone = await undo();
    expect(undone.status, undone.text).toBe(200);
    const after = await read();
    for (const step of before.steps) {
      const { revision, changedAt, changedBy, ...same } = stepNamed(after, step.title);
      const { revision: was, changedAt: _at, changedBy: _by, ...earlier } = step;
      expect(same).toEqual(earlier);
      expect(revision).toBe(was + 2);
      expect(changedBy).toMatchObject({ why: 'Fel person.' });
    }
    const [handover] = (after as unknown as { handovers: Thing[] }).handovers;
    expect(handover).toMatchObject({ state: 'offered' });
    const remaining = after.steps.filter(({ title }) => !before.steps.some((step) => step.title === title));
    for (const step of remaining) expect(step.state).toBe('cancelled');
    const history = await service
      .as(WARD)
      .get<{ items: { changedBy: { why?: string } }[] }>(`${planUrl(plan)}/history?limit=50`);
    const reasons = new Set(history.body.items.map(({ changedBy }) => changedBy.why));
    expect(reasons).toContain('Patienten har avlidit.');
    expect(reasons).toContain('Fel person.');
  });

  test('is registered once by two at once, and writes nothing when it is refused', async () => {
    const revision = await revisionOfPatient();
    const send = (persona: string) =>
      service.as(persona).post(`${patientUrl()}/deceased`, { deceasedOn: '2026-11-18' }, ifMatch({ revision }));
    const replies = await Promise.all([send(WARD), send(HOME_CARE)]);
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    const again = await died();
    expect(problemOf(again)).toMatchObject({ status: 409, code: 'already-deceased' });
    const { rows } = await service.owner.query<{ n: number }>(
      `select count(*)::int as n from steps where plan_id = $1 and content->>'title' like 'Kontakta närstående%'`,
      [parseThingId(plan.plan.id)!.id],
    );
    expect(rows).toEqual([{ n: 1 }]);
  });
});
