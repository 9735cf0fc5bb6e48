import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Play } from '../../src/cli/walkthrough/play.ts';
import { getPersona, Stage } from '../../src/demo/index.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { ok, overviewOf } from './play-ester.ts';

const tst = (suffix: string) => `SE0000000000-TST${suffix}`;
const HEALTH_CENTRE = { kind: 'region', unit: tst('0201') };
const PSYCHIATRY = { kind: 'region', unit: tst('0103') };
const SOCIAL = { kind: 'municipality-social', unit: tst('0304') };
const MAJ = { staff: tst('P003'), name: 'Maj Modell' };
const RECIPIENTS = { vårdcentralen: HEALTH_CENTRE, psykiatrin: PSYCHIATRY, socialtjänsten: SOCIAL };

const sip = (patientId: string) => ({
  patientId,
  kind: 'SIP',
  status: 'proposed',
  title: 'Nykter och boende i egen lägenhet',
  approvedForPatient: true,
  planningLead: MAJ,
  leadPrincipal: tst('H01'),
  noMeasuresByOthers: true,
  whatMatters: [{ text: 'Jag bestämmer vilka som ska veta.' }],
  namedContacts: [{ ref: 'maj', role: 'fast-vardkontakt', state: 'designated', person: MAJ, unit: HEALTH_CENTRE.unit }],
  steps: [
    {
      title: 'Provtagning',
      patientText: 'Provtagning på vårdcentralen',
      clinicalText: 'PEth vid beroende',
      time: { form: 'latest-by', by: '2026-12-20' },
    },
    {
      title: 'Samtal',
      patientText: 'Samtal med Noa',
      responsibleParty: PSYCHIATRY,
      time: { form: 'latest-by', by: '2026-12-18' },
    },
    {
      title: 'Boendestöd',
      patientText: 'Boendestöd hemma',
      purpose: 'social',
      responsibleParty: SOCIAL,
      time: { form: 'latest-by', by: '2026-12-15' },
    },
  ],
});

let service: TestApp;
let play: Play;
let petra: string;
let url: string;
let consents: Record<string, string>;

beforeAll(async () => {
  service = await createTestApp({ start: '2026-10-01T09:00:00+02:00' });
  play = new Play(new Stage(service.app, service.issuer));
  const {
    personalIdentityNumber: personNumber,
    given_name: givenName,
    family_name: familyName,
  } = getPersona('petra').claims;
  petra = (await play.post('maj-modell', '/v1/patients', { personNumber, givenName, familyName })).id;
  consents = {};
  for (const [name, { unit }] of Object.entries(RECIPIENTS)) consents[name] = await consentTo(unit);
  service.setClock('2026-10-20T13:00:00+02:00');
  await play.writePlan('maj-modell', 'SIP', sip(petra));
  url = `/v1/plans/${play.id('SIP')}`;
  for (const [persona, name, unit] of [
    ['noa-fiktiv', 'Samtal', PSYCHIATRY.unit],
    ['sam-latsas', 'Boendestöd', SOCIAL.unit],
  ] as const) {
    await play.change(persona, `SIP: ${name}`, 'accept', {});
    await play.change(persona, `SIP: ${unit}`, 'accept', {});
  }
  await play.change('maj-modell', 'SIP', 'transition', { to: 'active' });
});
afterAll(() => service.close());

async function consentTo(hsaId: string): Promise<string> {
  const made = await play.post('maj-modell', `/v1/patients/${petra}/consents`, {
    type: 'sip',
    form: 'written',
    data: 'Planeringen av behandling och stöd: mål, insatser och tider',
    recipient: { kind: 'unit', hsaId },
    purpose: 'Samordnad individuell plan',
    until: '2027-03-31',
  });
  return made.id;
}

const sentence = async () => (await overviewOf(service, 'petra')).nextStep.sentence;
type Whole = {
  plan: Record<string, unknown>;
  handovers: { id: string; state: string; revision: number }[];
  namedContacts: { id: string; state: string; isPrimary: boolean; unit: string }[];
  steps: { id: string; title: string; state: string; responsibleNow: string; clinicalText?: string }[];
};
const seenBy = async (persona: string) => ok(await service.as(persona).get<Whole>(url));
const titles = async (persona: string) => (await seenBy(persona)).steps.map(({ title }) => title).sort();

