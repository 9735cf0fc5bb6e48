import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { parseThingId } from '../../../src/shared/ids.ts';
import { consentBody, must } from '../../support/law-fixtures.ts';
import {
  CLINIC,
  countRows,
  createPlan,
  createTestApp,
  HOME_CARE,
  HOME_HELP,
  ifMatch,
  planUrl,
  problemOf,
  readPlan,
  registerPatient,
  SCHOOL,
  STRANGER,
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

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
});
afterAll(() => service.close());
beforeEach(async () => {
  plan = await createPlan(service, patientId);
});

const list = () => stepNamed(plan, 'Läkemedelslista');
/** The plan's own key: the clock of the tests stands still, so that no time tells which is the latest. */
const planKey = () => parseThingId(plan.plan.id)!.id;
const as = (persona: string) => service.as(persona);

function offer(more: object = {}, persona = WARD) {
  const body = { of: 'step', aboutId: list().id, toUnit: unit('0302'), escalateTo: unit('0901'), ...more };
  return as(persona).post<Thing & Record<string, string>>(`${planUrl(plan)}/handovers`, body);
}

async function offered(more: object = {}) {
  const reply = await offer(more);
  expect(reply.status, reply.text).toBe(201);
  return reply.body;
}

const act = (persona: string, handover: Thing, verb: string, body: object = {}) =>
  as(persona).post<Thing & Record<string, string>>(
    `${planUrl(plan)}/handovers/${handover.id}/${verb}`,
    body,
    ifMatch(handover),
  );

async function responsible(): Promise<string> {
  return stepNamed(await readPlan(as(WARD), plan), 'Läkemedelslista').responsibleNow;
}

describe('a handover', () => {
  it('shows the receiver what it is asked to take, and whose it still is', async () => {
    const handover = await offered({ needs: 'Vågen finns i badrummet.' });
    const seen = await readPlan(as(HOME_CARE), plan);
    expect(seen.handovers).toMatchObject([{ id: handover.id, needs: 'Vågen finns i badrummet.', state: 'offered' }]);
  });

  it('is not a transfer until it is accepted, and then the step is the receiver’s', async () => {
    const handover = await offered();
    const received = await act(HOME_CARE, handover, 'receive');
    expect(received.body).toMatchObject({ state: 'received' });
    expect(await responsible()).toBe(unit('0101'));
    const accepted = await act(HOME_CARE, received.body, 'accept', { gotWhatWasNeeded: 'no', missing: 'Vikten' });
    expect(accepted.body, accepted.text).toMatchObject({ state: 'accepted' });
    expect(await responsible()).toBe(unit('0302'));
    const [feedback] = (await readPlan(as(WARD), plan)).feedback;
    expect(feedback).toMatchObject({ what: 'missing-information', text: 'Vikten', toUnit: unit('0101') });
    const { rows } = await service.owner.query<{ event: string }>(
      `select event from told_events where resource_kind = 'handover' and plan_id = $1 order by seq, place`,
      [planKey()],
    );
    expect(rows.map(({ event }) => event)).toEqual([
      'plan.handover.offered',
      'plan.handover.received',
      'plan.handover.accepted',
    ]);
  });

  it('names who is to be told when the time has passed, and leaves the step where it is', async () => {
    await offered({ toUnit: unit('0201') });
    const { rows } = await service.owner.query<{ responsible_now: string; escalate_to: string }>(
      `select s.responsible_now, h.escalate_to from handovers h
        join steps s on s.patient_id = h.patient_id and s.id = h.about_id where h.plan_id = $1`,
      [planKey()],
    );
    expect(rows).toEqual([{ responsible_now: unit('0101'), escalate_to: unit('0901') }]);
  });

  it('is kept one at a time by the database itself, and never with an empty side', async () => {
    await offered();
    const copy = (
      change: string,
    ) => `insert into handovers select (jsonb_populate_record(h, ${change})).* from handovers h
      where h.plan_id = '${planKey()}'`;
    const second = `jsonb_build_object('id', gen_random_uuid())`;
    await expect(service.owner.query(copy(second))).rejects.toMatchObject({ constraint: 'handovers_one_open' });
    const empty = `jsonb_build_object('id', gen_random_uuid(), 'state', 'returned', 'from_unit', '')`;
    await expect(service.owner.query(copy(empty))).rejects.toMatchObject({ constraint: 'handovers_two_sides' });
    await expect(service.owner.query(`update steps set responsible_now = ''`)).rejects.toMatchObject({
      constraint: 'steps_responsible_now',
    });
    await expect(service.owner.query(`update plans set lead_unit = ''`)).rejects.toMatchObject({
      constraint: 'plans_lead_unit',
    });
  });
});

