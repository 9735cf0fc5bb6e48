import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parsePatientId, parseThingId, publicPatientId, randomIds } from '../../../src/shared/ids.ts';
import {
  CLINIC,
  countRows,
  createPlan,
  createTestApp,
  entriesOf,
  HOME_CARE,
  HOME_HELP,
  ifMatch,
  planBody,
  planUrl,
  problemOf,
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
const NIL = '00000000-0000-0000-0000-000000000000';

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
  plan = await createPlan(service, patientId);
});
afterAll(() => service.close());

const patientKey = () => parsePatientId(patientId)!;
const own = () => stepNamed(plan, 'Läkemedelslista');
const keyOf = (thing: Thing) => parseThingId(thing.id)!.id;

describe('the access log', () => {
  test('says who, from which unit and provider, why, what, about whom, and whose things were changed', async () => {
    const reply = await service.as(WARD).post<Thing>(`${planUrl(plan)}/steps`, {
      title: 'Hjälp med dusch',
      responsibleParty: { kind: 'region', unit: unit('0102') },
    });
    const [entry, ...others] = await entriesOf(service.owner, reply);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      patient: patientKey(),
      activity: 'Skriva',
      action: 'step.add',
      purpose: 'Vård och behandling',
      outcome: 'Beviljad',
      reason: null,
      user_id: unit('P001'),
      user_name: 'Tove Testrup',
      user_unit: unit('0101'),
      user_provider: unit('R01'),
      resource_kinds: ['step', 'participant'],
      resource_owners: [unit('R01'), unit('R01')],
      route: 'POST /v1/plans/:planId/steps',
    });
    expect(entry!.resource_ids[0]).toBe(keyOf(reply.body));
  });

  test('names the fields that changed and never what they hold', async () => {
    const step = own();
    const changed = await service
      .as(WARD)
      .patch<Thing>(`${planUrl(plan)}/steps/${step.id}`, { needsFromPrevious: 'Röntgensvaret' }, ifMatch(step));
    expect(changed.status).toBe(200);
    const [entry] = await entriesOf(service.owner, changed);
    expect(entry!.particulars).toEqual({ changed: [{ kind: 'step', fields: ['needsFromPrevious'] }] });
    expect(JSON.stringify(entry)).not.toContain('Röntgen');
    plan = { ...plan, steps: plan.steps.map((one) => (one.id === step.id ? { ...one, ...changed.body } : one)) };
  });

  test('has the purpose Omsorg for social-care staff without an assignment, and own access for the patient', async () => {
    const reply = await service.as(HOME_HELP).get(planUrl(plan));
    expect(await entriesOf(service.owner, reply)).toMatchObject([{ purpose: 'Omsorg', user_unit: unit('0303') }]);
    const self = await service.as('ester').get(planUrl(plan));
    const [entry] = await entriesOf(service.owner, self);
    expect(entry).toMatchObject({ purpose: 'Egen åtkomst', user_unit: null, user_name: 'Ester Exempelsson' });
    expect(entry!.user_id).not.toContain('1926');
  });

  test("has refusals by the plan's own rules, with the patient whom they are about", async () => {
    const step = own();
    const reply = await service
      .as(HOME_CARE)
      .patch(`${planUrl(plan)}/steps/${step.id}`, { title: 'Annat' }, ifMatch(step));
    expect(problemOf(reply)).toMatchObject({ status: 403, code: 'step-not-yours' });
    expect(await entriesOf(service.owner, reply)).toMatchObject([
      { patient: patientKey(), outcome: 'Nekad', reason: 'step-not-yours', resource_ids: [] },
    ]);
  });

  test('has one entry without a patient for a stranger and for an id that leads nowhere', async () => {
    const strange = await service.as(STRANGER).get(planUrl(plan));
    expect(await entriesOf(service.owner, strange)).toMatchObject([{ outcome: 'Nekad', reason: 'no-relation' }]);
    const nowhere = publicPatientId(randomIds.patientId());
    const reply = await service.as(WARD).get(`/v1/plans/${nowhere}-${nowhere}`);
    expect(reply.status).toBe(404);
    expect(await entriesOf(service.owner, reply)).toMatchObject([{ patient: NIL, outcome: 'Nekad' }]);
  });

  test("has the attempt to reach another patient's thing through this plan's address", async () => {
    const other = await registerPatient(service, 'love');
    const theirs = await createPlan(service, other);
    const step = stepNamed(theirs, 'Läkemedelslista');
    const reply = await service.as(WARD).patch(`${planUrl(plan)}/steps/${step.id}`, { title: 'Annat' }, ifMatch(step));
    expect(problemOf(reply)).toMatchObject({ status: 404, code: 'not-found' });
    expect(await entriesOf(service.owner, reply)).toMatchObject([{ outcome: 'Nekad', patient: patientKey() }]);
  });

  test('has a search by the names of its criteria, and an entry for the patient whose plans it found', async () => {
    const found = await service.as(WARD).post('/v1/plans/search', { patientId });
    expect(await entriesOf(service.owner, found)).toMatchObject([
      { patient: NIL, hits: 1, particulars: { criteria: ['patientId'] }, resource_ids: [] },
      { patient: patientKey(), resource_kinds: ['plan'] },
    ]);
    const nobody = publicPatientId(randomIds.patientId());
    const none = await service.as(WARD).post('/v1/plans/search', { patientId: nobody });
    expect(none.body).toEqual({ items: [] });
    expect(await entriesOf(service.owner, none)).toMatchObject([{ patient: NIL, hits: 0 }]);
  });

  test('has of a history what left in this answer, and nothing else', async () => {
    const url = `${planUrl(plan)}/history`;
    const page = await service.as(WARD).get<{ items: { id: string }[] }>(`${url}?limit=2`);
    const [entry] = await entriesOf(service.owner, page);
    const shown = new Set(page.body.items.map(({ id }) => parseThingId(id)!.id));
    expect(new Set(entry!.resource_ids)).toEqual(shown);
    const [goal] = plan.goals;
    const once = await service.as(WARD).get(`${url}/goal/${goal!.id}/1`);
    expect(await entriesOf(service.owner, once)).toMatchObject([{ resource_ids: [keyOf(goal!)], outcome: 'Beviljad' }]);
    const never = await service.as(WARD).get(`${url}/goal/${goal!.id}/9`);
    expect(never.status).toBe(404);
    expect(await entriesOf(service.owner, never)).toMatchObject([{ outcome: 'Nekad', patient: patientKey() }]);
  });

  test('has what was shown also when a change changed nothing, and when it was sent again', async () => {
    const [goal] = plan.goals;
    const headers = { ...ifMatch(goal!), 'idempotency-key': 'same-goal' };
    const body = { text: 'Gå till brevlådan varannan dag' };
    for (const _time of [1, 2]) {
      const reply = await service.as(WARD).patch(`${planUrl(plan)}/goals/${goal!.id}`, body, headers);
      expect(reply).toMatchObject({ status: 200, body: { revision: 1 } });
      expect(await entriesOf(service.owner, reply)).toMatchObject([
        { resource_kinds: ['goal'], resource_ids: [keyOf(goal!)], resource_owners: [unit('R01')] },
      ]);
    }
  });

  test("has one entry for a unit's list and one for each patient in it", async () => {
    const reply = await service.as(WARD).get<{ items: { patient: { id: string } }[] }>('/v1/unit-steps');
    const patients = new Set(reply.body.items.map(({ patient }) => parsePatientId(patient.id)!));
    const entries = await entriesOf(service.owner, reply);
    expect(entries[0]).toMatchObject({ patient: NIL, hits: reply.body.items.length });
    expect(new Set(entries.slice(1).map(({ patient }) => patient))).toEqual(patients);
    expect(entries).toHaveLength(1 + patients.size);
  });
});

