import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../support/app.ts';
import {
  CLINIC,
  countRows,
  createPlan,
  createTestApp,
  HOME_CARE,
  HOME_HELP,
  ifMatch,
  planBody,
  planUrl,
  problemOf,
  readPlan,
  registerPatient,
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
let rows: Record<string, number>;

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
});
afterAll(() => service.close());

const SECRET = 'hemlig-19261204-9029';
const post = (path: string, body: unknown, headers = {}, persona: string = WARD) =>
  service.as(persona).post<Thing>(`${planUrl(plan)}${path}`, body, headers);
const patch = (path: string, thing: Thing, body: object, persona: string = WARD) =>
  service.as(persona).patch<Thing>(`${planUrl(plan)}${path}/${thing.id}`, body, ifMatch(thing));

async function raw(path: string, payload: string | Buffer, contentType = 'application/json'): Promise<Answer> {
  const token = await service.issuer.signToken(service.as(WARD).persona);
  const headers = { authorization: `Bearer ${token}`, 'content-type': contentType };
  return service.send({ method: 'POST', url: `${planUrl(plan)}${path}`, payload, headers });
}

/** The refusal: its status, code and fields; nothing of what was sent, and nothing written. */
async function expectRefused(reply: Answer, status: number, code: string, fields?: readonly string[]): Promise<void> {
  const problem = problemOf(reply);
  expect(problem, reply.text).toMatchObject({ status, code });
  expect(reply.headers['content-type']).toBe('application/problem+json');
  if (fields) expect(problem.invalidParameters?.map(({ name }) => name)).toEqual(fields);
  for (const told of [SECRET, '19261204', '9029']) expect(reply.text).not.toContain(told);
  expect(await countRows(service.owner)).toEqual(rows);
}

beforeEach(async () => {
  service.setClock('2026-11-16T08:00:00+01:00');
  plan = await createPlan(service, patientId);
  rows = await countRows(service.owner);
});

describe('a body that cannot be read', () => {
  test.each([
    ['not JSON', '{"title": ', 400, 'malformed-json'],
    ['JSON with something after it', '{"title":"a"} x', 400, 'malformed-json'],
    ['empty', '', 400, 'empty-body'],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), 400, 'malformed-json'],
    ['a text of 1 MB', JSON.stringify({ title: 'x'.repeat(1024 * 1024) }), 413, 'body-too-large'],
  ])('is refused: %s', async (_what, payload, status, code) => {
    await expectRefused(await raw('/steps', payload), status, code);
  });

  test.each([
    'text/plain',
    'application/xml',
    'multipart/form-data; boundary=x',
    'application/fhir+json',
  ])('is refused: of type %s', async (type) => {
    await expectRefused(await raw('/steps', `{"title":"${SECRET}"}`, type), 415, 'unsupported-media-type');
  });

  test('is refused: with NUL in a text, or half a character', async () => {
    await expectRefused(await raw('/steps', `{"title":"a\\u0000${SECRET}"}`), 400, 'invalid-request', ['title']);
    await expectRefused(await raw('/what-matters', `{"text":"\\ud83d ${SECRET}"}`), 400, 'invalid-request', ['text']);
  });

  test('is refused: with a name that would reach into the service', async () => {
    await expectRefused(await raw('/steps', '{"__proto__":{"admin":true},"title":"a"}'), 400, 'malformed-json');
  });
});

