import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  CLINIC,
  createPlan,
  createTestApp,
  HOME_CARE,
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

interface Entry {
  readonly kind: string;
  readonly id: string;
  readonly revision: number;
  readonly at: string;
  readonly changedBy: Record<string, string>;
  readonly fields: readonly { readonly field: string; readonly label: string; before?: unknown; after?: unknown }[];
}

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
});
afterAll(() => service.close());
beforeEach(async () => {
  service.setClock('2026-11-16T08:00:00+01:00');
  plan = await createPlan(service, patientId);
});

async function change(persona: string, path: string, body: object, thing: Thing): Promise<Thing> {
  const reply = await service.as(persona).patch<Thing>(`${planUrl(plan)}${path}/${thing.id}`, body, ifMatch(thing));
  if (reply.status !== 200) throw new Error(reply.text);
  return reply.body;
}

async function wholeHistory(persona: string, of = plan, limit = 5, betweenPages = async () => {}): Promise<Entry[]> {
  const entries: Entry[] = [];
  let cursor = '';
  do {
    const url = `${planUrl(of)}/history?limit=${limit}${cursor && `&cursor=${cursor}`}`;
    const reply = await service.as(persona).get<{ items: Entry[]; nextCursor?: string }>(url);
    if (reply.status !== 200) throw new Error(reply.text);
    expect(reply.body.items.length).toBeLessThanOrEqual(limit);
    entries.push(...reply.body.items);
    cursor = reply.body.nextCursor ?? '';
    await betweenPages();
  } while (cursor);
  return entries;
}

const key = ({ id, revision }: Entry) => `${id} ${revision}`;

describe('the list of changes', () => {
  test('has the latest first, with who, when, and which fields in Swedish', async () => {
    service.setClock('2026-11-17T09:00:00+01:00');
    await change(WARD, '/goals', { text: 'Gå varje dag' }, plan.goals[0]!);
    const [latest] = await wholeHistory(WARD);
    expect(latest).toMatchObject({
      kind: 'goal',
      id: plan.goals[0]!.id,
      revision: 2,
      at: '2026-11-17T08:00:00.000Z',
      changedBy: { kind: 'staff', name: 'Tove Testrup', unit: unit('0101') },
      fields: [{ field: 'text', before: 'Gå till brevlådan varannan dag', after: 'Gå varje dag' }],
    });
    expect(latest!.fields[0]!.label).toMatch(/^[A-ZÅÄÖ]/);
  });

  test('is paged to its end without a gap or a double while others change the plan', async () => {
    const before = new Set((await wholeHistory(WARD, plan, 200)).map(key));
    let goal = plan.goals[0]!;
    let words = plan.whatMatters[0]!;
    // One change is whole before each next page; the other runs beside it.
    let beside: Promise<Thing> = Promise.resolve(words);
    const entries = await wholeHistory(HOME_CARE, plan, 2, async () => {
      goal = await change(WARD, '/goals', { text: `Mål ${goal.revision}` }, goal);
      words = await beside;
      beside = change(WARD, '/what-matters', { text: `Ord ${words.revision}` }, words);
    });
    await beside;
    expect(goal.revision).toBeGreaterThan(2);
    const keys = entries.map(key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const one of before) expect(keys).toContain(one);
  });

  test('refuses a cursor from another plan, from another reader and one made up', async () => {
    const page = await service.as(WARD).get<{ nextCursor: string }>(`${planUrl(plan)}/history?limit=2`);
    const other = await createPlan(service, patientId);
    for (const [persona, of, cursor] of [
      [WARD, other, page.body.nextCursor],
      [HOME_CARE, plan, page.body.nextCursor],
      [WARD, plan, `c1.${'A'.repeat(60)}`],
    ] as const) {
      const reply = await service.as(persona).get(`${planUrl(of)}/history?cursor=${cursor}`);
      expect(problemOf(reply)).toMatchObject({ status: 400, code: 'cursor-invalid' });
    }
  });

  test('shows each reader only what they may see today: the patient no clinical text, no notes, nothing unapproved', async () => {
    const list = stepNamed(plan, 'Läkemedelslista');
    const changed = await change(
      WARD,
      '/steps',
      { clinicalText: 'Sätt ut furosemid', patientText: 'Listan skrivs.' },
      list,
    );
    const report = { outcome: 'done', note: 'Doktorn sur', patientText: 'Klar.' };
    await service
      .as(WARD)
      .post(`${planUrl(plan)}/steps/${changed.id}/reports`, report, { 'idempotency-key': plan.plan.id });
    await service
      .as(WARD)
      .post(`${planUrl(plan)}/goals`, { text: 'Hemligt', whose: 'professional', approvedForPatient: false });
    const text = JSON.stringify(await wholeHistory('ester'));
    expect(text).toContain('Listan skrivs.');
    for (const hidden of ['furosemid', 'diuretika', 'clinicalText', 'Doktorn', 'note', 'Hemligt'])
      expect(text).not.toContain(hidden);
    expect(JSON.stringify(await wholeHistory(WARD))).toMatch(/furosemid.*Doktorn|Doktorn.*furosemid/s);
  });

  test('shows nothing of what was taken from the patient afterwards', async () => {
    const goal = await change(WARD, '/goals', { approvedForPatient: false }, plan.goals[0]!);
    expect((await wholeHistory('ester')).map(({ id }) => id)).not.toContain(goal.id);
    const then = await service.as('ester').get<WholePlan>(`${planUrl(plan)}/as-of?at=2026-11-16T08:00:00Z`);
    expect(then.body.goals).toEqual([]);
  });

  test('shows a unit outside shared documentation its own steps and the outline, also of the past', async () => {
    await service.as(WARD).patch(planUrl(plan), { title: 'Diagnosen', purpose: 'Psykos' }, ifMatch(plan.plan));
    const entries = await wholeHistory(SCHOOL);
    const own = new Set([stepNamed(plan, 'Samtal i skolan').id, plan.plan.id, plan.namedContacts[0]!.id]);
    own.add(participantOf(plan, '0305').id);
    for (const { id } of entries) expect(own).toContain(id);
    expect(JSON.stringify(entries)).not.toMatch(/Diagnosen|Psykos|Hem från/);
  });

  test('shows a former participant what it wrote itself', async () => {
    await service.as(CLINIC).post(`${planUrl(plan)}/goals`, { text: 'Vårdcentralens', whose: 'professional' });
    const one = participantOf(plan, '0201');
    await service.as(CLINIC).post(`${planUrl(plan)}/participants/${one.id}/decline`, { reason: 'Nej' }, ifMatch(one));
    const kinds = new Set((await wholeHistory(CLINIC)).map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['goal', 'plan']));
  });
});