/** In the order in which they happen. */
describe('before Petra withdraws', () => {
  it('social services have their own step alone, never what care writes', async () => {
    expect(await titles('sam-latsas')).toEqual(['Boendestöd']);
    const { plan } = await seenBy('sam-latsas');
    expect(plan).toMatchObject({ kind: 'SIP', status: 'active', title: '' });
    expect((await service.as('sam-latsas').get(url)).text).not.toMatch(/PEth|beroende|Nykter/);
  });

  it('she is shown what it would lead to, and nothing has happened', async () => {
    service.setClock('2026-11-18T20:13:00+01:00');
    type Effect = { plans: { becomes?: string; explainBy?: string }[]; words: string[] };
    const effect = ok(await service.as('petra').get<Effect>(`/v1/consents/${consents.socialtjänsten}/effect`));
    expect(effect.plans).toMatchObject([{ becomes: 'on-hold', explainBy: '2026-11-19T11:00:00.000Z' }]);
    expect(effect.words).toContain(
      'Den samordnade planen vilar. Din fasta vårdkontakt förklarar vad det betyder för dig.',
    );
    expect(effect.words.slice(-2)).toEqual([
      'Var och en behåller sina egna steg och kan fortsätta med dem enligt sitt eget beslut.',
      'Det som är skrivet raderas inte, för den som har skrivit måste bevara det. Kopior och blad som redan har lämnats ut finns kvar hos den som har fått dem.',
    ]);
    expect((await seenBy('maj-modell')).plan.status).toBe('active');
  });

  it('the health centre and psychiatry see what the region has written', async () => {
    const all = ['Boendestöd', 'Provtagning', 'Samtal'];
    expect([await titles('noa-fiktiv'), await titles('maj-modell')]).toEqual([all, all]);
  });
});

describe('when she withdraws, 18 November 20:14', () => {
  let etag = '';
  let offered = '';
  it('something is on its way to social services', async () => {
    const { steps } = await seenBy('maj-modell');
    const aboutId = steps.find(({ title }) => title === 'Provtagning')!.id;
    const offer = { of: 'step', aboutId, toUnit: SOCIAL.unit, answerBy: '2026-11-25T12:00:00+01:00' };
    offered = (await play.post('maj-modell', `${url}/handovers`, offer)).id;
    expect(await titles('sam-latsas')).toEqual(['Boendestöd', 'Provtagning']);
  });

  it('the plan rests at once, in a session that is open too', async () => {
    etag = (await service.as('sam-latsas').get(url)).headers.etag ?? '';
    service.setClock('2026-11-18T20:14:00+01:00');
    const withdraw = `/v1/consents/${consents.socialtjänsten}/withdraw`;
    ok(await service.as('petra').post(withdraw, { reason: 'Jag vill inte att de vet.' }, { 'if-match': '"1"' }));
    expect((await seenBy('maj-modell')).plan).toMatchObject({
      status: 'on-hold',
      onHold: { explainBy: '2026-11-19T11:00:00.000Z' },
    });
    const again = await service.as('sam-latsas').get(url, { 'if-none-match': etag });
    expect(again.status).toBe(200);
  });

  it('what was on its way goes back, and is no longer told to who was asked', async () => {
    const { handovers, steps } = await seenBy('maj-modell');
    expect(handovers).toMatchObject([{ id: offered, state: 'cancelled' }]);
    expect(steps.find(({ title }) => title === 'Provtagning')?.responsibleNow).toBe(HEALTH_CENTRE.unit);
    expect(await titles('sam-latsas')).toEqual(['Boendestöd']);
    const late = await service.as('sam-latsas').post(`${url}/handovers/${offered}/accept`, {}, { 'if-match': '"2"' });
    expect(late.status, late.text).toBeGreaterThanOrEqual(400);
  });

  it('tells her who calls, and by when', async () => {
    service.setClock('2026-11-18T20:15:00+01:00');
    expect(await sentence()).toBe(
      'Maj Modell hör av sig och förklarar vad det betyder att planen vilar senast torsdag 19 november 12:00.',
    );
  });

  it('leaves nobody’s step without an owner: social services keep theirs until they let it go', async () => {
    const { steps } = await seenBy('sam-latsas');
    expect(steps).toMatchObject([{ title: 'Boendestöd', state: 'agreed', responsibleNow: SOCIAL.unit }]);
    expect(await titles('maj-modell')).toContain('Provtagning');
    const { rows } = await service.owner.query<{ n: number }>('select count(*)::int as n from steps');
    expect(rows[0]!.n).toBe(3);
  });

  it('is not undone by another consent: that is a new decision, and the plan rests on', async () => {
    await consentTo(SOCIAL.unit);
    expect((await seenBy('maj-modell')).plan.status).toBe('on-hold');
    const revived = await service
      .as('petra')
      .post(`/v1/consents/${consents.socialtjänsten}/withdraw`, {}, { 'if-match': '"2"' });
    expect(revived.body.code).toBe('consent-not-given');
  });
});

