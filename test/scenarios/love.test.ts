import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Play } from '../../src/cli/walkthrough/play.ts';
import { getPersona, Stage } from '../../src/demo/index.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { ok, overviewOf } from './play-ester.ts';

const tst = (suffix: string) => `SE0000000000-TST${suffix}`;
const PATIENT = { kind: 'patient' };
const PSYCHIATRY = { kind: 'region', unit: tst('0103') };
const YOUNG_ADULTS = { kind: 'municipality-social', unit: tst('0304') };
const SCHOOL = { kind: 'other', unit: tst('0305') };
const NOA = { staff: tst('P007'), name: 'Noa Fiktiv' };
const DIAGNOSIS = 'Depression med sömnstörning';

const sip = (patientId: string) => ({
  patientId,
  kind: 'SIP',
  status: 'proposed',
  title: 'Sova och klara skolan',
  approvedForPatient: true,
  planningLead: NOA,
  leadPrincipal: tst('H01'),
  whatMatters: [{ text: 'Jag vill sova på nätterna och klara två dagar i skolan.' }],
  namedContacts: [{ ref: 'noa', role: 'fast-vardkontakt', state: 'designated', person: NOA, unit: PSYCHIATRY.unit }],
  steps: [
    {
      title: 'Förberedelseblad',
      patientText: 'Du och Noa fyller i bladet',
      clinicalText: DIAGNOSIS,
      time: { form: 'fixed', start: '2026-11-23T10:00:00+01:00', changeable: { byPatient: true } },
    },
    {
      title: 'SIP-möte',
      patientText: 'Möte hos skolan',
      responsibleParty: YOUNG_ADULTS,
      way: { kind: 'visit', place: 'Provskolan' },
      time: { form: 'fixed', start: '2026-12-03T14:00:00+01:00', changeable: { byPatient: true } },
    },
    {
      title: 'Boendestöd',
      patientText: 'Boendestöd börjar',
      purpose: 'social',
      responsibleParty: YOUNG_ADULTS,
      time: { form: 'latest-by', by: '2026-12-14' },
    },
    {
      title: 'Schema',
      patientText: 'Skolan gör ett schema med två dagar i veckan',
      responsibleParty: SCHOOL,
      time: { form: 'latest-by', by: '2027-01-11' },
    },
    { title: 'Uppföljning', patientText: 'Uppföljning med Noa', time: { form: 'latest-by', by: '2027-02-04' } },
  ],
  commitments: [
    { by: PSYCHIATRY, to: PATIENT, text: 'Ingen ringer din mamma utan ditt ja.' },
    { by: SCHOOL, to: PATIENT, text: 'Skolan ändrar inte schemat utan att prata med dig.' },
  ],
});

let service: TestApp;
let play: Play;
let love: string;
let url: string;
const consents: Record<string, string> = {};

beforeAll(async () => {
  service = await createTestApp();
  play = new Play(new Stage(service.app, service.issuer));
  const {
    personalIdentityNumber: personNumber,
    given_name: givenName,
    family_name: familyName,
  } = getPersona('love').claims;
  love = (await play.post('noa-fiktiv', '/v1/patients', { personNumber, givenName, familyName })).id;
  await play.writePlan('noa-fiktiv', 'SIP', sip(love));
  url = `/v1/plans/${play.id('SIP')}`;
  await play.change('noa-fiktiv', 'SIP: Förberedelseblad', 'transition', { to: 'booked' });
});
afterAll(() => service.close());

const sentenceAt = async (instant: string) => {
  service.setClock(instant);
  return (await overviewOf(service, 'love')).nextStep.sentence;
};
type Whole = {
  plan: Record<string, unknown>;
  steps: { id: string; title: string; state: string; responsibleNow: string; revision: number }[];
  commitments: { text: string }[];
};
const seenBy = async (persona: string) => ok(await service.as(persona).get<Whole>(url));

async function consentTo(type: string, hsaId: string): Promise<string> {
  const body = {
    type,
    form: 'electronic',
    data: 'Planeringen av stöd och behandling: mål, insatser och tider',
    recipient: { kind: 'unit', hsaId },
    purpose: 'Samordnad individuell plan',
    until: '2027-05-31',
  };
  return (await play.post('noa-fiktiv', `/v1/patients/${love}/consents`, body)).id;
}

/** In the order in which they happen. */
describe('what Love is told is next', () => {
  it('is the sheet with Noa, Monday the 23rd', async () => {
    expect(await sentenceAt('2026-11-17T09:00:00+01:00')).toBe('Du och Noa fyller i bladet måndag 23 november 10:00.');
  });

  it('is the meeting, when the sheet is done and each party has its own consent', async () => {
    service.setClock('2026-11-23T11:00:00+01:00');
    await play.report('noa-fiktiv', 'SIP: Förberedelseblad', { outcome: 'done' });
    for (const { unit } of [PSYCHIATRY, YOUNG_ADULTS]) consents[unit] = await consentTo('sip', unit);
    consents.school = await consentTo('disclosure', SCHOOL.unit);
    service.setClock('2026-11-24T10:00:00+01:00');
    await play.change('sam-latsas', 'SIP: SIP-möte', 'accept', {});
    await play.change('sam-latsas', 'SIP: SIP-möte', 'transition', { to: 'booked' });
    await play.change('sam-latsas', 'SIP: Boendestöd', 'accept', {});
    await play.change('elin-demo', 'SIP: Schema', 'accept', {});
    await play.change('noa-fiktiv', 'SIP', 'transition', { to: 'active' });
    expect(await sentenceAt('2026-11-25T09:00:00+01:00')).toBe('Möte hos skolan torsdag 3 december 14:00.');
  });

  it('is that the support at home begins, and then that it has not', async () => {
    service.setClock('2026-12-03T16:00:00+01:00');
    await play.report('sam-latsas', 'SIP: SIP-möte', { outcome: 'done' });
    expect(await sentenceAt('2026-12-04T09:00:00+01:00')).toBe('Boendestöd börjar senast måndag 14 december.');
    expect(await sentenceAt('2026-12-15T09:00:00+01:00')).toMatch(
      /^Vi är sena\. .*Boendestöd börjar senast måndag 14 december\..*Noa Fiktiv/,
    );
  });
});

