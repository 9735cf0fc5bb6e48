import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { DemoPersona } from '../../src/demo/index.ts';
import { parseThingId } from '../../src/shared/ids.ts';
import type { Caller } from '../support/app.ts';
import {
  ASSESSORS,
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
  stepNamed,
  type TestApp,
  type Thing,
  unit,
  WARD,
  type WholePlan,
} from '../support/plan-fixtures.ts';

/** The hospital's record system, and those of the kommun's health care and social services. */
const REGION = 'demo-region-journal';
const KOMMUN = 'demo-kommun-hsl';
const SOCIAL = 'demo-kommun-omsorg';

let service: TestApp;
let patientId: string;

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
});
afterAll(() => service.close());

interface Message extends Thing {
  readonly kind: string;
}
interface StayTold extends Record<string, unknown> {
  readonly state: string;
  readonly messages: Message[];
  readonly clocks: { readonly name: string; readonly standing: string }[];
}

const as = (persona: string) => service.as(persona);
/** A system of a provider that nobody in this file has to do with. */
function strangeSystem(): Caller {
  const { persona } = as(KOMMUN);
  const claims = { ...persona.claims, providerHsaId: unit('R02') };
  return service.caller({ ...persona, id: 'demo-annan-region', claims } as DemoPersona);
}

const NOTICE = {
  unit: unit('0101'),
  receivers: [unit('0301'), unit('0302')],
  openCareUnit: unit('0201'),
  municipalHealthCareExpected: true,
  admittedAt: '2026-11-16T07:20:00+01:00',
  registeredAddress: 'Provgatan 1, 123 45 Provköping',
  estimatedDischarge: '2026-11-20',
};
const notify = (more: object = {}, by: Caller = as(REGION), headers = {}) =>
  by.post<Message>(`/v1/patients/${patientId}/hospital-stays`, { ...NOTICE, ...more }, headers);

async function admitted(): Promise<Message> {
  service.setClock('2026-11-16T08:00:00+01:00');
  const reply = await notify();
  expect(reply.status, reply.text).toBe(201);
  return reply.body;
}
const tell = (stay: Thing, body: object, by: Caller = as(REGION), headers = {}) =>
  by.post<Message>(`/v1/hospital-stays/${stay.id}/messages`, body, headers);
async function told(stay: Thing, body: object, by?: Caller): Promise<Message> {
  const reply = await tell(stay, body, by);
  expect(reply.status, reply.text).toBe(201);
  return reply.body;
}
async function stayOf({ id }: Thing, by: Caller): Promise<StayTold> {
  const reply = await by.get<StayTold>(`/v1/hospital-stays/${id}`);
  expect(reply.status, reply.text).toBe(200);
  return reply.body;
}
const MAJ = () => ({ staff: as(CLINIC).persona.claims?.employeeHsaId, name: 'Maj Modell' });

async function nothing(work: () => Promise<unknown>): Promise<void> {
  const before = await countRows(service.owner);
  await work();
  expect(await countRows(service.owner)).toEqual(before);
}

