import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attentionWorkers, followPersons, lookAtPerson, runDue } from '../../../src/attention/index.ts';
import { sequenceEvents } from '../../../src/events/index.ts';
import { cullServed, type JobQueue, startJobs } from '../../../src/jobs/index.ts';
import { type PatientId, parsePatientId } from '../../../src/shared/ids.ts';
import {
  CLINIC,
  createPlan,
  createTestApp,
  ifMatch,
  planUrl,
  problemOf,
  readPlan,
  registerPatient,
  STRANGER,
  stepNamed,
  type TestApp,
  unit,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';

let service: TestApp;
let patientId: string;
let person: PatientId;
let plan: WholePlan;

interface FindingBody extends Record<string, unknown> {
  readonly id: string;
  readonly revision: number;
  readonly rule: string;
  readonly state: string;
  readonly ownerUnit: string;
  readonly about: { readonly id: string };
}

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
  person = parsePatientId(patientId)!;
  plan = await activePlan(patientId);
});
afterAll(() => service.close());

async function activePlan(of: string): Promise<WholePlan> {
  const made = await createPlan(service, of);
  const reply = await service.as(WARD).post(`${planUrl(made)}/transition`, { to: 'active' }, ifMatch(made.plan));
  expect(reply.status, reply.text).toBe(200);
  return made;
}

const look = () => lookAtPerson(service.desk, person);
async function findings(persona = WARD): Promise<FindingBody[]> {
  const reply = await service.as(persona).get<{ items: FindingBody[] }>(`${planUrl(plan)}/findings`);
  expect(reply.status, reply.text).toBe(200);
  return reply.body.items;
}
const open = async (persona = WARD) => (await findings(persona)).filter(({ state }) => state === 'open');
const rulesOf = (list: readonly FindingBody[]) => [...new Set(list.map(({ rule }) => rule))].sort();