describe('refused, with nothing written', () => {
  test.each<[string, object, string, number, string]>([
    ['to oneself', { toUnit: unit('0101') }, WARD, 422, 'handover-to-oneself'],
    ['by one who does not have it', {}, CLINIC, 403, 'handover-not-yours'],
    ['to a unit that nobody knows', { toUnit: unit('9998') }, WARD, 422, 'party-not-as-registered'],
  ])('%s', async (_told, more, persona, status, code) => {
    const before = await countRows(service.owner);
    expect(problemOf(await offer(more, persona))).toMatchObject({ status, code });
    expect(await countRows(service.owner)).toEqual(before);
  });

  it('to a closed unit', async () => {
    const before = await countRows(service.owner);
    await service.owner.query(`update units set active = false where hsa_id = $1`, [unit('0307')]);
    const reply = await offer({ toUnit: unit('0307') });
    await service.owner.query(`update units set active = true where hsa_id = $1`, [unit('0307')]);
    expect(problemOf(reply)).toMatchObject({ status: 422, code: 'handover-to-closed-unit' });
    expect(await countRows(service.owner)).toEqual(before);
  });

  it('a second open one', async () => {
    const handover = await offered();
    const before = await countRows(service.owner);
    expect(problemOf(await offer())).toMatchObject({
      status: 409,
      code: 'handover-already-open',
      handoverId: handover.id,
    });
    expect(await countRows(service.owner)).toEqual(before);
  });

  it('acceptance by another unit: told so where it may know of the handover, and not there where it may not', async () => {
    const handover = await offered();
    const before = await countRows(service.owner);
    for (const verb of ['accept', 'receive', 'return', 'forward']) {
      const body = { return: { reason: 'Fel' }, forward: { toUnit: unit('0302') } }[verb] ?? {};
      const told: Record<string, unknown> = {};
      for (const persona of [WARD, CLINIC, HOME_HELP, SCHOOL, STRANGER]) {
        const { status, body: answer } = await act(persona, handover, verb, body);
        told[persona] = `${status} ${answer.code}`;
      }
      expect(told, verb).toEqual({
        [WARD]: '403 handover-not-yours',
        [CLINIC]: '403 handover-not-yours',
        [HOME_HELP]: '404 not-found',
        [SCHOOL]: '404 not-found',
        [STRANGER]: '404 not-found',
      });
    }
    expect(await countRows(service.owner)).toEqual(before);
  });
});

describe('moving', () => {
  it('passes the lead and its header only when the next one accepts, with the patient’s yes', async () => {
    const command = { of: 'planning-lead', aboutId: undefined, toUnit: unit('0302') };
    expect(problemOf(await offer(command))).toMatchObject({ status: 422, code: 'handover-needs-patients-yes' });
    const handover = await offered({ ...command, patientsYes: { method: 'oral' } });
    expect((await readPlan(as(WARD), plan)).plan).toMatchObject({ leadUnit: unit('0101') });
    const accepted = await act(HOME_CARE, handover, 'accept', { person: { name: 'Hanna Hittepå' } });
    expect(accepted.status, accepted.text).toBe(200);
    const now = await readPlan(as(HOME_CARE), plan);
    expect(now.plan).toMatchObject({
      leadUnit: unit('0302'),
      recordedBy: { unit: unit('0302') },
      title: 'Hem från lasarettet',
    });
    const { rows } = await service.owner.query(`select recorded_unit, lead_unit from plans where id = $1`, [planKey()]);
    expect(rows).toEqual([{ recorded_unit: unit('0302'), lead_unit: unit('0302') }]);
    const renamed = await as(HOME_CARE).patch(planUrl(plan), { title: 'Hemma' }, ifMatch(now.plan));
    expect(renamed.status, renamed.text).toBe(200);
  });
});

describe('feedback', () => {
  it('is seen by both, replied to, and by the patient only when it is published', async () => {
    const handover = await offered();
    const given = await as(HOME_CARE).post<Thing>(`${planUrl(plan)}/feedback`, {
      what: 'missing-information',
      aboutId: handover.id,
      text: 'Utgångsvikten saknades.',
    });
    expect(given.status, given.text).toBe(201);
    const reply = await as(WARD).post<Thing>(`${planUrl(plan)}/feedback/${given.body.id}/reply`, { text: 'Tack!' });
    expect(reply.body).toMatchObject({ what: 'reply', answers: given.body.id, toUnit: unit('0302') });
    for (const persona of [WARD, HOME_CARE]) expect((await readPlan(as(persona), plan)).feedback).toHaveLength(2);
    expect((await readPlan(as('ester'), plan)).feedback).toEqual([]);
    const url = `${planUrl(plan)}/feedback/${given.body.id}`;
    const patch = (persona: string) => as(persona).patch<Thing>(url, { approvedForPatient: true }, ifMatch(given.body));
    expect(problemOf(await patch(WARD))).toMatchObject({ status: 403, code: 'feedback-not-yours' });
    expect((await patch(HOME_CARE)).status).toBe(200);
    expect((await readPlan(as('ester'), plan)).feedback).toMatchObject([{ text: 'Utgångsvikten saknades.' }]);
  });
});

describe('when consent falls', () => {
  it('what was on its way to whom it covered goes back, and the sender has had it all the time', async () => {
    const petra = await registerPatient(service, 'petra');
    plan = await createPlan(service, petra, { kind: 'SIP' });
    const handover = await offered();
    const consents = await as(CLINIC).get<{ items: (Thing & { type: string; recipient: { hsaId?: string } })[] }>(
      `/v1/patients/${petra}/consents`,
    );
    const given = consents.body.items.find(({ type, recipient }) => type === 'sip' && recipient.hsaId === unit('H03'))!;
    const withdrawn = await as(CLINIC).post(`/v1/consents/${given.id}/withdraw`, {}, ifMatch(given));
    expect(withdrawn.status, withdrawn.text).toBe(200);
    const now = await readPlan(as(WARD), plan);
    expect(now.handovers).toMatchObject([{ id: handover.id, state: 'cancelled' }]);
    expect(await responsible()).toBe(unit('0101'));
    expect(problemOf(await offer())).toMatchObject({ status: 409, code: 'handover-consent-fallen' });
    expect((await readPlan(as(WARD), plan)).handovers).toHaveLength(1);
    // A new consent is a new decision, and then it can be sent.
    await must(as(CLINIC), `/v1/patients/${petra}/consents`, consentBody('sip', 'principal', unit('H03')));
    expect((await offer()).status).toBe(201);
  });
});
