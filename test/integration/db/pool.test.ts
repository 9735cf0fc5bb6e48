import type pg from 'pg';
import type { PoolClient } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type EmbeddedServer, startEmbedded } from '../../../src/db/embedded/start.ts';
import { createPool, type PoolOptions } from '../../../src/db/pool.ts';
import { runQuery } from '../../../src/db/query.ts';
import { CommitRefused, Ending, inTransaction } from '../../../src/db/transaction.ts';
import { type DataFolder, makeDataFolder } from '../../support/data-folder.ts';

let data: DataFolder;
let server: EmbeddedServer;
const pools: pg.Pool[] = [];

function open(options: Partial<PoolOptions> = {}): pg.Pool {
  const pool = createPool({
    url: server.ownerUrl,
    applicationName: 'pool test',
    onConnectionError: () => undefined,
    ...options,
  });
  pools.push(pool);
  return pool;
}

beforeAll(async () => {
  data = await makeDataFolder();
  server = await startEmbedded({ dataDir: data.path, durable: false, log: () => undefined });
});

afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.end();
});

afterAll(async () => {
  await server.stop();
  await data.remove();
});

describe('the pool', () => {
  it('outlives a restart of the server, with idle connections and one in the middle of a transaction', async () => {
    const onConnectionError = vi.fn();
    const pool = open({ onConnectionError });
    const [idle, held] = await Promise.all([pool.connect(), pool.connect()]);
    idle.release();
    await held.query('begin');
    const { rows } = await held.query<{ pid: number }>('select pg_backend_pid() as pid');
    // The server ends all sessions and starts anew when one of its processes is killed.
    process.kill(rows[0]!.pid, 'SIGKILL');
    await vi.waitFor(() => expect(onConnectionError).toHaveBeenCalled(), { timeout: 10_000 });
    await expect(held.query('commit')).rejects.toThrow();
    held.release(true);
    const answer = async () => (await pool.query<{ n: number }>('select 1 as n')).rows;
    await vi.waitFor(async () => expect(await answer()).toEqual([{ n: 1 }]), { timeout: 10_000 });
  });

  it('reads whole numbers as numbers, dates as their text, moments as Date and lists of them alike', async () => {
    const text = `select 7::int8 as count, array[1, null, 3]::int8[] as counts, date '2026-02-28' as day,
      array[date '2026-02-28'] as days, timestamptz '2026-11-16T08:00:00Z' as at, 1.50::numeric as exact`;
    const { rows } = await runQuery(open(), { name: 'types', text, values: [] });
    expect(rows).toEqual([
      {
        count: 7,
        counts: [1, null, 3],
        day: '2026-02-28',
        days: ['2026-02-28'],
        at: new Date('2026-11-16T08:00:00Z'),
        exact: '1.50',
      },
    ]);
  });

  it('refuses a whole number that would lose digits instead of rounding it', async () => {
    await expect(open().query('select 9007199254740993::int8 as n')).rejects.toThrow(/int8/);
  });

  it('ends a statement that takes too long, and shows its name to operators', async () => {
    const pool = open({ statementTimeoutMs: 50 });
    await expect(pool.query('select pg_sleep(5)')).rejects.toThrow(/statement timeout/);
    const { rows } = await pool.query<{ name: string }>(`select current_setting('application_name') as name`);
    expect(rows).toEqual([{ name: 'pool test' }]);
  });

  it('ends a transaction that is left open, without ending the process', async () => {
    const client = await open({ idleInTransactionTimeoutMs: 30 }).connect();
    await client.query('begin');
    await vi.waitFor(() => expect(client.query('select 1')).rejects.toThrow(), { timeout: 5_000, interval: 100 });
    client.release(true);
  });
});

describe('PREPARED_STATEMENTS', () => {
  const statement = { name: 'sum', text: 'select $1::int + 1 as sum', values: [1] };
  const prepared = `select name from pg_prepared_statements`;

  it('on: a named statement is prepared once on its connection', async () => {
    const client = await open().connect();
    expect((await runQuery(client, statement)).rows).toEqual([{ sum: 2 }]);
    expect((await client.query(prepared)).rows).toEqual([{ name: 'sum' }]);
    client.release();
  });

  it('off: no statement is prepared, neither ours nor a library one, and the answers are the same', async () => {
    const client = await open({ preparedStatements: false }).connect();
    expect((await runQuery(client, statement)).rows).toEqual([{ sum: 2 }]);
    expect((await client.query({ ...statement, rowMode: 'array' })).rows).toEqual([[2]]);
    expect((await client.query(prepared)).rows).toEqual([]);
    client.release();
  });
});

describe('a transaction', () => {
  it('keeps all that was written, or nothing', async () => {
    const pool = open();
    await pool.query('create table written (n integer primary key)');
    const write = (n: number) => inTransaction(pool, (client) => client.query('insert into written values ($1)', [n]));
    await write(1);
    const failed = inTransaction(pool, async (client) => {
      await client.query('insert into written values (2)');
      throw new Error('changed its mind');
    });
    await expect(failed).rejects.toThrow('changed its mind');
    expect((await pool.query('select n from written')).rows).toEqual([{ n: 1 }]);
  });

  it('is not taken for kept when an error inside it was swallowed', async () => {
    const swallowed = inTransaction(open(), async (client) => {
      await client.query('select nonsense').catch(() => undefined);
    });
    await expect(swallowed).rejects.toThrow(CommitRefused);
  });

  it('keeps nothing when the statement that was sent with the commit fails', async () => {
    const pool = open();
    await pool.query('create table ended (n integer primary key)');
    const write = (client: PoolClient, n: number) => client.query('insert into ended values ($1)', [n]);
    const kept = await inTransaction(pool, async (client) => new Ending('kept', write(client, 1)));
    expect(kept).toBe('kept');
    const doubled = inTransaction(pool, async (client) => {
      await write(client, 2);
      return new Ending('doubled', write(client, 1));
    });
    await expect(doubled).rejects.toMatchObject({ code: '23505' });
    expect((await pool.query('select n from ended')).rows).toEqual([{ n: 1 }]);
  });

  it('tells why it could not begin, and not what followed from that', async () => {
    const work = (client: PoolClient) => client.query('select 1');
    const refused = inTransaction(open(), work, async (client) => {
      await Promise.all([client.query('begin'), client.query('select 1 / 0')]);
    });
    await expect(refused).rejects.toMatchObject({ code: '22012' });
  });

  it('gives its connection back in order after a failure, and away when it broke', async () => {
    const pool = open({ max: 1 });
    await expect(inTransaction(pool, (client) => client.query('select nonsense'))).rejects.toThrow(/nonsense/);
    expect(pool.totalCount).toBe(1);
    const broken = inTransaction(pool, (client) => client.query('select pg_terminate_backend(pg_backend_pid())'));
    await expect(broken).rejects.toThrow();
    expect(pool.totalCount).toBe(0);
    expect((await pool.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
  });
});
