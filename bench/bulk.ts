import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { daysFrom } from '../src/demo/days.ts';
import { type PatientId, publicPatientId } from '../src/shared/ids.ts';
import { cpuOfFamily, memoryOfFamily } from './measure/processes.ts';
import type { BenchPlace } from './place.ts';
import { endsWithUs } from './service.ts';
import { staffIdOf } from './world/district.ts';
import { planCommand } from './world/plan-command.ts';
import type { World } from './world/seed.ts';

/** What bringing many plans in took. Seconds; memory is the most that was seen, of all the command's processes, in megabytes. */
export interface BulkResult {
  readonly plans: number;
  readonly processes: number;
  readonly seconds: number;
  readonly cpu: { readonly command?: number; readonly database?: number };
  readonly memoryMb: number;
}

const LOOK_EVERY_MS = 200;

/**
 * Brings in plans of twenty steps for the persons without any, by the built command, as an operator would.
 *
 * @param processes as many as the machine has processors unless told
 */
export async function measureBulk(
  { appUrl, postmasterPid }: BenchPlace,
  world: World,
  processes: number = availableParallelism(),
): Promise<BulkResult> {
  const folder = await mkdtemp(join(tmpdir(), 'patientkontrakt-bulk-'));
  try {
    const file = join(folder, 'plans.ndjson');
    await writeLines(file, world);
    const before = postmasterPid && (await cpuOfFamily(postmasterPid));
    const { seconds, command, memoryMb } = await runImport(file, appUrl, processes);
    const after = postmasterPid && (await cpuOfFamily(postmasterPid));
    const database = before === undefined || after === undefined ? undefined : after - before;
    return { plans: world.planless.length, processes, seconds, cpu: { command, database }, memoryMb };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function writeLines(file: string, { districts, planless }: World): Promise<void> {
  const out = createWriteStream(file);
  const days = daysFrom(Date.now());
  for (const [i, { id, district }] of planless.entries()) {
    const { ward } = districts[district]!.units;
    const { patientId, ...command } = planCommand(id as PatientId, districts[district]!, days, i % 4);
    const plan = { ...command, patientId: publicPatientId(patientId), externalId: { source: 'urn:bench', id: `${i}` } };
    const line = JSON.stringify({ unit: ward.hsaId, staff: staffIdOf(ward, 0), plan });
    if (!out.write(`${line}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

async function runImport(file: string, appUrl: string, processes: number) {
  const main = new URL('../dist/cli/main.js', import.meta.url).pathname;
  const env = { PATH: process.env.PATH, DATABASE_URL: appUrl };
  const began = performance.now();
  const args = [main, 'plans', 'import', file, '--processes', String(processes)];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  endsWithUs(child);
  let told = '';
  child.stderr.on('data', (text) => (told = `${told}${text}`.slice(-2000)));
  let [command, memoryMb]: [number | undefined, number] = [undefined, 0];
  const looking = setInterval(async () => {
    // A process that ends while it is looked for is neither among the children nor yet counted with its parent.
    const used = await cpuOfFamily(child.pid!);
    if (used !== undefined) command = Math.max(command ?? 0, used);
    memoryMb = Math.max(memoryMb, (await memoryOfFamily(child.pid!)) ?? 0);
  }, LOOK_EVERY_MS);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(looking);
  if (code !== 0) throw new Error(`plans import avslutades med ${code}: ${told}`);
  return { seconds: (performance.now() - began) / 1000, command, memoryMb };
}
