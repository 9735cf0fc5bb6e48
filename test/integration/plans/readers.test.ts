import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  acceptInvitation,
  CLINIC,
  createPlan,
  createTestApp,
  HOME_CARE,
  HOME_HELP,
  ifMatch,
  participantOf,
  planUrl,
  problemOf,
  readPlan,
  registerPatient,
  SCHOOL,
  stepNamed,
  type TestApp,
  type Thing,
  unit,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';

let service: TestApp;
let patientId: string;
let plan: WholePlan;

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
});
afterAll(() => service.close());
beforeEach(async () => {
  plan = await createPlan(service, patientId);
});

const titles = (seen: WholePlan) => seen.steps.map(({ title }) => title);
const COLLECTIONS = [
  'whatMatters',
  'goals',
  'namedContacts',
  'participants',
  'steps',
  'reports',
  'selfCareAssessments',
  'commitments',
  'safetyNet',
  'followUps',
  'links',
] as const;
const counted = (seen: WholePlan) =>
  Object.fromEntries(COLLECTIONS.map((name) => [name, (seen[name] as Thing[]).length]).filter(([, n]) => n !== 0));

const post = (persona: string, path: string, body: object, headers = {}) =>
  service.as(persona).post<Thing>(`${planUrl(plan)}${path}`, body, headers);

describe('staff of a participating unit inside shared documentation', () => {
  test('read the whole plan from the invitation on', async () => {
    const seen = await readPlan(service.as(HOME_CARE), plan);
    expect(counted(seen)).toEqual(counted(plan));
    expect(seen.plan).toMatchObject({ title: 'Hem från lasarettet' });
  });

  test('once their unit has left, keep the plan that they wrote in, with their own words and its outline alone', async () => {
    await acceptInvitation(service, plan, CLINIC, '0201');
    const made = await post(CLINIC, '/goals', { text: 'Eget mål', whose: 'professional' });
    expect(made.status).toBe(201);
    const one = participantOf(await readPlan(service.as(WARD), plan), '0201');
    expect((await post(CLINIC, `/participants/${one.id}/leave`, {}, ifMatch(one))).status).toBe(200);
    await post(HOME_CARE, '/named-contacts', {
      role: 'rehabkoordinator',
      unit: unit('0302'),
      person: { name: 'Hanna Hittepå' },
    });
    const kept = await readPlan(service.as(CLINIC), plan);
    // The promise that others wished of it lapsed with its part; what it had said yes to would have stayed.
    expect(counted(kept)).toEqual({ goals: 1 });
    expect(kept.plan).toMatchObject({ title: '', kind: 'SPU', status: 'proposed', leadUnit: unit('0101') });
    expect(problemOf(await post(CLINIC, '/goals', { text: 'Ett till', whose: 'professional' }))).toMatchObject({
      status: 403,
    });
  });

  test('once their unit has said no without having written anything, know the outline and nothing new', async () => {
    const one = participantOf(plan, '0303');
    const no = await post(HOME_HELP, `/participants/${one.id}/decline`, { reason: 'Inte vårt område' }, ifMatch(one));
    expect(no.status).toBe(200);
    const kept = await readPlan(service.as(HOME_HELP), plan);
    expect(counted(kept)).toEqual({});
    expect(kept.plan.title).toBe('');
  });

  test('once their unit has left, still have the step that it took on, until it gives it up or is done', async () => {
    const asked = stepNamed(plan, 'Viktkontroll');
    const yes = await post(HOME_CARE, `/steps/${asked.id}/accept`, {}, ifMatch(asked));
    const one = participantOf(await readPlan(service.as(WARD), plan), '0302');
    await post(HOME_CARE, `/participants/${one.id}/accept`, {}, ifMatch(one));
    const two = participantOf(await readPlan(service.as(WARD), plan), '0302');
    expect((await post(HOME_CARE, `/participants/${one.id}/leave`, {}, ifMatch(two))).status).toBe(200);
    expect(titles(await readPlan(service.as(HOME_CARE), plan))).toEqual(['Viktkontroll']);
    const body = { to: 'cancelled', reason: 'Vi har ingen möjlighet längre' };
    const given = await post(HOME_CARE, `/steps/${asked.id}/transition`, body, ifMatch(yes.body));
    expect(given, given.text).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    const key = { 'idempotency-key': `efter-${asked.id}` };
    const late = await post(HOME_CARE, `/steps/${asked.id}/reports`, { outcome: 'done' }, key);
    expect(problemOf(late)).toMatchObject({ status: 409, code: 'step-not-reportable' });
    expect(problemOf(await post(HOME_CARE, '/steps', { title: 'Nytt' }))).toMatchObject({ status: 403 });
  });

  test('once their unit has left, may still mark their own words as a mistake', async () => {
    await acceptInvitation(service, plan, CLINIC, '0201');
    const made = await post(CLINIC, '/goals', { text: 'Om fel person', whose: 'professional' });
    const one = participantOf(await readPlan(service.as(WARD), plan), '0201');
    await post(CLINIC, `/participants/${one.id}/leave`, {}, ifMatch(one));
    const wrong = await post(CLINIC, `/goals/${made.body.id}/entered-in-error`, {}, ifMatch(made.body));
    expect(wrong).toMatchObject({ status: 200, body: { enteredInError: true } });
    const others = await post(CLINIC, `/goals/${plan.goals[0]!.id}/entered-in-error`, {}, ifMatch(plan.goals[0]!));
    expect(others.status).toBe(404);
  });
});

