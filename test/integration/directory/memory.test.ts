import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPool } from '../../../src/db/pool.ts';
import { seedDemonstration } from '../../../src/demo/seed.ts';
import { DirectoryMemory } from '../../../src/directory/memory.ts';
import type { PlanContent } from '../../../src/plans/domain/model.ts';
import { loadForChange, loadForOverview } from '../../../src/plans/store/record.ts';
import type { StaffActor } from '../../../src/shared/actor.ts';
import type { PatientId } from '../../../src/shared/ids.ts';
import { createTestApp, TEST_START, type TestApp } from '../../support/app.ts';
import { statementsOf, unit } from '../../support/plan-fixtures.ts';

let service: TestApp;
let patients: PatientId[];
let planUrl: string;

beforeAll(async () => {
  service = await createTestApp();
  const { app, issuer, desk } = service;
  await seedDemonstration({ app, demonstration: { issuer, clock: desk.clock, pool: desk.pool, persons: true } });
  const { rows } = await service.owner.query<{ patient_id: PatientId }>('select distinct patient_id from plans');
  patients = rows.map((row) => row.patient_id);
  const { body } = await service.as('ester').get<{ plans: { id: string }[] }>('/v1/my/overview');
  planUrl = `/v1/plans/${body.plans[0]!.id}`;
});
afterAll(() => service.close());

const fail = (error: Error) => {
  throw error;
};
const version = async () =>
  (await service.owner.query<{ version: string }>('select version from directory_version')).rows[0]!.version;
const inDatabase = (text: string, values: unknown[] = []) => service.owner.query(text, values);
const reading = () => statementsOf(() => service.as('ester').get(planUrl));
const overview = () => statementsOf(() => service.as('ester').get('/v1/my/overview'));

const ACTOR: StaffActor = {
  ...{ kind: 'staff', issuer: 'test', employeeHsaId: unit('P001'), name: 'Prov' },
  ...{ unitHsaId: unit('0101'), providerHsaId: unit('010V') },
};
const targetOf = (patientId: PatientId) => ({ patientId, now: Date.parse(TEST_START) });
const recordOf = async (pool: Pool, patientId: PatientId) =>
  (await loadForOverview(pool, ACTOR, targetOf(patientId))).facts((record) => record);

/** Every unit whose id stands anywhere in the content but as who last changed something, as its own rows tell it. */
async function unitsNamedIn(content: PlanContent): Promise<Map<string, unknown>> {
  const text = JSON.stringify(content, (key, value) => (key === 'changedBy' ? undefined : value));
  const { rows } = await inDatabase(
    `select u.hsa_id, u.name, u.area, u.active and p.active and h.active as active,
       p.hsa_id as provider, p.name as provider_name, p.kind as provider_kind,
       p.joined_shared_documentation_from as joined_from, p.joined_shared_documentation_to as joined_to,
       h.hsa_id as principal, h.name as principal_name, h.kind as principal_kind
     from units u join care_providers p on p.hsa_id = u.provider_hsa_id join principals h on h.hsa_id = p.principal_hsa_id
     where position('"' || u.hsa_id || '"' in $1) > 0`,
    [text],
  );
  const instant = (at: Date | null) => at?.toISOString().replace('.000Z', 'Z');
  const given = (fields: object) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
  return new Map(
    rows.map((row) => {
      const provider = { hsaId: row.provider, name: row.provider_name, kind: row.provider_kind };
      const joined = { joinedFrom: instant(row.joined_from), joinedTo: instant(row.joined_to) };
      const principal = { hsaId: row.principal, name: row.principal_name, kind: row.principal_kind };
      const { hsa_id: hsaId, name, area, active } = row;
      return [hsaId, given({ hsaId, name, area, active, provider: given({ ...provider, ...joined }), principal })];
    }),
  );
}

async function channelsOf(owners: readonly string[]): Promise<Map<string, unknown[]>> {
  const { rows } = await inDatabase(
    `select c.owner_hsa_id as owner, json_strip_nulls(json_build_object('key', c.key, 'kind', c.kind, 'value', c.value,
       'purpose', c.purpose, 'audience', c.audience, 'openingHours', c.opening_hours, 'whenClosed', c.when_closed,
       'inEmergency', c.in_emergency, 'order', c.ord)) as channel
     from contact_channels c where c.active and c.owner_hsa_id = any ($1) order by c.ord, c.key`,
    [owners],
  );
  const channels = new Map<string, unknown[]>(owners.map((owner) => [owner, []]));
  for (const { owner, channel } of rows) channels.get(owner)!.push(channel);
  return channels;
}

describe('the version of the directory', () => {
  const changes = [
    ["update principals set name = name || ''", true],
    ['update care_providers set active = active', true],
    [`update units set name = name where hsa_id = '${unit('0101')}'`, true],
    [`delete from contact_channels where owner_hsa_id = 'nobody'`, true],
    ['update staff set title = title', true],
    ['truncate contact_channels', true],
    ["update patients set deceased_on = null where deceased_on = '1800-01-01'", false],
  ] as const;

  test.each(changes)('%s: is new: %s', async (statement, isNew) => {
    const before = await version();
    const client = await service.owner.connect();
    try {
      await client.query('begin');
      await client.query(statement);
      const { rows } = await client.query<{ version: string }>('select version from directory_version');
      expect(rows[0]!.version !== before).toBe(isNew);
      expect(await version()).toBe(before);
      await client.query('rollback');
    } finally {
      client.release();
    }
    expect(await version()).toBe(before);
  });

  test('is never the same twice, whatever was undone', async () => {
    const client = await service.owner.connect();
    const seen = new Set([await version()]);
    for (let i = 0; i < 3; i++) {
      await client.query('begin');
      await client.query('update units set name = name');
      const { rows } = await client.query<{ version: string }>('select version from directory_version');
      seen.add(rows[0]!.version);
      await client.query('rollback');
    }
    client.release();
    expect(seen.size).toBe(4);
  });
});