describe('what falls between chairs', () => {
  test('is found once, however many look at the same time, and again when it comes back', async () => {
    const looks = await Promise.all([look(), look(), look(), look()]);
    expect(looks.filter(({ opened }) => opened > 0)).toHaveLength(1);
    expect(rulesOf(await open())).toContain('no-named-contact');
    expect(await look()).toEqual({ opened: 0, ended: 0 });
  });

  test('comes by the clock alone, and is over when it is seen to', async () => {
    const list = stepNamed(plan, 'Läkemedelslista');
    service.setClock('2026-11-20T23:59:59+01:00');
    await look();
    expect(rulesOf(await open())).not.toContain('due-date-passed');
    service.setClock('2026-11-21T00:00:00+01:00');
    await look();
    const late = (await open()).find(({ rule, about }) => rule === 'due-date-passed' && about.id === list.id)!;
    expect(late).toMatchObject({
      severity: 'high',
      title: 'Tiden har gått ut',
      ownerUnit: unit('0101'),
      since: '2026-11-20T23:00:00.000Z',
      about: { kind: 'step', id: list.id },
    });
    const done = await service
      .as(WARD)
      .post(`${planUrl(plan)}/steps/${list.id}/reports`, { outcome: 'done' }, { 'idempotency-key': 'sen-rapport' });
    expect(done.status, done.text).toBe(201);
    expect((await look()).ended).toBeGreaterThan(0);
    const after = await service.as(WARD).get<FindingBody>(`/v1/findings/${late.id}`);
    expect(after.body).toMatchObject({ state: 'resolved', endedAt: expect.any(String) });
  });

  test('is a sheet of paper that is no longer true, for who meets the patient next, until there is a new one', async () => {
    const sheets = `/v1/patients/${patientId}/sheets`;
    const printed = await service.as(WARD).post(sheets, {});
    expect(printed.status, printed.text).toBe(201);
    await look();
    expect(rulesOf(await open())).not.toContain('sheet-stale');
    const step = stepNamed(await readPlan(service.as(WARD), plan), 'Promenad');
    const url = `${planUrl(plan)}/steps/${step.id}`;
    const changed = await service.as(WARD).patch(url, { patientText: 'Gå runt kvarteret varje dag.' }, ifMatch(step));
    expect(changed.status, changed.text).toBe(200);
    await look();
    const stale = (await open()).find(({ rule }) => rule === 'sheet-stale');
    expect(stale).toMatchObject({ title: 'Lämna nytt blad', about: { kind: 'sheet' }, ownerUnit: unit('0101') });
    await service.as(WARD).post(sheets, {});
    await look();
    expect(rulesOf(await open())).not.toContain('sheet-stale');
  });

  test('stands in the list of the unit that owns it, and is explained by it alone', async () => {
    const page = await service.as(WARD).get<{ items: FindingBody[]; nextCursor?: string }>('/v1/findings?limit=1');
    expect(page.status, page.text).toBe(200);
    expect(page.body.nextCursor).toBeDefined();
    const rest = await service.as(WARD).get<{ items: FindingBody[] }>(`/v1/findings?cursor=${page.body.nextCursor}`);
    const mine = [...page.body.items, ...rest.body.items];
    expect(new Set(mine.map(({ id }) => id)).size).toBe(mine.length);
    const counted = await service.as(WARD).get<{ lists: { list: string; count: number }[] }>('/v1/work-lists');
    expect(counted.body.lists.find(({ list }) => list === 'findings')?.count).toBe(mine.length);
    const listed = await service.as(WARD).get<{ items: { id: string; plan: object }[] }>('/v1/work-lists/findings');
    expect(listed.body.items.map(({ id }) => id)).toEqual(mine.map(({ id }) => id));
    expect(listed.body.items[0]?.plan).toMatchObject({ kind: 'SPU' });
    expect(mine.every(({ ownerUnit }) => ownerUnit === unit('0101'))).toBe(true);
    const one =
      mine.find(({ rule }) => rule === 'no-follow-up-date') ?? mine.find(({ rule }) => rule === 'no-named-contact')!;
    const url = `/v1/findings/${one.id}`;
    const text = { text: 'Bestäms på torsdag.' };
    expect(problemOf(await service.as(CLINIC).post(`${url}/explain`, text, ifMatch(one)))).toMatchObject({
      status: 403,
      code: 'finding-not-yours',
    });
    expect(problemOf(await service.as(STRANGER).get(url))).toMatchObject({ status: 404 });
    expect(problemOf(await service.as(WARD).post(`${url}/explain`, text))).toMatchObject({ status: 428 });
    const explained = await service.as(WARD).post<FindingBody>(`${url}/explain`, text, ifMatch(one));
    expect(explained.body, explained.text).toMatchObject({
      state: 'explained',
      explained: { text: 'Bestäms på torsdag.', unit: unit('0101') },
    });
    expect(problemOf(await service.as(WARD).post(`${url}/explain`, text, ifMatch(explained.body)))).toMatchObject({
      status: 409,
      code: 'finding-closed',
    });
    await look();
    expect((await open()).map(({ rule }) => rule)).not.toContain(one.rule);
  });

  test('is found by two processes on one queue, from what happens and by the clock, each once', async () => {
    const errors: unknown[] = [];
    const queues: JobQueue[] = [];
    const log = { error: (facts: object) => errors.push(facts) };
    for (const _ of [1, 2]) {
      const holder: { queue?: JobQueue } = {};
      const workers = attentionWorkers(service.desk, () => holder.queue!);
      holder.queue = await startJobs({ pool: service.desk.pool, log, workers, everySeconds: 0.5 });
      queues.push(holder.queue);
    }
    const love = await registerPatient(service, 'love');
    const other = await activePlan(love);
    await sequenceEvents(service.desk.pool);
    await Promise.all(queues.map((queue) => followPersons(service.desk, queue)));
    const count = async (rule: string) => {
      const { rows } = await service.owner.query<{ n: number }>(
        `select count(*)::int as n from findings where patient_id = $1 and rule = $2`,
        [parsePatientId(love), rule],
      );
      return rows[0]!.n;
    };
    const eventually = { timeout: 60_000, interval: 50 };
    await expect.poll(() => count('no-named-contact'), eventually).toBe(1);
    expect(await count('step-not-answered')).toBe(0);
    service.setClock('2026-11-25T08:00:00+01:00');
    expect(await runDue(service.desk, queues[0]!)).toBeGreaterThan(0);
    const asked = other.steps.filter(({ state }) => state === 'proposed').length;
    await expect.poll(() => count('step-not-answered'), eventually).toBe(asked);
    await Promise.all(queues.map((queue) => queue.stop()));
    expect(errors).toEqual([]);
  });

  test('what has served its time is culled, and nothing that has not', async () => {
    await service.owner.query(`update idempotency_keys set created_at = now() - interval '80 hours'`);
    const { rows } = await service.owner.query<{ n: number }>('select count(*)::int as n from idempotency_keys');
    const { rows: events } = await service.owner.query<{ n: number }>('select count(*)::int as n from outbox');
    await service.owner.query(
      `update outbox set sequenced_at = now() - interval '40 days'
        where position in (select position from outbox order by position limit 3)`,
    );
    expect(await cullServed(service.desk.pool)).toEqual({
      ...{ idempotency_keys: rows[0]!.n, deliveries: 0, outbox: 3, notices: 0 },
    });
    const { rows: left } = await service.owner.query<{ n: number }>('select count(*)::int as n from outbox');
    expect(left[0]!.n).toBe(events[0]!.n - 3);
  });
});
