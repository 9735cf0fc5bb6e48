import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPool } from '../../../src/db/pool.ts';
import { type RowChange, saveRows } from '../../../src/db/save-rows.ts';
import {
  EVENTS,
  eventsAfter,
  lastPosition,
  type OutboxEvent,
  outboxRows,
  type SequencedEvent,
  sequenceEvents,
} from '../../../src/events/index.ts';
import { cullServed } from '../../../src/jobs/index.ts';
import { type PatientId, randomIds, type ThingId } from '../../../src/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { SIZES } from '../../support/sizes.ts';

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

const NAMES = EVENTS.slice(0, 4);
const PERSONS = Array.from({ length: 2 }, () => randomUUID() as PatientId);
const PLANS = Array.from({ length: 2 }, () => randomIds.thingId());

const anEvent: fc.Arbitrary<OutboxEvent> = fc
  .record({
    event: fc.constantFrom(...NAMES),
    patientId: fc.constantFrom(...PERSONS, PERSONS[0]!, PERSONS[0]!),
    planId: fc.constantFrom(...PLANS, PLANS[0], undefined),
    resourceKind: fc.constantFrom('step', 'step', 'plan'),
    revision: fc.integer({ min: 1, max: 2 }),
    ownerUnit: fc.constantFrom('u', 'u', 'v'),
    ownerProvider: fc.constantFrom('p', 'p', 'q'),
  })
  .map((one) => ({ ...one, resourceId: randomIds.thingId(), at: '2026-11-16T07:00:00.000Z' }));
const aChange = fc.array(anEvent, { minLength: 1, maxLength: 12 });

type Act =
  | { readonly is: 'write'; readonly events: OutboxEvent[]; readonly isHeld: boolean }
  | { readonly is: 'sequence'; readonly sizes: readonly number[] }
  | { readonly is: 'read'; readonly reader: number }
  | { readonly is: 'commit' };

const anAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ is: fc.constant('write' as const), events: aChange, isHeld: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      is: fc.constant('sequence' as const),
      sizes: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 2 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ is: fc.constant('read' as const), reader: fc.nat({ max: 2 }) }) },
  { weight: 1, arbitrary: fc.constant({ is: 'commit' } as const) },
);
const READERS = fc.array(
  fc.record({
    names: fc.option(fc.subarray([...NAMES], { minLength: 1 }), { nil: undefined }),
    most: fc.integer({ min: 1, max: 9 }),
  }),
  { minLength: 3, maxLength: 3 },
);

interface Reader {
  readonly names: readonly string[] | undefined;
  readonly most: number;
  at: number;
  readonly seen: SequencedEvent[];
}

/** Reads as a subscription does: what is not asked for is passed, but only what had its position when it was asked. */
async function read(reader: Reader): Promise<boolean> {
  const last = await lastPosition(app);
  const found = await eventsAfter(app, reader.at, reader.names, reader.most);
  const isFull = found.length === reader.most;
  reader.seen.push(...found);
  reader.at = isFull ? found.at(-1)!.position : Math.max(last, found.at(-1)?.position ?? 0);
  return isFull;
}

/** What the outside is told of an event, but for its place. */
const toldOf = ({ event, patientId, planId, resourceKind, resourceId, ownerProvider, at }: OutboxEvent) => ({
  ...{ event, patientId, planId, resourceKind, resourceId, ownerProvider, at },
});

/** What a change tells of one person before it tells of the other. */
function runsOf(events: readonly OutboxEvent[]): OutboxEvent[][] {
  const runs: OutboxEvent[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    if (run?.[0]?.patientId === event.patientId) run.push(event);
    else runs.push([event]);
  }
  return runs;
}

async function save(on: pg.PoolClient, events: readonly OutboxEvent[]): Promise<readonly RowChange[]> {
  const rows = outboxRows(events, randomIds);
  await saveRows(on, rows);
  return rows;
}

async function saveAtOnce(events: readonly OutboxEvent[]): Promise<readonly RowChange[]> {
  const client = await owner.connect();
  try {
    return await save(client, events);
  } finally {
    client.release();
  }
}

async function sequenceAll(): Promise<void> {
  while ((await sequenceEvents(app)) > 0);
}

