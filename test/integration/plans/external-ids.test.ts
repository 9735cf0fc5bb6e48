import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  CLINIC,
  countRows,
  createPlan,
  createTestApp,
  HOME_CARE,
  ifMatch,
  planBody,
  planUrl,
  problemOf,
  readPlan,
  registerPatient,
  STRANGER,
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
let count = 0;

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
});
afterAll(() => service.close());
beforeEach(async () => {
  plan = await createPlan(service, patientId);
});

const known = () => ({ externalId: { source: 'journal', id: `x-${count++}` } });
const post = (path: string, body: object, persona: string = WARD, of = plan) =>
  service.as(persona).post<Thing>(`${planUrl(of)}${path}`, body);

describe("a thing with a source system's id, sent again", () => {
  const ASSESSMENT = {
    assessor: { staff: unit('P001'), name: 'Tove Testrup', profession: 'sjuksköterska' },
    ...{ assessedOn: '2026-11-16', reviewOn: '2027-01-16', helpNeeded: 'Ingen', ifItFails: 'Ring' },
  };
  const kinds: readonly [string, () => string, object, object, object][] = [
    ['what matters', () => '/what-matters', { text: 'Hem' }, { text: 'Hem till stolen' }, {}],
    ['a goal', () => '/goals', { text: 'Gå', whose: 'patient' }, { text: 'Gå ut', whose: 'patient' }, {}],
    ['a step', () => '/steps', { title: 'Prov' }, { title: 'Prov', way: { kind: 'home' } }, {}],
    [
      'a promise',
      () => '/commitments',
      { by: { kind: 'region', unit: unit('0101') }, to: { kind: 'patient' }, text: 'Vi ringer' },
      { by: { kind: 'region', unit: unit('0101') }, to: { kind: 'patient' }, text: 'Vi ringer samma dag' },
      {},
    ],
    [
      'a sign',
      () => '/safety-net',
      { level: 'red', sign: 'Andnöd', advice: '112' },
      { level: 'red', sign: 'Andnöd', advice: 'Ring 112' },
      {},
    ],
    [
      'a link',
      () => '/links',
      { to: 'other', title: 'A', reference: '1' },
      { to: 'other', title: 'B', reference: '1' },
      {},
    ],
    ['a follow-up', () => '/follow-ups', { plannedOn: '2026-12-11' }, { plannedOn: '2026-12-18' }, {}],
    [
      'a named contact',
      () => '/named-contacts',
      { role: 'rehabkoordinator', unit: unit('0101'), person: { name: 'Tove' } },
      { role: 'rehabkoordinator', unit: unit('0101'), person: { name: 'Tove Testrup' } },
      {},
    ],
    [
      'a participant',
      () => '/participants',
      { party: { kind: 'region', unit: unit('0102') } },
      { party: { kind: 'region', unit: unit('0102') }, role: 'Hjärtmottagning' },
      {},
    ],
    [
      'a self-care assessment',
      () => `/steps/${stepNamed(plan, 'Promenad').id}/self-care-assessments`,
      ASSESSMENT,
      { ...ASSESSMENT, reviewOn: '2027-02-16' },
      {},
    ],
  ];

  test.each(kinds)('updates and never doubles: %s', async (_what, path, first, second) => {
    const id = known();
    const made = await post(path(), { ...first, ...id });
    expect(made, made.text).toMatchObject({ status: 201, body: { revision: 1, ...id } });
    const rows = await countRows(service.owner);
    const same = await post(path(), { ...first, ...id });
    expect(same.body).toEqual(made.body);
    expect(await countRows(service.owner)).toEqual(rows);
    const changed = await post(path(), { ...second, ...id });
    expect(changed, changed.text).toMatchObject({ status: 201, body: { id: made.body.id, revision: 2 } });
    const { whose: _w, by: _b, to: _t, ...shown } = second as Record<string, unknown>;
    expect(changed.body).toMatchObject(shown);
    const seen = (await readPlan(service.as(WARD), plan)) as unknown as Record<string, Thing[]>;
    const all = Object.values(seen).filter(Array.isArray).flat() as Thing[];
    expect(all.filter(({ externalId }) => JSON.stringify(externalId) === JSON.stringify(id.externalId))).toHaveLength(
      1,
    );
  });

  test('is a new thing for another provider, whose ids are its own', async () => {
    const id = known();
    const ward = await post('/goals', { text: 'Avdelningens', whose: 'professional', ...id });
    const home = await post('/goals', { text: 'Hemsjukvårdens', whose: 'professional', ...id }, HOME_CARE);
    expect([ward.status, home.status]).toEqual([201, 201]);
    expect(home.body.id).not.toBe(ward.body.id);
  });

  test('is a conflict for another patient, in another plan and as another kind of thing; nothing is written', async () => {
    const id = known();
    await post('/goals', { text: 'Ett mål', whose: 'patient', ...id });
    const love = await createPlan(service, await registerPatient(service, 'love'));
    const other = await createPlan(service, patientId);
    const rows = await countRows(service.owner);
    for (const reply of [
      await post('/goals', { text: 'Ett mål', whose: 'patient', ...id }, WARD, love),
      await post('/goals', { text: 'Ett mål', whose: 'patient', ...id }, WARD, other),
      await post('/steps', { title: 'Ett steg', ...id }),
    ]) {
      expect(problemOf(reply)).toMatchObject({ status: 409, code: 'external-id-taken' });
    }
    expect(await countRows(service.owner)).toEqual(rows);
  });

  test('twenty at once make one', async () => {
    const id = known();
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => post('/goals', { text: 'Tjugo', whose: 'patient', ...id })),
    );
    expect(new Set(replies.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
  });
});

