import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parsePatientId } from '../../../src/shared/ids.ts';
import { type Caller, createTestApp, type TestApp } from '../../support/app.ts';
import { auditOf, count, ifMatch, once, type PatientBody, PETRA, register } from '../patients/people.ts';

let service: TestApp;
let nurse: Caller;
let petra: PatientBody;

beforeAll(async () => {
  service = await createTestApp();
  nurse = service.as('maj-modell');
  petra = await register(nurse, { personNumber: PETRA, givenName: 'Petra', familyName: 'Övningsdotter' });
});
afterAll(() => service.close());

interface ConsentBody {
  readonly id: string;
  readonly state: string;
  readonly until: string;
  readonly revision: number;
}

const SIP = {
  type: 'sip',
  form: 'oral',
  data: 'Planeringen: mål, insatser och tider',
  recipient: { kind: 'principal', hsaId: 'SE0000000000-TSTH03' },
  purpose: 'Samordnad individuell plan',
  until: '2027-03-31',
};
const consentsOf = (person: PatientBody) => `/v1/patients/${person.id}/consents`;
const record = (more: object = {}, headers = {}, person = petra) =>
  nurse.post<ConsentBody>(consentsOf(person), { ...SIP, ...more }, headers);

describe('a consent that is recorded', () => {
  test('holds until the end of the day that is given, and is read at its location', async () => {
    const made = await record();
    expect(made).toMatchObject({
      status: 201,
      headers: { etag: '"1"' },
      body: {
        state: 'given',
        from: '2026-11-16T07:00:00.000Z',
        until: '2027-03-31T22:00:00.000Z',
        takenBy: { name: 'Maj Modell', staff: 'SE0000000000-TSTP003' },
        patientId: petra.id,
        legalBasis: 'HSL',
      },
    });
    expect(await nurse.get(made.headers.location!)).toMatchObject({ body: made.body, headers: { etag: '"1"' } });
    const key = parsePatientId(petra.id);
    expect(await auditOf(service, made)).toMatchObject([{ patient_id: key, action: 'consent.record' }]);
    expect(await count(service, `told_events where event = 'consent.given' and patient_id = $1`, [key])).toBe(1);
  });

  test('is made once when it is sent again', async () => {
    const send = () => record({}, once('consent-1'));
    const replies = await Promise.all([send(), send(), send()]);
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(await record({ form: 'written' }, once('consent-1'))).toMatchObject({
      status: 422,
      body: { code: 'idempotency-mismatch' },
    });
  });

  test('that was refused is a record too, and tells nobody', async () => {
    const before = await count(service, 'outbox');
    const made = await record({ state: 'refused', until: undefined, reason: 'Vill bestämma själv.' });
    expect(made).toMatchObject({ status: 201, body: { state: 'refused', reason: 'Vill bestämma själv.' } });
    expect(await count(service, 'outbox')).toBe(before);
  });

  test('may be for a plan of the patient, and goes with it', async () => {
    const plan = { patientId: petra.id, kind: 'SIP', title: 'SIP', approvedForPatient: true };
    const { body } = await nurse.post<{ plan: { id: string } }>('/v1/plans', plan);
    expect(await record({ planId: body.plan.id })).toMatchObject({ status: 201, body: { planId: body.plan.id } });
    const other = await register(nurse);
    expect(await record({ planId: body.plan.id }, {}, other)).toMatchObject({
      status: 422,
      body: { code: 'consent-plan-unknown', invalidParameters: [{ name: 'planId' }] },
    });
    const missing = `${petra.id}-${'a'.repeat(26)}`;
    expect((await record({ planId: missing })).body).toMatchObject({ code: 'consent-plan-unknown' });
  });
});

describe('a consent that could never hold is refused, and nothing is written', () => {
  test.each([
    ['without an end', { until: undefined }, 422, 'consent-needs-end'],
    ['with an end before its beginning', { from: '2027-05-01' }, 422, 'consent-dates'],
    ['that has ended already', { from: '2026-01-01', until: '2026-11-15' }, 422, 'consent-dates'],
    ['until further notice', { until: '2999-12-31' }, 422, 'consent-too-long'],
    ['on a day that never comes', { until: '2027-02-30' }, 400, 'invalid-request'],
    ['to everything', { data: 'Allt' }, 422, 'consent-too-general'],
    ['to everyone', { type: 'disclosure', recipient: { kind: 'person', name: 'Alla' } }, 422, 'consent-too-general'],
    [
      'to a unit that is not there',
      { recipient: { kind: 'unit', hsaId: 'SE0000000000-TST9999' } },
      422,
      'consent-recipient-unknown',
    ],
    [
      'to a unit as if it were a principal',
      { recipient: { kind: 'principal', hsaId: 'SE0000000000-TST0201' } },
      422,
      'consent-recipient-unknown',
    ],
    [
      'to a school that would read',
      { type: 'read-care', recipient: { kind: 'unit', hsaId: 'SE0000000000-TST0305' } },
      422,
      'consent-recipient-unfit',
    ],
    [
      'to read, for social services outside the law',
      { type: 'read-social', recipient: { kind: 'unit', hsaId: 'SE0000000000-TST0304' } },
      422,
      'consent-recipient-unfit',
    ],
    ['of no known type', { type: 'everything' }, 400, 'invalid-request'],
    ['with an unknown field', { untilFurtherNotice: true }, 400, 'invalid-request'],
    ['under a law that the unit does not work under', { legalBasis: 'LSS' }, 422, 'legal-basis-not-yours'],
  ])('%s', async (_what, more, status, code) => {
    const before = await count(service, 'consents');
    expect(await record(more)).toMatchObject({ status, body: { code } });
    expect(await count(service, 'consents')).toBe(before);
  });

  test('two recipients are two consents', async () => {
    const recipient = [SIP.recipient, { kind: 'principal', hsaId: 'SE0000000000-TSTH01' }];
    expect((await record({ recipient })).status).toBe(400);
  });
});

