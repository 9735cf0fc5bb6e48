import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { lookAtPerson } from '../../../src/attention/index.ts';
import { parsePatientId, parseThingId } from '../../../src/shared/ids.ts';
import { shareFully } from '../../support/law-fixtures.ts';
import {
  ASSESSORS,
  CLINIC,
  countRows,
  createPlan,
  createTestApp,
  HOME_CARE,
  HOME_HELP,
  ifMatch,
  problemOf,
  registerPatient,
  STRANGER,
  type TestApp,
  type Thing,
  unit,
  WARD,
} from '../../support/plan-fixtures.ts';

let service: TestApp;
let patientId: string;

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
  const plan = await createPlan(service, patientId);
  await shareFully(service, patientId, plan.plan.id);
});
afterAll(() => service.close());

interface Clock {
  readonly name: string;
  readonly standing: string;
  readonly lastInstant?: string;
}
interface StayTold extends Record<string, unknown> {
  readonly state: string;
  readonly messages: (Thing & { readonly kind: string; readonly state: string })[];
  readonly clocks: Clock[];
  readonly breaches: Clock[];
  readonly payment?: { readonly from: string; readonly standing: string; readonly unmet: string[] };
}

const as = (persona: string) => service.as(persona);
const NOTICE = {
  receivers: [unit('0301'), unit('0302')],
  openCareUnit: unit('0201'),
  municipalHealthCareExpected: true,
  admittedAt: '2026-11-16T10:20:00+01:00',
  registeredAddress: 'Provgatan 1, 123 45 Provköping',
  estimatedDischarge: '2026-11-20',
};
const send = (more: object = {}, persona = WARD) =>
  as(persona).post<Thing>(`/v1/patients/${patientId}/hospital-stays`, { ...NOTICE, ...more });

let stayId: string;
async function admitted(at = '2026-11-16T13:02:00+01:00'): Promise<Thing> {
  service.setClock(at);
  const reply = await send();
  expect(reply.status, reply.text).toBe(201);
  stayId = reply.body.id;
  return reply.body;
}
const tell = (persona: string, body: object) =>
  as(persona).post<Thing & Record<string, unknown>>(`/v1/hospital-stays/${stayId}/messages`, body);
async function told(persona: string, body: object): Promise<Thing & Record<string, unknown>> {
  const reply = await tell(persona, body);
  expect(reply.status, reply.text).toBe(201);
  return reply.body;
}
async function stay(persona = WARD): Promise<StayTold> {
  const reply = await as(persona).get<StayTold>(`/v1/hospital-stays/${stayId}`);
  expect(reply.status, reply.text).toBe(200);
  return reply.body;
}
const clock = (of: StayTold, name: string) => of.clocks.find((one) => one.name === name);
const designate = () =>
  told(CLINIC, { kind: 'contact', person: { staff: as(CLINIC).persona.claims?.employeeHsaId, name: 'Maj Modell' } });