async function live(acts: readonly Act[], readers: readonly Reader[]): Promise<OutboxEvent[][]> {
  const written: OutboxEvent[][] = [];
  const held: pg.PoolClient[] = [];
  const commit = async () => {
    const client = held.shift();
    await client?.query('commit');
    client?.release();
  };
  for (const act of acts) {
    if (act.is === 'sequence') await Promise.all(act.sizes.map((most) => sequenceEvents(app, most)));
    else if (act.is === 'read') await read(readers[act.reader]!);
    else if (act.is === 'commit') await commit();
    else {
      written.push(act.events);
      if (!act.isHeld) await saveAtOnce(act.events);
      else {
        if (held.length === 3) await commit();
        const client = await owner.connect();
        held.push(client);
        await client.query('begin');
        await save(client, act.events);
      }
    }
  }
  while (held.length > 0) await commit();
  return written;
}

test('every event is read once, in order and with its own place and id, whatever changes tell and however it is read', {
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anAct, { minLength: 5, maxLength: 25 }), READERS, async (acts, asked) => {
      await sequenceAll();
      const start = await lastPosition(app);
      const readers: Reader[] = asked.map((one) => ({ ...one, at: start, seen: [] }));
      const whole: Reader = { names: undefined, most: 1000, at: start, seen: [] };
      const written = await live(acts, readers);
      await sequenceAll();
      for (const reader of [...readers, whole]) while (await read(reader));

      expect(whole.seen.map(({ position }) => position)).toEqual(
        written.flat().map((_event, place) => start + place + 1),
      );
      expect(new Set(whole.seen.map(({ id }) => id)).size).toBe(whole.seen.length);
      // All that a change tells of one person stands together; one about two may have others' in between, never another order.
      const placeOf = new Map(whole.seen.map((event, place) => [event.resourceId, place]));
      for (const events of written) {
        const firsts = runsOf(events).map((run) => {
          const first = placeOf.get(run[0]!.resourceId)!;
          const found = whole.seen.slice(first, first + run.length).map(({ position, id, ...told }) => told);
          expect(found).toEqual(run.map(toldOf));
          return first;
        });
        expect(firsts).toEqual(firsts.toSorted((one, other) => one - other));
      }
      for (const { names, seen } of readers) {
        expect(seen).toEqual(whole.seen.filter(({ event }) => names?.includes(event) ?? true));
      }
    }),
    { numRuns: SIZES.toldHistories, endOnFailure: true },
  );
});

const changeOf = (count: number, patientId = randomUUID() as PatientId): OutboxEvent[] =>
  Array.from({ length: count }, (_, n) => ({
    ...{ event: 'plan.step.changed', patientId, planId: PLANS[0], resourceKind: 'step', ownerUnit: 'u' },
    ...{
      resourceId: randomIds.thingId() as ThingId,
      revision: n + 1,
      ownerProvider: 'p',
      at: '2026-11-16T07:00:00.000Z',
    },
  }));

test('a change that tells nothing is no row; one that tells more than is sequenced at a time gets its places all at once, and is read in pieces', async () => {
  await sequenceAll();
  const start = await lastPosition(app);
  expect(outboxRows([], randomIds)).toEqual([]);
  const [many, after] = [changeOf(2500), changeOf(3)];
  await saveAtOnce(many);
  await saveAtOnce(after);
  expect(await sequenceEvents(app, 7)).toBe(2500);
  expect(await lastPosition(app)).toBe(start + 2500);
  expect(await sequenceEvents(app, 7)).toBe(3);
  const reader: Reader = { names: undefined, most: 999, at: start, seen: [] };
  while (await read(reader));
  expect(reader.seen.map(({ resourceId }) => resourceId)).toEqual(
    [...many, ...after].map(({ resourceId }) => resourceId),
  );
});

test('what many changes tell is the same when it is sent by columns', async () => {
  await sequenceAll();
  const start = await lastPosition(app);
  const changes = Array.from({ length: 510 }, (_, n) => changeOf(1 + (n % 3)));
  const client = await owner.connect();
  await saveRows(
    client,
    changes.flatMap((events) => outboxRows(events, randomIds)),
  );
  client.release();
  await sequenceAll();
  const told = await eventsAfter(app, start, undefined, 2000);
  expect(told.map(({ position, id, ...rest }) => rest)).toEqual(changes.flat().map(toldOf));
});

test('what a change tells is kept until all of it has been passed', async () => {
  await saveAtOnce(changeOf(5));
  await sequenceAll();
  const last = await lastPosition(app);
  await owner.query(`insert into event_followers (name, position) values ('test', $1)`, [last - 2]);
  await owner.query(`update outbox set sequenced_at = now() - interval '40 days' where position = $1`, [last]);
  expect(await cullServed(app)).toMatchObject({ outbox: 0 });
  expect((await eventsAfter(app, last - 2, undefined)).map(({ position }) => position)).toEqual([last - 1, last]);
  await owner.query('update event_followers set position = $1', [last]);
  expect(await cullServed(app)).toMatchObject({ outbox: 1 });
});
