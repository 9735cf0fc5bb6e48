import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './running-service.ts';

/**
 * The program, or undefined where it is not installed: then its one test is left out, by name. Where `PGBOUNCER=demanded`
 * says that it has to be there, as CI does, its absence is a failure.
 */
export const pgbouncer = findProgram();

function findProgram(): string | undefined {
  try {
    const PATH = `${process.env.PATH}:/usr/sbin:/usr/local/sbin`;
    return execFileSync('which', ['pgbouncer'], { env: { PATH }, encoding: 'utf8' }).trim();
  } catch {
    if (process.env.PGBOUNCER === 'demanded') throw new Error('pgbouncer is not installed, and PGBOUNCER=demanded');
    console.warn('Left out, since pgbouncer is not installed: behind PgBouncer in transaction mode');
    return undefined;
  }
}

/** A pooler in transaction mode before a database, as an operator would put it there. */
export interface Bouncer {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startPgBouncer(databaseUrl: string, connections: number): Promise<Bouncer> {
  const { hostname, port, pathname, username, password } = new URL(databaseUrl);
  const listenPort = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'pk-bouncer-'));
  const file = join(folder, 'pgbouncer.ini');
  const login = `user=${decodeURIComponent(username)} password='${decodeURIComponent(password).replaceAll("'", "''")}'`;
  const settings = [
    '[databases]',
    `pooled = host=${hostname} port=${port} dbname=${pathname.slice(1)} ${login}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${listenPort}`,
    'unix_socket_dir =',
    'auth_type = any',
    'pool_mode = transaction',
    `default_pool_size = ${connections}`,
    'max_client_conn = 200',
    'ignore_startup_parameters = statement_timeout,idle_in_transaction_session_timeout',
  ];
  await writeFile(file, `${settings.join('\n')}\n`);
  // It refuses to run as root, and the one that it runs as instead has to read the file.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await Promise.all([chmod(folder, 0o755), chmod(file, 0o644)]);
  const child = spawn(pgbouncer!, ['-q', ...(isRoot ? ['-u', 'nobody'] : []), file], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
  while (!(await isOpen(listenPort))) {
    if (child.exitCode !== null) throw new Error(`pgbouncer did not start: ${said}`);
    await pause(20);
  }
  return {
    url: `postgres://anyone@127.0.0.1:${listenPort}/pooled`,
    stop: async () => {
      if (child.exitCode === null) {
        const gone = once(child, 'exit');
        child.kill('SIGTERM');
        await gone;
      }
      await rm(folder, { recursive: true });
    },
  };
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