describe('what is remembered of the directory', () => {
  test('gives every unit that a record names, as the directory has it, with how it is reached', async () => {
    expect(patients.length).toBeGreaterThan(3);
    for (const patientId of patients) {
      const record = await recordOf(service.desk.pool, patientId);
      const units = await unitsNamedIn(record.content);
      expect(units.size).toBeGreaterThan(1);
      expect([...units.keys()].filter((hsaId) => !record.units.has(hsaId))).toEqual([]);
      expect(new Map([...record.units].filter(([hsaId]) => units.has(hsaId)))).toEqual(units);
      expect(record.channels.size).toBeGreaterThan(0);
      expect(await channelsOf([...record.channels.keys()])).toEqual(record.channels);
    }
  });

  test('costs a trip when the directory is new, and none after that', async () => {
    await reading();
    expect((await reading()).statements).toHaveLength(2);
    await inDatabase('update units set name = name where false');
    expect((await reading()).statements).toHaveLength(3);
    expect((await reading()).statements).toHaveLength(2);
  });

  test('is never told after a change: a name, a channel, whom no answer may name', async () => {
    const { rows } = await inDatabase(`select content->'person'->>'staff' as staff, content->'person'->>'name' as name
      from named_contacts where content->'person'->>'staff' is not null limit 1`);
    const { staff, name } = rows[0] as { staff: string; name: string };
    const told = async () => (await overview()).result.text;
    const before = await told();
    expect(before).toContain(name);
    await inDatabase('update staff set protected_identity = true where hsa_id = $1', [staff]);
    expect(await told()).not.toContain(name);
    await inDatabase('update staff set protected_identity = false where hsa_id = $1', [staff]);
    expect(await told()).toContain(name);
    const { rows: units } = await inDatabase('select hsa_id, name from units');
    const named = (units as { hsa_id: string; name: string }[]).filter((one) => before.includes(one.name));
    expect(named.length).toBeGreaterThan(0);
    await inDatabase(`update units set name = 'Nyprov ' || hsa_id`);
    const renamed = await told();
    expect(named.every((one) => renamed.includes(`Nyprov ${one.hsa_id}`))).toBe(true);
    await inDatabase(`update contact_channels set value = '040-6280499' where kind = 'phone'`);
    expect(await told()).toContain('6280499');
  });

  test('is of the record’s own moment: one that was read before a change is read again', async () => {
    const { pool } = service.desk;
    const [patientId] = patients;
    const sent: string[] = [];
    const between = {
      query: async (statement: { name: string }) => {
        const answer = await pool.query(statement as never);
        sent.push(statement.name);
        if (sent.length === 1) await inDatabase(`update units set name = 'Mellanprov'`);
        return answer;
      },
    } as unknown as Pool;
    const { units } = await recordOf(between, patientId!);
    expect(sent).toEqual(['plans_tell', 'directory_listed', 'plans_tell']);
    expect([...units.values()].every((one) => one.name === 'Mellanprov')).toBe(true);
  });

  test('is asked for by a change on the connection it has', async () => {
    const pool = createPool({ url: service.database.appUrl, applicationName: 'test', max: 1, onConnectionError: fail });
    const client = await pool.connect();
    for (const patientId of patients) {
      const sealed = await loadForChange({ pool, client }, ACTOR, targetOf(patientId), [unit('0101'), 'nobody']);
      const units = sealed.facts((record) => record.units);
      expect(units.get(unit('0101'))?.hsaId).toBe(unit('0101'));
      expect(units.has('nobody')).toBe(false);
    }
    client.release();
    await pool.end();
  });

  test('is never told after a change, to those who change a plan', async () => {
    const { pool } = service.desk;
    const [patientId] = patients;
    const names = async () => {
      const sealed = await loadForChange({ pool }, ACTOR, targetOf(patientId!));
      return sealed.facts(({ units, law }) => [[...units.values()].map(({ name }) => name), law.protectedStaff?.size]);
    };
    const before = await names();
    expect(await names()).toEqual(before);
    await inDatabase(`update units set name = 'Sistprov'`);
    await inDatabase(`update staff set protected_identity = true`);
    const [told, hidden] = (await names()) as [string[], number];
    expect(new Set(told)).toEqual(new Set(['Sistprov']));
    expect(hidden).toBeGreaterThan(Number(before[1] ?? 0));
    await inDatabase(`update staff set protected_identity = false`);
  });

  test('is bounded: what was asked about longest ago is read anew, and an unknown id is remembered as one', async () => {
    const memory = new DirectoryMemory(service.desk.pool, 4);
    const { rows } = await inDatabase('select hsa_id from units order by hsa_id limit 6');
    const ids = [...(rows as { hsa_id: string }[]).map((row) => row.hsa_id), 'nobody'];
    const now = await version();
    for (const asked of [ids, ids.slice(0, 2), ids]) {
      const view = await memory.at(now, asked);
      const units = asked.map((id) => view!.listed.get(id)!.unit?.hsaId);
      expect(units).toEqual(asked.map((id) => (id === 'nobody' ? undefined : id)));
    }
    await memory.at(now, ['nobody']);
    const again = await statementsOf(() => memory.at(now, ['nobody']));
    expect(again.statements).toEqual([]);
    expect(await memory.at('00000000-0000-4000-8000-000000000000', ids)).toBeUndefined();
    await expect(memory.at(null, ids)).rejects.toThrow('no version');
  });
});
