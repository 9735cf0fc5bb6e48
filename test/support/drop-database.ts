import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientBase } from 'pg';

/** Sessions that were told to end may need a moment on a busy machine; each try waits up to 5 s on the server itself. */
const TRIES = 6;
/** Still in use; or the server's own work was met at the moment of ending a session. */
const PASSING = new Set(['55006', '42501']);

/** How long sessions that have said goodbye are waited for, milliseconds: a pool says that it has ended before they are gone. */
const LEAVING_MS = 2_000;
const LOOK_EVERY_MS = 10;

const SESSIONS = `from pg_stat_activity
  where datname = $1 and backend_type = 'client backend' and pg_has_role(usesysid, 'usage')`;

/**
 * Takes a database away, ending whatever connections are left in it that the owner may end. Not `with (force)`: that is refused
 * (42501) to an owner without superuser rights whenever the server's own autovacuum happens to be at work in the
 * database, while a plain drop sends autovacuum away itself.
 */
export async function dropDatabase(client: ClientBase, name: string): Promise<void> {
  await untilLeft(client, name);
  for (let left = TRIES; ; left -= 1) {
    try {
      await client.query(`select pg_terminate_backend(pid) ${SESSIONS}`, [name]);
      await client.query(`drop database if exists ${name}`);
      return;
    } catch (error) {
      if (left <= 1 || !(error instanceof Error && 'code' in error && PASSING.has(String(error.code)))) throw error;
    }
  }
}

/** One that is ended while it leaves would hear of it with nobody listening any more, which ends the program. */
async function untilLeft(client: ClientBase, name: string): Promise<void> {
  for (const until = performance.now() + LEAVING_MS; performance.now() < until; await sleep(LOOK_EVERY_MS)) {
    const { rows } = await client.query<{ open: number }>(`select count(*)::int as open ${SESSIONS}`, [name]);
    if (rows[0]?.open === 0) return;
  }
}
