import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createDemoIssuer, type DemoIssuer, loadDemoSecrets } from '../../../src/demo/index.ts';
import { type DataFolder, kill, makeDataFolder } from '../../support/data-folder.ts';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));

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

/** Builds what the service runs from, beside the project's own so that neither disturbs the other. */
export async function build(): Promise<string> {
  const cache = join(PROJECT, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'built-'));
  const compiler = join(PROJECT, 'node_modules/typescript/bin/tsc');
  // Types are checked by `npm run check`; without them the same compiler writes the same files in a tenth of the time.
  const options = ['-p', 'tsconfig.build.json', '--noCheck', '--sourceMap', 'false', '--outDir', join(folder, 'dist')];
  await promisify(execFile)(process.execPath, [compiler, ...options], { cwd: PROJECT });
  await symlink(join(PROJECT, 'migrations'), join(folder, 'migrations'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  return folder;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
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
  const [folder, data, port]: [string, DataFolder, number] = await Promise.all([build(), makeDataFolder(), freePort()]);
  const baseUrl = `http://127.0.0.1:${port}`;
  const secrets = await loadDemoSecrets(data.path);
  let child: ChildProcess | undefined;
  return {
    dataDir: data.path,
    baseUrl,
    issuer: createDemoIssuer({ baseUrl, secrets, realNow: Date.now }),
    async start() {
      const { PATH = '' } = process.env;
      const quick = { NODE_COMPILE_CACHE: join(folder, 'compiled'), DEMO_PERSONS: 'none', LOG_LEVEL: 'silent' };
      const env = { PATH, DATA_DIR: data.path, PORT: String(port), ...quick };
      const stdio = ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'];
      child = spawn(process.execPath, [join(folder, 'dist/main.js')], { env, stdio, detached: true });
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
      await rm(folder, { recursive: true });
    },
  };
}