describe('a field', () => {
  const wrongFields: readonly [string, object, readonly string[]][] = [
    ['that is not known', { title: 'a', [SECRET]: 1, unknown: SECRET }, ['unknown', '(okänt fält)']],
    ['of another type', { title: 5, order: SECRET }, ['title', 'order']],
    ['that is missing', {}, ['title']],
    ['of nothing but spaces', { title: '   ' }, ['title']],
    ['that is too long', { title: SECRET.repeat(20) }, ['title']],
    ['on several lines where one is meant', { title: `a\n${SECRET}` }, ['title']],
    ['not among those allowed', { title: 'a', purpose: SECRET }, ['purpose']],
    ['with a day that never comes', { title: 'a', time: { form: 'latest-by', by: '2026-02-30' } }, ['time.by']],
    ['with a time without a zone', { title: 'a', time: { form: 'latest-by', by: '2026-11-20T12:00' } }, ['time.by']],
    ['with an hour that there is not', { title: 'a', agreedLatest: '2026-11-20T25:00:00+01:00' }, ['agreedLatest']],
    ['with an HSA-id that is none', { title: 'a', supportUnit: SECRET }, ['supportUnit']],
    ['with an id that is none', { title: 'a', predecessors: [SECRET] }, ['predecessors.0']],
    ['inside another', { title: 'a', way: { kind: 'visit', where: SECRET } }, ['way']],
    [
      'with a link that is not https',
      { title: 'a', time: { form: 'patient-books', link: `javascript:${SECRET}` } },
      ['time.link'],
    ],
  ];
  test.each(wrongFields)('%s is refused by its name, never with what it held', async (_what, body, fields) => {
    const reply = await post('/steps', body);
    const named = problemOf(reply).invalidParameters?.map(({ name }) => name) ?? [];
    await expectRefused(reply, 400, 'invalid-request');
    for (const field of fields)
      expect(
        named.some((name) => name === field || name.startsWith(field)),
        `${named}`,
      ).toBe(true);
  });

  test('in a whole plan is named by its place', async () => {
    const body = planBody(patientId, {
      steps: [{ title: 'a' }, { title: 'b', order: -1 }],
      goals: [{ text: 'x', whose: SECRET }],
    });
    const reply = await service.as(WARD).post('/v1/plans', body);
    await expectRefused(reply, 400, 'invalid-request');
    expect(
      problemOf(reply)
        .invalidParameters?.map(({ name }) => name)
        .sort(),
    ).toEqual(['goals.0.whose', 'steps.1.order']);
  });

  test('that does not exist is not taken from another unit of measure: the hour that summer time skips is an offset away', async () => {
    // 02:30 on 28 March 2027 is no time in Sweden; with its offset the instant exists, and is kept as it is.
    const start = '2027-03-28T02:30:00+01:00';
    const made = await post('/steps', { title: 'a', time: { form: 'fixed', start, changeable: { byPatient: false } } });
    expect(made.body.time).toMatchObject({ start: '2027-03-28T01:30:00.000Z' });
    const series = { every: 'day', startsOn: '2027-03-28', endsOn: '2027-03-28', timeOfDay: '02:30' };
    expect((await post('/steps', { title: 'b', time: { form: 'recurring', series } })).status).toBe(201);
  });

  test('keeps emoji, accents and spaces byte for byte', async () => {
    const text = '  Jag vill hem 🏡👩🏽‍🦽 — e\u0301 och é, "citat" \\ \u200f  ';
    const made = await post('/what-matters', { text });
    expect(made.body.text).toBe(text);
    const [kept] = (await readPlan(service.as('ester'), plan)).whatMatters.filter(({ id }) => id === made.body.id);
    expect(Buffer.from(kept!.text as string)).toEqual(Buffer.from(text));
  });
});

