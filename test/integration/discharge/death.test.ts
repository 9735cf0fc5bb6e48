import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePatientId } from '../../../src/shared/ids.ts';
import { sentBy } from '../../support/explained.ts';
import {
  createPlan,
  createTestApp,
  ifMatch,
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

const SYSTEM = 'demo-region-journal';

let service: TestApp;
let patientId: string;
let plan: WholePlan;
let stay: Thing;

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
  plan = await createPlan(service, patientId);
  stay = await made(
    service.as(WARD).post<Thing>(`/v1/patients/${patientId}/hospital-stays`, {
      receivers: [unit('0301'), unit('0302')],
      openCareUnit: unit('0201'),
      municipalHealthCareExpected: true,
      admittedAt: '2026-11-16T07:20:00+01:00',
      registeredAddress: 'Provgatan 1, 123 45 Provköping',
      estimatedDischarge: '2026-11-20',
    }),
  );
});
afterAll(() => service.close());

async function made(reply: Promise<{ status: number; body: Thing; text: string }>): Promise<Thing> {
  const { status, body, text } = await reply;
  expect(status, text).toBeLessThan(300);
  return body;
}
const tell = (body: object, by = WARD) => service.as(by).post<Thing>(`/v1/hospital-stays/${stay.id}/messages`, body);
const amend = (message: Thing, verb: 'correct' | 'withdraw', body: object) =>
  service.as(WARD).post<Thing>(`/v1/discharge-messages/${message.id}/${verb}`, body, ifMatch(message));
const state = async () => (await service.as(WARD).get(`/v1/hospital-stays/${stay.id}`)).body.state;
/** How the plan's own steps stand; what a death leaves to be done is beside them. */
async function steps() {
  const now = await readPlan(service.as(WARD), plan);
  return plan.steps.map(({ title }) => [title, stepNamed(now, title).state]);
}
async function deceasedOn() {
  const { rows } = await service.owner.query<{ on: string | null }>(
    'select deceased_on::text as on from patients where patient_id = $1',
    [parsePatientId(patientId)],
  );
  return rows[0]!.on;
}

describe('a death that the ward tells of', () => {
  it('is registered by it: what is open is called off at once, and all of it is back when it is withdrawn', async () => {
    const before = await steps();
    service.setClock('2026-11-18T05:00:00+01:00');
    const death = await made(tell({ kind: 'death', at: '2026-11-18T03:10:00+01:00' }));
    expect([await deceasedOn(), await state()]).toEqual(['2026-11-18', 'dead']);
    expect(await steps()).toEqual(before.map(([title]) => [title, 'cancelled']));
    const { rows } = await service.owner.query<{ event: string }>(
      `select event from told_events where patient_id = $1 and event in ('patient.changed', 'discharge.death')`,
      [parsePatientId(patientId)],
    );
    expect(rows.map(({ event }) => event).toSorted()).toEqual(['discharge.death', 'patient.changed']);
    const again = await service
      .as(WARD)
      .post(`/v1/patients/${patientId}/deceased`, { deceasedOn: '2026-11-18' }, { 'if-match': '"2"' });
    expect(problemOf(again)).toMatchObject({ status: 409, code: 'already-deceased' });
    const moved = await made(amend(death, 'correct', { at: '2026-11-17T23:50:00+01:00' }));
    expect(await deceasedOn()).toBe('2026-11-17');
    await made(amend(moved, 'withdraw', { reason: 'Fel person.' }));
    expect([await deceasedOn(), await state(), await steps()]).toEqual([null, 'admitted', before]);
    expect(stepNamed(await readPlan(service.as(WARD), plan), 'Promenad').state).toBe('agreed');
  });

  it('is the record system’s to tell too, and goes with the whole stay when that is withdrawn', async () => {
    const before = await steps();
    service.setClock('2026-11-18T06:00:00+01:00');
    const revision = 1;
    await made(tell({ kind: 'death' }, SYSTEM));
    expect([await deceasedOn(), await state()]).toEqual(['2026-11-18', 'dead']);
    await made(amend({ ...stay, revision }, 'withdraw', { reason: 'Fel person.' }));
    expect([await deceasedOn(), await state(), await steps()]).toEqual([null, 'cancelled', before]);
  });
});

describe('a change of a message that is of no death', () => {
  it('reads no plan, and withdrawing a death or its stay does', async () => {
    service.setClock('2026-11-18T06:30:00+01:00');
    stay = await made(
      service.as(WARD).post<Thing>(`/v1/patients/${patientId}/hospital-stays`, {
        receivers: [unit('0302')],
        municipalHealthCareExpected: false,
        admittedAt: '2026-11-18T05:20:00+01:00',
        registeredAddress: 'Provgatan 1, 123 45 Provköping',
        estimatedDischarge: '2026-11-20',
      }),
    );
    const plansRead = async (work: () => Promise<Thing>) => {
      const sent = await sentBy(async () => {
        stay = await work();
      });
      return sent.filter(({ name }) => name === 'plans_at_death').length;
    };
    expect(await plansRead(() => made(amend(stay, 'correct', { estimatedDischarge: '2026-11-21' })))).toBe(0);
    const death = await made(tell({ kind: 'death' }));
    expect(await plansRead(() => made(amend(stay, 'withdraw', { reason: 'Fel person.' })))).toBe(1);
    expect([death.kind, await deceasedOn()]).toEqual(['death', null]);
  });
});

describe('what cannot have been', () => {
  it.each([
    ['a discharge before the admission', { kind: 'discharged' }, { at: '2026-11-16T07:00:00+01:00' }],
    [
      'a leave that ends before it begins',
      { kind: 'leave', until: '2026-11-19T10:00:00+01:00' },
      {
        until: '2026-11-18T06:00:00+01:00',
      },
    ],
    [
      'a discharge expected before the admission',
      { kind: 'estimate', estimatedDischarge: '2026-11-19' },
      {
        estimatedDischarge: '2026-11-15',
      },
    ],
  ])('is refused in a correction as in a message: %s', async (_what, body, correction) => {
    service.setClock('2026-11-18T07:00:00+01:00');
    stay = await made(
      service.as(WARD).post<Thing>(`/v1/patients/${patientId}/hospital-stays`, {
        receivers: [unit('0302')],
        municipalHealthCareExpected: false,
        admittedAt: '2026-11-16T07:20:00+01:00',
        registeredAddress: 'Provgatan 1, 123 45 Provköping',
        estimatedDischarge: '2026-11-20',
      }),
    );
    const message = await made(tell(body));
    for (const reply of [await amend(message, 'correct', correction), await tell({ ...body, ...correction })]) {
      const code = body.kind === 'estimate' ? 'discharge-time-wrong' : expect.stringMatching(/^discharge-/);
      expect(problemOf(reply)).toMatchObject({ code });
    }
    expect(problemOf(await amend(message, 'correct', correction))).toMatchObject({
      status: 422,
      code: 'discharge-time-wrong',
    });
  });

  it('the moment of an interruption can be corrected, as everything that is told', async () => {
    await made(tell({ kind: 'ready', sipNeeded: false }));
    const worse = await made(tell({ kind: 'interruption' }));
    expect(await made(amend(worse, 'correct', { at: '2026-11-18T06:30:00+01:00' }))).toMatchObject({
      state: 'corrected',
      at: '2026-11-18T05:30:00.000Z',
    });
  });
});
