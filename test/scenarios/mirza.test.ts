import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Play } from '../../src/cli/walkthrough/play.ts';
import { getPersona, Stage } from '../../src/demo/index.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { ok, overviewOf } from './play-ester.ts';

const tst = (suffix: string) => `SE0000000000-TST${suffix}`;
const PATIENT = { kind: 'patient' };
const IBD = { kind: 'region', unit: tst('0105') };
const HEALTH_CENTRE = { kind: 'region', unit: tst('0201') };
const RUNA = { staff: tst('P010'), name: 'Runa Modell' };
const EVERY_EIGHTH_WEEK = { form: 'recurring', series: { every: 'week', interval: 8, startsOn: '2026-11-30' } };
const OWN = { responsibleParty: PATIENT, ownYes: { method: 'oral' }, time: EVERY_EIGHTH_WEEK };
const EVEN_WHEN_GOOD = 'Vi hör av oss även när det är bra.';

const plan = (patientId: string) => ({
  patientId,
  kind: 'OVERENSKOMMELSE',
  status: 'proposed',
  title: 'IBD hemma',
  approvedForPatient: true,
  planningLead: RUNA,
  leadPrincipal: tst('H01'),
  whatMatters: [{ text: 'Jag vill sköta provtagningen själv och bara komma när det behövs.' }],
  namedContacts: [{ ref: 'runa', role: 'kontaktsjukskoterska', state: 'designated', person: RUNA, unit: IBD.unit }],
  steps: [
    { ...OWN, title: 'Hemprov F-kalprotektin', patientText: 'Ditt prov' },
    { ...OWN, title: 'Formulär', patientText: 'Du fyller i formuläret' },
    {
      title: 'Svar på provet',
      patientText: 'Svar från Runa',
      performer: RUNA,
      contact: { namedContactRef: 'runa' },
      way: { kind: 'message' },
      time: { form: 'latest-by', by: '2026-12-07' },
      agreedLatest: '2026-12-07',
    },
    {
      title: 'Telefontid',
      patientText: 'Runa ringer dig',
      condition: 'om provet visar över 250',
      time: { form: 'latest-by', by: '2026-12-14' },
    },
    { title: 'Årsbesök', patientText: 'Årsbesök', time: { form: 'as-needed', by: '2027-11-30' } },
    {
      title: 'Vaccin',
      patientText: 'Vaccin på vårdcentralen',
      responsibleParty: HEALTH_CENTRE,
      way: { kind: 'visit' },
      time: { form: 'latest-by', by: '2026-12-10' },
    },
  ],
  commitments: [
    { by: PATIENT, to: IBD, text: 'Jag ringer vid blod i mer än 3 dagar.', ownYes: { method: 'oral' } },
    { by: IBD, to: PATIENT, text: 'Inga kontrollbesök om värdena är bra.' },
    { by: IBD, to: PATIENT, text: EVEN_WHEN_GOOD },
  ],
});

let service: TestApp;
let play: Play;
let url: string;

beforeAll(async () => {
  service = await createTestApp();
  play = new Play(new Stage(service.app, service.issuer));
  const {
    personalIdentityNumber: personNumber,
    given_name: givenName,
    family_name: familyName,
  } = getPersona('mirza').claims;
  const person = await play.post('runa-modell', '/v1/patients', {
    personNumber,
    givenName,
    familyName,
    language: 'bs',
  });
  await play.writePlan('runa-modell', 'plan', plan(person.id));
  url = `/v1/plans/${play.id('plan')}`;
  await play.change('maj-modell', 'plan: Vaccin', 'accept', {});
  await play.change('runa-modell', 'plan', 'transition', { to: 'active' });
  const version = await play.add('runa-modell', 'plan', 'agreements', {});
  for (const persona of ['mirza', 'runa-modell', 'maj-modell']) {
    await play.post(persona, `${url}/agreements/${version.id}/approve`, {});
  }
});
afterAll(() => service.close());

async function told(instant: string) {
  service.setClock(instant);
  return overviewOf(service, 'mirza');
}

async function worklist(persona: string) {
  type Row = { step: { id: string; title: string }; late: boolean; dueAt?: string };
  return ok(await service.as(persona).get<{ items: Row[] }>('/v1/unit-steps')).items;
}