describe('what could never succeed', () => {
  const SERIES = { every: 'week', startsOn: '2026-11-20' };
  const impossible: readonly [string, object, string, string][] = [
    [
      'an end before its start',
      {
        time: {
          form: 'fixed',
          start: '2026-11-20T12:00:00Z',
          end: '2026-11-20T11:00:00Z',
          changeable: { byPatient: false },
        },
      },
      'time-not-in-order',
      'time.end',
    ],
    [
      'a window that ends before it begins',
      { time: { form: 'window', from: '2026-11-20', to: '2026-11-19' } },
      'time-not-in-order',
      'time.to',
    ],
    [
      'a series that ends before it begins',
      { time: { form: 'recurring', series: { ...SERIES, endsOn: '2026-11-19' } } },
      'time-not-in-order',
      'time.series.endsOn',
    ],
    [
      'a unit that there is not',
      { responsibleParty: { kind: 'region', unit: unit('9999') } },
      'party-not-as-registered',
      'responsibleParty.unit',
    ],
    [
      'a kommun that is called a region',
      { responsibleParty: { kind: 'region', unit: unit('0302') } },
      'party-not-as-registered',
      'responsibleParty.kind',
    ],
    ['a law that the unit does not work under', { legalBasis: 'SoL' }, 'legal-basis-not-yours', 'legalBasis'],
  ];
  test.each(impossible)('is refused: %s', async (_what, body, code, field) => {
    await expectRefused(await post('/steps', { title: 'a', ...body }), 422, code, [field]);
  });

  test('is refused: a step that comes before itself, at once or in a circle', async () => {
    const [list, weight] = [stepNamed(plan, 'Läkemedelslista'), stepNamed(plan, 'Viktkontroll')];
    await expectRefused(await patch('/steps', list, { predecessors: [list.id] }), 422, 'step-order-circle', [
      'predecessors',
    ]);
    const circle = await patch('/steps', list, { predecessors: [weight.id] });
    await expectRefused(circle, 422, 'step-order-circle', ['predecessors']);
    for (const named of JSON.stringify(circle.body).match(/[0-9a-f]{8}-[0-9a-f]{4}-/g) ?? []) expect.fail(named);
    const steps = [
      { ref: 'a', title: 'a', predecessors: ['b'] },
      { ref: 'b', title: 'b', predecessors: ['a'] },
    ];
    const whole = await service.as(WARD).post('/v1/plans', planBody(patientId, { steps }));
    await expectRefused(whole, 422, 'step-order-circle');
    expect(problemOf(whole).invalidParameters?.[0]?.name).toMatch(/^steps\.[01]\.predecessors$/);
  });

  test("is refused: another patient's thing, named in the body or in the address, as one that is not there", async () => {
    const theirs = await createPlan(service, await registerPatient(service, 'love'));
    rows = await countRows(service.owner);
    const [step] = theirs.steps;
    await expectRefused(await post('/steps', { title: 'a', predecessors: [step!.id] }), 422, 'unknown-reference', [
      'predecessors.0',
    ]);
    await expectRefused(
      await post('/remarks', { what: 'comment', text: 'a', aboutId: step!.id }),
      422,
      'unknown-reference',
      ['aboutId'],
    );
    await expectRefused(
      await post(`/steps/${step!.id}/transition`, { to: 'in-progress' }, ifMatch(step!)),
      404,
      'not-found',
    );
    const another = await createPlan(service, patientId);
    rows = await countRows(service.owner);
    await expectRefused(await patch('/steps', another.steps[0]!, { title: 'x' }), 404, 'not-found');
    await expectRefused(await patch('/steps', { ...plan.goals[0]! }, { title: 'x' }), 404, 'not-found');
  });

  test('is refused: a relative whom the patient does not have, in a step, a promise and a whole plan', async () => {
    const relative = { kind: 'relative', relatedPersonId: plan.goals[0]!.id };
    const promise = { by: relative, to: { kind: 'patient' }, text: SECRET };
    await expectRefused(await post('/steps', { title: 'a', responsibleParty: relative }), 422, 'unknown-reference', [
      'responsibleParty.relatedPersonId',
    ]);
    await expectRefused(await post('/commitments', promise), 422, 'unknown-reference', ['by.relatedPersonId']);
    await expectRefused(await post('/participants', { party: relative }), 422, 'unknown-reference');
    const whole = planBody(patientId, { commitments: [promise] });
    await expectRefused(await service.as(WARD).post('/v1/plans', whole), 422, 'unknown-reference', [
      'commitments.0.by.relatedPersonId',
    ]);
    const related = await service
      .as(WARD)
      .post<Thing>(`/v1/patients/${patientId}/related-persons`, { relation: 'relative', name: 'Britt Exempelsson' });
    const daughter = { kind: 'relative', relatedPersonId: related.body.id };
    expect(await post('/steps', { title: 'Handla', responsibleParty: daughter })).toMatchObject({
      ...{ status: 201, body: { responsibleParty: daughter, state: 'proposed' } },
    });
  });

  test('is refused: a report of what has not happened yet', async () => {
    const { id } = stepNamed(plan, 'Läkemedelslista');
    const tomorrow = { outcome: 'done', performedAt: '2026-11-17T08:00:00+01:00', note: SECRET };
    const reply = await post(`/steps/${id}/reports`, tomorrow, { 'idempotency-key': 'imorgon' });
    await expectRefused(reply, 422, 'report-in-future', ['performedAt']);
    const soon = { outcome: 'done', performedAt: '2026-11-16T08:00:00.001+01:00' };
    await expectRefused(
      await post(`/steps/${id}/reports`, soon, { 'idempotency-key': 'snart' }),
      422,
      'report-in-future',
    );
    const now = { outcome: 'done', performedAt: '2026-11-16T08:00:00+01:00' };
    expect((await post(`/steps/${id}/reports`, now, { 'idempotency-key': 'nu' })).status).toBe(201);
  });

  test('is refused: a law that the unit does not work under, wherever it stands in a whole plan', async () => {
    const body = planBody(patientId, { steps: [{ title: 'a' }, { title: 'b', legalBasis: 'SoL' }] });
    const reply = await service.as(WARD).post('/v1/plans', body);
    await expectRefused(reply, 422, 'legal-basis-not-yours', ['steps.1.legalBasis']);
  });

  test('is refused: a name that the call does not have, or has twice', async () => {
    const send = (steps: object[]) => service.as(WARD).post('/v1/plans', planBody(patientId, { steps }));
    await expectRefused(await send([{ title: 'a', predecessors: ['nobody'] }]), 422, 'unknown-reference', [
      'steps.0.predecessors.0',
    ]);
    const twice = [
      { ref: 'a', title: 'a' },
      { ref: 'a', title: 'b' },
    ];
    await expectRefused(await send(twice), 422, 'unknown-reference', ['steps.1.ref']);
  });
});