describe('one thing at a revision', () => {
  test('reads as it did then', async () => {
    const goal = await change(WARD, '/goals', { text: 'Andra' }, plan.goals[0]!);
    await change(WARD, '/goals', { text: 'Tredje' }, goal);
    const at = (n: number) => service.as(WARD).get<Thing>(`${planUrl(plan)}/history/goal/${goal.id}/${n}`);
    for (const [n, text] of [
      [1, 'Gå till brevlådan varannan dag'],
      [2, 'Andra'],
      [3, 'Tredje'],
    ] as const) {
      expect((await at(n)).body).toMatchObject({ id: goal.id, revision: n, text });
    }
    expect((await at(4)).status).toBe(404);
  });

  test('is not found under another kind, nor another patient’s', async () => {
    const [goal] = plan.goals;
    expect((await service.as(WARD).get(`${planUrl(plan)}/history/step/${goal!.id}/1`)).status).toBe(404);
    const theirs = await createPlan(service, await registerPatient(service, 'love'));
    const reply = await service.as(WARD).get(`${planUrl(plan)}/history/goal/${theirs.goals[0]!.id}/1`);
    expect(problemOf(reply)).toMatchObject({ status: 404, code: 'not-found' });
  });
});

describe('the plan as it was at a moment', () => {
  const asOf = (at: string, persona: string = WARD, of = plan) =>
    service.as(persona).get<WholePlan>(`${planUrl(of)}/as-of?at=${encodeURIComponent(at)}`);

  test('holds each thing in the wording of that moment, and nothing that came later', async () => {
    service.setClock('2026-11-17T08:00:00+01:00');
    await change(WARD, '/goals', { text: 'Andra' }, plan.goals[0]!);
    await service.as(WARD).post(`${planUrl(plan)}/goals`, { text: 'Nytt', whose: 'patient' });
    expect((await asOf('2026-11-17T07:59:59+01:00')).body).toMatchObject({
      goals: [{ text: 'Gå till brevlådan varannan dag', revision: 1 }],
    });
    const after = (await asOf('2026-11-17T08:00:00+01:00')).body;
    expect(after.goals.map(({ text }) => text).sort()).toEqual(['Andra', 'Nytt']);
    expect(after).toEqual(await readPlan(service.as(WARD), plan));
  });

  test('is not there before it was made', async () => {
    expect((await asOf('2026-11-16T07:59:59+01:00')).status).toBe(404);
  });

  test('is asked for with a time that exists', async () => {
    const reply = await asOf('2026-02-30T08:00:00+01:00');
    expect(problemOf(reply)).toMatchObject({ status: 400, invalidParameters: [{ name: 'at' }] });
  });

  test('has what has since moved to the plan that took its place, and has it no longer afterwards', async () => {
    const love = await registerPatient(service, 'love');
    const lead = { kind: 'OVERENSKOMMELSE', participants: [], namedContacts: [], steps: [{ title: 'Vägning' }] };
    const old = await createPlan(service, love, lead);
    const active = await service
      .as(WARD)
      .post<Thing>(`${planUrl(old)}/transition`, { to: 'active' }, ifMatch(old.plan));
    expect(active.status).toBe(200);
    service.setClock('2026-11-18T08:00:00+01:00');
    const next = await createPlan(service, love, { ...lead, steps: [] });
    const move = { to: 'active', replaces: old.plan.id };
    const taken = await service.as(WARD).post(`${planUrl(next)}/transition`, move, ifMatch(next.plan));
    expect(taken).toMatchObject({ status: 200, body: { status: 'active', replaces: old.plan.id } });
    const step = stepNamed(old, 'Vägning');
    expect((await readPlan(service.as(WARD), next)).steps).toMatchObject([{ id: step.id, revision: 2 }]);
    expect((await readPlan(service.as(WARD), old)).steps).toEqual([]);
    const then = await asOf('2026-11-17T08:00:00+01:00', WARD, old);
    expect(then.body.steps).toMatchObject([{ id: step.id, revision: 1 }]);
    expect((await asOf('2026-11-18T08:00:00+01:00', WARD, old)).body.steps).toEqual([]);
    const moved = (await wholeHistory(WARD, next)).filter(({ id }) => id === step.id);
    expect(moved.map(({ revision }) => revision)).toEqual([2, 1]);
    expect((await wholeHistory(WARD, old)).filter(({ id }) => id === step.id)).toHaveLength(1);
  });
});

