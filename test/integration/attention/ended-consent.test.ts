import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lookAtPerson } from '../../../src/attention/index.ts';
import { parsePatientId } from '../../../src/shared/ids.ts';
import { consentBody, must } from '../../support/law-fixtures.ts';
import { createTestApp, registerPatient, type TestApp, unit, type WholePlan } from '../../support/plan-fixtures.ts';

let service: TestApp;
let patientId: string;
let url: string;

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service, 'petra');
  const maj = service.as('maj-modell');
  for (const [principal, until] of [
    ['H01', '2027-11-30'],
    ['H03', '2026-12-31'],
  ] as const) {
    await must(maj, `/v1/patients/${patientId}/consents`, consentBody('sip', 'principal', unit(principal), { until }));
  }
  url = await activeSip(patientId);
});
afterAll(() => service.close());

/** A SIP that a region and a kommun plan together, active. @returns its address */
async function activeSip(of: string): Promise<string> {
  const maj = service.as('maj-modell');
  const made = await must(maj, '/v1/plans', {
    patientId: of,
    kind: 'SIP',
    status: 'proposed',
    title: 'Tillsammans',
    approvedForPatient: true,
    planningLead: { staff: unit('P003'), name: 'Maj Modell' },
    leadPrincipal: unit('H01'),
    noMeasuresByOthers: true,
    steps: [
      { title: 'Prov', time: { form: 'latest-by', by: '2027-02-01' } },
      { title: 'Stöd', responsibleParty: { kind: 'municipality-social', unit: unit('0304') } },
    ],
  });
  const address = `/v1/plans/${(made.plan as { id: string }).id}`;
  const moved = await maj.post(`${address}/transition`, { to: 'active' }, { 'if-match': '"1"' });
  if (moved.status !== 200) throw new Error(moved.text);
  return address;
}

const offerBack = async () => {
  const { steps } = (await service.as('maj-modell').get<WholePlan>(url)).body;
  const prov = steps.find(({ title }) => title === 'Prov')!;
  const offer = { of: 'step', aboutId: prov.id, toUnit: unit('0302'), answerBy: '2027-02-01T12:00:00+01:00' };
  return must(service.as('maj-modell'), `${url}/handovers`, offer);
};
const look = () => lookAtPerson(service.desk, parsePatientId(patientId)!);
const plan = async () => (await service.as('maj-modell').get<WholePlan>(url)).body.plan;

test('a SIP rests when a consent that it rests on has ended, by the clock alone, once', async () => {
  const { id } = await offerBack();
  const handover = async () =>
    (await service.as('maj-modell').get<{ handovers: { id: string; state: string }[] }>(url)).body.handovers.find(
      (one) => one.id === id,
    );
  service.setClock('2026-12-31T23:59:59+01:00');
  await look();
  expect(await handover()).toMatchObject({ state: 'offered' });
  expect(await plan()).toMatchObject({ status: 'active', revision: 2 });
  service.setClock('2027-01-01T00:00:00+01:00');
  await Promise.all([look(), look()]);
  // New Year's Day is a Friday: the next weekday that is no holiday is Monday the 4th.
  expect(await plan()).toMatchObject({
    status: 'on-hold',
    revision: 3,
    changedBy: { kind: 'system', name: 'Patientkontrakt' },
    onHold: { explainBy: '2027-01-04T11:00:00.000Z' },
  });
  // What was on its way to the kommun is still the health centre's.
  expect(await handover()).toMatchObject({ state: 'cancelled', changedBy: { kind: 'system' } });
  const mine = await service.as('petra').get<{ nextStep: { sentence: string } }>('/v1/my/overview');
  expect(mine.body.nextStep.sentence).toMatch(/förklarar vad det betyder att planen vilar/);
});

test('stands in the person’s log, and is told to who listens', async () => {
  const { rows } = await service.owner.query(
    `select (select count(*)::int from audit_entries where route = 'consent-ended' and patient_id = $1) as logged,
      (select count(*)::int from told_events where patient_id = $1 and event = 'plan.state.changed') as told`,
    [parsePatientId(patientId)],
  );
  expect(rows[0]).toMatchObject({ logged: 1 });
});

describe('a SIP that a guardian has consented to', () => {
  let child: string;
  let guardian: string;
  const CONSENT = { from: '2023-06-01', until: '2025-05-01' };

  /** A new consent to the kommun, and something on its way there. */
  async function shared() {
    const answers = [{ relatedPersonId: guardian, answer: 'yes' }];
    const more = { until: CONSENT.until, guardianAnswers: answers };
    const maj = service.as('maj-modell');
    const to = (principal: string) =>
      must(maj, `/v1/patients/${child}/consents`, consentBody('sip', 'principal', unit(principal), more));
    await to('H01');
    const kommun = await to('H03');
    url = await activeSip(child);
    const { id } = await offerBack();
    return { consent: String(kommun.id), handover: String(id) };
  }
  const stateOf = async (id: string) => {
    const { body } = await service.as('maj-modell').get<{ handovers: { id: string; state: string }[] }>(url);
    return body.handovers.find((one) => one.id === id)?.state;
  };
  const end = async () => {
    const { revision } = await plan();
    await service.as('maj-modell').post(`${url}/transition`, { to: 'completed' }, { 'if-match': `"${revision}"` });
  };

  beforeAll(async () => {
    service.setClock('2023-06-01T08:00:00+02:00');
    child = await registerPatient(service, 'love');
    const person = { relation: 'guardian', name: 'Petra Övningsdotter' };
    guardian = String((await must(service.as('maj-modell'), `/v1/patients/${child}/related-persons`, person)).id);
  });

  test('gives back what was on its way at the guardian’s no, and sends nothing more', async () => {
    const { consent, handover } = await shared();
    expect(await stateOf(handover)).toBe('offered');
    const no = { relatedPersonId: guardian, answer: 'no' };
    const answered = await service
      .as('maj-modell')
      .post(`/v1/consents/${consent}/guardian-answers`, no, { 'if-match': '"1"' });
    expect(answered.status, answered.text).toBe(200);
    expect(await stateOf(handover)).toBe('cancelled');
    expect(await plan()).toMatchObject({ status: 'on-hold' });
    await expect(offerBack()).rejects.toThrow('handover-consent-fallen');
    await end();
  });

  test('gives it back when the child comes of age, at midnight in Sweden, and sends nothing more', async () => {
    const { handover } = await shared();
    const lookAtChild = () => lookAtPerson(service.desk, parsePatientId(child)!);
    service.setClock('2024-05-12T23:59:59+02:00');
    await lookAtChild();
    expect([await stateOf(handover), (await plan()).status]).toEqual(['offered', 'active']);
    service.setClock('2024-05-13T00:00:00+02:00');
    await lookAtChild();
    expect([await stateOf(handover), (await plan()).status]).toEqual(['cancelled', 'on-hold']);
    await expect(offerBack()).rejects.toThrow('handover-consent-fallen');
  });
});
