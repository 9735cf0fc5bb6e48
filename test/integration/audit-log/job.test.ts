import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { fileSink } from '../../../src/audit-log/sealing/file-sink.ts';
import { startSealing } from '../../../src/audit-log/sealing/job.ts';
import { createLogWorld, entry, type LogWorld } from './log-world.ts';

let world: LogWorld;
let folder: string;
beforeAll(async () => {
  world = await createLogWorld();
  folder = await mkdtemp(join(tmpdir(), 'patientkontrakt-job-'));
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

const quiet = () => ({ info: vi.fn(), error: vi.fn() });

describe('the service seals by itself', () => {
  test('in two processes beside each other, each entry once, into one file', async () => {
    const file = join(folder, 'seals.jsonl');
    const log = quiet();
    const jobs = [1, 2].map(() => startSealing({ pool: world.pool, sink: fileSink(file), log, everyMs: 20 }));
    for (let i = 0; i < 10; i++) await world.write(2);
    await vi.waitFor(async () => expect((await world.verify(fileSink(file))).waiting).toBe(0), { timeout: 10_000 });
    await Promise.all(jobs.map((job) => job.stop()));
    const verified = await world.verify(fileSink(file));
    expect(verified).toMatchObject({ entries: 20, faults: [] });
    const lines = (await readFile(file, 'utf8')).trim().split('\n');
    const numbers = lines.map((line) => (JSON.parse(line) as { number: number }).number);
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
    expect(log.error).not.toHaveBeenCalled();
    expect(JSON.stringify(log.info.mock.calls)).not.toContain('Tove');
  });

  test('tells a failure without what it was about, and goes on', async () => {
    const log = quiet();
    let calls = 0;
    const sink = {
      newest: async () => undefined,
      append: async () => {
        calls++;
        if (calls === 1) throw Object.assign(new Error('disk full of Tove'), { code: 'ENOSPC' });
      },
      read: async function* () {},
    };
    const job = startSealing({ pool: world.pool, sink, log, everyMs: 10 });
    await world.recorder().record([entry()]);
    await vi.waitFor(() => expect(calls).toBeGreaterThan(1), { timeout: 10_000 });
    await job.stop();
    expect(log.error).toHaveBeenCalledWith({ error: 'Error', code: 'ENOSPC' }, expect.not.stringContaining('Tove'));
    const after = calls;
    for (let i = 0; i < 50; i++) await world.pool.query('select 1');
    expect(calls).toBe(after);
  });
});