/** In the order in which they happen. */
describe('what Mirza is told is next', () => {
  it('is his own sample, ten days before', async () => {
    const { nextStep } = await told('2026-11-20T09:00:00+01:00');
    expect(nextStep).toMatchObject({
      kind: 'step',
      sentence: 'Ditt prov måndag 30 november.',
      step: { who: { side: 'me' } },
    });
    expect(nextStep.after?.sentence).toBe('Sedan: Du fyller i formuläret måndag 30 november.');
  });

  it('is Runa’s answer, when he has sent it', async () => {
    service.setClock('2026-11-30T18:30:00+01:00');
    for (const name of ['Hemprov F-kalprotektin', 'Formulär']) {
      await play.report('mirza', `plan: ${name}`, { outcome: 'done', occurrence: '2026-11-30' });
    }
    const { nextStep } = await told('2026-12-01T09:00:00+01:00');
    expect(nextStep).toMatchObject({
      kind: 'step',
      sentence: 'Svar från Runa senast måndag 7 december.',
      step: { performer: 'Runa Modell' },
    });
  });

  it('is still that in the last minute of its day', async () => {
    expect((await told('2026-12-07T23:59:59+01:00')).nextStep.kind).toBe('step');
    expect((await told('2026-12-08T00:00:00+01:00')).nextStep.kind).toBe('late');
  });

  it('is that care is late, and who gets in touch today, while they are open', async () => {
    const { nextStep } = await told('2026-12-08T09:00:00+01:00');
    expect(nextStep.sentence).toBe(
      'Vi är sena. Runa Modell eller ersättare hör av sig idag. Det gäller: Svar från Runa senast måndag 7 december.',
    );
    expect(nextStep.late).toMatchObject({ callsToday: true, holder: { name: 'Runa Modell', unit: IBD.unit } });
  });

  it('never says today when nobody is there to do it', async () => {
    expect((await told('2026-12-08T12:30:00+01:00')).nextStep.sentence).toBe(
      'Vi är sena. Runa Modell eller ersättare hör av sig när det öppnar, onsdag 9 december 08:00. Det gäller: Svar från Runa senast måndag 7 december.',
    );
  });

  it('stands first, and as late, in the list of who calls him', async () => {
    service.setClock('2026-12-08T09:00:00+01:00');
    const rows = await worklist('runa-modell');
    expect(rows[0]).toMatchObject({ step: { title: 'Svar på provet' }, late: true, dueAt: '2026-12-07T23:00:00.000Z' });
    expect(rows.filter(({ late }) => late)).toHaveLength(1);
    expect(rows.map(({ step }) => step.title)).not.toContain('Vaccin');
    expect((await worklist('maj-modell')).map(({ step, late }) => [step.title, late])).toEqual([['Vaccin', false]]);
  });

  it('is said in English to who asks for that', async () => {
    const english = { 'accept-language': 'en' };
    const { body } = await service.as('mirza').get<{ nextStep: { sentence: string } }>('/v1/my/overview', english);
    expect(body.nextStep.sentence).toMatch(/^We are late\. Runa Modell or a deputy will be in touch today\./);
  });

  it('lets him say plainly that care broke its promise, and his own is as it was', async () => {
    const { doing } = await told('2026-12-08T09:30:00+01:00');
    const broken = doing.care.promises.find(({ text }) => text === EVEN_WHEN_GOOD)!;
    const judge = { to: 'broken', why: 'Svaret har inte kommit.' };
    const headers = { 'if-match': `"${broken.revision}"` };
    ok(await service.as('mirza').post(`${url}/commitments/${broken.id}/judge`, judge, headers));
    const after = (await told('2026-12-08T09:31:00+01:00')).doing;
    expect(after.care.promises.map(({ text, words }) => [text, words])).toContainEqual([EVEN_WHEN_GOOD, 'inte hållet']);
    expect(after.me.promises.map(({ words }) => words)).toEqual(['gäller']);
  });

  it('shows a time past what was agreed at once, marked, with a new version to say yes to', async () => {
    service.setClock('2026-12-08T10:00:00+01:00');
    const time = { form: 'fixed', start: '2026-12-09T10:15:00+01:00', changeable: { byPatient: false } };
    await play.change('runa-modell', 'plan: Svar på provet', '', { time, way: { kind: 'phone' } }, { method: 'PATCH' });
    const { nextStep, changed, agreements } = await told('2026-12-08T10:01:00+01:00');
    expect(nextStep).toMatchObject({ kind: 'step', sentence: 'Svar från Runa onsdag 9 december 10:15.' });
    expect(changed[0]).toMatchObject({ what: 'Svar från Runa', laterThanAgreed: true });
    expect(agreements[0]).toMatchObject({ agreed: { version: 1 }, proposed: { version: 2 } });
  });

  it('is the vaccine when he has been answered, then the visit when needed by its latest date', async () => {
    service.setClock('2026-12-09T10:30:00+01:00');
    const patientText = 'Dina värden är bra. Nästa prov i januari.';
    await play.report('runa-modell', 'plan: Svar på provet', { outcome: 'done', patientText });
    const sentence = async (instant: string) => (await told(instant)).nextStep.sentence;
    expect(await sentence('2026-12-09T10:31:00+01:00')).toBe('Vaccin på vårdcentralen senast torsdag 10 december.');
    service.setClock('2026-12-10T09:00:00+01:00');
    await play.report('maj-modell', 'plan: Vaccin', { outcome: 'done' });
    expect(await sentence('2026-12-10T09:01:00+01:00')).toBe('Ditt prov måndag 25 januari 2027.');
    for (const name of ['Hemprov F-kalprotektin', 'Formulär']) {
      await play.change('runa-modell', `plan: ${name}`, 'transition', { to: 'cancelled', reason: 'Besvärsfri.' });
    }
    expect(await sentence('2026-12-10T09:02:00+01:00')).toBe('Årsbesök vid behov, senast tisdag 30 november 2027.');
  });
});
