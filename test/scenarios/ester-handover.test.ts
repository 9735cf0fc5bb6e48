import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CLINIC,
  createPlan,
  createTestApp,
  HOME_CARE,
  ifMatch,
  planUrl,
  readPlan,
  registerPatient,
  stepNamed,
  type TestApp,
  type Thing,
  unit,
  WARD,
  type WholePlan,
} from '../support/plan-fixtures.ts';

let service: TestApp;
let patientId: string;

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
});
afterAll(() => service.close());

const DUTY = 'jo-jourman-prov';
const WEIGHING = {
  title: 'Viktkontroll',
  patientText: 'Hemsjukvården kommer och väger dig.',
  time: { form: 'latest-by', by: '2026-11-22' },
};

/** Ester's plan on Friday afternoon, with the weighing that is to go from the ward to the home care. */
async function friday(): Promise<{ plan: WholePlan; handover: Thing & Record<string, unknown> }> {
  service.setClock('2026-11-20T15:10:00+01:00');
  const made = await createPlan(service, patientId, { steps: [WEIGHING] });
  const body = {
    of: 'step',
    aboutId: stepNamed(made, 'Viktkontroll').id,
    toUnit: unit('0302'),
    needs: 'Utgångsvikt och våg.',
    given: 'Utgångsvikt 61,2 kg. Vågen finns i badrummet.',
    homecomingAt: '2026-11-21T11:00:00+01:00',
    escalateTo: unit('0901'),
  };
  const offered = await service.as(WARD).post<Thing & Record<string, unknown>>(`${planUrl(made)}/handovers`, body);
  expect(offered.status, offered.text).toBe(201);
  return { plan: made, handover: offered.body };
}

const act = (plan: WholePlan, persona: string, handover: Thing, verb: string, body: object = {}) =>
  service
    .as(persona)
    .post<Thing & Record<string, unknown>>(
      `${planUrl(plan)}/handovers/${handover.id}/${verb}`,
      body,
      ifMatch(handover),
    );

const weighing = async (plan: WholePlan) => stepNamed(await readPlan(service.as(WARD), plan), 'Viktkontroll');
const sees = async (plan: WholePlan, persona: string) =>
  (await service.as(persona).get<WholePlan>(planUrl(plan))).status;

describe('Ester: worse again on Friday evening', () => {
  it('(e) the interruption puts the ward’s discharge plan to rest, and nobody is said to come', async () => {
    service.setClock('2026-11-20T15:10:00+01:00');
    const plan = await createPlan(service, patientId, { steps: [WEIGHING] });
    const active = await service.as(WARD).post(`${planUrl(plan)}/transition`, { to: 'active' }, ifMatch(plan.plan));
    expect(active.status, active.text).toBe(200);
    const notice = await service.as(WARD).post<Thing>(`/v1/patients/${patientId}/hospital-stays`, {
      receivers: [unit('0302'), unit('0303')],
      openCareUnit: unit('0201'),
      municipalHealthCareExpected: true,
      admittedAt: '2026-11-20T10:20:00+01:00',
      registeredAddress: 'Provgatan 1, 123 45 Provköping',
      estimatedDischarge: '2026-11-21',
    });
    const tell = (body: object) => service.as(WARD).post<Thing>(`/v1/hospital-stays/${notice.body.id}/messages`, body);
    expect((await tell({ kind: 'ready', sipNeeded: true })).status).toBe(201);
    service.setClock('2026-11-20T19:00:00+01:00');
    const worse = await tell({ kind: 'interruption' });
    expect(worse.status, worse.text).toBe(201);
    const resting = await readPlan(service.as(WARD), plan);
    expect(resting.plan).toMatchObject({
      status: 'on-hold',
      onHold: { decidesUnit: unit('0101'), decideBy: '2026-11-21' },
    });
    const told = await service.as('ester').get<{ nextStep: { kind: string; sentence: string } }>('/v1/my/overview');
    expect(told.body.nextStep.sentence).not.toContain('Hemsjukvården kommer');
    const seen = await service.as(CLINIC).get<{ state: string }>(`/v1/hospital-stays/${notice.body.id}`);
    expect(seen.body.state).toBe('admitted');
  });
});

describe('Ester: the home care takes over the weighing', () => {
  it('received 15:30 and accepted 16:05, two hours before she goes home at the latest', async () => {
    const { plan, handover } = await friday();
    // A weekday rule would give Monday: the planned homecoming decides, also on a Saturday.
    expect(handover).toMatchObject({
      answerBy: '2026-11-21T08:00:00.000Z',
      answerRule: { name: 'handover-before-homecoming' },
    });
    service.setClock('2026-11-20T15:30:00+01:00');
    const received = await act(plan, HOME_CARE, handover, 'receive');
    expect((await weighing(plan)).responsibleNow).toBe(unit('0101'));
    service.setClock('2026-11-20T16:05:00+01:00');
    const accepted = await act(plan, HOME_CARE, received.body, 'accept', { gotWhatWasNeeded: 'yes' });
    expect(accepted.body, accepted.text).toMatchObject({ state: 'accepted', answeredAt: '2026-11-20T15:05:00.000Z' });
    expect(await weighing(plan)).toMatchObject({
      responsibleNow: unit('0302'),
      responsibleParty: { kind: 'municipality-health', unit: unit('0302') },
    });
  });

  it('(a) a receipt without acceptance moves nothing over the weekend, and alarms who is on duty', async () => {
    const { plan, handover } = await friday();
    service.setClock('2026-11-20T15:30:00+01:00');
    const received = await act(plan, HOME_CARE, handover, 'receive');
    expect(await sees(plan, DUTY)).toBe(404);
    for (const moment of ['2026-11-21T09:00:00.001+01:00', '2026-11-21T11:00:00+01:00', '2026-11-22T23:59:00+01:00']) {
      service.setClock(moment);
      expect((await weighing(plan)).responsibleNow).toBe(unit('0101'));
      const alarmed = await readPlan(service.as(DUTY), plan);
      expect(alarmed.handovers).toMatchObject([{ id: handover.id, state: 'received' }]);
    }
    service.setClock('2026-11-23T08:00:00+01:00');
    // Late is not too late: the ward has had it all the time, and the home care may still say yes.
    const accepted = await act(plan, HOME_CARE, received.body, 'accept');
    expect(accepted.status, accepted.text).toBe(200);
    expect((await weighing(plan)).responsibleNow).toBe(unit('0302'));
  });

  it('(b) sent on Friday afternoon: the weekday rule and the three calendar days are both right', async () => {
    const { plan } = await friday();
    const list = { title: 'Läkemedelslista', time: { form: 'latest-by', by: '2026-11-24' } };
    const step = await service.as(WARD).post<Thing>(`${planUrl(plan)}/steps`, list);
    const plain = await service.as(WARD).post<Record<string, unknown>>(`${planUrl(plan)}/handovers`, {
      of: 'step',
      aboutId: step.body.id,
      toUnit: unit('0302'),
    });
    expect(plain.body, plain.text).toMatchObject({ answerBy: '2026-11-23T22:59:59.999Z' });
  });
});
