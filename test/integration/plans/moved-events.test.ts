import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookAtPerson } from '../../../src/attention/index.ts';
import { parsePatientId } from '../../../src/shared/ids.ts';
import {
  createTestApp,
  HOME_CARE,
  ifMatch,
  planBody,
  planUrl,
  readPlan,
  registerPatient,
  stepNamed,
  type TestApp,
  type Thing,
  unit,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';

/** The record systems of the two providers; a portal's client is such a one too, of the provider that ordered it. */
const REGION = 'demo-region-journal';
const KOMMUN = 'demo-kommun-hsl';

interface Told {
  readonly event: string;
  readonly resource?: { readonly kind: string; readonly id: string };
}

let service: TestApp;
let patientId: string;
let plan: WholePlan;
const cursors = new Map<string, string>();

/** What the provider has been told since last it asked. */
async function told(client: string): Promise<readonly Told[]> {
  const cursor = cursors.get(client);
  const url = `/v1/events?limit=200${cursor === undefined ? '' : `&cursor=${cursor}`}`;
  const reply = await service.as(client).get<{ items: Told[]; nextCursor: string }>(url);
  expect(reply.status, reply.text).toBe(200);
  cursors.set(client, reply.body.nextCursor);
  return reply.body.items;
}
const about = (events: readonly Told[], thing: { readonly id: string }) =>
  events.filter(({ resource }) => resource?.id === thing.id).map(({ event }) => event);

const step = async (persona: string) => stepNamed(await readPlan(service.as(persona), plan), 'Läkemedelslista');
const act = (persona: string, handover: Thing, verb: string, body: object = {}) =>
  service.as(persona).post<Thing>(`${planUrl(plan)}/handovers/${handover.id}/${verb}`, body, ifMatch(handover));

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
  await told(REGION);
  await told(KOMMUN);
  // Without consent: what each side is told it is told by its own part in it.
  const made = await service.as(WARD).post<WholePlan>('/v1/plans', planBody(patientId));
  expect(made.status, made.text).toBe(201);
  plan = made.body;
  await told(REGION);
  await told(KOMMUN);
});
afterAll(() => service.close());

describe('a step that moves from one provider to another', () => {
  it('is told of to both, from the offer until it is done, and the rest of the plan to neither more nor less', async () => {
    const list = await step(WARD);
    const body = { of: 'step', aboutId: list.id, toUnit: unit('0302'), needs: 'Våg' };
    const offered = await service.as(WARD).post<Thing>(`${planUrl(plan)}/handovers`, body);
    expect(offered.status, offered.text).toBe(201);
    for (const client of [REGION, KOMMUN]) {
      expect(about(await told(client), offered.body)).toEqual(['plan.handover.offered']);
    }
    const received = await act(HOME_CARE, offered.body, 'receive');
    const accepted = await act(HOME_CARE, received.body, 'accept', { gotWhatWasNeeded: 'no', missing: 'Dosen' });
    expect(accepted.status, accepted.text).toBe(200);
    for (const client of [REGION, KOMMUN]) {
      const events = await told(client);
      expect(about(events, offered.body)).toEqual(['plan.handover.received', 'plan.handover.accepted']);
      expect(about(events, list)).toEqual(['plan.step.changed']);
      expect(events.map(({ event }) => event)).toContain('plan.feedback.given');
    }
    const moved = await step(HOME_CARE);
    const booked = await service
      .as(HOME_CARE)
      .patch<Thing>(
        `${planUrl(plan)}/steps/${list.id}`,
        { time: { form: 'latest-by', by: '2026-11-21' } },
        ifMatch(moved),
      );
    expect(booked.status, booked.text).toBe(200);
    const done = await service
      .as(HOME_CARE)
      .post(`${planUrl(plan)}/steps/${list.id}/reports`, { outcome: 'done' }, { 'idempotency-key': 'flyttat-steg' });
    expect(done.status, done.text).toBe(201);
    for (const client of [REGION, KOMMUN]) {
      const events = about(await told(client), list);
      expect(events.length).toBeGreaterThanOrEqual(2);
    }
  });

  it('and what has fallen is told to who is to see to it now', async () => {
    service.setClock('2026-11-18T09:00:00+01:00');
    const made = await service.as(WARD).post<Thing>(`${planUrl(plan)}/steps`, {
      title: 'Läkemedelslista',
      time: { form: 'latest-by', by: '2026-11-19' },
    });
    expect(made.status, made.text).toBe(201);
    const body = { of: 'step', aboutId: made.body.id, toUnit: unit('0302') };
    const offered = await service.as(WARD).post<Thing>(`${planUrl(plan)}/handovers`, body);
    expect(offered.status, offered.text).toBe(201);
    service.setClock('2026-11-20T00:00:00+01:00');
    await lookAtPerson(service.desk, parsePatientId(patientId)!);
    await told(REGION);
    await told(KOMMUN);
    const accepted = await act(HOME_CARE, offered.body, 'accept');
    expect(accepted.status, accepted.text).toBe(200);
    await lookAtPerson(service.desk, parsePatientId(patientId)!);
    expect((await told(KOMMUN)).map(({ event }) => event)).toContain('plan.finding.opened');
  });
});