describe('staff of a unit outside shared documentation', () => {
  test('see the outline, the named contacts, their own steps and what is about those, and nothing else', async () => {
    const seen = await readPlan(service.as(SCHOOL), plan);
    expect(titles(seen)).toEqual(['Samtal i skolan']);
    expect(counted(seen)).toEqual({ namedContacts: 1, participants: 1, steps: 1 });
    expect(seen.plan).toMatchObject({ kind: 'SPU', status: 'proposed', leadUnit: unit('0101'), title: '' });
    expect(seen.plan.purpose).toBeUndefined();
  });

  test('answer and report their own step, and get 404 for another', async () => {
    const own = stepNamed(plan, 'Samtal i skolan');
    const yes = await post(SCHOOL, `/steps/${own.id}/accept`, {}, ifMatch(own));
    expect(yes).toMatchObject({ status: 200, body: { state: 'agreed', responsibleNow: unit('0305') } });
    const done = await post(SCHOOL, `/steps/${own.id}/reports`, { outcome: 'done' }, { 'idempotency-key': 'skola-1' });
    expect(done.status).toBe(201);
    const other = stepNamed(plan, 'Viktkontroll');
    expect(problemOf(await post(SCHOOL, `/steps/${other.id}/accept`, {}, ifMatch(other)))).toMatchObject({
      status: 404,
      code: 'not-found',
    });
  });

  test('write their own step, and no words of the plan', async () => {
    expect(await post(SCHOOL, '/steps', { title: 'Eget schema' })).toMatchObject({ status: 201 });
    expect(problemOf(await post(SCHOOL, '/goals', { text: 'Mål', whose: 'professional' }))).toMatchObject({
      status: 403,
      code: 'forbidden',
    });
  });

  test('are told of an agreement only its own parts', async () => {
    const made = await post(WARD, '/agreements', {});
    expect(made.status).toBe(201);
    const seen = await readPlan(service.as(SCHOOL), plan);
    const [version] = seen.agreementVersions as unknown as { parts: { id: string }[] }[];
    expect(version!.parts.map(({ id }) => id)).toEqual([stepNamed(plan, 'Samtal i skolan').id]);
  });
});

describe("a unit's list", () => {
  test('tells of a plan that another unit leads its kind and status, and not its title', async () => {
    const titlesFor = async (persona: string) => {
      const reply = await service
        .as(persona)
        .get<{ items: { plan: { title: string; kind: string }; step: Thing }[] }>('/v1/unit-steps?limit=200');
      const rows = reply.body.items.filter(({ step }) => step.planId === plan.plan.id);
      return rows.map((row) => [row.plan.kind, row.plan.title]);
    };
    expect(await titlesFor(SCHOOL)).toEqual([['SPU', '']]);
    expect(await titlesFor(HOME_CARE)).toEqual([['SPU', '']]);
    expect((await titlesFor(WARD))[0]).toEqual(['SPU', 'Hem från lasarettet']);
  });
});