describe('afterwards', () => {
  it('Maj calls, and the new plan is next', async () => {
    service.setClock('2026-11-19T11:30:00+01:00');
    await play.change('maj-modell', 'SIP', 'explained', {});
    await play.writePlan('maj-modell', 'ny', {
      patientId: petra,
      kind: 'OVERENSKOMMELSE',
      status: 'proposed',
      title: 'Med vårdcentralen och psykiatrin',
      approvedForPatient: true,
      planningLead: MAJ,
      leadPrincipal: tst('H01'),
      namedContacts: [{ role: 'fast-vardkontakt', state: 'designated', person: MAJ, unit: HEALTH_CENTRE.unit }],
      steps: [
        {
          title: 'Ny plan',
          patientText: 'Ny plan med dig',
          way: { kind: 'visit' },
          time: { form: 'fixed', start: '2026-11-26T13:00:00+01:00', changeable: { byPatient: true } },
        },
        {
          title: 'Samtal framåt',
          patientText: 'Samtal med Noa',
          responsibleParty: PSYCHIATRY,
          time: { form: 'latest-by', by: '2027-01-15' },
        },
      ],
    });
    await play.change('maj-modell', 'ny: Ny plan', 'transition', { to: 'booked' });
    service.setClock('2026-11-19T13:00:00+01:00');
    expect(await sentence()).toBe('Ny plan med dig torsdag 26 november 13:00.');
  });

  it('the new plan takes over without social services, whose step stays with them, and the old is locked', async () => {
    service.setClock('2026-11-26T13:30:00+01:00');
    await play.report('maj-modell', 'ny: Ny plan', { outcome: 'done' });
    await play.change('maj-modell', 'ny', 'transition', { to: 'active', replaces: play.id('SIP') });
    const old = ok(await service.as('maj-modell').get<Whole>(url));
    expect(old.plan).toMatchObject({ status: 'completed', replacedBy: play.id('ny') });
    const late = await service.as('maj-modell').post(`${url}/steps`, { title: 'Nytt' });
    expect(late.body.code).toBe('plan-closed');
    const version = await play.add('maj-modell', 'ny', 'agreements', {});
    const parts = version.parts as unknown as { party: { unit?: string } }[];
    expect(parts.map(({ party }) => party.unit)).not.toContain(undefined);
  });

  it('what each principal wrote is kept, and read by the one who wrote it', async () => {
    const kept = ok(await service.as('maj-modell').get<{ items: { kind: string }[] }>(`${url}/history?limit=200`));
    expect(kept.items.some(({ kind }) => kind === 'plan')).toBe(true);
    const social = await service.as('sam-latsas').post<{ items: object[] }>('/v1/plans/search', { patientId: petra });
    expect(social.text).not.toMatch(/PEth|beroende|Nykter|vårdcentralen och psykiatrin/);
  });

  it('her log tells that she withdrew, and whoever looked after', async () => {
    const log = await service.as('petra').get<{ items: { sentence: string }[] }>('/v1/my/access-log?limit=100');
    expect(log.text).toMatch(/samtycke/);
  });
});

/** Petra's new kommun, which has not joined shared documentation. */
const NEW_HOME = tst('0501');
const THEO = { staff: tst('P050'), name: 'Theo Testeryd' };

