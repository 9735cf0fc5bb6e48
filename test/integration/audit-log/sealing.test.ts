import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { auditRow } from '../../../src/audit/index.ts';
import { sealEntries, sealHash } from '../../../src/audit-log/sealing/seal.ts';
import { insertRowsStatement } from '../../../src/db/save-rows.ts';
import { randomIds } from '../../../src/shared/ids.ts';
import { swedishDate } from '../../../src/shared/swedish-time.ts';
import { createLogWorld, entry, type LogWorld } from './log-world.ts';

let world: LogWorld;
beforeEach(async () => {
  world = await createLogWorld();
});
afterEach(() => world.close());

const rowsOf = async <R extends pg.QueryResultRow>(text: string) => (await world.owner.query<R>(text)).rows;
const leaves = () => rowsOf<{ seal: string; id: string }>('select seal, id from audit_sealed order by seal, id');

describe('sealing', () => {
  test('chains what was committed, each entry once, and verifying finds nothing wrong', async () => {
    await world.write(3);
    expect(await world.seal()).toEqual([1]);
    expect(await world.seal()).toEqual([]);
    await world.write(2);
    const [seal] = await sealEntries(world.pool);
    expect(seal).toMatchObject({ number: 2, kind: 'entries', entries: 2 });
    expect(sealHash(seal!)).toBe(seal!.hash);
    expect((await leaves()).map(({ seal: number }) => Number(number))).toEqual([1, 1, 1, 2, 2]);
    expect(await world.verify()).toMatchObject({ entries: 5, seals: 2, waiting: 0, faults: [] });
  });

  test('stays whole whatever an entry holds', async () => {
    const odd = ['"\\/\b\f\n\r\t', '\u0001\u001f\u007f', 'å ö \u2028 \u2029 😀 e\u0301', '{"a":1}', "''--", ''];
    await world
      .recorder()
      .record(
        odd.flatMap((text) => [
          entry({ reason: text, requestId: text, resources: [{ kind: text, id: randomIds.thingId(), owner: text }] }),
          entry({ particulars: { [text]: [text, { [text]: 1.5, z: true, a: [] }], n: 1e21, m: -0.000001 }, hits: 0 }),
          entry({ actor: undefined, resources: [] }),
        ]),
      );
    await world.seal();
    expect((await world.verify()).faults).toEqual([]);
  });

  test('two at once make one chain, and no entry is in two seals', async () => {
    for (let round = 0; round < 5; round++) {
      await Promise.all([world.write(7), world.seal(), world.write(5), world.seal(), world.seal(), world.seal()]);
    }
    await world.seal();
    const sealed = await leaves();
    expect(sealed).toHaveLength(60);
    expect(new Set(sealed.map(({ id }) => id)).size).toBe(60);
    expect(await world.verify()).toMatchObject({ entries: 60, waiting: 0, faults: [] });
  });

  test('an entry that commits late is in the next seal', async () => {
    const slow = new pg.Client({ connectionString: world.database.appUrl });
    await slow.connect();
    const late = auditRow(entry(), randomIds.thingId(), new Date());
    await slow.query('begin');
    await slow.query(insertRowsStatement('audit_entries').text, [JSON.stringify([late])]);
    await world.write(2);
    expect(await world.seal()).toEqual([1]);
    await slow.query('commit');
    await slow.end();
    expect(await world.seal()).toEqual([2]);
    expect((await leaves()).find(({ id }) => id === late.id)!.seal).toBe('2');
    expect((await world.verify()).faults).toEqual([]);
  });

  test('killed in the middle, it has sealed nothing, and the next one seals it all', async () => {
    await world.write(4);
    const dying = new pg.Client({ connectionString: world.database.appUrl });
    dying.on('error', () => undefined);
    await dying.connect();
    const pid = (await dying.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid;
    await dying.query('begin');
    expect((await dying.query('select from seal_audit_entries()')).rowCount).toBe(1);
    // The lock is held: another waits for it, and must not miss what the dying one had taken.
    const other = world.seal();
    await world.owner.query('select pg_terminate_backend($1)', [pid]);
    expect(await other).toEqual([1]);
    expect(await leaves()).toHaveLength(4);
    expect(await world.verify()).toMatchObject({ entries: 4, waiting: 0, faults: [] });
  });

  test('more than a seal holds becomes several', async () => {
    await world.write(5);
    const { rows } = await world.pool.query<{ n: string; e: string }>(
      'select number as n, entries as e from seal_audit_entries(3)',
    );
    expect(rows).toEqual([{ n: 1, e: 3 }]);
    expect(await world.seal()).toEqual([2]);
    expect((await world.verify()).faults).toEqual([]);
  });

  test('closes the day before the first seal of the next, in Swedish time', async () => {
    const yesterday = world.recorder(() => Date.now() - 86_400_000);
    await yesterday.record([entry(), entry()]);
    await world.seal();
    await yesterday.record([entry()]);
    await world.seal();
    await world.owner.query(`update audit_seals set sealed_at = sealed_at - interval '1 day'`);
    // As if it had been so from the start: each hash anew, in order.
    for (const number of [1, 2]) {
      await world.owner.query(
        `update audit_seals set previous = coalesce((select hash from audit_seals where number = $1 - 1), previous) where number = $1`,
        [number],
      );
      await world.owner.query('update audit_seals s set hash = audit_seal_hash(s) where number = $1', [number]);
    }
    await world.write(1);
    const [day, next] = await sealEntries(world.pool);
    expect(day).toMatchObject({ number: 3, kind: 'day', day: swedishDate(Date.now() - 86_400_000), entries: 3 });
    expect(next).toMatchObject({ number: 4, kind: 'entries', previous: day!.hash });
    expect((await world.verify()).faults).toEqual([]);
    await world.owner.query(`update audit_seals set entries = 4 where kind = 'day'`);
    await world.owner.query(`update audit_seals s set hash = audit_seal_hash(s) where kind = 'day'`);
    expect((await world.verify()).faults).toContainEqual({ kind: 'seal-contents', seal: 3 });
  });

  test('nobody seals who may only cull, and nobody writes a seal but the function', async () => {
    for (const text of [
      'insert into audit_seals select * from audit_seals',
      'update audit_seals set entries = 0',
      'delete from audit_seals',
      'select from audit_sealed',
      'insert into audit_sealed select 1, patient_id, at, id, hash from audit_entries',
      'delete from audit_unsealed',
      'select queue_audit_entries()',
      `select make_audit_partition('2020-01-01')`,
      `select cull_audit_log('2020-01-01', gen_random_uuid())`,
      `select audit_retention_plan('2020-01-01')`,
      'alter table audit_entries disable trigger user',
    ]) {
      await expect(world.pool.query(text), text).rejects.toThrow(
        /permission denied|must be owner|can only be called as/,
      );
    }
    const retention = new pg.Client({ connectionString: world.database.retentionUrl });
    await retention.connect();
    await expect(retention.query('select seal_audit_entries()')).rejects.toThrow(/permission denied/);
    await expect(retention.query('delete from audit_entries')).rejects.toThrow(/permission denied/);
    await retention.end();
  });
});
