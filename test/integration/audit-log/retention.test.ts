import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { runCli } from '../../../src/cli/run.ts';
import { createLogWorld, entry, type LogWorld } from './log-world.ts';

let world: LogWorld;
const DAY = 86_400_000;
const now = new Date();
/** The first of a month, some years ago. */
const month = (yearsAgo: number, months = 0) =>
  new Date(Date.UTC(now.getUTCFullYear() - yearsAgo, now.getUTCMonth() + months, 1));
const dayOf = (at: Date) => at.toISOString().slice(0, 10);
const partOf = (at: Date) => `audit_entries_${dayOf(at).slice(0, 7).replace('-', '')}`;

let out: string[];
beforeAll(async () => {
  world = await createLogWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  out = [];
});

async function cli(
  command: string,
  env: Record<string, string> = { DATABASE_RETENTION_URL: world.database.retentionUrl },
) {
  const say = (line: string) => out.push(line);
  return runCli(COMMANDS, command.split(' '), { env, out: say, err: say });
}

const countOf = async () =>
  (await world.owner.query<{ n: number }>('select count(*)::int as n from audit_entries')).rows[0]!.n;

describe('culling the log', () => {
  test('tells what would go, and takes nothing away unless told to', async () => {
    await world.owner.query('select make_audit_partition($1)', [dayOf(month(6))]);
    await world.recorder(() => month(6).getTime() + DAY).record([entry(), entry(), entry()]);
    // No partition was ever made for this month: it lies in the default one.
    await world.recorder(() => month(7).getTime() + DAY).record([entry()]);
    await world.recorder(() => month(4).getTime() + DAY).record([entry()]);
    await world.write(2);
    expect(await cli(`audit retention --before ${dayOf(month(5))}`)).toBe(0);
    const told = out.join('\n');
    expect(told).toMatch(new RegExp(`${partOf(month(6))}: 3 poster, .*, 3 inte förseglade`));
    expect(told).toMatch(/audit_entries_default: 1 poster/);
    expect(told).toContain('Inget är gallrat än');
    expect(await countOf()).toBe(7);
  });

  test('refuses what is not sealed, what is younger than five years, and another role', async () => {
    expect(await cli(`audit retention --before ${dayOf(month(5))} --run`)).toBe(1);
    expect(out.at(-1)).toContain('inte förseglat');
    await world.seal();
    for (const young of [month(5, 1), month(4), now]) {
      expect(await cli(`audit retention --before ${dayOf(young)} --run`)).toBe(1);
      expect(out.at(-1)).toContain('fem år');
    }
    expect(
      await cli(`audit retention --before ${dayOf(month(5))} --run`, { DATABASE_URL: world.database.appUrl }),
    ).toBe(2);
    expect(
      await cli(`audit retention --before ${dayOf(month(5))} --run`, { DATABASE_RETENTION_URL: world.database.appUrl }),
    ).toBe(3);
    expect(await cli('audit retention --run')).toBe(2);
    expect(await cli('audit retention --before 2020-02-30')).toBe(2);
    expect(await countOf()).toBe(7);
  });

  test('takes away whole months and what was sealed of them, keeps the seals, and stands in the log', async () => {
    expect(await cli(`audit retention --before ${dayOf(month(5))} --run`)).toBe(0);
    expect(out.at(-1)).toContain('Gallrat: 4 poster');
    const { rows } = await world.owner.query(
      `select to_regclass($1) as part, (select count(*)::int from audit_sealed) as sealed, (select count(*)::int from audit_seals) as seals`,
      [partOf(month(6))],
    );
    expect(rows).toEqual([{ part: null, sealed: 3, seals: 1 }]);
    const logged = await world.owner.query(
      `select activity, action, user_kind, user_id, hits, particulars from audit_entries where user_kind = 'operator'`,
    );
    expect(logged.rows).toMatchObject([
      {
        activity: 'Radera',
        action: 'retention.run',
        hits: 4,
        particulars: { of: 'access-log', before: dayOf(month(5)) },
      },
    ]);
    await world.seal();
    expect(await world.verify()).toMatchObject({
      entries: 4,
      seals: 2,
      faults: [],
      culledBefore: expect.stringContaining(dayOf(month(5))),
    });
    out = [];
    expect(await cli('audit verify')).toBe(0);
    expect(out.join('\n')).toMatch(/4 poster och 2 förseglingar granskade[\s\S]*är gallrade[\s\S]*Inga fel/);
    expect(await cli(`audit retention --before ${dayOf(month(5))} --run`)).toBe(0);
    expect(out.join('\n')).toContain('Inget att gallra');
  });

  test('the retention role writes nothing into the log but as what it is', async () => {
    const { Client } = (await import('pg')).default;
    const client = new Client({ connectionString: world.database.retentionUrl });
    await client.connect();
    const forged = client.query(
      `insert into audit_entries select (jsonb_populate_record(e, '{"user_kind": "staff"}')).* from audit_entries e limit 1`,
    );
    await expect(forged).rejects.toThrow(/row-level security/);
    await expect(client.query('delete from audit_entries')).rejects.toThrow(/permission denied/);
    await expect(client.query('select from patients')).rejects.toThrow(/permission denied/);
    await client.end();
  });
});