describe('a consent that is withdrawn', () => {
  test('by the patient ends at once, and stays ended', async () => {
    const made = await record();
    const url = `${made.headers.location}/withdraw`;
    const own = service.as('petra');
    service.setClock('2026-11-18T20:14:00+01:00');
    expect((await own.post(url, {})).status).toBe(428);
    const withdrawn = await own.post(url, { reason: 'Vill inte.' }, ifMatch(1));
    expect(withdrawn).toMatchObject({
      status: 200,
      headers: { etag: '"2"' },
      body: {
        state: 'withdrawn',
        withdrawnAt: '2026-11-18T19:14:00.000Z',
        reason: 'Vill inte.',
        changedBy: { kind: 'patient' },
        recordedBy: { name: 'Maj Modell' },
      },
    });
    expect(await own.post(url, {}, ifMatch(2))).toMatchObject({
      status: 409,
      body: { code: 'consent-not-given', state: 'withdrawn' },
    });
    const key = parsePatientId(petra.id);
    expect(await count(service, `told_events where event = 'consent.ended' and patient_id = $1`, [key])).toBe(1);
    service.setClock('2026-11-16T08:00:00+01:00');
  });

  test('by staff of another unit, who were told so, ends too; from an old revision it does not', async () => {
    const made = await record();
    const url = `${made.headers.location}/withdraw`;
    const homeCare = service.as('hanna-hittepa');
    expect((await homeCare.post(url, {}, ifMatch(2))).status).toBe(412);
    expect(await homeCare.post(url, {}, ifMatch(1))).toMatchObject({ status: 200, body: { state: 'withdrawn' } });
  });

  test('is not withdrawn by others than the patient and staff who may', async () => {
    const made = await record();
    const url = `${made.headers.location}/withdraw`;
    expect((await service.as('love').post(url, {}, ifMatch(1))).status).toBe(404);
    expect((await service.as('sam-latsas').post(url, {}, ifMatch(1))).status).toBe(404);
    expect((await service.as('demo-kommun-hsl').post(url, {}, ifMatch(1))).status).toBe(403);
    expect((await nurse.get<ConsentBody>(made.headers.location!)).body.state).toBe('given');
  });
});

describe('the list of consents', () => {
  test('shows each as it is now, to staff and to the patient, and to nobody else', async () => {
    const person = await register(nurse);
    const short = await record({ until: '2026-11-20' }, {}, person);
    await record({}, {}, person);
    const states = async () => {
      const list = await nurse.get<{ items: ConsentBody[] }>(consentsOf(person));
      return list.body.items.map(({ state }) => state);
    };
    expect(await states()).toEqual(['given', 'given']);
    service.setClock('2026-11-20T23:59:59+01:00');
    expect(await states()).toEqual(['given', 'given']);
    service.setClock('2026-11-21T00:00:00+01:00');
    expect(await states()).toEqual(['expired', 'given']);
    expect(await nurse.post(`${short.headers.location}/withdraw`, {}, ifMatch(1))).toMatchObject({
      status: 409,
      body: { state: 'expired' },
    });
    service.setClock('2026-11-16T08:00:00+01:00');
    expect((await service.as('petra').get(consentsOf(petra))).status).toBe(200);
    expect((await service.as('petra').get(consentsOf(person))).status).toBe(404);
    expect((await nurse.get(`/v1/patients/${'a'.repeat(26)}/consents`)).status).toBe(404);
  });

  test('of a joined person holds those of both keys, and parting gives each its own', async () => {
    const [right, other] = [await register(nurse), await register(nurse)];
    const made = await record({}, {}, other);
    const joined = await nurse.post(`/v1/patients/${right.id}/joins`, { joinedPatientId: other.id, why: 'Samma.' });
    const ids = async (person: PatientBody) =>
      (await nurse.get<{ items: ConsentBody[] }>(consentsOf(person))).body.items.map(({ id }) => id);
    expect(await ids(right)).toEqual([made.body.id]);
    expect((await nurse.get(made.headers.location!)).status).toBe(200);
    await nurse.post(`${joined.headers.location}/part`, { why: 'Fel.' }, ifMatch(1));
    expect(await ids(right)).toEqual([]);
    expect(await ids(other)).toEqual([made.body.id]);
  });
});