/** The kommun's home health care, with somebody who works there. */
async function theo() {
  const id = '01a55555-0000-7000-8000-000000000501';
  const unit = { id, hsa_id: NEW_HOME, name: 'Testeryds kommun, hemsjukvården', provider_hsa_id: tst('K02') };
  await service.owner.query(
    `insert into units select (jsonb_populate_record(u, $1::jsonb)).* from units u where u.hsa_id = $2
       on conflict do nothing`,
    [JSON.stringify(unit), tst('0302')],
  );
  const hanna = getPersona('hanna-hittepa');
  const place = { healthCareUnitHsaId: NEW_HOME, healthCareProviderHsaId: tst('K02') };
  const claims = { ...hanna.claims, employeeHsaId: THEO.staff, name: THEO.name, ...place };
  return service.caller({ ...hanna, claims });
}

describe('when she moves to Testeryd, 15 January', () => {
  const plan = () => `/v1/plans/${play.id('ny')}`;
  const read = async (by: Pick<ReturnType<TestApp['as']>, 'get'>) => ok(await by.get<Whole>(plan()));
  const offer = (body: object) =>
    service.as('maj-modell').post<{ id: string; code?: string }>(`${plan()}/handovers`, body);
  let lead = '';
  let contact = '';

  it('nothing moves without her yes, and nobody is asked', async () => {
    service.setClock('2027-01-15T09:00:00+01:00');
    const asked = { of: 'planning-lead', toUnit: NEW_HOME, answerBy: '2027-01-20T12:00:00+01:00' };
    const there = await theo();
    const refused = await offer(asked);
    expect([refused.status, refused.body.code]).toEqual([422, 'handover-needs-patients-yes']);
    expect((await there.get(plan())).status).toBe(404);
    const made = await offer({ ...asked, patientsYes: { method: 'oral' } });
    expect(made.status, made.text).toBe(201);
    lead = made.body.id;
    const { namedContacts } = await read(service.as('maj-modell'));
    const aboutId = namedContacts.find(({ isPrimary }) => isPrimary)!.id;
    const whom = { of: 'named-contact', aboutId, toUnit: NEW_HOME, answerBy: asked.answerBy };
    expect((await offer(whom)).body.code).toBe('handover-needs-patients-yes');
    const also = await offer({ ...whom, patientsYes: { method: 'oral' } });
    expect(also.status, also.text).toBe(201);
    contact = also.body.id;
  });

  it('the plan has its lead and its contact until the other has said yes, and no gap after', async () => {
    const there = await theo();
    for (const id of [lead, contact]) {
      expect((await read(service.as('maj-modell'))).plan.leadUnit).toBe(id === lead ? HEALTH_CENTRE.unit : NEW_HOME);
      const received = await there.post(`${plan()}/handovers/${id}/receive`, {}, { 'if-match': '"1"' });
      expect(received.status, received.text).toBe(200);
      const accepted = await there.post(`${plan()}/handovers/${id}/accept`, { person: THEO }, { 'if-match': '"2"' });
      expect(accepted.status, accepted.text).toBe(200);
    }
    const { namedContacts, plan: header } = await read(there);
    expect(header).toMatchObject({
      leadUnit: NEW_HOME,
      leadPrincipal: tst('H04'),
      title: 'Med vårdcentralen och psykiatrin',
    });
    const designated = namedContacts.filter(({ state }) => state === 'designated');
    expect(designated).toMatchObject([{ unit: NEW_HOME, isPrimary: true }]);
    expect(await sentence()).not.toBe('');
  });

  it('what each has written stays with the one who wrote it, and the new kommun reads what consent allows: nothing', async () => {
    const there = await theo();
    expect((await read(there)).steps).toEqual([]);
    expect((await there.get(url)).status).toBe(404);
    expect((await read(service.as('noa-fiktiv'))).steps.map(({ title }) => title)).toContain('Samtal framåt');
    const owners = await service.owner.query<{ unit: string }>(
      'select distinct recorded_unit as unit from steps where plan_id in (select id from plans where lead_unit = $1)',
      [NEW_HOME],
    );
    expect(owners.rows).toEqual([{ unit: HEALTH_CENTRE.unit }]);
    // Social services have in it what they have not let go, and nothing else.
    expect((await read(service.as('sam-latsas'))).steps).toMatchObject([
      { title: 'Boendestöd', responsibleNow: SOCIAL.unit },
    ]);
  });
});
