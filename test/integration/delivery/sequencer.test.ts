import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPool } from '../../../src/db/pool.ts';
import { eventsAfter, followEvents, lastPosition, sequenceEvents } from '../../../src/events/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let owner: pg.Pool;
let app: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Pool({ connectionString: database.ownerUrl, max: 8 });
  app = createPool({ url: database.appUrl, applicationName: 'test', onConnectionError: () => undefined });
});
afterAll(async () => {
  await app.end();
  await owner.end();
  await database.drop();
});

async function write(on: pg.Pool | pg.PoolClient): Promise<string> {
  const id = randomUUID();
  await on.query(
    `insert into outbox (patient_id, id, event, resource_kind, resource_id, revision, owner_unit, owner_provider, at)
      values ($1, $2, 'plan.changed', 'plan', $2, 1, 'u', 'p', now())`,
    [randomUUID(), id],
  );
  return id;
}

const told = async (after: number) => (await eventsAfter(app, after, undefined)).map(({ id }) => id as string);

test('an event whose row was begun first and committed last is told last, and never passed over', async () => {
  const slow = await owner.connect();
  await slow.query('begin');
  const first = await write(slow);
  const second = await write(owner);
  expect(await sequenceEvents(app)).toBe(1);
  expect(await told(0)).toEqual([second]);
  const seen = await lastPosition(app);
  await slow.query('commit');
  slow.release();
  expect(await sequenceEvents(app)).toBe(1);
  expect(await told(seen)).toEqual([first]);
});

test('many writers and several sequencers at once leave positions without gaps or doubles', async () => {
  const start = await lastPosition(app);
  let writing = true;
  const written: string[] = [];
  const writers = Array.from({ length: 4 }, async () => {
    for (let n = 0; n < 40; n++) written.push(await write(owner));
  });
  const sequencers = Array.from({ length: 3 }, async () => {
    while (writing) await sequenceEvents(app, 7);
  });
  await Promise.all(writers);
  writing = false;
  await Promise.all(sequencers);
  while ((await sequenceEvents(app)) > 0);
  const events = await eventsAfter(app, start, undefined);
  expect(events.map(({ position }) => position)).toEqual(written.map((_, place) => start + place + 1));
  expect(new Set(events.map(({ id }) => id as string))).toEqual(new Set(written));
});

test('a follower handles each event once, also when it fails in the middle and when two follow under one name', async () => {
  const handled: string[] = [];
  const take = (fails: boolean) =>
    followEvents(app, 'test', async (events) => {
      if (fails) throw new Error('in the middle');
      handled.push(...events.map(({ id }) => id as string));
    });
  await expect(take(true)).rejects.toThrow('in the middle');
  await Promise.all([take(false), take(false), take(false)]);
  await take(false);
  expect(handled).toEqual(await told(0));
});
