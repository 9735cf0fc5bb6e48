import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMINISTRATOR, consentBody, withRights } from '../../support/law-fixtures.ts';
import {
  CLINIC,
  createPlan,
  createTestApp,
  HOME_CARE,
  NUMBERS,
  planUrl,
  readPlan,
  registerPatient,
  type TestApp,
  unit,
  WARD,
} from '../../support/plan-fixtures.ts';

let service: TestApp;
beforeAll(async () => {
  service = await createTestApp();
});
afterAll(() => service.close());

const admin = (persona = CLINIC) => withRights(service, persona, ADMINISTRATOR);
const find = async (by: ReturnType<typeof admin>, personNumber: string) => {
  const { status, body } = await by.post<{ items: { id: string }[] }>('/v1/patients/search', { personNumber });
  expect(status).toBe(200);
  return body.items.map(({ id }) => id);
};
const protect = (patientId: string, more: object = {}) =>
  admin().post(
    `/v1/patients/${patientId}/protection`,
    { grade: 'confidentiality-mark', ...more },
    { 'if-match': '"1"' },
  );

describe('a protected person’s number', () => {
  const person = { personNumber: NUMBERS.p7, givenName: 'Okänd', familyName: 'Person' };
  const ward = () => service.as(WARD);
  let hidden: string;
  let apart: string;

  test('is free to who is not on the list, as any number is', async () => {
    hidden = await registerPatient(service, 'p7');
    const url = `/v1/patients/${hidden}/protection`;
    const done = await admin().post(url, { grade: 'confidentiality-mark', staff: [] }, { 'if-match': '"1"' });
    expect(done.status, done.text).toBe(200);
    expect(await find(ward(), NUMBERS.p7)).toEqual([]);
    const made = await ward().post<{ id: string }>('/v1/patients', person);
    expect(made.status, made.text).toBe(201);
    apart = made.body.id;
    expect(apart).not.toBe(hidden);
  });

  test('is then taken and found as any that one has registered', async () => {
    const again = await ward().post('/v1/patients', person);
    expect([again.status, again.body.code]).toEqual([409, 'person-number-taken']);
    expect(await find(ward(), NUMBERS.p7)).toEqual([apart]);
    expect(await find(service.as(HOME_CARE), NUMBERS.p7)).toEqual([apart]);
  });

  test('leads who is on the list to the person, and lets the two be joined', async () => {
    expect(await find(admin(), NUMBERS.p7)).toEqual([hidden]);
    const taken = await admin().post('/v1/patients', person);
    expect(taken.body.code).toBe('person-number-taken');
    const joined = await admin().post(`/v1/patients/${hidden}/joins`, { joinedPatientId: apart, why: 'Samma person' });
    expect(joined.status, joined.text).toBe(201);
    expect((await ward().get(`/v1/patients/${apart}`)).status).toBe(404);
  });
});

describe('the log of a protected person', () => {
  test('is reviewed by who is on the list, and counted for nobody else', async () => {
    const patientId = await registerPatient(service, 'petra');
    expect((await protect(patientId)).status).toBe(200);
    await admin().get(`/v1/patients/${patientId}`);
    // Days are Swedish ones: around midnight it is another day there than in UTC.
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
    const criteria = { kind: 'patient', patientId, from: day(-1), to: day(1) };
    type Reviewed = { id: string; covered: number };
    const url = '/v1/access-log/reviews';
    const listed = await admin().post<Reviewed>(url, criteria);
    expect(listed.status, listed.text).toBe(201);
    expect(listed.body.covered).toBeGreaterThan(0);
    const other = admin('vera-vikarie');
    expect((await other.post<Reviewed>(url, criteria)).body.covered).toBe(0);
    expect((await other.get(`${url}/${listed.body.id}`)).status).toBe(404);
    expect((await admin().get(`${url}/${listed.body.id}`)).status).toBe(200);
  });
});

