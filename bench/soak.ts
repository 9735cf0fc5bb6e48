import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { type Helper, startHelper } from './child.ts';
import { type Failures, failedTimes, failuresInWords, togetherOf } from './load/failures.ts';
import type { LoadJob, LoadResult } from './load/job.ts';
import { memoryOf } from './measure/processes.ts';
import { type Scene, type Stretch, stretch } from './measure/stretch.ts';
import type { BenchPlace } from './place.ts';
import { type Served, startService } from './service.ts';
import { type Workload, workloadsOf } from './workloads.ts';
import type { World } from './world/seed.ts';
import { createTokenMaker } from './world/tokens.ts';

/** What a usual hour is made of: reads of all forms, and what phones send in. */
const MIXED = ['overview', 'whole-plan', 'whole-plan-fhir', 'work-list', 'search-by-patient', 'step-update', 'report'];
const PER_SECOND = 20;
const CONNECTIONS = 8;
/** What the collector of garbage may be late with at one moment and not at another. */
const STEADY = 1.05;
/** A quarter of the time is a minute at least. */
export const LEAST_MINUTES = 4;

/** Whether a process holds more and more the longer it serves. */
export interface Soak {
  readonly requests: number;
  /** What failed, how often, by kind of request: `step-update 412 stale`. */
  readonly failures: Failures;
  /** Megabytes held at the end of each minute. */
  readonly memoryMb: readonly number[];
  /** What it held in the last quarter of the time, of what it held in the second: the first one warms up. Absent of too few minutes. */
  readonly growth?: number;
}

interface Soaked {
  readonly world: World;
  readonly personNumberKey: Buffer;
  readonly poolSize: number;
  readonly minutes: number;
  /** Ends it early: what has been seen by then is told, but for the stretch under way. */
  readonly ended: AbortSignal;
}

/** Serves a mixture at an even rate for so many minutes, and looks at what the process holds. */
export async function measureSoak(place: BenchPlace, soaked: Soaked, tell: (line: string) => void): Promise<Soak> {
  const { world, personNumberKey, poolSize } = soaked;
  const { appUrl, ownerUrl, postmasterPid } = place;
  const tokens = await createTokenMaker();
  const service = await startService({ appUrl, issuers: tokens.issuers, personNumberKey, poolSize });
  const generator: Helper<LoadJob, LoadResult> = await startHelper('load/generator.ts');
  try {
    const mixed = (await workloadsOf({ world, tokens, ownerUrl })).filter(({ name }) => MIXED.includes(name));
    return await serveMinutes({ generator, ownerUrl, postmasterPid }, service, mixed, soaked, tell);
  } finally {
    await generator.stop();
    await service.stop();
  }
}

async function serveMinutes(
  scene: Scene,
  service: Served,
  mixed: readonly Workload[],
  { minutes, ended }: Soaked,
  tell: (line: string) => void,
): Promise<Soak> {
  const amount = Math.ceil((PER_SECOND * 60) / mixed.length);
  const stopped = once(ended, 'abort').then(() => undefined);
  const memoryMb: number[] = [];
  const failed: Failures[] = [];
  let requests = 0;
  while (memoryMb.length < minutes && !ended.aborted) {
    const until = performance.now() + 60_000;
    for (const workload of mixed) {
      const one = await Promise.race([stopped, stretchOf(scene, service, workload, amount)]);
      if (!one) break;
      requests += one.requests;
      failed.push(namedAfter(workload, one.failures));
    }
    await Promise.race([stopped, pause(Math.max(0, until - performance.now()), undefined, { ref: false })]);
    if (ended.aborted) break;
    memoryMb.push((await memoryOf(service.pid)) ?? Number.NaN);
    const failures = failuresInWords(togetherOf(failed));
    tell(
      `${memoryMb.length} av ${minutes} minuter: ${memoryMb.at(-1)} MB, ${requests} anrop, fel: ${failures || 'inga'}`,
    );
  }
  const growth = growthOf(memoryMb);
  return { requests, failures: togetherOf(failed), memoryMb, ...(growth !== undefined && { growth }) };
}

async function stretchOf(scene: Scene, service: Served, workload: Workload, amount: number): Promise<Stretch> {
  return stretch(scene, service, await workload.requests(), { connections: CONNECTIONS, amount, rate: PER_SECOND });
}

const namedAfter = ({ name }: Workload, failures: Failures): Failures =>
  Object.fromEntries(Object.entries(failures).map(([failure, times]) => [`${name} ${failure}`, times]));

function growthOf(memoryMb: readonly number[]): number | undefined {
  if (memoryMb.length < LEAST_MINUTES) return undefined;
  const quarter = Math.floor(memoryMb.length / 4);
  const middle = (some: readonly number[]) => some.toSorted((a, b) => a - b)[Math.floor(some.length / 2)]!;
  return middle(memoryMb.slice(-quarter)) / middle(memoryMb.slice(quarter, 2 * quarter));
}

/** The line of the report. */
export function soakInWords({ memoryMb, growth, requests, failures }: Soak): string {
  const held =
    growth === undefined
      ? 'för kort för att säga om minnet växer'
      : `sista fjärdedelen höll ${growth.toFixed(2)} av andra fjärdedelens minne (≤ ${STEADY}): ${growth <= STEADY ? 'växer inte' : 'VÄXER'}`;
  const wrong = failedTimes(failures) === 0 ? '' : `; ${failedTimes(failures)} fel: ${failuresInWords(failures)}`;
  return `${memoryMb.length} minuter, ${requests} anrop: ${held}${wrong}`;
}