describe('Ester’s way home', () => {
  it('is told step by step, each with its clock, alike to both sides', async () => {
    const notice = await admitted();
    for (const persona of [CLINIC, ASSESSORS]) {
      const [message] = (await stay(persona)).messages;
      const url = `/v1/discharge-messages/${message!.id}/receive`;
      expect((await as(persona).post(url, {}, ifMatch(message!))).status).toBe(200);
    }
    expect(clock(await stay(), 'admission-notice')).toMatchObject({
      standing: 'met',
      lastInstant: '2026-11-17T09:20:00.000Z',
    });
    service.setClock('2026-11-18T09:15:00+01:00');
    await designate();
    service.setClock('2026-11-19T10:00:00+01:00');
    await told(WARD, { kind: 'estimate', estimatedDischarge: '2026-11-21' });
    service.setClock('2026-11-20T15:10:00+01:00');
    await told(WARD, { kind: 'ready', sipNeeded: true });
    const ready = await stay(HOME_CARE);
    expect(ready).toMatchObject({ state: 'ready', estimatedDischarge: '2026-11-21' });
    // Three calendar days, to the end of the third; after noon the kommun pays from the fourth.
    expect(clock(ready, 'sip-call')).toMatchObject({ standing: 'waiting', lastInstant: '2026-11-23T22:59:59.999Z' });
    expect(ready.payment).toMatchObject({ from: '2026-11-24', standing: 'to-come', unmet: ['sip-call-missing'] });
    service.setClock('2026-11-21T11:05:00+01:00');
    await told(WARD, { kind: 'discharged', at: '2026-11-21T11:00:00+01:00' });
    await told(WARD, {
      kind: 'information-transfer',
      told: { namedContact: true, plannedSip: false, existingPlans: true },
    });
    service.setClock('2026-11-23T09:30:00+01:00');
    await told(CLINIC, { kind: 'sip-call', meetingAt: '2026-11-26T13:00:00+01:00', invited: [unit('0303')] });
    const [ward, kommun] = [await stay(WARD), await stay(HOME_CARE)];
    expect(ward.clocks.map(({ name, standing }) => [name, standing])).toEqual([
      ['admission-notice', 'met'],
      ['named-contact', 'met'],
      ['sip-call', 'met'],
      ['information-transfer', 'met'],
    ]);
    expect(ward.breaches).toEqual([]);
    expect(ward.payment).toMatchObject({ standing: 'ended' });
    expect(kommun.clocks).toEqual(ward.clocks);
    expect(notice).not.toHaveProperty('clinicalText');
  });

  it('tells the sender’s provider what was sent, and each receiver’s that something waits', async () => {
    const notice = await admitted();
    const { rows } = await service.owner.query<{ event: string; owner_unit: string }>(
      `select event, owner_unit from told_events where resource_id = $1 and resource_kind = 'discharge-message' order by seq, place`,
      [parseThingId(notice.id)!.id],
    );
    expect(rows.map(({ event, owner_unit }) => [event, owner_unit]).toSorted()).toEqual([
      ['discharge.admission', unit('0101')],
      ['discharge.waiting', unit('0201')],
      ['discharge.waiting', unit('0301')],
      ['discharge.waiting', unit('0302')],
    ]);
  });

  it('holds exactly the statutory content, and tells the receivers no more', async () => {
    await admitted();
    const [message] = (await stay(HOME_CARE)).messages as unknown as Record<string, unknown>[];
    expect(message!.notice).toEqual({
      name: expect.stringContaining('Ester'),
      personNumber: '261204+9029',
      registeredAddress: 'Provgatan 1, 123 45 Provköping',
      estimatedDischarge: '2026-11-20',
    });
    for (const name of ['admittedAt', 'judgedAt', 'registeredAddress', 'estimatedDischarge']) {
      expect(message).not.toHaveProperty(name);
    }
  });

  it('is nobody else’s to know of, but an invited unit sees the call', async () => {
    await admitted();
    expect((await as(STRANGER).get(`/v1/hospital-stays/${stayId}`)).status).toBe(404);
    expect((await as(HOME_HELP).get(`/v1/hospital-stays/${stayId}`)).status).toBe(404);
    await designate();
    await told(CLINIC, { kind: 'sip-call', meetingAt: '2026-11-26T13:00:00+01:00', invited: [unit('0303')] });
    const seen = await stay(HOME_HELP);
    expect(seen.messages.map(({ kind }) => kind)).toEqual(['sip-call']);
    expect(seen).not.toHaveProperty('state');
    expect(seen.clocks).toEqual([]);
    const waiting = await as(HOME_HELP).get<{ items: { kind: string }[] }>('/v1/unit-discharge-messages');
    expect(waiting.body.items.map(({ kind }) => kind)).toContain('sip-call');
  });
});

interface ToldStay extends Record<string, unknown> {
  readonly id: string;
  readonly words: string;
  readonly call: readonly { readonly name: string; readonly phone: string }[];
}