describe('staff with protected identity', () => {
  test('are role and unit wherever they stand: plan, history, work list, consents and relations', async () => {
    const patientId = await registerPatient(service, 'ester');
    const plan = await createPlan(service, patientId);
    await service.as(HOME_CARE).get(planUrl(plan));
    await service.owner.query('update staff set protected_identity = true where hsa_id = any ($1)', [
      [unit('P001'), unit('P003')],
    ]);
    const seen = await readPlan(service.as(HOME_CARE), plan);
    expect(seen.goals[0]).toMatchObject({ recordedBy: { staff: unit('P001'), unit: unit('0101'), name: 'Personal' } });
    const places = [
      planUrl(plan),
      `${planUrl(plan)}/history`,
      '/v1/unit-steps',
      `/v1/patients/${patientId}/consents`,
      `/v1/patients/${patientId}/care-relations`,
      `/v1/patients/${patientId}`,
    ];
    for (const url of places) {
      const reply = await service.as(HOME_CARE).get(url);
      expect([url, reply.status]).toEqual([url, 200]);
      expect([url, reply.text.match(/Tove Testrup|Maj Modell/g)]).toEqual([url, null]);
    }
    expect((await service.as('ester').get('/v1/my/overview')).text).not.toMatch(/Tove Testrup|Maj Modell/);
  });

  test('are not named as reviewers of the log: in reviews, conclusions and watches', async () => {
    const by = admin('vera-vikarie');
    const hide = (isProtected: boolean) =>
      service.owner.query('update staff set protected_identity = $1 where hsa_id = $2', [isProtected, unit('P018')]);
    const patientId = await registerPatient(service, 'mirza');
    await hide(true);
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
    const review = await by.post<{ id: string }>('/v1/access-log/reviews', {
      ...{ kind: 'patient', patientId, from: day(-1), to: day(1) },
    });
    const conclusions = `/v1/access-log/reviews/${review.body.id}/conclusions`;
    const answers = [
      review,
      await by.post(conclusions, { outcome: 'no-deviation', text: 'Alla hör till vården.' }),
      await by.post<{ id: string }>('/v1/access-log/watches', { patientId, why: 'Känd för allmänheten.' }),
      await by.get(`/v1/access-log/reviews/${review.body.id}`),
      await by.get('/v1/access-log/reviews'),
      await by.get('/v1/access-log/watches'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 200, 200, 200]);
    for (const { text } of answers) {
      expect(text).not.toContain('Vera Vikarie');
      expect(text).toContain(unit('P018'));
      expect(text).toContain('Personal');
    }
    await hide(false);
    expect((await by.get('/v1/access-log/watches')).text).toContain('Vera Vikarie');
  });

  test('are not named in the answer to a change either, nor beside a related person, on either door', async () => {
    const patientId = await registerPatient(service, 'love');
    const maj = service.as(CLINIC);
    const url = `/v1/patients/${patientId}/related-persons`;
    const made = await maj.post<{ id: string }>(url, { relation: 'relative', name: 'Britt Exempelsson' });
    const consent = await maj.post<{ id: string }>(`/v1/patients/${patientId}/consents`, {
      ...consentBody('disclosure', 'unit', unit('0303')),
    });
    const answers = [
      made,
      consent,
      await maj.get(`${url}/${made.body.id}`),
      await maj.patch(`${url}/${made.body.id}`, { kinship: 'dotter' }, { 'if-match': '"1"' }),
      await maj.post(`${url}/${made.body.id}/end`, {}, { 'if-match': '"2"' }),
      await maj.get(`/fhir/R4/RelatedPerson/${made.body.id}`),
      await service.as('love').post(`/v1/consents/${consent.body.id}/withdraw`, {}, { 'if-match': '"1"' }),
      await maj.post(`/v1/patients/${patientId}/care-relations`, { kind: 'care' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 200, 200, 200, 200, 200, 201]);
    for (const { text } of answers) expect(text).not.toContain('Maj Modell');
  });
});
