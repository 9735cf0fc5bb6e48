import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { followPersons, lookAtDue, lookAtPerson, startAttention } from '../../../src/attention/index.ts';
import { makeDue, saveNextLooks, takeDue } from '../../../src/attention/store/due.ts';
import { sequenceEvents } from '../../../src/events/index.ts';
import { cullServed } from '../../../src/jobs/index.ts';
import { type PatientId, parsePatientId, publicPatientId } from '../../../src/shared/ids.ts';
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

  test('is found by two processes that share the work, from what happens and by the clock, each once', async () => {
    const errors: unknown[] = [];
    const log = { error: (facts: object) => errors.push(facts) };
    const going = [1, 2].map(() => startAttention(service.desk, { log, everyMs: 50 }));
    const love = await registerPatient(service, 'love');
    const other = await activePlan(love);
    await sequenceEvents(service.desk.pool);
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
    const asked = other.steps.filter(({ state }) => state === 'proposed').length;
    await expect.poll(() => count('step-not-answered'), eventually).toBe(asked);
    await Promise.all(going.map((one) => one.stop()));
    expect(errors).toEqual([]);
  });

  describe('whose turn it is', () => {
    const errors: unknown[] = [];
    const log = { error: (facts: object) => errors.push(facts) };
    const lookNow = () => lookAtDue(service.desk, { log });
    const take = (leaseSeconds: number) => takeDue(service.desk.pool, service.desk.clock.now(), 100, leaseSeconds);
    const follow = async () => {
      await sequenceEvents(service.desk.pool);
      let all = 0;
      for (let more = 1; more > 0; all += more) more = await followPersons(service.desk);
      return all;
    };
    const due = async () => {
      const { rows } = await service.owner.query<{ patient_id: PatientId }>(
        'select patient_id from attention_due where next_at <= $1',
        [new Date(service.desk.clock.now()).toISOString()],
      );
      return rows.map(({ patient_id }) => patient_id);
    };

    test('is told by what has happened, once for all of it, and by nothing that the service itself has found', async () => {
      await follow();
      await lookNow();
      await follow();
      expect(await due()).toEqual([]);
      const [petra, mirza] = [await registerPatient(service, 'petra'), await registerPatient(service, 'mirza')];
      for (const one of [petra, petra, mirza]) await createPlan(service, one);
      expect(await follow()).toBeGreaterThan(3);
      const both = [petra, mirza].map((one) => parsePatientId(one)!);
      expect((await due()).sort()).toEqual(both.toSorted());
      expect(await lookNow()).toBe(2);
      service.setClock('2026-11-30T08:00:00+01:00');
      expect(await lookNow()).toBeGreaterThanOrEqual(2);
      // What was found is told, and is no reason to look again.
      expect(await follow()).toBeGreaterThan(0);
      expect(await due()).toEqual([]);
    });

    test('is one process’s at a time, another’s when its time has passed, and comes again when something happened meanwhile', async () => {
      await makeDue(service.desk.pool, [person], service.desk.clock.now());
      const [first] = await take(0);
      expect(first?.patientId).toBe(person);
      const [second] = await take(600);
      expect(second?.patientId).toBe(person);
      expect(await take(600)).toEqual([]);
      expect(await lookNow()).toBe(0);
      // The look of the first, which the second has taken over, and one that was begun before something happened.
      for (const taken of [first!.until, second!.until]) {
        if (taken === second!.until) await makeDue(service.desk.pool, [person], service.desk.clock.now());
        await saveNextLooks(service.desk.pool, [{ patientId: person, at: undefined, taken }]);
        expect(await due()).toEqual([person]);
      }
      expect(await lookNow()).toBe(1);
      expect(await due()).toEqual([]);
    });

    test('comes again soon for one who could not be looked at, and the others are looked at all the same', async () => {
      const broken = parsePatientId(await registerPatient(service, 'p7'))!;
      await createPlan(service, publicPatientId(broken));
      await service.owner.query(`
        create function away() returns trigger language plpgsql as $$ begin raise exception 'away'; end $$;
        create trigger away before insert on findings for each row when (new.patient_id = '${broken}') execute function away()`);
      await makeDue(service.desk.pool, [person], service.desk.clock.now());
      await follow();
      expect(await lookNow()).toBe(2);
      expect(errors).toHaveLength(1);
      expect(await due()).toEqual([]);
      await service.owner.query('drop function away() cascade');
      service.setClock('2026-11-30T08:01:00+01:00');
      expect(await due()).toContain(broken);
      await lookNow();
      const { rows } = await service.owner.query('select from findings where patient_id = $1', [broken]);
      expect(rows).not.toEqual([]);
      expect(errors).toHaveLength(1);
    });
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