describe('a change, its history, its log entry and its event', () => {
  const writes = [
    ['the change', 'steps'],
    ['its log entry', 'audit_entries'],
    ['its event', 'outbox'],
    ['its key', 'idempotency_keys'],
  ] as const;

  test.each(writes)('are written together or not at all: without %s there is nothing', async (_what, table) => {
    const before = await countRows(service.owner, true);
    await service.owner.query(`revoke insert on ${table} from patientkontrakt_app`);
    try {
      const reply = await service
        .as(WARD)
        .post(`${planUrl(plan)}/steps`, { title: 'Blir aldrig av' }, { 'idempotency-key': `never-${table}` });
      expect(problemOf(reply)).toMatchObject({ status: 500, code: 'fault' });
      expect(reply.text).not.toMatch(/permission|denied|insert/i);
    } finally {
      await service.owner.query(`grant insert on ${table} to patientkontrakt_app`);
    }
    expect(await countRows(service.owner, true)).toEqual(before);
  });

  test('are written together or not at all: without the wording before it there is no change', async () => {
    const { body: step } = await service.as(WARD).post<Thing>(`${planUrl(plan)}/steps`, { title: 'Blir som det var' });
    await service.owner.query('alter table steps_history add constraint closed check (false) not valid');
    try {
      const before = await countRows(service.owner, true);
      const reply = await service.as(WARD).patch(`${planUrl(plan)}/steps/${step.id}`, { title: 'Nytt' }, ifMatch(step));
      expect(problemOf(reply)).toMatchObject({ status: 500, code: 'fault' });
      expect(await countRows(service.owner, true)).toEqual(before);
    } finally {
      await service.owner.query('alter table steps_history drop constraint closed');
    }
  });

  test('agree with one another for every plan that was made here', async () => {
    const { rows } = await service.owner.query<{ revision: number; written: number; told: number }>(
      `select s.revision, (select count(*)::int from steps_history h where (h.patient_id, h.id) = (s.patient_id, s.id)) as written,
         (select count(*)::int from told_events o where (o.patient_id, o.resource_id) = (s.patient_id, s.id)) as told from steps s`,
    );
    expect(rows.length).toBeGreaterThan(4);
    for (const { revision, written, told } of rows) expect([written + 1, told]).toEqual([revision, revision]);
  });
});