describe('what another actor may do', () => {
  test("is refused: change of another party's step, by a participant and by the one who asked", async () => {
    const asked = stepNamed(plan, 'Viktkontroll');
    const yes = await post(`/steps/${asked.id}/accept`, {}, ifMatch(asked), HOME_CARE);
    rows = await countRows(service.owner);
    for (const persona of [WARD, CLINIC, HOME_HELP, 'ester']) {
      await expectRefused(await patch('/steps', yes.body, { title: SECRET }, persona), 403, 'step-not-yours');
    }
    const report = await post(
      `/steps/${asked.id}/reports`,
      { outcome: 'done' },
      { 'idempotency-key': 'annans' },
      CLINIC,
    );
    await expectRefused(report, 403, 'report-not-yours');
  });

  test('is refused: a yes for another unit, to a step and to an agreement; a region never approves for the kommun', async () => {
    const asked = stepNamed(plan, 'Viktkontroll');
    await expectRefused(
      await post(`/steps/${asked.id}/accept`, {}, ifMatch(asked), CLINIC),
      403,
      'step-answer-not-yours',
    );
    const version = await post('/agreements', {});
    rows = await countRows(service.owner);
    const forKommun = { party: { kind: 'municipality-health', unit: unit('0302') } };
    for (const persona of [WARD, CLINIC]) {
      const reply = await post(`/agreements/${version.body.id}/approve`, forKommun, {}, persona);
      await expectRefused(reply, 403, 'approval-for-another');
    }
    const heard = { ...forKommun, reported: true, method: 'oral' };
    const reported = await post(`/agreements/${version.body.id}/approve`, heard, {}, CLINIC);
    expect(reported).toMatchObject({ status: 201, body: { standing: 'reported', method: 'oral' } });
    const confirmed = await post(`/agreements/${version.body.id}/approve`, {}, {}, HOME_CARE);
    expect(confirmed).toMatchObject({
      status: 201,
      body: { id: reported.body.id, standing: 'confirmed', revision: 2 },
    });
  });

  test('is refused: the header, by any but the planning lead; a follow-up laid on someone else', async () => {
    const reply = await service.as(HOME_CARE).patch(planUrl(plan), { title: SECRET }, ifMatch(plan.plan));
    await expectRefused(reply, 403, 'planning-lead-only');
    const follow = { plannedOn: '2026-12-20', responsibleUnit: unit('0302') };
    await expectRefused(await post('/follow-ups', follow), 403, 'responsibility-by-another');
    const own = await post('/follow-ups', { plannedOn: '2026-12-20' });
    rows = await countRows(service.owner);
    const away = { responsibleUnit: unit('0302') };
    const given = await service.as(WARD).patch(`${planUrl(plan)}/follow-ups/${own.body.id}`, away, ifMatch(own.body));
    await expectRefused(given, 409, 'follow-up-by-handover');
    const move = await post('/transition', { to: 'active' }, ifMatch(plan.plan), CLINIC);
    await expectRefused(move, 403, 'planning-lead-only');
  });
});

