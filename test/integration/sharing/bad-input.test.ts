import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Caller } from '../../support/app.ts';
import { ADMINISTRATOR, consentBody, must, withRights } from '../../support/law-fixtures.ts';
import {
  CLINIC,
  createTestApp,
  HOME_HELP,
  NUMBERS,
  registerPatient,
  type TestApp,
  unit,
} from '../../support/plan-fixtures.ts';

/** Love, who is eleven then, and his guardian Petra. */
const START = '2018-05-12T08:00:00+01:00';
let service: TestApp;
let child: string;
let adult: string;

beforeAll(async () => {
  service = await createTestApp({ start: START });
  child = await registerPatient(service, 'love');
  adult = await registerPatient(service, 'mirza');
  const guardian = { relation: 'guardian', name: 'Petra Övningsdotter', personNumber: NUMBERS.petra };
  await must(service.as(CLINIC), `/v1/patients/${child}/related-persons`, guardian);
});
afterAll(() => service.close());

const admin = () => withRights(service, CLINIC, ADMINISTRATOR);
const written = async () => {
  const { rows } = await service.owner.query(
    `select (select count(*) from consents) as consents, (select count(*) from access_facts) as facts,
      (select count(*) from outbox) as events`,
  );
  return rows[0];
};

/** Sends what must be refused: by its own code, with the paragraph that it comes from, and nothing written. */
async function refused(by: Caller, path: string, body: object, id = adult) {
  const before = await written();
  const reply = await by.post<{ code: string; law?: string }>(`/v1/patients/${id}${path}`, body);
  expect(await written()).toEqual(before);
  return { status: reply.status, code: reply.body.code, law: reply.body.law };
}

const consent = (more: object) => consentBody('read-care', 'provider', unit('K01'), { until: '2018-12-31', ...more });

describe('a consent', () => {
  test.each([
    ['to everything', { data: 'Allt' }, 'consent-too-general', /2:2/],
    ['for everyone', { purpose: 'Alla som behöver.' }, 'consent-too-general', /OSL 12:2/],
    [
      'to all that there is about a person',
      { data: 'Alla mina uppgifter som finns i journalen' },
      'consent-too-general',
      /2:2/,
    ],
    ['for whoever it may be', { purpose: 'Till vem som helst inom vården' }, 'consent-too-general', /OSL 12:2/],
    ['until further notice', { data: 'tills vidare' }, 'consent-too-general', /lag 2022:913/],
    ['without end', { until: undefined }, 'consent-needs-end', /3:1–2/],
    ['longer than is allowed', { until: '2030-01-01' }, 'consent-too-long', /3:1–2/],
    ['that ends before it begins', { from: '2018-12-01', until: '2018-11-01' }, 'consent-dates', /3:1–2/],
    [
      'to somebody whom the directory lacks',
      { recipient: { kind: 'unit', hsaId: unit('9998') } },
      'consent-recipient-unknown',
      /3:1–2/,
    ],
    [
      'to a school, which the law does not cover',
      { recipient: { kind: 'unit', hsaId: unit('0305') } },
      'consent-recipient-unfit',
      /1:1/,
    ],
  ])('%s is refused', async (_what, more, code, law) => {
    expect(await refused(service.as(CLINIC), '/consents', consent(more))).toMatchObject({
      status: 422,
      code,
      law: expect.stringMatching(law),
    });
  });

  test.each([
    [{ data: '   ' }],
    [{ purpose: '' }],
    [{ data: undefined }],
  ])('of blanks (%j) is no consent', async (more) => {
    expect(await refused(service.as(CLINIC), '/consents', consent(more))).toMatchObject({ status: 400 });
  });
});

describe('a block', () => {
  const outer = { reach: 'outer', provider: unit('R01') };
  test.each([
    ['that ends before it begins', { ...outer, from: '2018-06-02', until: '2018-06-01' }, 'block-dates'],
    ['that has ended already', { ...outer, until: '2018-05-01' }, 'block-dates'],
    [
      'of what was written in a period turned round',
      { ...outer, written: { from: '2018-02-01', until: '2018-01-01' } },
      'block-dates',
    ],
    ['of a unit that nobody knows', { reach: 'outer', unit: unit('9998') }, 'block-unit-unknown'],
    ['of a unit of another provider than it says', { ...outer, unit: unit('0302') }, 'block-unit-unknown'],
    ['that is inner and says no unit', { reach: 'inner', provider: unit('R01') }, 'inner-block-needs-unit'],
  ])('%s is refused', async (_what, body, code) => {
    expect(await refused(service.as('mirza'), '/blocks', body)).toMatchObject({
      status: 422,
      code,
      law: expect.stringMatching(/PDL 4:4/),
    });
  });

  test('of a child’s data by a guardian is refused, and by the guardian of one who has turned thirteen', async () => {
    const expected = { status: 403, code: 'guardian-may-not-block', law: 'PDL 4:4; lag 2022:913 2:3' };
    expect(await refused(service.as('petra'), '/blocks', outer, child)).toEqual(expected);
    service.setClock('2019-05-13T00:00:00+02:00');
    expect(await refused(service.as('petra'), '/blocks', outer, child)).toEqual(expected);
    service.setClock(START);
    expect(await refused(service.as('ester'), '/blocks', outer, child)).toMatchObject({ status: 404 });
  });

  test('of another provider’s data is nothing that staff can set', async () => {
    const social = { reach: 'outer', provider: unit('O01') };
    expect(await refused(admin(), '/blocks', social)).toMatchObject({ status: 403, law: expect.any(String) });
  });
});

describe('emergency access', () => {
  // When the providers have joined shared documentation.
  beforeAll(() => service.setClock('2026-11-16T08:00:00+01:00'));
  const open = { reason: 'Medvetslös på akuten', consentUnobtainable: true };
  test('is not for social care', async () => {
    const expected = { status: 403, code: 'emergency-only-for-care-providers', law: 'lag 2022:913 3:5–6' };
    expect(await refused(service.as(HOME_HELP), '/emergency-accesses', open)).toEqual(expected);
    expect(await refused(service.as('kim-ovning'), '/emergency-accesses', open)).toEqual(expected);
  });

  test.each([
    ['a reason of blanks', { ...open, reason: ' \t ' }, 'emergency-reason-missing', /3:5–6/],
    ['a patient who could be asked', { ...open, consentUnobtainable: false }, 'emergency-not-lawful', /3:6/],
    ['longer than is allowed', { ...open, hours: 168 }, 'emergency-too-long', /3:6/],
  ])('with %s is refused', async (_what, body, code, law) => {
    expect(await refused(service.as(CLINIC), '/emergency-accesses', body)).toMatchObject({
      status: 422,
      code,
      law: expect.stringMatching(law),
    });
  });
});