describe('a stay that the region’s record system sends and the kommun’s staff answer', () => {
  it('goes from admission to information, with the call by the named contact in person', async () => {
    const notice = await admitted();
    expect(notice).toMatchObject({ recordedBy: { kind: 'system', unit: unit('0101'), provider: unit('R01') } });
    const waiting = await as(HOME_CARE).get<{ items: Message[] }>('/v1/unit-discharge-messages');
    expect(waiting.body.items).toContainEqual(expect.objectContaining({ id: notice.id, fromUnit: unit('0101') }));
    const [seen] = (await stayOf(notice, as(ASSESSORS))).messages;
    expect(seen).toMatchObject({ notice: { registeredAddress: NOTICE.registeredAddress } });
    for (const persona of [ASSESSORS, HOME_CARE]) {
      const { revision } = (await stayOf(notice, as(persona))).messages[0]!;
      const received = await as(persona).post(`/v1/discharge-messages/${notice.id}/receive`, {}, ifMatch({ revision }));
      expect(received.status, received.text).toBe(200);
    }

    service.setClock('2026-11-18T09:15:00+01:00');
    expect(await told(notice, { kind: 'contact', person: MAJ() })).toMatchObject({
      recordedBy: { unit: unit('0201') },
    });
    await told(notice, { kind: 'estimate', estimatedDischarge: '2026-11-21' });
    service.setClock('2026-11-20T15:10:00+01:00');
    await told(notice, { kind: 'ready', sipNeeded: true });
    expect(problemOf(await tell(notice, { kind: 'sip-call', meetingAt: '2026-11-26T13:00:00+01:00' }))).toMatchObject({
      status: 403,
      code: 'sip-call-not-by-system',
    });
    const plan = await createPlan(service, patientId);
    expect(plan.plan.status).toBe('proposed');
    await told(notice, { kind: 'sip-call', meetingAt: '2026-11-26T13:00:00+01:00' }, as(CLINIC));
    service.setClock('2026-11-21T11:05:00+01:00');
    await told(notice, { kind: 'discharged', at: '2026-11-21T11:00:00+01:00' });
    const facts = { namedContact: true, plannedSip: true, existingPlans: true };
    await told(notice, { kind: 'information-transfer', told: facts });

    const [theirs, ours, bySystem] = await Promise.all(
      [WARD, HOME_CARE, REGION].map((persona) => stayOf(notice, as(persona))),
    );
    expect(theirs!.clocks.map(({ name, standing }) => [name, standing])).toEqual([
      ['admission-notice', 'met'],
      ['named-contact', 'met'],
      ['sip-call', 'met'],
      ['information-transfer', 'met'],
    ]);
    expect(ours!.clocks).toEqual(theirs!.clocks);
    expect(bySystem).toEqual(theirs);
  });

  it('is corrected and withdrawn by the system that sent it, and stands in the patient’s log by its name', async () => {
    const notice = await admitted();
    const url = `/v1/discharge-messages/${notice.id}`;
    const corrected = await as(REGION).post<Message>(
      `${url}/correct`,
      { estimatedDischarge: '2026-11-22' },
      ifMatch(notice),
    );
    expect(corrected.body, corrected.text).toMatchObject({ state: 'corrected', changedBy: { kind: 'system' } });
    const gone = await as(REGION).post<Message>(`${url}/withdraw`, { reason: 'Fel person' }, ifMatch(corrected.body));
    expect(gone.body, gone.text).toMatchObject({ state: 'cancelled' });
    const { rows } = await service.owner.query(
      `select action, user_kind, user_provider from audit_entries where resource_ids @> array[$1::uuid]
        and activity = 'Skriva'`,
      [parseThingId(notice.id)!.id],
    );
    expect(rows).toEqual(
      Array.from({ length: 3 }, () => ({
        action: 'discharge.send',
        user_kind: 'system',
        user_provider: unit('R01'),
      })),
    );
  });

  it('sent again with the same key is the same stay, and with other words a conflict', async () => {
    const key = { 'idempotency-key': 'inskrivning-1' };
    const first = await notify({}, as(REGION), key);
    const again = await notify({}, as(REGION), key);
    expect([first.status, again.status, again.body.id]).toEqual([201, 201, first.body.id]);
    expect(again.headers['idempotency-replayed']).toBe('true');
    await nothing(async () => {
      expect((await notify({ estimatedDischarge: '2026-11-25' }, as(REGION), key)).status).toBe(422);
    });
    // Another client's key of the same name is another key: it is judged as its own request.
    expect(problemOf(await notify({}, strangeSystem(), key))).toMatchObject({ code: 'discharge-unit-not-yours' });
  });
});