describe('from the command line', () => {
  test('sealing and verifying, and a fault gives another exit code', async () => {
    await world.write(3);
    expect(await cli('audit seal', { DATABASE_URL: world.database.appUrl })).toBe(0);
    expect(out[0]).toMatch(/^3 poster förseglade\. Senaste förseglingen: 3, [0-9a-f]{64}$/);
    out = [];
    await world.tamper(
      `update audit_entries set user_id = 'x' where id = (select id from audit_sealed where seal = 3 limit 1)`,
    );
    expect(await cli('audit verify', { DATABASE_OWNER_URL: world.database.ownerUrl })).toBe(1);
    expect(out[0]).toMatch(/^FEL {2}Post ändrad: försegling 3, post [0-9a-f-]{36}, \d{4}-/);
    expect(out.at(-1)).toBe('1 fel.');
    out = [];
    const day = new Date(Date.now() + 40 * DAY);
    expect(await cli(`audit verify --from ${dayOf(day)}`)).toBe(0);
    expect(await cli('audit verify --from 2026-02-01 --to 2026-01-01')).toBe(2);
    expect(await cli('audit verify', { DATABASE_URL: world.database.appUrl })).toBe(2);
  });
});

test('a month is made when its entries have come already, and made once', async () => {
  const late = month(-3).getTime() + 5 * DAY;
  await world.recorder(() => late).record([entry(), entry()]);
  await world.seal();
  const rows = async () =>
    (
      await world.owner.query<{ t: string; n: number }>(
        `select tableoid::regclass::text as t, count(*)::int as n from audit_entries where at > now() + interval '2 years 6 months' group by 1
       union all select tableoid::regclass::text, count(*)::int from audit_sealed where at > now() + interval '2 years 6 months' group by 1 order by 1`,
      )
    ).rows;
  expect(await rows()).toEqual([
    { t: 'audit_entries_default', n: 2 },
    { t: 'audit_sealed_default', n: 2 },
  ]);
  await world.pool.query('select ensure_audit_partitions(36)');
  await world.pool.query('select ensure_audit_partitions(36)');
  const name = partOf(month(-3));
  expect(await rows()).toEqual([
    { t: name, n: 2 },
    { t: name.replace('entries', 'sealed'), n: 2 },
  ]);
  await world.pool.query('select ensure_audit_partitions(500)');
  const { rows: parts } = await world.owner.query<{ n: number }>(
    `select count(*)::int as n from pg_inherits where inhparent = 'audit_entries'::regclass`,
  );
  expect(parts[0]!.n).toBeLessThan(45);
});
