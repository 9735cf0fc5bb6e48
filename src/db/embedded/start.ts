import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LOGIN_ROLES } from '../roles.ts';
import { type StartLog, StartRefusal } from '../start-refusal.ts';
import { openPlace, type Place, SUPERUSER, serverEnvironment } from './place.ts';
import { awaitFreeCluster, readPostmaster } from './postmaster.ts';
import { prepareServer } from './prepare.ts';

const DATABASE = 'patientkontrakt';
const READY_WITHIN_MS = 60_000;
const LOG_LIMIT_BYTES = 5_000_000;
const PORT_ATTEMPTS = 5;

export interface EmbeddedOptions {
  /** Folder of this installation; the cluster is made in it at the first start and kept. */
  readonly dataDir: string;
  readonly log: StartLog;
  /** False gives up safety at power loss for speed: tests only. */
  readonly durable?: boolean;
  /** Called when the server ends without having been asked to. */
  readonly onUnexpectedExit?: () => void;
}

export interface EmbeddedServer {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly jobsUrl: string;
  readonly retentionUrl: string;
  /** The cluster's superuser, for tests of the launcher and of refused roles. The service must never use it. */
  readonly adminUrl: string;
  /** Ends sessions, writes everything down and waits until the server is gone. */
  stop(): Promise<void>;
}

/**
 * Starts the embedded PostgreSQL of a data folder and gives addresses for each role: for development, demonstration
 * and tests, never production. Data are kept between starts and, by default, survive power loss. The server listens on
 * loopback alone and dies with this process, however it dies.
 *
 * @throws StartRefusal when another process runs the same data folder, or the server cannot run here
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const durable = options.durable ?? true;
  const place = await openPlace(resolve(options.dataDir), durable);
  const running = await launch(place, durable);
  const urlFor = (role: string | undefined, database: string) =>
    `postgres://${role ?? SUPERUSER}:${place.passwords[role ?? SUPERUSER]}@127.0.0.1:${running.port}/${database}`;
  try {
    await prepareServer(urlFor, DATABASE, place.passwords);
  } catch (error) {
    await running.stop();
    throw error;
  }
  options.log(`PostgreSQL 18 (inbyggd) körs på 127.0.0.1:${running.port}, data i ${place.folder}`);
  running.watch(options.onUnexpectedExit ?? (() => options.log('Den inbyggda databasen har avslutats oväntat.')));
  return {
    ownerUrl: urlFor(LOGIN_ROLES.owner, DATABASE),
    appUrl: urlFor(LOGIN_ROLES.app, DATABASE),
    jobsUrl: urlFor(LOGIN_ROLES.jobs, DATABASE),
    retentionUrl: urlFor(LOGIN_ROLES.retention, DATABASE),
    adminUrl: urlFor(undefined, DATABASE),
    stop: running.stop,
  };
}

interface Running {
  readonly port: number;
  stop(): Promise<void>;
  watch(onExit: () => void): void;
}

async function launch(place: Place, durable: boolean): Promise<Running> {
  for (let attempt = 1; ; attempt += 1) {
    await awaitFreeCluster(place);
    const port = await freePort();
    const logged = await trimLog(place.folder);
    const child = await supervise(place, [...settings(port, durable)]);
    if (await becameReady(place, child)) return handle(child, port);
    // Lost against another start on the same folder: this tells who runs it. Else another program took the port.
    await awaitFreeCluster(place);
    const said = (await readFile(join(place.folder, 'server.log'), 'utf8')).slice(logged).trim();
    if (!/could not (bind|create any TCP)/.test(said) || attempt === PORT_ATTEMPTS) throw didNotStart(place, said);
  }
}

function settings(port: number, durable: boolean): string[] {
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
