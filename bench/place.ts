import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { removePlace } from '../src/db/embedded/place.ts';
import { startEmbedded } from '../src/db/embedded/start.ts';
import { migrate } from '../src/db/migrate.ts';
import { ensureGroupRoles, ensureLoginRole } from '../src/db/roles.ts';
import { dropDatabase } from '../test/support/drop-database.ts';

/** A migrated database to measure on, with `fsync` and `synchronous_commit` on. */
export interface BenchPlace {
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** The server's own process, when it runs here: its children are counted as the database's CPU. */
  readonly postmasterPid?: number;
  /** What was kept from an earlier run on the same folder. */
  readonly kept?: string;
  keep(state: string): Promise<void>;
  /** Does what fills the database; the embedded server does not wait for its disk meanwhile, nor save whole pages. */
  filled<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

type Tell = (line: string) => void;

/** A server that `DATABASE_OWNER_URL` names, or the embedded one; with `dataDir` its data are kept for the next run. */
export async function openPlace(dataDir: string | undefined, tell: Tell): Promise<BenchPlace> {
  const given = process.env.DATABASE_OWNER_URL;
  const place = given ? await onGivenServer(given) : await onEmbedded(dataDir, tell);
  await migrate(place.ownerUrl, { log: tell });
  await refuseUnsafeSettings(place.ownerUrl);
  return place;
}

async function onEmbedded(kept: string | undefined, tell: Tell): Promise<BenchPlace> {
  const dataDir = kept === undefined ? await mkdtemp(join(tmpdir(), 'patientkontrakt-bench-')) : resolve(kept);
  if (kept === undefined) await chmod(dataDir, 0o755);
  const server = await startEmbedded({ dataDir, durable: true, settings: asInstalled(), log: tell });
  const stateFile = join(dataDir, 'bench-world.json');
  return {
    ownerUrl: server.ownerUrl,
    appUrl: server.appUrl,
    postmasterPid: await postmasterPid(server.adminUrl),
    kept: kept === undefined ? undefined : await readFile(stateFile, 'utf8').catch(() => undefined),
    keep: async (state) => {
      if (kept !== undefined) await writeFile(stateFile, state, { mode: 0o600 });
    },
    filled: (work) => withoutSafety(server.adminUrl, work),
    close: async () => {
      await server.stop();
      if (kept !== undefined) return;
      await removePlace(dataDir);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** What a power failure would take is made again: a million plans are sixty gigabytes, and ten times that as whole pages in the log. */
async function withoutSafety<T>(adminUrl: string, work: () => Promise<T>): Promise<T> {
  const settings = ['fsync', 'full_page_writes', 'autovacuum'];
  for (const name of settings) await asked(adminUrl, `alter system set ${name} = off`);
  await asked(adminUrl, 'select pg_reload_conf()');
  try {
    return await work();
  } finally {
    for (const name of settings) await asked(adminUrl, `alter system reset ${name}`);
    await asked(adminUrl, 'select pg_reload_conf()');
    await asked(adminUrl, 'checkpoint');
  }
}

/** As docs/scale.md says that a server is set up: a quarter of the memory, and room in the log for checkpoints to come by time alone. */
function asInstalled(): Record<string, string> {
  return { shared_buffers: `${Math.floor(totalmem() / 4 / 2 ** 20)}MB`, max_wal_size: '8GB' };
}

async function postmasterPid(adminUrl: string): Promise<number | undefined> {
  const [row] = await asked<{ pid: number }>(
    adminUrl,
    `select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int as pid`,
  );
  return row?.pid;
}

/** A database and a login of this run's own, taken away afterwards. */
async function onGivenServer(ownerUrl: string): Promise<BenchPlace> {
  const name = `patientkontrakt_bench_${randomBytes(4).toString('hex')}`;
  const password = randomBytes(18).toString('base64url');
  await withClient(ownerUrl, async (client) => {
    await ensureGroupRoles(client);
    await ensureLoginRole(client, name, password, 'app');
    await client.query(`create database ${name} encoding 'UTF8' template template0`);
  });
  const own = new URL(ownerUrl);
  own.pathname = `/${name}`;
  const app = new URL(own);
  app.username = name;
  app.password = password;
  return {
    ownerUrl: own.href,
    appUrl: app.href,
    keep: async () => undefined,
    filled: (work) => work(),
    close: () =>
      withClient(ownerUrl, async (client) => {
        await dropDatabase(client, name);
        await client.query(`drop role if exists ${name}`);
      }),
  };
}

const DURABLE = ['fsync', 'synchronous_commit', 'full_page_writes'];

async function refuseUnsafeSettings(ownerUrl: string): Promise<void> {
  const rows = await asked<{ name: string; setting: string }>(ownerUrl, 'select name, setting from pg_settings');
  const unsafe = rows.filter(({ name, setting }) => DURABLE.includes(name) && setting !== 'on');
  if (unsafe.length > 0) {
    const names = unsafe.map(({ name, setting }) => `${name}=${setting}`).join(', ');
    throw new Error(
      `Databasen är inte inställd för att hålla data vid strömavbrott: ${names}. Mätningen vore inte ärlig.`,
    );
  }
}

/** Asks on a connection of its own. */
export async function asked<R extends pg.QueryResultRow>(url: string, text: string, values: readonly unknown[] = []) {
  let rows: R[] = [];
  await withClient(url, async (client) => {
    rows = (await client.query<R>(text, [...values])).rows;
  });
  return rows;
}

/** Works on a connection of its own. */
export async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
