import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const ROOT = new URL('..', import.meta.url).pathname;
const READY_WITHIN_MS = 30_000;

/** What the image gives Node before the program: measured is what is shipped. */
const AS_SHIPPED = nodeOptionsOf(readFileSync(join(ROOT, 'Dockerfile'), 'utf8'));

function nodeOptionsOf(dockerfile: string): string[] {
  const command = /^CMD (\["node", .*"dist\/main\.js"\])$/m.exec(dockerfile)?.[1];
  if (!command) throw new Error('the Dockerfile does not tell how Node is started');
  return (JSON.parse(command) as string[]).slice(1, -1);
}

/** A server in a process of its own. */
export interface Served {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface ServiceOptions {
  readonly appUrl: string;
  readonly issuers: string;
  readonly personNumberKey: Buffer;
  readonly poolSize: number;
  readonly underWay?: number;
  /** False measures what a pooler costs that knows no prepared statements. */
  readonly prepared?: boolean;
  /** Writes a CPU profile here when it stops. */
  readonly profileDir?: string;
}

/** Starts the built service in normal mode, as it is shipped; only its rate limit is set out of reach. */
export async function startService(options: ServiceOptions): Promise<Served> {
  const port = await freePort();
  const env = {
    PATH: process.env.PATH,
    HOST: '127.0.0.1',
    PORT: String(port),
    DATABASE_URL: options.appUrl,
    AUTH_ISSUERS: options.issuers,
    PERSON_NUMBER_KEY: options.personNumberKey.toString('hex'),
    POOL_SIZE: String(options.poolSize),
    PREPARED_STATEMENTS: options.prepared === false ? 'off' : 'on',
    RATE_LIMIT_PER_MINUTE: '10000000',
    ...(options.underWay === undefined ? {} : { MAX_UNDER_WAY: String(options.underWay) }),
  };
  const profile = options.profileDir ? ['--cpu-prof', `--cpu-prof-dir=${options.profileDir}`] : [];
  const child = spawn(process.execPath, [...profile, ...AS_SHIPPED, join(ROOT, 'dist/main.js')], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  endsWithUs(child);
  const url = `http://127.0.0.1:${port}`;
  await becomesReady(child, url);
  return { url, pid: child.pid!, stop: () => stop(child) };
}

/** Waits until the process answers that it is ready. */
export async function becomesReady(child: ChildProcess, url: string): Promise<void> {
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; await pause(20)) {
    if (child.exitCode !== null) throw new Error(`Tjänsten avslutades med ${child.exitCode} innan den var redo.`);
    const answered = await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return;
  }
  throw new Error('Tjänsten blev inte redo i tid.');
}

/** Takes a process away with this one, however it ends: left to itself it would be in the next measurement's way. */
export function endsWithUs(child: ChildProcess): void {
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