describe('what changed between two moments', () => {
  const between = (from: string, to: string, persona: string = WARD) =>
    service.as(persona).get<{ items: Record<string, unknown>[] }>(`${planUrl(plan)}/changes?from=${from}&to=${to}`);

  test('is each thing that reads otherwise, and not what was changed back', async () => {
    service.setClock('2026-11-17T07:00:00Z');
    const goal = await change(WARD, '/goals', { text: 'Andra' }, plan.goals[0]!);
    const words = await change(WARD, '/what-matters', { text: 'Annat' }, plan.whatMatters[0]!);
    service.setClock('2026-11-18T07:00:00Z');
    await change(WARD, '/goals', { text: 'Gå till brevlådan varannan dag' }, goal);
    const reply = await between('2026-11-16T12:00:00Z', '2026-11-18T12:00:00Z');
    expect(reply.body.items).toMatchObject([
      {
        kind: 'what-matters',
        id: words.id,
        fromRevision: 1,
        toRevision: 2,
        fields: [{ field: 'text', after: 'Annat' }],
      },
    ]);
  });

  test('refuses an end before its start, naming the field', async () => {
    const reply = await between('2026-11-18T12:00:00Z', '2026-11-16T12:00:00Z');
    expect(problemOf(reply)).toMatchObject({
      status: 422,
      code: 'time-not-in-order',
      invalidParameters: [{ name: 'to' }],
    });
  });
});