describe('what the patient is told of the own stay', () => {
  const mine = async (persona = 'ester', headers = {}) => {
    const reply = await as(persona).get<{ items: ToldStay[] }>('/v1/my/hospital-stays', headers);
    expect(reply.status, reply.text).toBe(200);
    return reply.body.items.find(({ id }) => id === stayId)!;
  };

  it('is what is planned, when it is time, who coordinates, the meeting, and whom to call', async () => {
    await admitted();
    const admittedNow = await mine();
    expect(admittedNow).toMatchObject({
      state: 'admitted',
      words: 'Du är inskriven på sjukhus',
      estimatedDischarge: '2026-11-20',
    });
    expect(admittedNow).not.toHaveProperty('contact');
    expect(admittedNow.call[0]).toMatchObject({ name: admittedNow.ward });
    service.setClock('2026-11-20T15:10:00+01:00');
    await designate();
    await told(WARD, { kind: 'estimate', estimatedDischarge: '2026-11-21' });
    await told(WARD, { kind: 'ready', sipNeeded: true });
    await told(CLINIC, { kind: 'sip-call', meetingAt: '2026-11-26T13:00:00+01:00', place: 'Hemma' });
    expect(await mine()).toMatchObject({
      state: 'ready',
      estimatedDischarge: '2026-11-21',
      readyAt: '2026-11-20T14:10:00.000Z',
      contact: { name: 'Maj Modell' },
      meeting: { at: '2026-11-26T12:00:00.000Z', place: 'Hemma' },
    });
    expect((await mine('ester', { 'accept-language': 'en' })).words).toBe('You are ready to go home');
    service.setClock('2026-11-21T11:00:00+01:00');
    await told(WARD, { kind: 'discharged' });
    const home = await mine();
    expect(home).toMatchObject({ state: 'discharged', dischargedAt: '2026-11-21T10:00:00.000Z' });
    expect(home.call[0]?.name).toBe((home.contact as { unit: string }).unit);
    for (const owed of ['clocks', 'breaches', 'payment', 'messages', 'receivers'])
      expect(home).not.toHaveProperty(owed);
  });

  it('is nobody else’s, and no stay that was withdrawn', async () => {
    const notice = await admitted();
    const url = `/v1/patients/${patientId}/told-hospital-stays`;
    expect((await as('ester').get(url)).status).toBe(200);
    for (const persona of ['love', 'mirza']) expect((await as(persona).get(url)).status).toBe(404);
    expect(problemOf(await as(WARD).get(url))).toMatchObject({ status: 403, code: 'actor-not-allowed' });
    const reason = { reason: 'Fel person' };
    await as(WARD).post(`/v1/discharge-messages/${notice.id}/withdraw`, reason, ifMatch(notice));
    expect(await mine()).toBeUndefined();
  });
});

describe('what is late', () => {
  it('is recorded and shown to both, and never refused', async () => {
    await admitted('2026-11-17T10:20:01+01:00');
    service.setClock('2026-11-20T12:00:00+01:00');
    await told(WARD, { kind: 'ready', sipNeeded: true });
    expect((await stay()).payment).toMatchObject({ from: '2026-11-23' });
    service.setClock('2026-11-21T11:00:00+01:00');
    await told(WARD, { kind: 'discharged' });
    service.setClock('2026-11-22T00:00:00+01:00');
    await told(WARD, {
      kind: 'information-transfer',
      told: { namedContact: false, plannedSip: false, existingPlans: false },
    });
    await designate();
    service.setClock('2026-11-23T23:59:59+01:00');
    expect(clock(await stay(), 'sip-call')).toMatchObject({ standing: 'waiting' });
    service.setClock('2026-11-24T00:00:00+01:00');
    await told(CLINIC, { kind: 'sip-call', meetingAt: '2026-11-26T13:00:00+01:00' });
    for (const persona of [WARD, CLINIC, HOME_CARE]) {
      expect((await stay(persona)).breaches.map(({ name }) => name)).toEqual([
        'admission-notice',
        'named-contact',
        'sip-call',
        'information-transfer',
      ]);
    }
  });
});

interface FindingTold extends Record<string, unknown> {
  readonly id: string;
  readonly revision: number;
  readonly rule: string;
}

