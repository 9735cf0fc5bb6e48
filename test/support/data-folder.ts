import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { removePlace } from '../../src/db/embedded/place.ts';

/** A data folder of one test, with what was started on it; `remove` ends and takes away all. */
export interface DataFolder {
  readonly path: string;
  /** Starts the embedded server in a process of its own and tells what came of it. Not durable unless told, for speed. */
  hold(durability?: 'durable'): Promise<Holder>;
  remove(): Promise<void>;
}

export interface Holder {
  readonly process: ChildProcess;
  readonly ownerUrl?: string;
  readonly refused?: string;
  readonly message?: string;
}

/** Makes an empty data folder or, quicker than making a new cluster, a copy of one whose server is stopped. */
export async function makeDataFolder(options: { mode?: number; copyOf?: DataFolder } = {}): Promise<DataFolder> {
  const path = await mkdtemp(join(tmpdir(), 'patientkontrakt-data-'));
  await chmod(path, options.mode ?? 0o755);
  if (options.copyOf !== undefined) {
    await promisify(execFile)('cp', ['-a', join(options.copyOf.path, 'postgres'), join(path, 'postgres')]);
  }
  const holders: ChildProcess[] = [];
  return {
    path,
    async hold(durability) {
      const script = fileURLToPath(new URL('./hold-database.ts', import.meta.url));
      const args = ['--import', 'tsx', script, path, durability ?? ''];
      const child = spawn(process.execPath, args, {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      holders.push(child);
      const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
      return { process: child, ...(JSON.parse(line) as object) };
    },
    async remove() {
      for (const child of holders) await kill(child);
      await removePlace(path);
      await rm(path, { recursive: true, force: true });
    },
  };
}

/** Kills a process without warning and waits until it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Runs one statement on a connection of its own and gives the first column of its rows. */
export async function ask(url: string, text: string, values: unknown[] = []): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text, values, rowMode: 'array' });
    return rows.map((row) => row[0]);
  } finally {
    await client.end().catch(() => undefined);
  }
}