describe("a whole plan with a source system's id, sent again", () => {
  const send = (body: object, persona: string = WARD, patient = patientId) =>
    service.as(persona).post<WholePlan>('/v1/plans', planBody(patient, body));

  test('is the same plan, with its header brought up to date', async () => {
    const id = known();
    const first = await send(id);
    const rows = await countRows(service.owner);
    const again = await send(id);
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(await countRows(service.owner)).toEqual(rows);
    const changed = await send({ ...id, title: 'Hem i morgon', purpose: 'Trygg hemgång' });
    expect(changed.body.plan).toMatchObject({
      ...{ id: first.body.plan.id, revision: 2, title: 'Hem i morgon', purpose: 'Trygg hemgång' },
    });
    expect(changed.headers.etag).toBe('"2"');
    expect(changed.headers.location).toBe(first.headers.location);
  });

  test('brings the parts that have ids of their own up to date, adds those that are new, and doubles none', async () => {
    const [header, kept, fresh, goal] = [known(), known(), known(), known()];
    const body = (more: object[], text: string) => ({
      ...header,
      steps: [{ title: 'Utan id' }, { title: 'Prov', ...kept }, ...more],
      goals: [{ text, whose: 'patient', ...goal }],
    });
    const first = (await send(body([], 'Gå'))).body;
    const again = await send(body([{ title: 'Nytt', ...fresh }], 'Gå längre'));
    expect(again.status, again.text).toBe(201);
    expect(again.body.steps.map(({ title }) => title)).toEqual(['Utan id', 'Prov', 'Nytt']);
    expect(stepNamed(again.body, 'Prov').id).toBe(stepNamed(first, 'Prov').id);
    expect(again.body.goals).toMatchObject([{ id: first.goals[0]!.id, text: 'Gå längre', revision: 2 }]);
    expect(again.body.participants).toHaveLength(first.participants.length);
  });

  test('keeps what its parts say of one another, and lets a new step come before a known one', async () => {
    const [header, one, two, three, sign] = [known(), known(), known(), known(), known()];
    const first = { ref: 'ett', title: 'Ett', contact: { namedContactRef: 'maj' }, ...one };
    const second = { ref: 'tva', title: 'Två', predecessors: ['ett'], ...two };
    const safetyNet = [
      { level: 'red', sign: 'Andnöd', advice: 'Ring', call: { day: { namedContactRef: 'maj' } }, ...sign },
    ];
    const made = (await send({ ...header, steps: [first, second], safetyNet })).body;
    const rows = await countRows(service.owner);
    expect((await send({ ...header, steps: [first, second], safetyNet })).body).toEqual(made);
    expect(await countRows(service.owner)).toEqual(rows);
    const between = { ref: 'mellan', title: 'Mellan', predecessors: ['ett'], ...three };
    const grown = await send({
      ...header,
      steps: [first, { ...second, predecessors: ['mellan'] }, between],
      safetyNet,
    });
    expect(grown.status, grown.text).toBe(201);
    const idOf = (title: string) => stepNamed(grown.body, title).id;
    expect(stepNamed(grown.body, 'Två')).toMatchObject({ revision: 2, predecessors: [idOf('Mellan')] });
    expect(stepNamed(grown.body, 'Mellan')).toMatchObject({ revision: 1, predecessors: [idOf('Ett')] });
    expect(stepNamed(grown.body, 'Ett')).toMatchObject({
      revision: 1,
      contact: { namedContactId: made.namedContacts[0]!.id },
    });
    const circle = [{ ...first, predecessors: ['mellan'] }, between];
    expect(problemOf(await send({ ...header, steps: circle }))).toMatchObject({
      status: 422,
      code: 'step-order-circle',
    });
  });

  test('is a conflict for another patient, and for one who does not lead it', async () => {
    const id = known();
    await send(id);
    const rows = await countRows(service.owner);
    const love = await registerPatient(service, 'love');
    const before = { ...(await countRows(service.owner)) };
    expect(problemOf(await send(id, WARD, love))).toMatchObject({ status: 409, code: 'external-id-taken' });
    const clinic = await send({ ...id, title: 'Annan' }, CLINIC);
    expect(problemOf(clinic)).toMatchObject({ status: 403, code: 'planning-lead-only' });
    expect(await countRows(service.owner)).toEqual(before);
    expect(rows.plans).toBe(before.plans);
  });

  test('that has been closed is not opened by it', async () => {
    const id = known();
    const first = (await send(id)).body;
    await service.as(WARD).post(`${planUrl(first)}/transition`, { to: 'revoked' }, ifMatch(first.plan));
    expect(problemOf(await send({ ...id, title: 'Annat' }))).toMatchObject({ status: 409, code: 'plan-closed' });
  });
});

describe('looking up by a source system’s id', () => {
  const lookUp = (id: { externalId: object }, persona: string) =>
    service.as(persona).post<{ kind: string; id: string; planId: string }>('/v1/plans/lookup', id.externalId);

  test("leads staff and systems of the provider to the thing, and nobody else's", async () => {
    const id = known();
    const made = await post('/goals', { text: 'Mål', whose: 'patient', ...id });
    const found = { kind: 'goal', id: made.body.id, planId: plan.plan.id };
    for (const persona of [WARD, CLINIC, STRANGER, 'demo-region-journal']) {
      expect((await lookUp(id, persona)).body, persona).toEqual(found);
    }
    for (const persona of [HOME_CARE, 'demo-kommun-hsl']) {
      expect(problemOf(await lookUp(id, persona)), persona).toMatchObject({ status: 404, code: 'not-found' });
    }
  });

  test('finds a plan by its own', async () => {
    const id = known();
    const made = await service.as(WARD).post<WholePlan>('/v1/plans', planBody(patientId, id));
    expect((await lookUp(id, WARD)).body).toEqual({
      ...{ kind: 'plan', id: made.body.plan.id, planId: made.body.plan.id },
    });
  });
});