describe('what is late falls between no chairs', () => {
  let bare: string;
  beforeAll(async () => {
    // Nobody has made a plan: the law's messages go all the same.
    bare = await registerPatient(service, 'love');
    service.setClock('2026-11-17T10:20:01+01:00');
    const reply = await as(WARD).post<Thing>(`/v1/patients/${bare}/hospital-stays`, NOTICE);
    expect(reply.status, reply.text).toBe(201);
    stayId = reply.body.id;
    service.setClock('2026-11-21T11:00:00+01:00');
    await told(WARD, { kind: 'ready', sipNeeded: true });
    await told(WARD, { kind: 'discharged' });
    service.setClock('2026-11-25T00:00:00+01:00');
    const looks = await Promise.all([1, 2, 3].map(() => lookAtPerson(service.desk, parsePatientId(bare)!)));
    expect(looks.map(({ opened }) => opened).toSorted()).toEqual([0, 0, 4]);
  });
  const listed = async (persona: string) => {
    const { body } = await as(persona).get<{ items: FindingTold[] }>('/v1/findings?limit=200');
    return body.items.filter(({ patientId: of }) => of === bare);
  };

  it('is in the list of who owes it, with its own name, and in its numbers', async () => {
    const [ward, clinic] = [await listed(WARD), await listed(CLINIC)];
    expect(ward.map(({ rule }) => rule).toSorted()).toEqual(['admission-notice-late', 'information-transfer-late']);
    expect(clinic.map(({ rule }) => rule).toSorted()).toEqual(['discharged-without-contact', 'sip-call-late']);
    expect(clinic.find(({ rule }) => rule === 'sip-call-late')).toMatchObject({
      severity: 'high',
      title: 'Kallelse till SIP är inte skickad i tid',
      about: { kind: 'hospital-stay', id: stayId },
      ownerUnit: unit('0201'),
      state: 'open',
      since: '2026-11-24T23:00:00.000Z',
    });
    expect(clinic[0]).not.toHaveProperty('planId');
    const { body } = await as(CLINIC).get<{ lists: { list: string; count: number }[] }>('/v1/work-lists');
    const list = await as(CLINIC).get<{ items: Record<string, unknown>[] }>('/v1/work-lists/findings?limit=200');
    expect(list.status, list.text).toBe(200);
    expect(body.lists.find(({ list: name }) => name === 'findings')?.count).toBe(list.body.items.length);
    expect(list.body.items).toContainEqual(
      expect.objectContaining({ kind: 'finding', what: 'Utskriven utan fast vårdkontakt', severity: 'high' }),
    );
  });

  it('is known to both sides and explained by who owes it; nobody else learns of it', async () => {
    const late = (await listed(WARD)).find(({ rule }) => rule === 'admission-notice-late')!;
    const url = `/v1/findings/${late.id}`;
    expect((await as(HOME_CARE).get(url)).status).toBe(200);
    for (const persona of [STRANGER, HOME_HELP]) expect((await as(persona).get(url)).status).toBe(404);
    const text = { text: 'Bedömningen ändrades under natten.' };
    expect(problemOf(await as(CLINIC).post(`${url}/explain`, text, ifMatch(late)))).toMatchObject({
      status: 403,
      code: 'finding-not-yours',
    });
    const explained = await as(WARD).post<FindingTold>(`${url}/explain`, text, ifMatch(late));
    expect(explained.body, explained.text).toMatchObject({ state: 'explained' });
    expect((await listed(WARD)).map(({ rule }) => rule)).toEqual(['information-transfer-late']);
  });

  it('is over when it is done after all, and the stay shows the breach ever after', async () => {
    await designate();
    await told(WARD, {
      kind: 'information-transfer',
      told: { namedContact: true, plannedSip: false, existingPlans: false },
    });
    await told(CLINIC, { kind: 'no-sip', why: 'not-needed' });
    const { opened, ended } = await lookAtPerson(service.desk, parsePatientId(bare)!);
    expect({ opened, ended }).toEqual({ opened: 0, ended: 3 });
    expect([await listed(WARD), await listed(CLINIC)]).toEqual([[], []]);
    expect((await stay()).breaches).toHaveLength(4);
    const { rows } = await service.owner.query<{ event: string }>(
      `select event from told_events where resource_kind = 'finding' and patient_id = $1 and plan_id is null`,
      [parsePatientId(bare)],
    );
    expect(rows.filter(({ event }) => event === 'discharge.finding.opened')).toHaveLength(4);
    expect(rows.filter(({ event }) => event === 'discharge.finding.closed')).toHaveLength(4);
  });
});

