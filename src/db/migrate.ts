import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { MIGRATIONS_FOLDER, type MigrationFile, readMigrations } from './migration-files.ts';
import { listApplied, MIGRATIONS_TABLE, pendingOf } from './migration-state.ts';
import { type StartLog, StartRefusal } from './start-refusal.ts';

/** Any fixed number, the same for every version of the service. */
const LOCK_KEY = 7_211_024;
const LOCK_POLL_MS = 50;
const LOCK_WITHIN_MS = 5 * 60_000;

export interface MigrateOptions {
  readonly log: StartLog;
  /** Another folder than the project's, for tests. */
  readonly folder?: string;
}

/**
 * Brings a database up to this version, under the owner's address (direct, not through a pooler).
 *
 * Each migration is one transaction together with its record, so a failure leaves the ones before it applied and
 * nothing of itself. Several may be started at once: one works, the others wait and find nothing left to do.
 *
 * @returns the tags applied by this call
 * @throws StartRefusal when applied migrations were edited, stand in another order or are unknown; see pendingOf
 */
export async function migrate(ownerUrl: string, options: MigrateOptions): Promise<string[]> {
  const files = await readMigrations(options.folder ?? MIGRATIONS_FOLDER);
  return withClient(ownerUrl, async (client) => {
    await lock(client, options.log);
    // A later migration may need longer than any request; but it must not queue the whole service behind one lock.
    await client.query(`set statement_timeout = 0; set lock_timeout = '30s'`);
    await client.query(`create table if not exists ${MIGRATIONS_TABLE} (
      position integer primary key, tag text not null unique, checksum text not null,
      applied_at timestamptz not null default now())`);
    const applied = await listApplied(client);
    const pending = pendingOf(files, applied);
    for (const [index, file] of pending.entries()) {
      await apply(client, file, applied.length + index);
      options.log(`Migrering körd: ${file.tag}`);
    }
    return pending.map((file) => file.tag);
  });
}

/**
 * The migrations that a database still lacks, read under any role that may read the table of migrations.
 *
 * @throws StartRefusal as migrate does
 */
export async function pendingMigrations(url: string, folder: string = MIGRATIONS_FOLDER): Promise<string[]> {
  const files = await readMigrations(folder);
  return withClient(url, async (client) => pendingOf(files, await listApplied(client)).map((file) => file.tag));
}

async function apply(client: pg.Client, file: MigrationFile, position: number): Promise<void> {
  await client.query('begin');
  try {
    for (const statement of file.statements) await client.query(statement);
    const record = `insert into ${MIGRATIONS_TABLE} (position, tag, checksum) values ($1, $2, $3)`;
    await client.query(record, [position, file.tag, file.checksum]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => undefined);
    const said = cause instanceof Error ? cause.message : '';
    const words = {
      sv: `Migreringen ${file.tag} gick inte att köra: ${said}`,
      en: `Migration ${file.tag} could not be applied.`,
    };
    throw new StartRefusal('migration-failed', words, cause);
  }
}

/**
 * Polled rather than waited for inside the server: a waiting statement would hold a snapshot, and with it up the very
 * work (index builds) that it waits for. The lock goes with the session, also when this process is killed.
 */
async function lock(client: pg.Client, log: StartLog): Promise<void> {
  const began = Date.now();
  for (let told = false; ; told = true) {
    const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [LOCK_KEY]);
    if (rows[0]?.got === true) return;
    if (!told) log('Väntar på att en annan start ska bli klar med migreringarna.');
    if (Date.now() - began > LOCK_WITHIN_MS) throw lockTaken();
    await pause(LOCK_POLL_MS);
  }
}

function lockTaken(): StartRefusal {
  return new StartRefusal('migrations-locked', {
    sv: 'En annan process håller på med migreringarna sedan fem minuter. Se efter vad den gör och försök igen.',
    en: 'Another process has been migrating for five minutes. See what it does and try again.',
  });
}

async function withClient<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString,
    application_name: 'patientkontrakt migrate',
    connectionTimeoutMillis: 10_000,
  });
  // A server that goes away is told of by the query under way; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
