import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Play } from '../../src/cli/walkthrough/play.ts';
import { getPersona, Stage } from '../../src/demo/index.ts';
import { parsePatientId, parseThingId } from '../../src/shared/ids.ts';
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
      way: { kind: 'visit', place: 'Psykiatri öppenvård, Provköping, plan 3' },
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
    // Nor through any other door; those who help her know where.
    const planId = play.id('plan');
    const place = 'Psykiatri öppenvård, Provköping, plan 3';
    for (const path of [url, `${url}/history`, `/fhir/R4/CarePlan/${planId}/$everything`]) {
      const [hers, theirs] = [await service.as('p7').get(path), await service.as('noa-fiktiv').get(path)];
      expect([path, hers.status, theirs.status]).toEqual([path, 200, 200]);
      expect(hers.text).toContain('Traumabehandling');
      expect(hers.text).not.toContain(place);
      if (!path.endsWith('history')) expect(theirs.text).toContain(place);
    }
  });
});

describe('what is taken out about her takes two persons', () => {
  const LIST = () => `/v1/patients/${p7}/export-requests`;
  const ASK = { reason: 'data-subject-access', purpose: 'Registerutdrag, begärt av personen själv vid besök.' };
  const second = () => admin('vera-vikarie');
  const ask = async () => ok(await admin().post<{ id: string; revision: number; until: string }>(LIST(), ASK));
  const answer = (by: ReturnType<typeof admin>, { id }: { id: string }, how: 'approve' | 'refuse' = 'approve') =>
    by.post(`/v1/export-requests/${id}/answer`, { answer: how }, { 'if-match': '"1"' });
  const take = (by: ReturnType<typeof admin>, { id }: { id: string }) =>
    by.get<{ plans: { steps: { title: string; recordedBy: { provider: string } }[] }[] }>(
      `/v1/export-requests/${id}/export`,
    );
  const log = (by = admin()) => by.post(`/v1/patients/${p7}/access-log`, {});
  const told = ({ status, body }: { status: number; body: object }) => [status, (body as { code?: unknown }).code];

  it('not by one alone, whatever assignment she is signed in with', async () => {
    const asked = await ask();
    expect(told(await take(admin(), asked))).toEqual([403, 'second-person-needed']);
    expect(told(await log())).toEqual([403, 'second-person-needed']);
    expect(told(await answer(admin(), asked))).toEqual([403, 'second-person-needed']);
    // On the list for whatever unit: it is the same person all the same.
    await must(admin(), `/v1/patients/${p7}/protected-access`, { staff: tst('P003') });
    const { persona } = admin();
    const claims = { ...persona.claims, commissionHsaId: tst('C998'), healthCareUnitHsaId: tst('0103') };
    const elsewhere = service.caller({ ...persona, claims });
    expect(told(await answer(elsewhere, asked))).toEqual([403, 'second-person-needed']);
    expect((await take(admin(), asked)).text).not.toMatch(/Samtal|ringer aldrig/);
  });

  it('for a reason of the closed list, and by nobody who is not on her list', async () => {
    expect((await admin().post(LIST(), { ...ASK, reason: 'curiosity' })).status).toBe(400);
    expect((await admin().post(LIST(), { ...ASK, purpose: '   ' })).status).toBe(400);
    expect((await withRights(service, 'tove-testrup').post(LIST(), ASK)).status).toBe(404);
    const asked = await ask();
    expect((await answer(withRights(service, 'tove-testrup'), asked)).status).toBe(404);
    expect(told(await take(admin(), asked))).toEqual([403, 'second-person-needed']);
  });

  it('once another has approved: by who asked, what the own provider has written, and each time in the log', async () => {
    const asked = await ask();
    expect((await answer(second(), asked)).status).toBe(200);
    expect(told(await answer(second(), asked))[0]).toBe(412);
    expect(told(await take(second(), asked))).toEqual([403, 'second-person-needed']);
    const taken = await take(admin(), asked);
    expect(taken.status, taken.text).toBe(200);
    expect(taken.text).toContain('Hjälp utan att synas');
    const steps = taken.body.plans.flatMap((one) => one.steps);
    expect(new Set(steps.map(({ recordedBy }) => recordedBy.provider))).toEqual(new Set([tst('R01')]));
    expect((await log()).status).toBe(200);
    const { rows } = await service.owner.query<{ action: string; outcome: string; activity: string }>(
      `select action, outcome, activity from audit_entries
       where patient_id = $1 and action like 'export.%' and resource_ids @> array[$2::uuid] order by at`,
      [parsePatientId(p7), parseThingId(asked.id)!.id],
    );
    expect(rows.map(({ action, activity, outcome }) => `${action} ${activity} ${outcome}`)).toEqual([
      'export.ask Skriva Beviljad',
      'export.answer Vidimera Beviljad',
      'export.take Utskrift Beviljad',
    ]);
    const refused = await service.owner.query(
      `select from audit_entries where patient_id = $1 and outcome = 'Nekad' and reason = 'second-person-needed'`,
      [parsePatientId(p7)],
    );
    expect(refused.rowCount).toBeGreaterThanOrEqual(5);
  });

  it('not when the other said no', async () => {
    const asked = await ask();
    expect((await answer(second(), asked, 'refuse')).status).toBe(200);
    expect(told(await take(admin(), asked))).toEqual([403, 'second-person-needed']);
  });

  it('not when the request has lapsed, before the answer or after it', async () => {
    const [waiting, approved] = [await ask(), await ask()];
    expect((await answer(second(), approved)).status).toBe(200);
    service.setClock('2026-11-17T09:00:00+01:00');
    expect((await take(admin(), approved)).body).toMatchObject({ code: 'export-lapsed' });
    expect(told(await log())).toEqual([403, 'second-person-needed']);
    service.setClock('2026-11-19T09:00:00+01:00');
    expect((await answer(second(), waiting)).body).toMatchObject({ code: 'export-lapsed' });
    expect((await take(admin(), waiting)).status).toBe(403);
  });

  it('and of somebody who was never protected the usual ways are enough', async () => {
    const ester = await play.post('maj-modell', '/v1/patients', {
      ...{ personNumber: '99261116R908', givenName: 'Ester', familyName: 'Exempelsson' },
    });
    const asked = await admin().post(`/v1/patients/${ester.id}/export-requests`, ASK);
    expect(told(asked)).toEqual([409, 'not-ever-protected']);
    expect((await admin().post(`/v1/patients/${ester.id}/access-log`, {})).status).toBe(200);
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
