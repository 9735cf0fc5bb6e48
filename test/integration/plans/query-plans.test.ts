import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { District } from '../../../bench/world/district.ts';
import { seedWorld, type World } from '../../../bench/world/seed.ts';
import { auditRow } from '../../../src/audit/index.ts';
import { beginBound } from '../../../src/db/bound.ts';
import { PLANNED_FOR_VALUES, runForValues } from '../../../src/db/for-values.ts';
import { createPool } from '../../../src/db/pool.ts';
import { type Row, type RowChange, saveRows } from '../../../src/db/save-rows.ts';
import { searchEntries } from '../../../src/directory/store/searches.ts';
import { eventsAfter, lastPosition, outboxRows, sequenceEvents } from '../../../src/events/index.ts';
import { loadHistory } from '../../../src/plans/store/history.ts';
import { loadForChange, loadForOverview, loadRecord } from '../../../src/plans/store/record.ts';
import { loadForTelling } from '../../../src/plans/store/told.ts';
import { loadWorkList } from '../../../src/plans/store/work-list.ts';
import type { CitizenActor, StaffActor } from '../../../src/shared/actor.ts';
import { type PatientId, randomIds, type ThingId } from '../../../src/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type Explained, explain, sentBy } from '../../support/explained.ts';

/** One database with few plans, and one with several times as many: what is touched must not grow with them. */
const SIZES = process.env.TEST_LONG === 'yes' ? ([2000, 20_000] as const) : ([300, 1500] as const);

/** A plan of the seeded world with its person, and room for the planner's taste in small tables. */
const MOST_ROWS = 70;
/** With every wording that each of its contributions has had, and the look-up of which they are. */
const MOST_WORDINGS = 400;

interface Sized {
  readonly database: TestDatabase;
  readonly pool: pg.Pool;
  readonly owner: pg.Client;
  readonly world: World;
  readonly planId: ThingId;
  /** Tables whose rows are somebody's: none may be read through. */
  readonly patientTables: ReadonlySet<string>;
}

let sized: Sized[];

