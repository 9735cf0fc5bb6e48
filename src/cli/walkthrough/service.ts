import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeDatabase } from '../../db/server.ts';

const MAIN = fileURLToPath(new URL('../../../dist/main.js', import.meta.url));
const READY_WITHIN_MS = 60_000;
const ASK_AGAIN_MS = 100;
const GRACE_MS = 10_000;

/** A demonstration that runs in a process and on a data folder of its own. */
export interface OwnService {
  readonly baseUrl: string;
  /** Stops it and takes away all that it has written. Safe to call more than once. */
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** Only what a process needs to run at all: settings of whoever sits here must not reach the walkthrough's service. */
function environment(own: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, SYSTEMROOT } = process.env;
  return { PATH, HOME, ...(TMPDIR && { TMPDIR }), ...(SYSTEMROOT && { SYSTEMROOT }), ...own };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  await gone;
  clearTimeout(late);
}

async function isReady(baseUrl: string, signal: AbortSignal): Promise<boolean> {
  return fetch(`${baseUrl}/health/ready`, { signal }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** @throws Error with what the service said, when it ends or is not ready in time; whatever `signal` is aborted with */
async function awaitReady(child: ChildProcess, baseUrl: string, said: () => string, signal: AbortSignal) {
  const until = Date.now() + READY_WITHIN_MS;
  while (!(await isReady(baseUrl, signal))) {
    signal.throwIfAborted();
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`Tjänsten startade inte.\n${said()}`);
    if (Date.now() > until) throw new Error(`Tjänsten blev inte redo i tid.\n${said()}`);
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

/**
 * Starts the built service as a demonstration without persons, on a fresh data folder and a free port, and waits until
 * it is ready.
 *
 * @param clockStart as `DEMO_CLOCK_START` takes it
 */
export async function startOwnService(clockStart: string, signal: AbortSignal): Promise<OwnService> {
  const dataDir = await mkdtemp(join(tmpdir(), 'patientkontrakt-walkthrough-'));
  let child: ChildProcess | undefined;
  let stopping: Promise<void> | undefined;
  const clear = async () => {
    if (child) await end(child);
    await removeDatabase(dataDir);
    await rm(dataDir, { recursive: true, force: true });
  };
  const stop = () => {
    stopping ??= clear();
    return stopping;
  };
  try {
    // Started by root, the database runs as another account, which must be able to enter.
    await chmod(dataDir, 0o755);
    const port = await freePort();
    const env = { DATA_DIR: dataDir, PORT: String(port), DEMO_CLOCK_START: clockStart, DEMO_PERSONS: 'none' };
    let said = '';
    child = spawn(process.execPath, [MAIN], { env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += String(chunk)));
    const baseUrl = `http://127.0.0.1:${port}`;
    await awaitReady(child, baseUrl, () => said, signal);
    return { baseUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
