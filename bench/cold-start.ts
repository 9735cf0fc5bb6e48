import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removePlace } from '../src/db/embedded/place.ts';
import { becomesReady, endsWithUs, freePort, stop } from './service.ts';

/** Milliseconds from start to ready, of the first and of the second start on the embedded server. */
export async function measureColdStart(): Promise<{ first: number; second: number }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'patientkontrakt-start-'));
  await chmod(dataDir, 0o755);
  try {
    const first = await startOnce(dataDir);
    return { first, second: await startOnce(dataDir) };
  } finally {
    await removePlace(dataDir);
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function startOnce(dataDir: string): Promise<number> {
  const port = await freePort();
  const main = new URL('../dist/main.js', import.meta.url).pathname;
  const env = { PATH: process.env.PATH, PORT: String(port), DATA_DIR: dataDir };
  const began = performance.now();
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  endsWithUs(child);
  try {
    await becomesReady(child, `http://127.0.0.1:${port}`);
    return performance.now() - began;
  } finally {
    await stop(child);
  }
}
