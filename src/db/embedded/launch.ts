import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StartRefusal } from '../start-refusal.ts';
import { type Place, serverEnvironment } from './place.ts';
import { awaitFreeCluster, readPostmaster } from './postmaster.ts';

const READY_WITHIN_MS = 60_000;
const LOG_LIMIT_BYTES = 5_000_000;
const PORT_ATTEMPTS = 5;

/** The server's settings by name, in its own words (`shared_buffers`: `4GB`). */
export type ServerSettings = Readonly<Record<string, string>>;

/** A server of ours that accepts connections on loopback. */
export interface Running {
  readonly port: number;
  stop(): Promise<void>;
  watch(onExit: () => void): void;
}

/**
 * Starts the server of a place under its supervisor, on a free port, and waits until it accepts connections.
 *
 * @throws StartRefusal `data-in-use` or `embedded-server-failed`
 */
export async function launch(place: Place, durable: boolean, also: ServerSettings = {}): Promise<Running> {
  for (let attempt = 1; ; attempt += 1) {
    await awaitFreeCluster(place);
    const port = await freePort();
    const logged = await trimLog(place.folder);
    const child = await supervise(place, settings(port, durable, also));
    if (await becameReady(place, child)) return handle(child, port);
    // Lost against another start on the same folder: this tells who runs it. Else another program took the port.
    await awaitFreeCluster(place);
    const said = (await readFile(join(place.folder, 'server.log'), 'utf8')).slice(logged).trim();
    if (!/could not (bind|create any TCP)/.test(said) || attempt === PORT_ATTEMPTS) throw didNotStart(place, said);
  }
}

function settings(port: number, durable: boolean, also: ServerSettings): string[] {
  const values = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // The statement and the DETAIL line of an error can hold a personal identity number.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '4GB' }),
    ...also,
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function supervise(place: Place, settingArgs: string[]): Promise<ChildProcess> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const code = readFileSync(new URL(`./supervisor.${extension}`, import.meta.url), 'utf8');
  const job = {
    program: join(place.bin, 'postgres'),
    args: ['-D', place.cluster, ...settingArgs],
    spawnOptions: { ...place.user, cwd: '/', env: serverEnvironment() },
    ownerFile: join(place.folder, 'owner.json'),
    owner: process.pid,
  };
  const log = await open(join(place.folder, 'server.log'), 'a', 0o600);
  const argv = ['--input-type=module', '--eval', code, JSON.stringify(job)];
  // A session of its own: Ctrl-C in the terminal reaches the service, which lets requests finish and then stops us.
  const child = spawn(process.execPath, argv, {
    detached: true,
    cwd: '/',
    env: serverEnvironment(),
    stdio: ['pipe', 'pipe', log.fd],
  });
  child.stdin?.on('error', () => undefined);
  await once(child, 'spawn');
  await log.close();
  return child;
}

/** Whether our own server, and not one that another process started meanwhile, accepts connections. */
async function becameReady(place: Place, child: ChildProcess): Promise<boolean> {
  let pid = 0;
  child.stdout?.on('data', (text: Buffer) => {
    pid = Number(text.toString());
  });
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; await pause(10)) {
    if (child.exitCode !== null || child.signalCode !== null) return false;
    const server = await readPostmaster(place.cluster);
    if (server !== undefined && server.pid === pid && server.status === 'ready') return true;
  }
  await handle(child, 0).stop();
  return false;
}

function handle(child: ChildProcess, port: number): Running {
  const exited = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve();
  let asked = false;
  // A command that forgets to stop us may still end: the closing pipe then stops the server.
  child.unref();
  for (const pipe of [child.stdin, child.stdout]) (pipe as unknown as { unref?: () => void })?.unref?.();
  return {
    port,
    async stop() {
      asked = true;
      child.ref();
      child.stdin?.end();
      await exited;
    },
    watch(onExit) {
      child.once('exit', () => {
        if (!asked) onExit();
      });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Keeps one older log; gives how many characters the present one holds. */
async function trimLog(folder: string): Promise<number> {
  const file = join(folder, 'server.log');
  const size = (await stat(file).catch(() => undefined))?.size ?? 0;
  if (size < LOG_LIMIT_BYTES) return size === 0 ? 0 : (await readFile(file, 'utf8')).length;
  await rename(file, `${file}.1`);
  return 0;
}

function didNotStart(place: Place, said: string): StartRefusal {
  const last = said.split('\n').slice(-3).join(' ');
  return new StartRefusal('embedded-server-failed', {
    sv: `Den inbyggda databasen startade inte. Dess logg (${join(place.folder, 'server.log')}) säger: ${last}`,
    en: `The embedded database did not start; see its log.`,
  });
}
