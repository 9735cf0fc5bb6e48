import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestApp } from './app.ts';
import type { Build } from './build.ts';

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
