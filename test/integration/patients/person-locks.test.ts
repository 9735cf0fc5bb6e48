import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginBound } from '../../../src/db/bound.ts';
import type { Actor } from '../../../src/shared/actor.ts';
import { type PatientId, randomIds } from '../../../src/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

const nurse: Actor = {
  kind: 'staff',
  issuer: 'test',
  employeeHsaId: 'SE0000000000-TST1',
  name: 'Test',
  unitHsaId: 'SE0000000000-TSTU',
  providerHsaId: 'SE0000000000-TSTP',
};

let database: TestDatabase;
const clients: pg.Client[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  for (const client of clients) await client.end();
  await database.drop();
});

async function connect(url = database.appUrl): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, pipeline: true });
  await client.connect();
  clients.push(client);
  return client;
}

async function newPerson(client: pg.Client): Promise<PatientId> {
  const id = randomIds.patientId();
  await client.query('insert into patient_keys (patient_id, canonical_id) values ($1, $1)', [id]);
  return id;
}

async function boundKeys(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ keys: string }>(`select current_setting('app.patient') as keys`);
  return rows[0]!.keys.split(',').sort();
}

/** Whether a session waits for an advisory lock; asked of the server, so that no test has to guess how long. */
async function untilWaiting(watcher: pg.Client, waiting: pg.Client): Promise<void> {
  const pid = (waiting as unknown as { processID: number }).processID;
  for (;;) {
    const { rows } = await watcher.query(
      `select from pg_locks where pid = $1 and locktype = 'advisory' and not granted`,
      [pid],
    );
    if (rows.length > 0) return;
  }
}

test('a writer who waited for a person that was joined meanwhile holds the lock of the person joined to', async () => {
  const [joiner, writer, other, watcher] = await Promise.all([connect(), connect(), connect(), connect()]);
  const reserve = await newPerson(joiner);
  const right = await newPerson(joiner);

  await beginBound(joiner, { actor: nurse, patientId: reserve, otherPatientId: right });
  expect(await boundKeys(joiner)).toEqual([reserve, right].sort());
  const writing = beginBound(writer, { actor: nurse, patientId: reserve });
  await untilWaiting(watcher, writer);
  await joiner.query('update patient_keys set canonical_id = $2 where patient_id = $1', [reserve, right]);
  await joiner.query('commit');
  await writing;

  expect(await boundKeys(writer)).toEqual([reserve, right].sort());
  const alsoWriting = beginBound(other, { actor: nurse, patientId: right });
  await untilWaiting(watcher, other);
  await writer.query('commit');
  await alsoWriting;
  await other.query('commit');
});

test('persons locked two at a time in either order never wait in a ring', async () => {
  const [one, two, watcher] = await Promise.all([connect(), connect(), connect()]);
  const a = await newPerson(one);
  const b = await newPerson(one);
  await beginBound(one, { actor: nurse, patientId: a, otherPatientId: b });
  const waiting = beginBound(two, { actor: nurse, patientId: b, otherPatientId: a });
  await untilWaiting(watcher, two);
  await one.query('commit');
  await waiting;
  await two.query('commit');
});

test('a person that is not there yet is locked and bound by the new key', async () => {
  const client = await connect();
  const id = randomUUID() as PatientId;
  await beginBound(client, { actor: nurse, patientId: id, locks: [`number:it's`, 'key:b', 'key:b'] });
  expect(await boundKeys(client)).toEqual([id]);
  const { rows } = await client.query<{ n: string }>(
    `select count(*) as n from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and granted`,
  );
  expect(Number(rows[0]!.n)).toBe(3);
  await client.query('commit');
});
