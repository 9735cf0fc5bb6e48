import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { District } from '../../../bench/world/district.ts';
import { seedWorld, type World } from '../../../bench/world/seed.ts';
import { createPool } from '../../../src/db/pool.ts';
import { loadForChange, loadForOverview, loadRecord } from '../../../src/plans/store/record.ts';
import { loadWorkList } from '../../../src/plans/store/work-list.ts';
import type { CitizenActor, StaffActor } from '../../../src/shared/actor.ts';
import type { PatientId, ThingId } from '../../../src/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

/** One database with few plans, and one with several times as many: what is touched must not grow with them. */
const SIZES = process.env.TEST_LONG === 'yes' ? ([2000, 20_000] as const) : ([500, 2500] as const);

/** A plan of the seeded world with its person, and room for the planner's taste in small tables. */
const MOST_ROWS = 70;

interface PlanNode extends Record<string, unknown> {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

interface Sized {
  readonly database: TestDatabase;
  readonly pool: pg.Pool;
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
  const world = await seedWorld({ plans, planless: 0, ownerUrl, appUrl, personNumberKey, tell, history: false });
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
  await owner.end();
  return { database, pool, world, planId: rows[0]!.id, patientTables: new Set(tables.rows.map(({ name }) => name)) };
}

beforeAll(async () => {
  sized = [await sizedWorld(SIZES[0]), await sizedWorld(SIZES[1])];
}, 180_000);
afterAll(async () => {
  for (const { pool, database } of sized ?? []) {
    await pool.end();
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
    return await loadForChange(client, staff(one), target(one));
  } finally {
    client.release();
  }
};
const OVERVIEW: Read = (one) => loadForOverview(one.pool, citizen(one), MOMENT);
const WORK_LIST: Read = (one) => loadWorkList(one.pool, staff(one), { limit: 50 }, MOMENT.now);

const HOT: readonly (readonly [name: string, read: Read, most: number, indexes: readonly string[]])[] = [
  ['plan_read', ONE_PLAN, MOST_ROWS, ['steps_by_plan', 'participants_by_plan', 'commitments_by_plan']],
  ['plan_change', FOR_CHANGE, MOST_ROWS, ['steps_by_plan', 'participants_by_plan', 'commitments_by_plan']],
  ['plans_tell', OVERVIEW, MOST_ROWS, ['steps_by_plan', 'participants_by_plan', 'commitments_by_plan']],
  // A page of fifty steps with their patients and plans, and row-level security's own question about each of those: has
  // the unit a step there? It finds one among a plan's twenty.
  ['work_list', WORK_LIST, 50 * 3 + 2 * 50 * 20, ['steps_work_list']],
];

const sent: { name: string; values: readonly unknown[] }[] = [];

/** What the service sent under a name, so that the very same is explained. */
async function valuesOf(name: string, read: Read, one: Sized): Promise<readonly unknown[]> {
  const run = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [statement] = args as [{ name?: string; values?: readonly unknown[] }];
    if (statement.name) sent.push({ name: statement.name, values: statement.values ?? [] });
    return Reflect.apply(run, this, args);
  } as typeof run;
  try {
    // The server decides after five times whether one plan will do for all.
    for (let i = 0; i < 7; i++) await read(one);
  } finally {
    pg.Client.prototype.query = run;
  }
  return sent.findLast((statement) => statement.name === name)!.values;
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return `'{}'`;
  return typeof value === 'number' ? String(value) : pg.escapeLiteral(String(value));
}

function scans(node: PlanNode): PlanNode[] {
  return [...(node['Relation Name'] || node['Index Name'] ? [node] : []), ...(node.Plans ?? []).flatMap(scans)];
}

/** The plan that the server keeps for the statement, with what it touched. */
async function explained(name: string, read: Read, one: Sized) {
  const values = await valuesOf(name, read, one);
  const { rows } = await one.pool.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `explain (analyze, buffers, format json) execute ${pg.escapeIdentifier(name)}(${values.map(literal).join(', ')})`,
  );
  const plan = rows[0]!['QUERY PLAN'][0].Plan;
  const found = scans(plan);
  const ofPatients = found.filter((node) => one.patientTables.has(node['Relation Name'] ?? ''));
  const touched = (node: PlanNode) =>
    (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
  return {
    readThrough: ofPatients.filter((node) => node['Node Type'] === 'Seq Scan' && touched(node) > 0),
    rows: ofPatients.reduce((sum, node) => sum + touched(node), 0),
    indexes: new Set(found.map((node) => node['Index Name'])),
    buffers: Number(plan['Shared Hit Blocks']) + Number(plan['Shared Read Blocks']),
  };
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

  test('is planned once and not at every read', async () => {
    const one = sized[1]!;
    await valuesOf(name, read, one);
    const { rows } = await one.pool.query<{ n: number }>(
      'select generic_plans::int as n from pg_prepared_statements where name = $1',
      [name],
    );
    expect(rows[0]!.n).toBeGreaterThan(0);
  });
});