describe('the kommun’s record system', () => {
  it('receives for the unit of its provider that the message was sent to, and nobody else’s', async () => {
    const notice = await admitted();
    const url = `/v1/discharge-messages/${notice.id}/receive`;
    const received = await as(KOMMUN).post<Message>(url, {}, ifMatch(notice));
    expect(received.body, received.text).toMatchObject({ receipts: [{ unit: unit('0302'), by: { kind: 'system' } }] });
    expect(received.body).not.toHaveProperty('admittedAt');
    await nothing(async () => {
      for (const [body, code] of [
        [{ unit: unit('0301') }, 'discharge-unit-not-yours'],
        [{ unit: unit('0999') }, 'discharge-unit-not-yours'],
        [{ unit: unit('0305') }, 'discharge-message-not-yours'],
      ] as const) {
        expect(problemOf(await as(KOMMUN).post(url, body, ifMatch(received.body)))).toMatchObject({
          status: 403,
          code,
        });
      }
    });
    const social = await as(SOCIAL).post<Message>(url, { unit: unit('0301') }, ifMatch(received.body));
    expect(social.body.receipts, social.text).toHaveLength(2);
  });

  it('names the unit where its provider has several', async () => {
    service.setClock('2026-11-16T08:00:00+01:00');
    const notice = (await notify({ receivers: [unit('0301'), unit('0303')] })).body;
    const url = `/v1/discharge-messages/${notice.id}/receive`;
    expect(problemOf(await as(SOCIAL).post(url, {}, ifMatch(notice)))).toMatchObject({
      status: 422,
      code: 'discharge-unit-missing',
    });
    const received = await as(SOCIAL).post<Message>(url, { unit: unit('0303') }, ifMatch(notice));
    expect(received.body, received.text).toMatchObject({ receipts: [{ unit: unit('0303') }] });
  });

  it('neither sends nor changes what is the hospital’s', async () => {
    const notice = await admitted();
    await nothing(async () => {
      const late = { kind: 'estimate', estimatedDischarge: '2026-11-25' };
      for (const body of [late, { kind: 'ready', sipNeeded: false }, { kind: 'no-sip', why: 'not-needed' }]) {
        expect(problemOf(await tell(notice, body, as(KOMMUN)))).toMatchObject({
          status: 403,
          code: 'discharge-message-not-yours',
        });
      }
      const call = { kind: 'sip-call', meetingAt: '2026-11-26T13:00:00+01:00' };
      expect(problemOf(await tell(notice, call, as(KOMMUN)))).toMatchObject({ code: 'sip-call-not-by-system' });
      const url = `/v1/discharge-messages/${notice.id}`;
      for (const [verb, body] of [
        ['correct', { estimatedDischarge: '2026-11-25' }],
        ['withdraw', { reason: 'Fel' }],
      ] as const) {
        expect(problemOf(await as(KOMMUN).post(`${url}/${verb}`, body, ifMatch(notice)))).toMatchObject({
          status: 403,
          code: 'discharge-message-not-yours',
        });
      }
    });
  });
});

describe('refused to a system, with nothing written', () => {
  test.each<[string, object, number, string]>([
    ['without saying which ward', { unit: undefined }, 422, 'discharge-unit-missing'],
    ['for another provider’s unit', { unit: unit('0302') }, 403, 'discharge-unit-not-yours'],
    ['for a unit that is none', { unit: unit('0999') }, 403, 'discharge-unit-not-yours'],
    ['with clinical content', { diagnosis: 'Hjärtsvikt' }, 422, 'admission-notice-only-statutory'],
    ['to the ward itself', { receivers: [unit('0101')] }, 422, 'discharge-receiver-unfit'],
  ])('a notice %s', (_told, more, status, code) =>
    nothing(async () => expect(problemOf(await notify(more))).toMatchObject({ status, code })));

  it('a stay that its provider has no part in is not there, whatever is sent', async () => {
    const notice = await admitted();
    const stranger = strangeSystem();
    await nothing(async () => {
      const call = { kind: 'sip-call', meetingAt: '2026-11-26T13:00:00+01:00' };
      for (const body of [{ kind: 'ready', sipNeeded: true }, { kind: 'no-sip', why: 'not-needed' }, call]) {
        expect((await tell(notice, body, stranger)).status).toBe(404);
      }
      const url = `/v1/discharge-messages/${notice.id}`;
      for (const verb of ['receive', 'correct', 'withdraw']) {
        const body = { receive: { unit: unit('0401') }, correct: { at: NOTICE.admittedAt }, withdraw: { reason: 'x' } };
        const reply = await stranger.post(`${url}/${verb}`, body[verb as 'receive'], ifMatch(notice));
        expect(reply.status, `${verb} ${reply.text}`).toBe(404);
      }
      expect((await stranger.get(`/v1/hospital-stays/${notice.id}`)).status).toBe(404);
      const all = await stranger.get<{ items: unknown[] }>(`/v1/patients/${patientId}/hospital-stays`);
      expect(all.body.items).toEqual([]);
    });
  });

  it('the call is the named contact’s to correct and withdraw too', async () => {
    const notice = await admitted();
    service.setClock('2026-11-21T09:00:00+01:00');
    await told(notice, { kind: 'contact', person: MAJ() });
    const call = await told(notice, { kind: 'sip-call', meetingAt: '2026-11-26T13:00:00+01:00' }, as(CLINIC));
    const url = `/v1/discharge-messages/${call.id}`;
    await nothing(async () => {
      const later = { meetingAt: '2026-11-27T13:00:00+01:00' };
      for (const [verb, body] of [
        ['correct', later],
        ['withdraw', { reason: 'Inställt' }],
      ] as const) {
        expect(problemOf(await as(REGION).post(`${url}/${verb}`, body, ifMatch(call)))).toMatchObject({
          status: 403,
          code: 'sip-call-not-by-system',
        });
      }
    });
  });

  it('staff name no unit but their own', () =>
    nothing(async () => {
      expect(problemOf(await notify({}, as(CLINIC)))).toMatchObject({ status: 403, code: 'discharge-unit-not-yours' });
    }));
});