describe('an answer whose log entry cannot be written', () => {
  test.each([
    ['a plan', () => planUrl(plan)],
    ['its history', () => `${planUrl(plan)}/history`],
    ["a unit's steps", () => '/v1/unit-steps'],
  ])('is not given: %s', async (_what, url) => {
    await service.owner.query('revoke insert on audit_entries from patientkontrakt_app');
    try {
      const reply = await service.as(WARD).get(url());
      expect(problemOf(reply)).toMatchObject({ status: 500, code: 'fault' });
      expect(Object.keys(reply.body).sort()).toEqual(['code', 'detail', 'instance', 'status', 'title', 'type']);
    } finally {
      await service.owner.query('grant insert on audit_entries to patientkontrakt_app');
    }
  });

  test('is not given as a refusal either', async () => {
    await service.owner.query('revoke insert on audit_entries from patientkontrakt_app');
    try {
      expect((await service.as(STRANGER).get(planUrl(plan))).status).toBe(500);
    } finally {
      await service.owner.query('grant insert on audit_entries to patientkontrakt_app');
    }
  });

  test('fails its own request and none of those that it was gathered with', async () => {
    await service.owner.query(`create function refuse_entry() returns trigger language plpgsql as
      $$ begin if new.user_id = '${unit('P003')}' then raise exception 'no'; end if; return new; end $$`);
    await service.owner.query(
      'create trigger refuse_entry before insert on audit_entries for each row execute function refuse_entry()',
    );
    try {
      const readers = [WARD, HOME_CARE, CLINIC, HOME_HELP, WARD, HOME_CARE, CLINIC, HOME_HELP];
      const replies = await Promise.all(readers.map((persona) => service.as(persona).get(planUrl(plan))));
      for (const [i, reply] of replies.entries()) {
        const failed = readers[i] === CLINIC;
        expect(reply.status).toBe(failed ? 500 : 200);
        expect(await entriesOf(service.owner, reply)).toHaveLength(failed ? 0 : 1);
      }
    } finally {
      await service.owner.query('drop trigger refuse_entry on audit_entries');
    }
  });
});

test('a plan that is refused halfway through leaves none of its parts', async () => {
  const before = await countRows(service.owner);
  const body = planBody(patientId, { links: [{ to: 'other', title: 'Tom' }] });
  const reply = await service.as(WARD).post('/v1/plans', body);
  expect(problemOf(reply)).toMatchObject({ status: 422, code: 'link-empty' });
  expect(await countRows(service.owner)).toEqual(before);
});
