import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  CLINIC,
  countRows,
  createPlan,
  createTestApp,
  HOME_CARE,
  ifMatch,
  participantOf,
  planBody,
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

const url = (thing: Thing) => `${planUrl(plan)}/goals/${thing.id}`;
const patchGoal = (text: string, headers = {}) => service.as(WARD).patch<Thing>(url(plan.goals[0]!), { text }, headers);
const addStep = (body: object, headers = {}, persona: string = WARD) =>
  service.as(persona).post<Thing>(`${planUrl(plan)}/steps`, body, headers);

describe('If-Match', () => {
  test('is required of every change of a thing', async () => {
    expect(problemOf(await patchGoal('x'))).toMatchObject({ status: 428, code: 'precondition-required' });
  });

  test.each([
    '*',
    'W/"1"',
    '1',
    '"1", "2"',
    '"0"',
    '"x"',
    '"99999999999"',
  ])('is one revision, not %s', async (value) => {
    const reply = await patchGoal('x', { 'if-match': value });
    expect(problemOf(reply)).toMatchObject({ status: 400, code: 'if-match-malformed' });
    expect(reply.text).not.toContain('99999999999');
  });

  test('of an earlier revision is refused with the present one, and of a later one too', async () => {
    expect((await patchGoal('Andra', { 'if-match': '"1"' })).headers.etag).toBe('"2"');
    for (const stale of ['"1"', '"3"']) {
      const reply = await patchGoal('Tredje', { 'if-match': stale });
      expect(problemOf(reply)).toMatchObject({ status: 412, code: 'stale', revision: 2 });
    }
    expect((await readPlan(service.as(WARD), plan)).goals).toMatchObject([{ text: 'Andra', revision: 2 }]);
  });

  test("of one thing is not touched by another's change, nor by the header's", async () => {
    const [goal] = plan.goals;
    await service.as(WARD).patch(planUrl(plan), { title: 'Ny rubrik' }, ifMatch(plan.plan));
    await addStep({ title: 'Ett steg till' });
    await service
      .as(WARD)
      .patch(
        `${planUrl(plan)}/what-matters/${plan.whatMatters[0]!.id}`,
        { text: 'Nytt' },
        ifMatch(plan.whatMatters[0]!),
      );
    expect((await patchGoal('Andra', ifMatch(goal!))).status).toBe(200);
    const [matters] = (await readPlan(service.as(WARD), plan)).whatMatters;
    expect(matters).toMatchObject({ revision: 2 });
  });

  test('never refuses eight units that tick their own steps at once', async () => {
    const units = [
      ['ali-provsson', '0102', 'region'],
      ['maj-modell', '0201', 'region'],
      ['kim-ovning', '0301', 'municipality-social'],
      ['hanna-hittepa', '0302', 'municipality-health'],
      ['nils-norrprov', '0303', 'municipality-social'],
      ['elin-demo', '0305', 'other'],
      ['lisa-lanad', '0306', 'municipality-social'],
      ['noa-fiktiv', '0103', 'region'],
    ] as const;
    const wide = await createPlan(service, patientId, {
      participants: [],
      steps: units.map(([, suffix, kind]) => ({ title: suffix, responsibleParty: { kind, unit: unit(suffix) } })),
    });
    const replies = await Promise.all(
      units.map(async ([persona, suffix]) => {
        const step = stepNamed(wide, suffix);
        const at = `${planUrl(wide)}/steps/${step.id}`;
        const yes = await service.as(persona).post<Thing>(`${at}/accept`, {}, ifMatch(step));
        const begun = await service.as(persona).post(`${at}/transition`, { to: 'in-progress' }, ifMatch(yes.body));
        const done = await service
          .as(persona)
          .post(`${at}/reports`, { outcome: 'done' }, { 'idempotency-key': suffix });
        return [yes.status, begun.status, done.status];
      }),
    );
    expect(replies).toEqual(units.map(() => [200, 200, 201]));
    expect((await readPlan(service.as(WARD), wide)).steps.map(({ state }) => state)).toEqual(units.map(() => 'done'));
  });

  test('lets one of two who change the same thing at once through, and tells the other', async () => {
    const replies = await Promise.all(['A', 'B', 'C', 'D'].map((text) => patchGoal(text, { 'if-match': '"1"' })));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });
});