describe('what another state of the plan would allow', () => {
  test('is refused: a move that there is not, saying which there are', async () => {
    const step = stepNamed(plan, 'Viktkontroll');
    const reply = await post(`/steps/${step.id}/transition`, { to: 'booked' }, ifMatch(step));
    await expectRefused(reply, 409, 'step-transition-not-allowed');
    expect(problemOf(reply).allowed).toContain('agreed');
    const back = await post('/transition', { to: 'completed' }, ifMatch(plan.plan));
    await expectRefused(back, 409, 'plan-transition-not-allowed');
    expect(problemOf(back).allowed).toEqual(expect.arrayContaining(['active', 'declined']));
  });

  test('is refused: any change of a closed plan, but not a mistake marked late nor a disagreement', async () => {
    const active = await post('/transition', { to: 'active' }, ifMatch(plan.plan));
    const closed = await post('/transition', { to: 'completed' }, ifMatch(active.body));
    expect(closed.body).toMatchObject({ status: 'completed', revision: 3 });
    rows = await countRows(service.owner);
    const [goal] = plan.goals;
    const step = stepNamed(plan, 'Läkemedelslista');
    await expectRefused(await patch('/goals', goal!, { text: SECRET }), 409, 'plan-closed');
    await expectRefused(await post('/steps', { title: SECRET }), 409, 'plan-closed');
    await expectRefused(await patch('/steps', step, { title: SECRET }), 409, 'plan-closed');
    await expectRefused(
      await post(`/steps/${step.id}/reports`, { outcome: 'done' }, { 'idempotency-key': 'sent' }),
      409,
      'plan-closed',
    );
    await expectRefused(await post('/agreements', {}), 409, 'plan-closed');
    const header = await service.as(WARD).patch(planUrl(plan), { title: SECRET }, ifMatch(closed.body));
    await expectRefused(header, 409, 'plan-closed');
    expect((await post(`/goals/${goal!.id}/entered-in-error`, {}, ifMatch(goal!))).status).toBe(200);
    const remark = { what: 'disagreement', text: 'Så sade jag inte.' };
    expect((await post('/remarks', remark, {}, 'ester')).status).toBe(201);
  });

  test('is refused: a health measure of the patient without an assessment, until there is one', async () => {
    const made = await post('/steps', { title: 'Insulin', healthMeasure: true, responsibleParty: { kind: 'patient' } });
    rows = await countRows(service.owner);
    const yes = () => post(`/steps/${made.body.id}/accept`, {}, ifMatch(made.body), 'ester');
    await expectRefused(await yes(), 409, 'self-care-assessment-missing');
    await post(`/steps/${made.body.id}/self-care-assessments`, {
      assessor: { staff: unit('P001'), name: 'Tove Testrup', profession: 'sjuksköterska' },
      ...{ assessedOn: '2026-11-16', reviewOn: '2027-01-16', helpNeeded: 'Ingen', ifItFails: 'Ring' },
    });
    expect(await yes()).toMatchObject({ status: 200, body: { state: 'agreed' } });
  });
});