describe('the patient', () => {
  test('sees what is approved, in words for patients alone', async () => {
    await post(WARD, '/steps', { title: 'Internt', approvedForPatient: false });
    const own = stepNamed(plan, 'Läkemedelslista');
    await post(
      WARD,
      `/steps/${own.id}/reports`,
      { outcome: 'done', note: 'Till kollegor', patientText: 'Listan är klar.' },
      { 'idempotency-key': 'ward-1' },
    );
    const reply = await service.as('ester').get<WholePlan>(planUrl(plan));
    expect(titles(reply.body)).not.toContain('Internt');
    expect(reply.body.reports).toMatchObject([{ patientText: 'Listan är klar.' }]);
    for (const hidden of ['clinicalText', 'diuretika', 'note', 'Till kollegor'])
      expect(reply.text).not.toContain(hidden);
  });

  test('is not shown a draft, nor what was entered in error', async () => {
    const draft = await createPlan(service, patientId, { status: 'draft' });
    expect((await service.as('ester').get(planUrl(draft))).status).toBe(404);
    const [goal] = plan.goals;
    await post(WARD, `/goals/${goal!.id}/entered-in-error`, { reason: 'Fel person' }, ifMatch(goal!));
    expect((await readPlan(service.as('ester'), plan)).goals).toEqual([]);
    const shown = (await readPlan(service.as(WARD), plan)).goals;
    expect(shown).toMatchObject([{ enteredInError: true, changedBy: { name: 'Tove Testrup', why: 'Fel person' } }]);
  });

  test('who takes back an own wish is not answered with what staff had added to it', async () => {
    const wish = await post('ester', '/steps', { title: 'Hjälp med handling' });
    const at = `${planUrl(plan)}/steps/${wish.body.id}`;
    const noted = await service.as(WARD).patch<Thing>(at, { clinicalText: 'Misstänkt svält' }, ifMatch(wish.body));
    expect(noted).toMatchObject({ status: 200, body: { clinicalText: 'Misstänkt svält' } });
    const taken = await post('ester', `/steps/${wish.body.id}/entered-in-error`, {}, ifMatch(noted.body));
    expect(taken).toMatchObject({ status: 200, body: { state: 'entered-in-error' } });
    expect(taken.text).not.toMatch(/clinicalText|svält/);
  });

  test('ticks an own step, adds an activity, a wish and a question, asks for another time, and sees who answered', async () => {
    const walk = stepNamed(plan, 'Promenad');
    const tick = await post(
      'ester',
      `/steps/${walk.id}/reports`,
      { outcome: 'done' },
      { 'idempotency-key': 'ester-1' },
    );
    expect(tick.status).toBe(201);
    const activity = await post('ester', '/steps', { title: 'Stavgång', responsibleParty: { kind: 'patient' } });
    expect(activity.body).toMatchObject({ state: 'agreed', recordedBy: { kind: 'patient' }, approvedForPatient: true });
    const wish = await post('ester', '/steps', { title: 'Hjälp med handling' });
    expect(wish.body).toMatchObject({ state: 'wished', responsibleNow: unit('0101') });
    const list = stepNamed(plan, 'Läkemedelslista');
    const asked = await post('ester', '/remarks', {
      what: 'another-time',
      aboutId: list.id,
      text: 'Helst på förmiddagen',
      wishedTime: 'förmiddag',
    });
    expect(asked.status).toBe(201);
    service.setClock('2026-11-16T09:30:00+01:00');
    expect((await post(WARD, `/remarks/${asked.body.id}/answer`, { text: 'Vi kommer klockan nio.' })).status).toBe(201);
    const seen = await readPlan(service.as('ester'), plan);
    const answer = seen.remarks.find((one) => one.what === 'answer');
    expect(answer).toMatchObject({
      answers: asked.body.id,
      text: 'Vi kommer klockan nio.',
      recordedBy: { name: 'Tove Testrup', unit: unit('0101') },
      createdAt: '2026-11-16T08:30:00.000Z',
    });
    service.setClock('2026-11-16T08:00:00+01:00');
  });
});