describe('the tag of an assembled answer', () => {
  test('is weak, gives 304 with an entry in the log, and is never taken for a revision', async () => {
    const reader = service.as(WARD);
    const first = await reader.get(planUrl(plan));
    expect(first.headers.etag).toMatch(/^W\//);
    const again = await reader.get(planUrl(plan), { 'if-none-match': first.headers.etag! });
    expect([again.status, again.text]).toEqual([304, '']);
    const { rows } = await service.owner.query('select from audit_entries where request_id = $1', [
      again.headers['x-request-id'],
    ]);
    expect(rows).toHaveLength(1);
    expect((await patchGoal('x', { 'if-match': first.headers.etag! })).status).toBe(400);
    await patchGoal('Nytt', { 'if-match': '"1"' });
    expect((await reader.get(planUrl(plan), { 'if-none-match': first.headers.etag! })).status).toBe(200);
  });

  test('differs between readers who see different things, and confirms nothing to one whose access is gone', async () => {
    const ward = await service.as(WARD).get(planUrl(plan));
    const school = await service.as(SCHOOL).get(planUrl(plan));
    expect(school.headers.etag).not.toBe(ward.headers.etag);
    const one = participantOf(plan, '0201');
    const clinic = await service.as(CLINIC).get(planUrl(plan));
    await service.as(CLINIC).post(`${planUrl(plan)}/participants/${one.id}/decline`, { reason: 'Nej' }, ifMatch(one));
    const after = await service.as(CLINIC).get(planUrl(plan), { 'if-none-match': clinic.headers.etag! });
    expect(after.status).not.toBe(304);
  });
});

describe('Idempotency-Key', () => {
  test('gives the same answer again, and nothing is done twice', async () => {
    const key = { 'idempotency-key': `steg-${plan.plan.id}` };
    const first = await addStep({ title: 'Ett enda' }, key);
    const before = await countRows(service.owner);
    const again = await addStep({ title: 'Ett enda' }, key);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.headers.etag).toBe(first.headers.etag);
    expect([again.status, again.text, again.headers.location]).toEqual([201, first.text, first.headers.location]);
    expect(await countRows(service.owner)).toEqual(before);
  });

  test('with another body, or in another plan, is refused', async () => {
    const key = { 'idempotency-key': `annat-${plan.plan.id}` };
    await addStep({ title: 'Först' }, key);
    expect(problemOf(await addStep({ title: 'Sedan' }, key))).toMatchObject({
      status: 422,
      code: 'idempotency-mismatch',
    });
    const other = await createPlan(service, patientId);
    const reply = await service.as(WARD).post(`${planUrl(other)}/steps`, { title: 'Först' }, key);
    expect(problemOf(reply)).toMatchObject({ status: 422, code: 'idempotency-mismatch' });
  });

  test('does not care how the same body was written', async () => {
    const key = { 'idempotency-key': `ordning-${plan.plan.id}` };
    const first = await addStep({ title: 'Ordning', purpose: 'social' }, key);
    expect((await addStep({ purpose: 'social', title: 'Ordning' }, key)).body.id).toBe(first.body.id);
  });

  test("of one person is not another's", async () => {
    const key = { 'idempotency-key': 'lika' };
    const [ward, home] = [await addStep({ title: 'Lika' }, key), await addStep({ title: 'Lika' }, key, HOME_CARE)];
    expect(home.status).toBe(201);
    expect(home.body.id).not.toBe(ward.body.id);
  });

  test('twenty at once make one thing', async () => {
    const key = { 'idempotency-key': `tjugo-${plan.plan.id}` };
    const before = await countRows(service.owner);
    const replies = await Promise.all(Array.from({ length: 20 }, () => addStep({ title: 'Tjugo' }, key)));
    expect(new Set(replies.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(replies.filter(({ headers }) => headers['idempotency-replayed'] === 'true')).toHaveLength(19);
    const after = await countRows(service.owner);
    expect(after.steps! - before.steps!).toBe(1);
    expect(after.steps_history).toBe(before.steps_history);
    expect(after.outbox! - before.outbox!).toBe(1);
  });

  test('twenty at once make one plan', async () => {
    const key = { 'idempotency-key': `plan-${plan.plan.id}` };
    const before = await countRows(service.owner);
    const create = () => service.as(WARD).post<WholePlan>('/v1/plans', planBody(patientId), key);
    const replies = await Promise.all(Array.from({ length: 20 }, create));
    expect(new Set(replies.map(({ body }) => body.plan.id)).size).toBe(1);
    expect(new Set(replies.map(({ headers }) => headers.location)).size).toBe(1);
    expect((await countRows(service.owner)).plans! - before.plans!).toBe(1);
  });

  test('is looked up before If-Match: a change whose answer was lost is answered, not refused as stale', async () => {
    const headers = { 'if-match': '"1"', 'idempotency-key': `ny-${plan.plan.id}` };
    expect((await patchGoal('Nytt', headers)).body.revision).toBe(2);
    const again = await patchGoal('Nytt', headers);
    expect([again.status, again.body.revision]).toEqual([200, 2]);
  });

  test('answers with the thing as it is now', async () => {
    const key = { 'idempotency-key': `nu-${plan.plan.id}` };
    const made = await addStep({ title: 'Innan' }, key);
    await service.as(WARD).patch(`${planUrl(plan)}/steps/${made.body.id}`, { title: 'Efter' }, ifMatch(made.body));
    const again = await addStep({ title: 'Innan' }, key);
    expect(again).toMatchObject({ status: 201, body: { title: 'Efter', revision: 2 }, headers: { etag: '"2"' } });
  });

  test('tells nothing to one whose access is gone since', async () => {
    const key = { 'idempotency-key': `borta-${plan.plan.id}` };
    const made = await addStep({ title: 'Hembesök' }, key, CLINIC);
    expect(made.status).toBe(201);
    const one = participantOf(await readPlan(service.as(WARD), plan), '0201');
    await service.as(CLINIC).post(`${planUrl(plan)}/participants/${one.id}/decline`, { reason: 'Nej' }, ifMatch(one));
    const again = await addStep({ title: 'Hembesök' }, key, CLINIC);
    expect(problemOf(again)).toMatchObject({ status: 403, code: 'forbidden' });
    expect(again.text).not.toContain('Hembesök');
    await service.owner.query(`update units set active = false where hsa_id = $1`, [unit('0201')]);
    expect((await addStep({ title: 'Hembesök' }, key, CLINIC)).status).toBe(404);
    await service.owner.query(`update units set active = true where hsa_id = $1`, [unit('0201')]);
  });

  test('works anew after 72 hours', async () => {
    const key = { 'idempotency-key': `gammal-${plan.plan.id}` };
    const first = await addStep({ title: 'Nyckel' }, key);
    const age = (hours: number) =>
      service.owner.query(`update idempotency_keys set created_at = now() - make_interval(hours => $1)`, [hours]);
    await age(71);
    expect((await addStep({ title: 'Nyckel' }, key)).body.id).toBe(first.body.id);
    await age(73);
    const later = await addStep({ title: 'Något annat' }, key);
    expect(later.status).toBe(201);
    expect(later.body.id).not.toBe(first.body.id);
    expect((await addStep({ title: 'Något annat' }, key)).headers['idempotency-replayed']).toBe('true');
  });

  test('is not used up by a request that was refused', async () => {
    const key = { 'idempotency-key': `nekad-${plan.plan.id}` };
    const bad = { title: 'Fel', supportUnit: unit('9999') };
    expect((await addStep({ ...bad, responsibleParty: { kind: 'region', unit: unit('9999') } }, key)).status).toBe(422);
    expect((await addStep({ title: 'Rätt' }, key)).status).toBe(201);
  });

  test.each(['', 'å', 'x'.repeat(201)])('is 1 to 200 printable ASCII characters', async (value) => {
    const reply = await addStep({ title: 'Nyckel' }, { 'idempotency-key': value });
    expect(problemOf(reply)).toMatchObject({ status: 400, code: 'idempotency-key-malformed' });
  });
});

describe('a report', () => {
  const report = (body: object, key: string | undefined, persona: string = WARD, title = 'Läkemedelslista') =>
    service
      .as(persona)
      .post<Thing>(
        `${planUrl(plan)}/steps/${stepNamed(plan, title).id}/reports`,
        body,
        key === undefined ? {} : { 'idempotency-key': key },
      );

  test('needs a key and no revision', async () => {
    expect(problemOf(await report({ outcome: 'done' }, undefined))).toMatchObject({
      status: 428,
      code: 'idempotency-key-required',
    });
    expect((await report({ outcome: 'done' }, `r-${plan.plan.id}`)).status).toBe(201);
  });

  test('sent again after 72 hours still makes no second one, and is answered with its own', async () => {
    const asked = stepNamed(plan, 'Viktkontroll');
    await service.as(HOME_CARE).post(`${planUrl(plan)}/steps/${asked.id}/accept`, {}, ifMatch(asked));
    const homes = await report({ outcome: 'done' }, '1', HOME_CARE, 'Viktkontroll');
    const wards = await report({ outcome: 'done', note: 'Klar' }, '1');
    expect([homes.status, wards.status]).toEqual([201, 201]);
    await service.owner.query(`update idempotency_keys set created_at = now() - interval '80 hours'`);
    const again = await report({ outcome: 'done', note: 'Klar' }, '1');
    expect(again).toMatchObject({ status: 201, body: { id: wards.body.id } });
    expect((await readPlan(service.as(WARD), plan)).reports).toHaveLength(2);
  });

  test('thirty of them sent twice in another order after a lost connection give one plan', async () => {
    const steps = Array.from({ length: 15 }, (_, i) => ({ title: `Steg ${i}` }));
    const [one, two] = [
      await createPlan(service, patientId, { steps }),
      await createPlan(service, patientId, { steps }),
    ];
    const sent = steps.flatMap(({ title }, i) => [
      {
        title,
        body: { outcome: 'done', reportedAt: '2026-11-16T07:10:00+01:00', performedAt: '2026-11-16T07:00:00+01:00' },
      },
      ...[
        {
          title,
          body: {
            outcome: i % 3 ? 'undone' : 'done',
            reportedAt: '2026-11-16T07:20:00+01:00',
            performedAt: '2026-11-16T07:00:00+01:00',
          },
        },
      ],
    ]);
    const send = async (of: WholePlan, order: readonly number[]) => {
      for (const n of order) {
        const { title, body } = sent[n]!;
        const headers = { 'idempotency-key': `${of.plan.id.slice(-20)}-${n}` };
        const reply = await service
          .as(WARD)
          .post(`${planUrl(of)}/steps/${stepNamed(of, title).id}/reports`, body, headers);
        expect(reply.status).toBe(201);
      }
    };
    const forth = sent.map((_, n) => n);
    await send(one, forth);
    await send(two, forth.toReversed());
    await send(two, forth);
    const states = async (of: WholePlan) =>
      (await readPlan(service.as(WARD), of)).steps.map(({ title, state }) => [title, state]);
    expect(await states(two)).toEqual(await states(one));
    expect((await readPlan(service.as(WARD), two)).reports).toHaveLength(30);
  });
});