async function sizedWorld(plans: number): Promise<Sized> {
  const database = await createTestDatabase();
  const { ownerUrl, appUrl } = database;
  const personNumberKey = randomBytes(32);
  const tell = () => undefined;
  const world = await seedWorld({ plans, planless: 0, ownerUrl, appUrl, personNumberKey, tell });
  const pool = createPool({ url: appUrl, applicationName: 'test', max: 1, onConnectionError: () => undefined });
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const { rows } = await owner.query<{ id: ThingId }>('select id from plans where patient_id = $1', [
    world.persons[7]!.id,
  ]);
  const tables = await owner.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'patient_id'
     where c.relkind = 'r' and c.relrowsecurity and c.relnamespace = 'public'::regnamespace`,
  );
  const patientTables = new Set(tables.rows.map(({ name }) => name));
  return { database, pool, owner, world, planId: rows[0]!.id, patientTables };
}

beforeAll(async () => {
  sized = [await sizedWorld(SIZES[0]), await sizedWorld(SIZES[1])];
}, 180_000);
afterAll(async () => {
  for (const { pool, owner, database } of sized ?? []) {
    await pool.end();
    await owner.end();
    await database.drop();
  }
});

function staffOf({ units }: District): StaffActor {
  const { nursing } = units;
  const provider = nursing.provider.hsaId;
  const employeeHsaId = `${nursing.hsaId}P00`;
  return {
    kind: 'staff',
    issuer: 'test',
    employeeHsaId,
    name: 'Prov',
    unitHsaId: nursing.hsaId,
    providerHsaId: provider,
  };
}

const personOf = ({ world }: Sized) => world.persons[7]!;
const staff = ({ world }: Sized) => staffOf(world.districts[0]!);
const citizen = (one: Sized): CitizenActor => ({
  kind: 'citizen',
  issuer: 'test',
  personNumberHash: personOf(one).numberHash,
});
const MOMENT = { now: Date.now() };
const target = (one: Sized) => ({ patientId: personOf(one).id as PatientId, planId: one.planId, ...MOMENT });

type Read = (one: Sized) => Promise<unknown>;

const ONE_PLAN: Read = (one) => loadRecord(one.pool, staff(one), target(one));
const FOR_CHANGE: Read = async (one) => {
  const client = await one.pool.connect();
  try {
    return await loadForChange({ pool: one.pool, client }, staff(one), target(one));
  } finally {
    client.release();
  }
};
const OVERVIEW: Read = (one) => loadForOverview(one.pool, citizen(one), MOMENT);
const WORK_LIST: Read = (one) => loadWorkList(one.pool, staff(one), { limit: 50 }, MOMENT.now);
/** Behind all but some sixty of the unit's steps. */
const LATER_PAGE: Read = async (one) => {
  const { rows } = await one.owner.query<{ dueAt: string; patientId: PatientId; id: ThingId }>(
    `select due_at::text as "dueAt", patient_id as "patientId", id from steps where responsible_now = $1
     order by due_at desc, patient_id desc, id desc offset 60 limit 1`,
    [staff(one).unitHsaId],
  );
  return loadWorkList(one.pool, staff(one), { limit: 50, after: rows[0]! }, MOMENT.now);
};

const ALL_PLANS: Read = (one) => loadRecord(one.pool, staff(one), { patientId: target(one).patientId, ...MOMENT });
const HISTORY: Read = (one) => {
  const { patientId } = target(one);
  return loadHistory(one.pool, staff(one), { patientId, id: one.planId }, MOMENT);
};
const TOLD: Read = (one) => {
  const { issuer, providerHsaId } = staff(one);
  return loadForTelling(one.pool, { kind: 'system', issuer, clientId: 'test', providerHsaId }, target(one));
};

const BY_PERSON = ['steps_patient_id_id_pk', 'participants_patient_id_id_pk', 'commitments_patient_id_id_pk'];

const HOT: readonly (readonly [name: string, read: Read, most: number, indexes: readonly string[]])[] = [
  ['plan_read', ONE_PLAN, MOST_ROWS, BY_PERSON],
  ['plan_change', FOR_CHANGE, MOST_ROWS, BY_PERSON],
  ['plans_tell', OVERVIEW, MOST_ROWS, BY_PERSON],
  // What a search by patient reads, and what is read before a system is told of an event.
  ['plans_read', ALL_PLANS, MOST_ROWS, BY_PERSON],
  // With the units that have a relation to the person and no part in any plan.
  ['plan_told', TOLD, MOST_ROWS + 10, BY_PERSON],
  ['plan_history', HISTORY, MOST_WORDINGS, BY_PERSON],
  // A page of fifty steps with their patients and plans, and row-level security's own question about each of those: has
  // the unit a step there? It finds one among a plan's twenty.
  ['work_list', WORK_LIST, 50 * 3 + 2 * 50 * 20, ['steps_work_list']],
];

/** The plan that the server keeps for the statement, with what it touched. */
async function explained(name: string, read: Read, one: Sized): Promise<Explained> {
  const sent = await sentBy(() => read(one));
  return explain(one.pool, sent.findLast((statement) => statement.name === name)!, one.patientTables);
}

describe.each(HOT)('%s', (name, read, most, indexes) => {
  test('walks its indexes and reads no table of patients through, however many plans there are', async () => {
    for (const one of sized) {
      const plan = await explained(name, read, one);
      expect(plan.readThrough).toEqual([]);
      for (const index of indexes) expect(plan.indexes).toContain(index);
      expect(plan.rows).toBeGreaterThan(0);
      expect(plan.rows).toBeLessThanOrEqual(most);
    }
  });

  test('touches as many rows where there are many more plans, and hardly more pages', async () => {
    const [few, many] = [await explained(name, read, sized[0]!), await explained(name, read, sized[1]!)];
    // Of a list, other steps of other plans stand first where there are more.
    const spread = name === 'work_list' ? 0.3 : 0.1;
    expect(many.rows / few.rows).toBeGreaterThan(1 - spread);
    expect(many.rows / few.rows).toBeLessThan(1 + spread);
    // A deeper index costs a page for each walk, and no more.
    expect(many.buffers / few.buffers).toBeLessThan(1.6);
  });

  test('is planned once, whoever it is about', async () => {
    const one = sized[1]!;
    await explained(name, read, one);
    const { rows } = await one.pool.query(
      'select custom_plans::int as for_values, generic_plans > 0 as is_kept from pg_prepared_statements where name = $1',
      [name],
    );
    expect(rows).toEqual([{ for_values: 0, is_kept: true }]);
  });
});

test('a later page of a list is entered at its place, and what stands before it is not passed through', async () => {
  const one = sized[1]!;
  const [first, later] = [await explained('work_list', WORK_LIST, one), await explained('work_list', LATER_PAGE, one)];
  expect(later.indexes).toContain('steps_work_list');
  expect(later.rows).toBeLessThan(first.rows * 1.3);
});

test('a search of the directory is planned for its words, on a connection that plans other statements once', async () => {
  const one = sized[1]!;
  const query = vi.spyOn(pg.Client.prototype, 'query');
  await searchEntries(one.pool, staff(one), 'units', { name: 'v' }, { limit: 10 });
  const sent = query.mock.calls.map(([statement]) => statement as unknown);
  query.mockRestore();
  const search = { text: expect.stringContaining('search_words') as string };
  expect(sent).toEqual(['begin read only', `select ${PLANNED_FOR_VALUES}`, expect.objectContaining(search), 'commit']);
  const mode = `select current_setting('plan_cache_mode') as mode`;
  const [inside, after] = [await runForValues(one.pool, { text: mode, values: [] }), await one.pool.query(mode)];
  expect([inside.rows, after.rows]).toEqual([[{ mode: 'force_custom_plan' }], [{ mode: 'force_generic_plan' }]]);
});

/** What a step's update writes: its next revision, the log entry and what is told of it. */
async function stepRows(one: Sized): Promise<RowChange[]> {
  const { patientId, planId } = target(one);
  const { rows } = await one.owner.query<{ step: Row & { revision: number; id: ThingId } }>(
    'select to_jsonb(s) as step from steps s where patient_id = $1 and plan_id = $2 limit 1',
    [patientId, planId],
  );
  const { step } = rows[0]!;
  const actor = staff(one);
  const revision = step.revision + 1;
  const told = { patientId, planId, resourceKind: 'step', resourceId: step.id, revision } as const;
  const at = new Date(MOMENT.now).toISOString();
  const owner = { ownerUnit: actor.unitHsaId, ownerProvider: actor.providerHsaId };
  const resources = [{ kind: 'step', id: step.id, owner: actor.providerHsaId }];
  const named = {
    actor,
    patientId,
    activity: 'Skriva',
    action: 'step.change',
    outcome: 'Beviljad',
    resources,
  } as const;
  const entry = { ...named, requestId: 'test', route: 'PATCH /v1/plans/:planId/steps/:stepId' };
  return [
    { table: 'steps', write: 'update', row: { ...step, revision } },
    { table: 'audit_entries', write: 'insert', row: auditRow(entry, randomIds.thingId(), new Date(MOMENT.now)) },
    ...outboxRows([{ event: 'plan.step.changed', ...told, ...owner, at }], randomIds),
  ];
}

/** Runs something bound to the person, and takes it back. */
async function undone<T>(one: Sized, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await one.pool.connect();
  try {
    await beginBound(client, { actor: staff(one), patientId: target(one).patientId });
    return await work(client);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

test("a step's update finds its row by its key, however many there are", async () => {
  for (const one of sized) {
    const rows = await stepRows(one);
    const sent = await undone(one, (client) => sentBy(() => saveRows(client, rows)));
    const plan = await undone(one, (client) => explain(client, sent.at(-1)!, one.patientTables));
    expect(plan.readThrough).toEqual([]);
    expect(plan.indexes).toContain('steps_patient_id_id_pk');
    expect(plan.rows).toBe(1);
  }
});

const EVENTS = `insert into outbox (patient_id, id, event, plan_id, resource_kind, resource_id, revision, owner_unit, owner_provider, at)
  select patient_id, gen_random_uuid(), 'plan.step.changed', plan_id, 'step', id, revision, recorded_unit, recorded_provider, now()
  from steps limit 3000`;

/** How many rows of the outbox something touches, and how many it reads through, planned as the service's login plans. */
async function touchedBy(owner: pg.Client, work: () => Promise<void>) {
  const counted = async () => {
    const { rows } = await owner.query<{ through: number; found: number }>(
      `select seq_tup_read::int as through, idx_tup_fetch::int as found from pg_stat_xact_user_tables where relname = 'outbox'`,
    );
    return rows[0] ?? { through: 0, found: 0 };
  };
  await owner.query('begin');
  await owner.query('set local plan_cache_mode = force_generic_plan');
  // What the connection did just before may not have been handed in yet, and is then among these.
  const before = await counted();
  await work();
  const now = await counted();
  await owner.query('rollback');
  return { through: now.through - before.through, found: now.found - before.found };
}

const aPage = (owner: pg.Client, after: number, names?: readonly string[]) =>
  touchedBy(owner, async () => expect(await eventsAfter(owner, after, names, 20)).toHaveLength(20));

/** What is put in the order of its place is looked at by so many at a time, and one more to see that they are all. */
const SORTED_AT_ONCE = 33;

test('the next events are found by their place, however many have been told', async () => {
  for (const one of sized) {
    await one.owner.query(EVENTS);
    while ((await sequenceEvents(one.pool)) > 0);
    await one.owner.query('analyze outbox');
    const { through, found } = await aPage(one.owner, 1000);
    expect(through).toBe(0);
    expect(found).toBeLessThanOrEqual(SORTED_AT_ONCE);
  }
});

const WHOLE_PLANS = `insert into outbox (patient_id, id, event, plan_id, resource_kind, resource_id, revision, owner_unit, owner_provider, at,
    more_ids, more_events, more_resource_kinds, more_resource_ids)
  select patient_id, gen_random_uuid(), 'plan.created', id, 'plan', id, revision, recorded_unit, recorded_provider, now(),
    array(select gen_random_uuid() from generate_series(1, 44)), array_fill('plan.step.added'::text, array[44]),
    array_fill('step'::text, array[44]), array_fill(id, array[44])
  from plans`;

test('of changes that tell many things, no more are read than those that the next events are in', async () => {
  for (const one of sized) {
    const start = await lastPosition(one.pool);
    await one.owner.query(WHOLE_PLANS);
    while ((await sequenceEvents(one.pool)) > 0);
    await one.owner.query('analyze outbox');
    expect(await lastPosition(one.pool)).toBe(start + SIZES[sized.indexOf(one)]! * 45);
    // In the middle of one, so that it needs the end of that and the beginning of the next.
    const { through, found } = await aPage(one.owner, start + 45 * 100 + 40);
    expect(through).toBe(0);
    expect(found).toBeLessThanOrEqual(3);
    const rare = await aPage(one.owner, start + 45 * 100 + 40, ['plan.created']);
    expect(rare.through).toBe(0);
    expect(rare.found).toBeLessThanOrEqual(SORTED_AT_ONCE);
  }
});

test('what is to get its place is found by that it has none, however many have theirs', async () => {
  for (const { owner } of sized) {
    await owner.query('analyze outbox');
    const { through, found } = await touchedBy(owner, async () => {
      await owner.query(`${WHOLE_PLANS} limit 3`);
      expect(await sequenceEvents(owner)).toBe(3 * 45);
    });
    expect(through).toBe(0);
    // To see that there are any, to read them, and to find each to write it.
    expect(found).toBeLessThanOrEqual(4 * 3);
  }
});