describe('worse again, leave, death', () => {
  it('an interruption stops the call and the payment, and a new notice begins anew', async () => {
    await admitted();
    await designate();
    service.setClock('2026-11-20T12:00:01+01:00');
    await told(WARD, { kind: 'ready', sipNeeded: true });
    service.setClock('2026-11-20T19:00:00+01:00');
    await told(WARD, { kind: 'interruption' });
    const worse = await stay(HOME_CARE);
    expect(worse).toMatchObject({ state: 'admitted', payment: { standing: 'ended' } });
    expect(clock(worse, 'sip-call')).toMatchObject({ standing: 'stopped' });
    service.setClock('2026-11-25T09:00:00+01:00');
    await told(WARD, { kind: 'ready', sipNeeded: true });
    const again = await stay();
    expect(again.payment).toMatchObject({ from: '2026-11-28', standing: 'to-come' });
    expect(clock(again, 'sip-call')).toMatchObject({ standing: 'waiting', lastInstant: '2026-11-28T22:59:59.999Z' });
  });

  it('leave and return go back to what it was, and death stops what was in time', async () => {
    await admitted();
    service.setClock('2026-11-20T09:00:00+01:00');
    await told(WARD, { kind: 'ready', sipNeeded: true });
    await told(WARD, { kind: 'leave', at: '2026-11-20T10:00:00+01:00', until: '2026-11-21T10:00:00+01:00' });
    expect((await stay()).state).toBe('on-leave');
    service.setClock('2026-11-21T10:00:00+01:00');
    await told(WARD, { kind: 'return' });
    expect((await stay()).state).toBe('ready');
    const death = await told(WARD, { kind: 'death' });
    const dead = await stay(HOME_CARE);
    expect(dead).toMatchObject({ state: 'dead', breaches: [] });
    expect(clock(dead, 'sip-call')).toMatchObject({ standing: 'stopped' });
    expect(problemOf(await tell(WARD, { kind: 'ready', sipNeeded: true }))).toMatchObject({
      status: 409,
      code: 'discharge-message-out-of-order',
    });
    const undone = await as(WARD).post(
      `/v1/discharge-messages/${death.id}/withdraw`,
      { reason: 'Fel person' },
      ifMatch(death),
    );
    expect(undone.status, undone.text).toBe(200);
    expect((await stay()).state).toBe('ready');
  });

  it('a withdrawn admission notice withdraws the stay; a correction is received anew', async () => {
    const notice = await admitted();
    const url = `/v1/discharge-messages/${notice.id}`;
    const seen = (await stay(CLINIC)).messages[0]!;
    const received = await as(CLINIC).post<Thing>(`${url}/receive`, {}, ifMatch(seen));
    expect(received.body).toMatchObject({ receipts: [{ unit: unit('0201') }] });
    const corrected = await as(WARD).post<Thing>(
      `${url}/correct`,
      { estimatedDischarge: '2026-11-22' },
      ifMatch(received.body),
    );
    expect(corrected.body, corrected.text).toMatchObject({ state: 'corrected', receipts: [] });
    expect(problemOf(await as(WARD).post(`${url}/correct`, { place: 'X' }, ifMatch(corrected.body)))).toMatchObject({
      code: 'correction-not-fitting',
    });
    expect(
      problemOf(await as(CLINIC).post(`${url}/withdraw`, { reason: 'Fel' }, ifMatch(corrected.body))),
    ).toMatchObject({
      status: 403,
      code: 'discharge-message-not-yours',
    });
    const gone = await as(WARD).post<Thing>(`${url}/withdraw`, { reason: 'Fel person' }, ifMatch(corrected.body));
    expect(gone.body, gone.text).toMatchObject({ state: 'cancelled', reason: 'Fel person' });
    expect(await stay(CLINIC)).toMatchObject({ state: 'cancelled', clocks: [], breaches: [] });
  });
});

describe('refused, with nothing written', () => {
  beforeEach(async () => {
    await admitted();
  });
  const nothing = async (work: () => Promise<unknown>) => {
    const before = await countRows(service.owner);
    await work();
    expect(await countRows(service.owner)).toEqual(before);
  };

  test.each<[string, object, string]>([
    ['clinical content', { diagnosis: 'Hjärtsvikt' }, 'admission-notice-only-statutory'],
    ['itself as receiver', { receivers: [unit('0101')] }, 'discharge-receiver-unfit'],
    ['no open care though health care is expected', { openCareUnit: undefined }, 'open-care-unit-missing'],
    ['no address', { registeredAddress: undefined }, 'registered-address-missing'],
    ['an admission that has not been', { admittedAt: '2026-11-17T10:00:00+01:00' }, 'discharge-time-wrong'],
  ])('a notice with %s', async (_told, more, code) => {
    await nothing(async () => {
      const reply = await send(more);
      expect(problemOf(reply)).toMatchObject({ status: 422, code });
      expect(reply.text).not.toContain('Hjärtsvikt');
    });
  });

  it('a call by the wrong unit, before a contact, and by a colleague of the contact', async () => {
    const call = { kind: 'sip-call', meetingAt: '2026-11-26T13:00:00+01:00' };
    await nothing(async () => {
      for (const persona of [WARD, HOME_CARE]) {
        expect(problemOf(await tell(persona, call))).toMatchObject({ status: 403, code: 'sip-call-by-named-contact' });
      }
      expect(problemOf(await tell(CLINIC, call))).toMatchObject({ status: 409, code: 'contact-not-designated' });
      expect(problemOf(await tell(HOME_CARE, { kind: 'ready', sipNeeded: true }))).toMatchObject({
        status: 403,
        code: 'discharge-message-not-yours',
      });
    });
    await told(CLINIC, { kind: 'contact', person: { staff: unit('P999'), name: 'Någon Annan' } });
    await nothing(async () => {
      expect(problemOf(await tell(CLINIC, call))).toMatchObject({ status: 403, code: 'sip-call-by-named-contact' });
    });
  });
});
