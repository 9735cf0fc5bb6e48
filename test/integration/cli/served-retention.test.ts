import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { runCli } from '../../../src/cli/run.ts';
import { cullServed } from '../../../src/jobs/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let owner: pg.Pool;
/** By what it is about: what is older than it is kept, and what is not. */
const subscriptions = { active: randomUUID(), ended: randomUUID() };

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 });
  for (const [status, id] of Object.entries(subscriptions)) {
    await owner.query(
      `insert into subscriptions (id, revision, client, issuer, client_id, provider, channel, status, content, created_at, changed_at)
        values ($1, 1, $2, 'i', $2, 'p', 'webhook', $2, '{}', now() - interval '50 days', now() - interval '50 days')`,
      [id, status],
    );
  }
  for (const state of ['delivered', 'dead', 'withheld', 'waiting']) {
    for (const days of [20, 40]) await delivery(subscriptions.active, state, days);
  }
  await delivery(subscriptions.ended, 'waiting', 40);
  for (const [state, days] of [
    ...[['sent', 100] as const, ['stopped', 100] as const, ['sent', 80] as const],
    ['waiting', 100] as const,
  ]) {
    await owner.query(
      `insert into notices (patient_id, id, state, queued_at, due_at, done_at)
        values ($1, $1, $2::text, now(), now(), case when $2::text <> 'waiting' then now() - make_interval(days => $3::int) end)`,
      [randomUUID(), state, days],
    );
  }
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

async function delivery(subscription: string, state: string, days: number): Promise<void> {
  await owner.query(
    `insert into deliveries (subscription_id, id, position, lane, patient_id, event, resource_kind, resource_id, owner_provider,
        at, state, attempts, due_at, done_at)
      values ($1, $2, $3::int, $2, $2, 'plan.changed', 'plan', $2, 'p', now() - make_interval(days => $3::int), $4::text, 0, now(),
        case when $4::text <> 'waiting' then now() - make_interval(days => $3::int) end)`,
    [subscription, randomUUID(), days, state],
  );
}

async function retention(args: readonly string[] = [], more: Readonly<Record<string, string>> = {}) {
  const out: string[] = [];
  const env = { DATABASE_RETENTION_URL: database.retentionUrl, ...more };
  const print = (line: string) => out.push(line);
  const code = await runCli(COMMANDS, ['served', 'retention', ...args], { env, out: print, err: print });
  return { code, out: out.join('\n') };
}

const count = async (table: string) =>
  (await owner.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]!.n;

/** In the order in which it happens. */
describe('culling what has served', () => {
  test('explains what would go, by the settings, and takes nothing', async () => {
    const told = await retention();
    expect(told.code).toBe(0);
    expect(told.out).toMatch(/deliveries: 4 rader, den äldsta från \d{4}-\d\d-\d\d\n/);
    expect(told.out).toMatch(/notices: 2 rader, den äldsta från/);
    expect((await retention([], { NOTICES_KEEP_DAYS: '365' })).out).toMatch(/notices: 0 rader\n/);
    expect((await retention([], { EVENTS_KEEP_DAYS: '10' })).out).toMatch(/deliveries: 7 rader/);
    expect(await count('deliveries')).toBe(9);
  });

  test('refuses a setting out of bounds, and the database holds a caller to them too', async () => {
    const refused = await retention(['--run'], { EVENTS_KEEP_DAYS: '1' });
    expect(refused).toMatchObject({ code: 2, out: expect.stringContaining('EVENTS_KEEP_DAYS ska vara ett heltal') });
    const app = new pg.Client({ connectionString: database.appUrl });
    await app.connect();
    try {
      await owner.query(
        `update deliveries set done_at = now() - interval '5 days' where state = 'delivered' and done_at > now() - interval '30 days'`,
      );
      await cullServed(app, { eventDays: 0, noticeDays: 10_000 });
      await expect(app.query('delete from notices')).rejects.toThrow(/permission denied/);
    } finally {
      await app.end();
    }
    // The young delivery, and what is on its way.
    const { rows } = await owner.query<{ state: string }>('select state from deliveries order by state');
    expect(rows.map(({ state }) => state)).toEqual(['delivered', 'waiting', 'waiting']);
    expect(await count('notices')).toBe(4);
  });

  test('takes with --run what has served, and leaves what waits', async () => {
    expect(await retention(['--run'])).toEqual({
      code: 0,
      out: 'Gallrat: idempotency_keys 0, deliveries 0, outbox 0, notices 2.',
    });
    const { rows } = await owner.query<{ state: string }>('select state from notices order by state');
    expect(rows.map(({ state }) => state)).toEqual(['sent', 'waiting']);
  });
});