describe('a lead plan', () => {
  const lead = (kind: string, more = {}) =>
    createPlan(service, patientId, { kind, participants: [], namedContacts: [], steps: [{ title: 'a' }], ...more });

  test('beside an active one must name it: else the conflict says which it is, by its public id', async () => {
    const [first, second] = [await lead('OVERENSKOMMELSE'), await lead('OVERENSKOMMELSE')];
    const at = (of: WholePlan) => `${planUrl(of)}/transition`;
    expect((await service.as(WARD).post(at(first), { to: 'active' }, ifMatch(first.plan))).status).toBe(200);
    rows = await countRows(service.owner);
    const reply = await service.as(WARD).post(at(second), { to: 'active' }, ifMatch(second.plan));
    await expectRefused(reply, 409, 'lead-plan-active');
    expect(problemOf(reply).planId).toBe(first.plan.id);
    const named = await service
      .as(WARD)
      .post(at(second), { to: 'active', replaces: first.plan.id }, ifMatch(second.plan));
    expect(named.status).toBe(200);
    expect((await readPlan(service.as(WARD), first)).plan).toMatchObject({
      status: 'completed',
      replacedBy: second.plan.id,
    });
    await service.as(WARD).post(at(second), { to: 'revoked' }, ifMatch(named.body as unknown as Thing));
  });

  test('of kind SIP becomes active only when nothing is missing, and all that is missing is told at once', async () => {
    // A person who has consented to nothing.
    const parts = { participants: [], namedContacts: [], steps: [{ title: 'a' }], commitments: [] };
    const body = planBody(await registerPatient(service, 'mirza'), { kind: 'SIP', ...parts });
    const { body: sip } = await service.as(WARD).post<WholePlan>('/v1/plans', body);
    rows = await countRows(service.owner);
    const reply = await service.as(WARD).post(`${planUrl(sip)}/transition`, { to: 'active' }, ifMatch(sip.plan));
    await expectRefused(reply, 409, 'sip-gate-unmet');
    const missing = problemOf(reply).missing as { code: string; sv: string }[];
    expect(missing.map(({ code }) => code)).toEqual([
      'social-services-intervention',
      'measures-by-others',
      'overall-responsibility',
      'consent-region',
      'consent-municipality',
      'planning-lead',
    ]);
    expect(JSON.stringify(missing)).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  });

  test('of kind SIP tells which steps nobody answers for, by their public ids', async () => {
    const copy = (
      hsaId: string,
    ) => `insert into units (id, hsa_id, name, area, provider_hsa_id, active, sort_key, search_words)
      select gen_random_uuid(), '${hsaId}', name, area, provider_hsa_id, true, sort_key, search_words from units where hsa_id = '${unit('0102')}'`;
    await service.owner.query(copy(unit('0199')));
    const sip = await lead('SIP', {
      steps: [{ title: 'a', responsibleParty: { kind: 'region', unit: unit('0199') } }],
    });
    await service.owner.query('delete from units where hsa_id = $1', [unit('0199')]);
    const reply = await service.as(WARD).post(`${planUrl(sip)}/transition`, { to: 'active' }, ifMatch(sip.plan));
    const missing = problemOf(reply).missing as { code: string; steps?: string[] }[];
    const stray = missing.find(({ code }) => code === 'principal-of-intervention');
    expect(stray?.steps).toEqual([sip.steps[0]!.id]);
  });

  test('of kind SIP with everything in place becomes active', async () => {
    const consent = (hsaId: string) =>
      service.as(WARD).post(`/v1/patients/${patientId}/consents`, {
        ...{
          type: 'sip',
          form: 'oral',
          data: 'Planeringen: mål, insatser och tider',
          purpose: 'SIP',
          until: '2027-03-31',
        },
        recipient: { kind: 'principal', hsaId },
      });
    expect([(await consent(unit('H01'))).status, (await consent(unit('H03'))).status]).toEqual([201, 201]);
    const sip = await createPlan(service, patientId, {
      kind: 'SIP',
      leadPrincipal: unit('H01'),
      planningLead: { name: 'Tove Testrup', staff: unit('P001') },
      noMeasuresByOthers: true,
      steps: [
        { title: 'Vård' },
        { title: 'Hemtjänst', responsibleParty: { kind: 'municipality-social', unit: unit('0303') } },
      ],
    });
    const reply = await service.as(WARD).post(`${planUrl(sip)}/transition`, { to: 'active' }, ifMatch(sip.plan));
    expect(reply).toMatchObject({ status: 200, body: { status: 'active' } });
    const social = sip.participants.find(({ party }) => party.unit === unit('0303'))!;
    const no = await service
      .as(HOME_HELP)
      .post(`${planUrl(sip)}/participants/${social.id}/decline`, { reason: 'Nej' }, ifMatch(social));
    expect(problemOf(no)).toMatchObject({ status: 409, code: 'sip-principal-must-take-part' });
  });
});
