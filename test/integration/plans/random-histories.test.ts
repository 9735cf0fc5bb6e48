import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseThingId } from '../../../src/shared/ids.ts';
import type { Answer } from '../../support/app.ts';
import {
  createPlan,
  createTestApp,
  type PatientPersona,
  planUrl,
  readPlan,
  registerPatient,
  type TestApp,
  type Thing,
  unit,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';
import { SIZES } from '../../support/sizes.ts';
import { type Attempt, attempt, type RandomRequest } from './random-requests.ts';

let service: TestApp;
let serial = 0;
const PATIENTS: readonly PatientPersona[] = ['ester', 'love', 'mirza', 'petra'];
const LIVE = ['proposed', 'active', 'on-hold'];
const START = Date.parse('2026-11-16T08:00:00+01:00');

beforeAll(async () => {
  service = await createTestApp();
});
afterAll(() => service.close());

/** Every thing of a plan with its revision, and how much has been written about it. */
async function written(plan: WholePlan): Promise<string> {
  const { id } = parseThingId(plan.plan.id)!;
  const { rows } = await service.owner.query<{ written: string }>(
    `select json_build_array(
      (select json_agg(json_build_array(p.id, p.revision, p.status)) from plans p where p.id = $1),
      (select json_agg(json_build_array(s.id, s.revision, s.state, s.responsible_now) order by s.id) from steps s where s.plan_id = $1),
      (select json_agg(json_build_array(g.id, g.revision) order by g.id) from goals g where g.plan_id = $1),
      (select json_agg(json_build_array(c.id, c.revision, c.state) order by c.id) from commitments c where c.plan_id = $1),
      (select json_agg(json_build_array(p.id, p.revision, p.state) order by p.id) from participants p where p.plan_id = $1),
      (select json_agg(json_build_array(n.id, n.revision, n.state) order by n.id) from named_contacts n where n.plan_id = $1),
      (select count(*) from reports where plan_id = $1), (select count(*) from reports_history where plan_id = $1),
      (select count(*) from agreement_acts where plan_id = $1), (select count(*) from agreement_versions_history where plan_id = $1),
      (select count(*) from told_events where plan_id = $1), (select count(*) from steps_history where plan_id = $1)) as written`,
    [id],
  );
  return JSON.stringify(rows[0]!.written);
}

function send(plan: WholePlan, request: RandomRequest): Promise<Answer<Thing>> {
  const { persona, method, path, body, headers } = request;
  const caller = service.as(persona);
  const url = `${planUrl(plan)}${path}`;
  return method === 'PATCH' ? caller.patch(url, body, headers) : caller.post(url, body, headers);
}

/** Whatever was tried: one next step while the plan lives, and somebody who must act on every step. */
async function expectSound(plan: WholePlan, patient: string): Promise<void> {
  for (const step of plan.steps) expect(step.responsibleNow).toMatch(/^SE0000000000-TST/);
  const overview = await service
    .as(patient)
    .get<{ nextStep?: { sentence: string; planId: string } }>('/v1/my/overview');
  expect(overview.status, overview.text).toBe(200);
  const { nextStep } = overview.body;
  if (!LIVE.includes(plan.plan.status)) return;
  expect(nextStep?.sentence).toBeTruthy();
  expect(nextStep?.planId).toBe(plan.plan.id);
}

interface Entry {
  readonly kind: string;
  readonly id: string;
  readonly revision: number;
  readonly fields: readonly { readonly field: string; readonly before?: unknown; readonly after?: unknown }[];
}

async function entriesOf(plan: WholePlan): Promise<Entry[]> {
  const entries: Entry[] = [];
  let cursor = '';
  do {
    const url = `${planUrl(plan)}/history?limit=200${cursor}`;
    const reply = await service.as(WARD).get<{ items: Entry[]; nextCursor?: string }>(url);
    entries.push(...reply.body.items);
    cursor = reply.body.nextCursor ? `&cursor=${reply.body.nextCursor}` : '';
  } while (cursor);
  return entries.reverse();
}

const BOOKKEEPING = new Set([
  'id',
  'patientId',
  'planId',
  'revision',
  'recordedBy',
  'createdAt',
  'changedAt',
  'changedBy',
]);

/** The history told from its beginning gives the present, thing by thing and field by field. */
async function expectReplayed(plan: WholePlan, acknowledged: ReadonlySet<string>): Promise<void> {
  const things = new Map<string, Record<string, unknown>>();
  const revisions = new Map<string, number>();
  const entries = await entriesOf(plan);
  for (const { id, revision, fields } of entries.toSorted((a, b) => a.revision - b.revision)) {
    expect(revision).toBe((revisions.get(id) ?? 0) + 1);
    revisions.set(id, revision);
    const thing = things.get(id) ?? {};
    for (const { field, before, after } of fields) {
      expect(thing[field]).toEqual(before);
      if (after === undefined) delete thing[field];
      else thing[field] = after;
    }
    things.set(id, thing);
  }
  const { plan: header, hasMore: _more, ...lists } = plan;
  const present = [header, ...Object.values(lists).flatMap((list) => list as Thing[])];
  expect(new Set(things.keys())).toEqual(new Set(present.map(({ id }) => id)));
  for (const thing of present) {
    expect(revisions.get(thing.id)).toBe(thing.revision);
    const said = Object.entries(thing).filter(([name]) => !BOOKKEEPING.has(name));
    expect({ enteredInError: false, ...things.get(thing.id) }).toEqual({
      enteredInError: false,
      ...Object.fromEntries(said),
    });
  }
  const told = new Set(entries.map(({ id, revision }) => `${id} ${revision}`));
  for (const one of acknowledged) expect(told).toContain(one);
  const now = await service.as(WARD).get<WholePlan>(`${planUrl(plan)}/as-of?at=2026-12-31T23:59:59Z`);
  const sorted = (of: WholePlan) =>
    Object.values(of)
      .flatMap((list) => [list].flat())
      .map((one) => JSON.stringify(one))
      .sort();
  expect(sorted(now.body)).toEqual(sorted(plan));
}

interface Statuses {
  readonly done: number;
  readonly refused: number;
}

/** Two attempts at once, or one: what is refused has changed nothing, and what is done is nobody's loss. */
async function tryOut(
  plan: WholePlan,
  patient: string,
  attempts: readonly Attempt[],
  acknowledged: Set<string>,
): Promise<Statuses> {
  const requests = attempts.flatMap((one) => one(plan, patient, serial++) ?? []);
  const before = await written(plan);
  const replies = await Promise.all(requests.map((request) => send(plan, request)));
  const done = replies.filter(({ status }) => status < 300);
  for (const reply of replies) {
    expect([200, 201, 400, 403, 404, 409, 412, 422], reply.text).toContain(reply.status);
  }
  if (done.length === 0) expect(await written(plan)).toBe(before);
  for (const { body } of done) {
    // What the school writes is its own: the law lets nobody of health care read it here.
    const isSchools = (body as { recordedBy?: { unit: string } }).recordedBy?.unit === unit('0305');
    if (!isSchools) acknowledged.add(`${body.id} ${body.revision}`);
  }
  return { done: done.length, refused: replies.length - done.length };
}

const histories = fc.record({
  patient: fc.constantFrom(...PATIENTS),
  hours: fc.array(fc.nat({ max: 20 }), {
    minLength: SIZES.requestHistoryLength,
    maxLength: SIZES.requestHistoryLength,
  }),
  attempts: fc.array(fc.array(attempt, { minLength: 1, maxLength: 2 }), {
    minLength: SIZES.requestHistoryLength,
    maxLength: SIZES.requestHistoryLength,
  }),
});

test('random histories of requests keep every promise: one next step, nobody without responsibility, nothing half-done, nothing lost', {
  timeout: 240_000,
}, async () => {
  let [done, refused] = [0, 0];
  const property = fc.asyncProperty(histories, async ({ patient, hours, attempts }) => {
    let now = START;
    service.setClock(new Date(now).toISOString());
    let plan = await createPlan(service, await registerPatient(service, patient));
    const acknowledged = new Set<string>();
    for (const [n, together] of attempts.entries()) {
      now += hours[n]! * 3_600_000;
      service.setClock(new Date(now).toISOString());
      const tried = await tryOut(plan, patient, together, acknowledged);
      [done, refused] = [done + tried.done, refused + tried.refused];
      plan = await readPlan(service.as(WARD), plan);
      await expectSound(plan, patient);
    }
    await expectReplayed(plan, acknowledged);
    const url = `${planUrl(plan)}/transition`;
    await service.as(WARD).post(url, { to: 'entered-in-error' }, { 'if-match': `"${plan.plan.revision}"` });
  });
  await fc.assert(property, { numRuns: SIZES.requestHistories, endOnFailure: true });
  // The histories must have had something to say: neither all done nor all refused.
  expect(done).toBeGreaterThan(SIZES.requestHistories * 5);
  expect(refused).toBeGreaterThan(SIZES.requestHistories * 5);
});