describe('a handover that the region’s record system offers', () => {
  let plan: WholePlan;
  beforeAll(async () => {
    service.setClock('2026-11-16T08:00:00+01:00');
    plan = await createPlan(service, patientId);
  });
  const offer = (more: object = {}, by: Caller = as(REGION)) =>
    by.post<Thing>(`${planUrl(plan)}/handovers`, {
      of: 'step',
      aboutId: stepNamed(plan, 'Läkemedelslista').id,
      toUnit: unit('0302'),
      ...more,
    });

  it('is the unit’s that has the step, and is taken over by people', async () => {
    const offered = await offer({ needs: 'Vågen finns i badrummet.' });
    expect(offered.body, offered.text).toMatchObject({ state: 'offered', fromUnit: unit('0101') });
    const url = `${planUrl(plan)}/handovers/${offered.body.id}`;
    const corrected = await as(REGION).patch<Thing>(url, { given: 'Läkemedelslistan' }, ifMatch(offered.body));
    expect(corrected.body, corrected.text).toMatchObject({ given: 'Läkemedelslistan' });
    await nothing(async () => {
      for (const persona of [KOMMUN, REGION]) {
        for (const verb of ['receive', 'accept', 'return', 'forward']) {
          const body = { return: { reason: 'Fel' }, forward: { toUnit: unit('0302') } }[verb] ?? {};
          const reply = await as(persona).post(`${url}/${verb}`, body, ifMatch(corrected.body));
          expect(problemOf(reply)).toMatchObject({ status: 403, code: 'actor-not-allowed' });
        }
      }
      expect(problemOf(await offer())).toMatchObject({ status: 409, code: 'handover-already-open' });
    });
    const accepted = await as(HOME_CARE).post<Thing>(`${url}/accept`, {}, ifMatch(corrected.body));
    expect(accepted.body, accepted.text).toMatchObject({ state: 'accepted' });
    expect(stepNamed(await readPlan(as(WARD), plan), 'Läkemedelslista').responsibleNow).toBe(unit('0302'));
    // The kommun's own system sends it on from now; the region's has it no longer.
    await nothing(async () => {
      expect(problemOf(await offer({ toUnit: unit('0401') }))).toMatchObject({
        status: 403,
        code: 'handover-not-yours',
      });
    });
    const back = await offer({ toUnit: unit('0201') }, as(KOMMUN));
    expect(back.body, back.text).toMatchObject({ fromUnit: unit('0302') });
    const taken = await as(KOMMUN).post<Thing>(
      `${planUrl(plan)}/handovers/${back.body.id}/cancel`,
      { reason: 'Stannar' },
      ifMatch(back.body),
    );
    expect(taken.body, taken.text).toMatchObject({ state: 'cancelled' });
  });

  it('of a named contact is the contact’s own unit’s, whoever wrote it', async () => {
    const named = await createPlan(service, patientId);
    const contact = named.namedContacts[0]!;
    const designated = await as(CLINIC).post<Thing>(
      `${planUrl(named)}/named-contacts/${contact.id}/transition`,
      { to: 'designated', person: MAJ() },
      ifMatch(contact),
    );
    expect(designated.status, designated.text).toBe(200);
    const offered = await as(REGION).post<Thing>(`${planUrl(named)}/handovers`, {
      ...{ of: 'named-contact', aboutId: contact.id, toUnit: unit('0302'), patientsYes: { method: 'oral' } },
    });
    expect(offered.body, offered.text).toMatchObject({ fromUnit: unit('0201'), recordedBy: { unit: unit('0201') } });
  });

  it('is not there for a system whose provider has no part in the plan', () =>
    nothing(async () => {
      expect((await offer({}, strangeSystem())).status).toBe(404);
      expect((await as(HOME_HELP).get(planUrl(plan))).status).toBe(200);
    }));

  it('says the same on the FHIR door', async () => {
    const lead = await offer({ of: 'planning-lead', aboutId: undefined, toUnit: unit('0201') });
    expect(lead.body, lead.text).toMatchObject({ fromUnit: unit('0101') });
    const task = await as(REGION).get<Record<string, unknown>>(`/fhir/R4/Task/${lead.body.id}`);
    expect(task.body, task.text).toMatchObject({ resourceType: 'Task', status: 'requested' });
  });
});
