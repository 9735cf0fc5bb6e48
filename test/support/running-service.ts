import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestApp } from './app.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** What the service runs from, built beside the project's own so that neither disturbs the other. */
export interface Build {
  readonly folder: string;
  readonly main: string;
  remove(): Promise<void>;
}

export async function buildService(): Promise<Build> {
  const cache = join(PROJECT, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'built-'));
  const compiler = join(PROJECT, 'node_modules/typescript/bin/tsc');
  // Types are checked by `npm run check`; without them the same compiler writes the same files in a tenth of the time.
  const options = ['-p', 'tsconfig.build.json', '--noCheck', '--sourceMap', 'false', '--outDir', join(folder, 'dist')];
  await promisify(execFile)(process.execPath, [compiler, ...options], { cwd: PROJECT });
  await symlink(join(PROJECT, 'migrations'), join(folder, 'migrations'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  return { folder, main: join(folder, 'dist/main.js'), remove: () => rm(folder, { recursive: true }) };
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

/** The service in normal mode, in processes of its own, on the database and with the issuers of a test's app. */
export interface RunningService {
  readonly baseUrl: string;
  readonly process: ChildProcess;
  /** Asks to stop in order, and gives the exit code. */
  stop(): Promise<number | null>;
}

export async function startNormally(
  build: Build,
  app: TestApp,
  more: Readonly<Record<string, string>> = {},
): Promise<RunningService> {
  const port = await freePort();
  const { PATH = '' } = process.env;
  const env = {
    PATH,
    HOST: '127.0.0.1',
    PORT: String(port),
    DATABASE_URL: app.database.appUrl,
    AUTH_ISSUERS: JSON.stringify(app.issuer.issuers),
    PERSON_NUMBER_KEY: Buffer.from(app.secret).toString('hex'),
    LOG_LEVEL: 'error',
    NODE_COMPILE_CACHE: join(build.folder, 'compiled'),
    ...more,
  };
  const child = spawn(process.execPath, [build.main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
  const baseUrl = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the service did not start: ${said}`);
    if ((await fetch(`${baseUrl}/health/ready`).catch(() => undefined))?.ok) break;
    await pause(20);
  }
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
    return child.exitCode;
  };
  return { baseUrl, process: child, stop };
}