describe('the school, which is neither care nor social services', () => {
  it('sees its own step and promise, and of the header kind, status and lead: never a diagnosis', async () => {
    const seen = await seenBy('elin-demo');
    expect(seen.steps.map(({ title }) => title)).toEqual(['Schema']);
    expect(seen.commitments.map(({ text }) => text)).toEqual(['Skolan ändrar inte schemat utan att prata med dig.']);
    expect(seen.plan).toMatchObject({ kind: 'SIP', status: 'active', title: '' });
    for (const path of ['', '/history', '/as-of?at=2026-12-15T08:00:00Z']) {
      const { text } = await service.as('elin-demo').get(`${url}${path}`);
      expect([path, text.match(/Depression|Boendestöd|mamma|Sova och klara/g)]).toEqual([path, null]);
    }
  });

  it('is handed a copy of one step, on Love’s consent, and sees that wording and no newer', async () => {
    const followUp = (await seenBy('noa-fiktiv')).steps.find(({ title }) => title === 'Uppföljning')!;
    const body = {
      receiver: { kind: 'unit', hsaId: SCHOOL.unit },
      ground: 'consent',
      purpose: 'Planering av skolgången',
      consentId: consents.school,
      contributions: [followUp.id],
    };
    ok(await service.as('noa-fiktiv').post(`${url}/disclosures`, body));
    expect((await seenBy('elin-demo')).steps.map(({ title }) => title).sort()).toEqual(['Schema', 'Uppföljning']);
    const headers = { 'if-match': `"${followUp.revision}"` };
    ok(await service.as('noa-fiktiv').patch(`${url}/steps/${followUp.id}`, { title: 'Uppföljning och prov' }, headers));
    expect((await seenBy('elin-demo')).steps.map(({ title }) => title).sort()).toEqual(['Schema', 'Uppföljning']);
  });

  it('sees nothing new when Love withdraws, and keeps its step until it lets go', async () => {
    service.setClock('2026-12-20T12:00:00+01:00');
    ok(await service.as('love').post(`/v1/consents/${consents.school}/withdraw`, {}, { 'if-match': '"1"' }));
    const refused = await service.as('noa-fiktiv').post<{ code: string }>(`${url}/disclosures`, {
      receiver: { kind: 'unit', hsaId: SCHOOL.unit },
      ground: 'consent',
      purpose: 'Planering av skolgången',
      consentId: consents.school,
    });
    expect([refused.status, refused.body.code]).toEqual([403, 'disclosure-without-ground']);
    expect((await seenBy('noa-fiktiv')).plan.status).toBe('active');
    const seen = await seenBy('elin-demo');
    expect(seen.steps.map(({ title }) => title).sort()).toEqual(['Schema', 'Uppföljning']);
    expect(seen.steps.find(({ title }) => title === 'Schema')).toMatchObject({
      responsibleNow: SCHOOL.unit,
      state: 'agreed',
    });
  });

  it('leaves, and Love sees that it no longer takes part', async () => {
    await play.change('elin-demo', `SIP: ${SCHOOL.unit}`, 'accept', {});
    await play.change('elin-demo', `SIP: ${SCHOOL.unit}`, 'leave', {});
    expect((await seenBy('elin-demo')).steps.map(({ title }) => title)).toContain('Schema');
    const mine = ok(await service.as('love').get<{ participants: { party: { unit?: string }; state: string }[] }>(url));
    expect(mine.participants.find(({ party }) => party.unit === SCHOOL.unit)).toMatchObject({ state: 'left' });
    await play.change('elin-demo', 'SIP: Schema', 'transition', { to: 'cancelled', reason: 'Vi deltar inte längre' });
    expect((await seenBy('elin-demo')).steps.map(({ title }) => title)).not.toContain('Uppföljning och prov');
  });
});

describe('Love’s mother', () => {
  it('is an adult’s relative: she is told nothing, and nobody registered calls her', async () => {
    expect((await service.as('petra').get(url)).status).toBe(404);
    expect((await service.as('petra').get('/v1/my/overview')).text).not.toMatch(/Love|skolan/);
  });
});

describe('a SIP that Love does not want', () => {
  it('is declined with a day to ask again, and another kind than SIP is not forced on anybody', async () => {
    await play.writePlan('noa-fiktiv', 'igen', { ...sip(love), title: 'Ett nytt erbjudande' });
    const revision = (await play.read('noa-fiktiv', 'igen')).revision;
    const declined = await service
      .as('love')
      .post(
        `/v1/plans/${play.id('igen')}/transition`,
        { to: 'declined', reason: 'Inte nu', offerAgainOn: '2027-02-15' },
        { 'if-match': `"${revision}"` },
      );
    expect(declined.status, declined.text).toBe(200);
    expect(declined.body).toMatchObject({ status: 'declined' });
  });
});