describe("a provider's system", () => {
  const SYSTEM = 'demo-kommun-hsl';

  test('knows nothing of a plan that its provider takes no part in', async () => {
    expect(
      (
        await service.as('demo-kommun-omsorg').get(
          planUrl(
            await createPlan(service, patientId, {
              participants: [],
              steps: [],
            }),
          ),
        )
      ).status,
    ).toBe(404);
  });

  test("reads what its provider's units are asked, have taken on and have written, with the plan's outline", async () => {
    const asked = stepNamed(plan, 'Viktkontroll');
    await post(HOME_CARE, `/steps/${asked.id}/accept`, {}, ifMatch(asked));
    await post(HOME_CARE, '/goals', { text: 'Stabil vikt', whose: 'professional' });
    const seen = await readPlan(service.as(SYSTEM), plan);
    expect(titles(seen)).toEqual(['Viktkontroll', 'Samtal i skolan']);
    expect(counted(seen)).toEqual({ goals: 1, participants: 2, steps: 2 });
    expect(seen.plan).toMatchObject({ kind: 'SPU', leadUnit: unit('0101'), title: '' });
  });

  test("reports a step for the unit of its provider that answers for it, and never another provider's", async () => {
    const asked = stepNamed(plan, 'Viktkontroll');
    const yes = await post(HOME_CARE, `/steps/${asked.id}/accept`, {}, ifMatch(asked));
    const key = { 'idempotency-key': `system-${asked.id}` };
    const done = await post(SYSTEM, `/steps/${asked.id}/reports`, { outcome: 'done' }, key);
    expect(done).toMatchObject({ status: 201, body: { recordedBy: { kind: 'system', unit: unit('0302') } } });
    const moved = await post(SYSTEM, `/steps/${asked.id}/transition`, { to: 'booked' }, ifMatch(yes.body));
    expect(moved.status).toBe(412);
    const list = stepNamed(plan, 'Läkemedelslista');
    const other = await post(SYSTEM, `/steps/${list.id}/reports`, { outcome: 'done' }, { 'idempotency-key': 'x' });
    expect(problemOf(other)).toMatchObject({ status: 404 });
  });

  test('of a provider with several units here acts for the one whose step it is', async () => {
    const body = { title: 'Dusch', responsibleParty: { kind: 'municipality-social', unit: unit('0303') } };
    const help = await post(WARD, '/steps', body);
    await post(WARD, '/participants', { party: { kind: 'municipality-social', unit: unit('0301') } });
    const yes = await post(HOME_HELP, `/steps/${help.body.id}/accept`, {}, ifMatch(help.body));
    expect(yes.status).toBe(200);
    const omsorg = 'demo-kommun-omsorg';
    const done = await post(omsorg, `/steps/${help.body.id}/reports`, { outcome: 'done' }, { 'idempotency-key': 'd1' });
    expect(done).toMatchObject({ status: 201, body: { recordedBy: { unit: unit('0303') } } });
  });

  test('does not answer for people: neither a step that is asked nor an agreement', async () => {
    const asked = stepNamed(plan, 'Viktkontroll');
    const reply = await post(SYSTEM, `/steps/${asked.id}/accept`, {}, ifMatch(asked));
    expect(problemOf(reply)).toMatchObject({ status: 403, code: 'actor-not-allowed' });
  });
});

describe('a list of plans', () => {
  test('is for each reader those that they may know of', async () => {
    const search = async (persona: string) => {
      const reply = await service.as(persona).post<{ items: Thing[] }>('/v1/plans/search', { patientId });
      return reply.body.items.map(({ id }) => id);
    };
    const other = await createPlan(service, patientId, { participants: [], steps: [], commitments: [] });
    expect(await search(WARD)).toEqual(expect.arrayContaining([plan.plan.id, other.plan.id]));
    // Home care has a relation of its own to the patient: it may know of a plan that it takes no part in (3:1).
    expect(await search(HOME_CARE)).toEqual(expect.arrayContaining([plan.plan.id, other.plan.id]));
    expect(await search(SCHOOL)).toContain(plan.plan.id);
    expect(await search(SCHOOL)).not.toContain(other.plan.id);
    expect(await search('sam-latsas')).toEqual([]);
    expect(await search('ester')).toEqual(expect.arrayContaining([plan.plan.id, other.plan.id]));
  });
});
