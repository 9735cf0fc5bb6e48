import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createDemoIssuer, type DemoIssuer, loadDemoSecrets } from '../../../src/demo/index.ts';
import { buildService } from '../../support/build.ts';
import { kill, makeDataFolder } from '../../support/data-folder.ts';
import { freePort } from '../../support/running-service.ts';

/** The service as it is delivered, built and started in a process of its own, on a data folder of its own. */
export interface BuiltService {
  readonly dataDir: string;
  readonly baseUrl: string;
  readonly issuer: DemoIssuer;
  /** Starts it and waits until it answers. */
  start(): Promise<void>;
  /** Kills it without warning, as a power cut or the kernel would. */
  kill(): Promise<void>;
  remove(): Promise<void>;
}

async function untilReady(baseUrl: string, child: ChildProcess, said: () => string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the service did not start: ${said()}`);
    const ready = await fetch(`${baseUrl}/health/ready`).catch(() => undefined);
    if (ready?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

export async function makeBuiltService(): Promise<BuiltService> {
  const [built, data, port] = await Promise.all([buildService(), makeDataFolder(), freePort()]);
  const baseUrl = `http://127.0.0.1:${port}`;
  const secrets = await loadDemoSecrets(data.path);
  let child: ChildProcess | undefined;
  return {
    dataDir: data.path,
    baseUrl,
    issuer: createDemoIssuer({ baseUrl, secrets, realNow: Date.now }),
    async start() {
      const { PATH = '' } = process.env;
      const quick = { NODE_COMPILE_CACHE: join(built.folder, 'compiled'), DEMO_PERSONS: 'none', LOG_LEVEL: 'silent' };
      const env = { PATH, DATA_DIR: data.path, PORT: String(port), ...quick };
      const stdio = ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'];
      child = spawn(process.execPath, [built.main], { env, stdio, detached: true });
      let said = '';
      for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text) => (said += String(text)));
      await untilReady(baseUrl, child, () => said);
    },
    async kill() {
      if (child) await kill(child);
    },
    async remove() {
      if (child) await kill(child);
      await data.remove();
      await built.remove();
    },
  };
}
