import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Play } from '../../src/cli/walkthrough/play.ts';
import { getPersona, Stage } from '../../src/demo/index.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { ADMINISTRATOR, must, withRights } from '../support/law-fixtures.ts';
import { ok, overviewOf } from './play-ester.ts';

const tst = (suffix: string) => `SE0000000000-TST${suffix}`;
const PATIENT = { kind: 'patient' };
const PSYCHIATRY = { kind: 'region', unit: tst('0103') };
const NUMBER = String(getPersona('p7').claims.personalIdentityNumber);
const RESERVE = '99261116R907';

const plan = (patientId: string) => ({
  patientId,
  kind: 'OVERENSKOMMELSE',
  status: 'proposed',
  title: 'Hjälp utan att synas',
  approvedForPatient: true,
  planningLead: { staff: tst('P003'), name: 'Fast vårdkontakt' },
  leadPrincipal: tst('H01'),
  whatMatters: [{ text: 'Jag vill få hjälp utan att någon kan se var jag är.' }],
  namedContacts: [{ role: 'fast-vardkontakt', state: 'designated', roleName: 'Fast vårdkontakt', unit: tst('0201') }],
  steps: [
    {
      title: 'Samtal',
      patientText: 'Du ringer',
      responsibleParty: PATIENT,
      ownYes: { method: 'oral' },
      time: { form: 'latest-by', by: '2026-11-23' },
    },
    {
      title: 'Traumabehandling',
      patientText: 'Behandlingen börjar',
      responsibleParty: PSYCHIATRY,
      time: { form: 'latest-by', by: '2026-12-01' },
    },
    {
      title: 'Samordning',
      responsibleParty: { kind: 'region', unit: tst('0101') },
      time: { form: 'latest-by', by: '2026-12-20' },
    },
  ],
  commitments: [
    {
      by: { kind: 'region', unit: tst('0201') },
      to: PATIENT,
      text: 'Vi ringer aldrig ut, skickar aldrig SMS, inget brev.',
    },
  ],
});

let service: TestApp;
let play: Play;
let p7: string;
let url: string;

beforeAll(async () => {
  service = await createTestApp();
  play = new Play(new Stage(service.app, service.issuer));
  p7 = (await play.post('maj-modell', '/v1/patients', { personNumber: RESERVE, givenName: 'Person', familyName: 'P7' }))
    .id;
  const father = { relation: 'relative', name: 'Petra Övningsdotter', personNumber: '198404202387' };
  await must(service.as('maj-modell'), `/v1/patients/${p7}/related-persons`, father);
  const body = { grade: 'protected-registration', staff: [{ staff: tst('P007') }] };
  ok(await admin().post(`/v1/patients/${p7}/protection`, body, { 'if-match': '"1"' }));
  await play.writePlan('maj-modell', 'plan', plan(p7));
  url = `/v1/plans/${play.id('plan')}`;
  await play.change('noa-fiktiv', 'plan: Traumabehandling', 'accept', {});
  await play.change('maj-modell', 'plan', 'transition', { to: 'active' });
});
afterAll(() => service.close());

const admin = (persona = 'maj-modell') => withRights(service, persona, ADMINISTRATOR);
const items = async (by: ReturnType<typeof admin>, path: string) =>
  ok(await by.get<{ items: object[]; total?: number }>(path)).items;

/** Everybody in the directory who is not on her list. */
const OTHERS = ['vera-vikarie', 'tove-testrup', 'hanna-hittepa', 'kim-ovning', 'sam-latsas', 'elin-demo'] as const;

describe('Person P7 does not exist for who is not on her list', () => {
  it.each(OTHERS)('%s finds her by no number, and no address leads to her', async (persona) => {
    const by = service.as(persona);
    for (const personNumber of [RESERVE, NUMBER]) {
      const found = await by.post<{ items: object[] }>('/v1/patients/search', { personNumber });
      if (found.status === 200) expect(found.body.items).toEqual([]);
      // A unit outside shared documentation finds nobody at all.
      else expect([403, 404]).toContain(found.status);
    }
    const paths = [
      `/v1/patients/${p7}`,
      `/v1/patients/${p7}/consents`,
      `/v1/patients/${p7}/care-relations`,
      url,
      `${url}/history`,
      `${url}/allowed-actions`,
    ];
    // The first character: the last holds only part of a byte, so not every letter can stand there.
    const nobody = p7.replace(/^./, (first) => (first === 'a' ? 'b' : 'a'));
    for (const path of paths) {
      const hers = await by.get(path);
      const theirs = await by.get(path.replaceAll(p7, nobody));
      expect([path, hers.status === 404 || hers.status === 403]).toEqual([path, true]);
      if (path.includes(p7)) expect([path, hers.body.code]).toEqual([path, theirs.body.code]);
      expect(hers.text).not.toMatch(/P7|skydd/);
    }
  });

  it('not in the work list of the very unit that she is helped by', async () => {
    const rows = async (persona: string) => JSON.stringify(await items(service.as(persona), '/v1/unit-steps'));
    expect(await rows('noa-fiktiv')).toContain('Traumabehandling');
    expect(await rows('vera-vikarie')).not.toMatch(/Samtal|P7/);
  });

  it('not in an external system’s look-up, nor in the national door', async () => {
    const journal = service.as('demo-region-journal');
    expect((await journal.get(url)).status).toBe(404);
    const fhir = await service.as('vera-vikarie').get(`/fhir/R4/CarePlan?patient=${p7}`);
    expect(fhir.text).not.toMatch(/Hjälp utan|P7/);
    expect(fhir.body.total ?? 0).toBe(0);
  });

  it('not for who stands in for her: a relative’s link is broken until it has been reviewed', async () => {
    expect((await service.as('petra').get(url)).status).toBe(404);
    expect((await service.as('petra').get('/v1/my/overview')).text).not.toMatch(/Hjälp utan|P7/);
  });

  it('no name of hers is in a number, an address or a link that is given out', async () => {
    const seen = ok(await service.as('maj-modell').get(url));
    expect(JSON.stringify(seen)).not.toContain(RESERVE);
    expect(url).not.toMatch(/9926|1988/);
  });
});

describe('who is on the list', () => {
  it('reads and works, and others of the same unit do not', async () => {
    expect(ok(await service.as('noa-fiktiv').get<{ steps: object[] }>(url)).steps.length).toBeGreaterThan(0);
    expect((await service.as('vera-vikarie').get(url)).status).toBe(404);
    const body = { staff: tst('P018'), reason: 'Vikarie för fast vårdkontakt' };
    await must(admin(), `/v1/patients/${p7}/protected-access`, body);
    expect((await service.as('vera-vikarie').get(url)).status).toBe(200);
  });

  it('is told of her next step without a place, and that nobody calls her', async () => {
    const personNumber = await admin().post(
      `/v1/patients/${p7}/numbers`,
      { personNumber: NUMBER },
      { 'if-match': '"2"' },
    );
    expect(personNumber.status, personNumber.text).toBe(200);
    const { nextStep } = await overviewOf(service, 'p7');
    expect(nextStep.sentence).toBe('Du ringer senast måndag 23 november.');
    expect(JSON.stringify(nextStep)).not.toMatch(/"place"/);
    // Where the care is tells where she is: on her own screen it has no name of a place either.
    const mine = await service.as('p7').get('/v1/my/overview');
    expect(mine.text).toMatch(/vården/);
    expect(mine.text).not.toMatch(/Testeryd|Provköping|[Pp]sykiatri/);
  });
});

describe('when the protection is lifted', () => {
  it('she can be found again, and what was written under it stays with the list', async () => {
    service.setClock('2026-12-01T08:00:00+01:00');
    const { revision } = ok(await admin().get<{ revision: number }>(`/v1/patients/${p7}`));
    const lifted = await admin().post(
      `/v1/patients/${p7}/protection/lift`,
      { why: 'Beslut' },
      { 'if-match': `"${revision}"` },
    );
    expect(lifted.status, lifted.text).toBe(200);
    const found = await service
      .as('tove-testrup')
      .post<{ items: object[] }>('/v1/patients/search', { personNumber: RESERVE });
    expect(found.body.items).toHaveLength(1);
    const journal = await service.as('demo-region-journal').get(url);
    expect(journal.text).not.toMatch(/Hjälp utan|Traumabehandling|ringer aldrig/);
    expect((await service.as('maj-modell').get(url)).text).toContain('Hjälp utan att synas');
    for (const path of ['/v1/unit-steps', '/v1/work-lists/to-accept']) {
      const list = await service.as('tove-testrup').get(path);
      expect([list.status, list.text], path).toEqual([200, expect.not.stringContaining('Samordning')]);
    }
    expect((await service.as('maj-modell').get('/v1/unit-steps')).text).toContain('Samordning');
  });
});
