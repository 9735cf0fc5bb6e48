import { setTimeout as pause } from 'node:timers/promises';
import { type Helper, startHelper } from './child.ts';
import type { LoadJob, LoadResult } from './load/job.ts';
import { memoryOf } from './measure/processes.ts';
import { type Scene, stretch } from './measure/stretch.ts';
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
  readonly errors: number;
  /** Megabytes held at the end of each minute. */
  readonly memoryMb: readonly number[];
  /** What it held in the last quarter of the time, of what it held in the second: the first one warms up. */
  readonly growth: number;
  readonly firstError?: string;
}

interface Soaked {
  readonly world: World;
  readonly personNumberKey: Buffer;
  readonly poolSize: number;
  readonly minutes: number;
}

/** Serves a mixture at an even rate for so many minutes, and looks at what the process holds. */
export async function measureSoak(place: BenchPlace, soaked: Soaked, tell: (line: string) => void): Promise<Soak> {
  const { world, personNumberKey, poolSize, minutes } = soaked;
  const { appUrl, ownerUrl, postmasterPid } = place;
  const tokens = await createTokenMaker();
  const service = await startService({ appUrl, issuers: tokens.issuers, personNumberKey, poolSize });
  const generator: Helper<LoadJob, LoadResult> = await startHelper('load/generator.ts');
  try {
    const mixed = (await workloadsOf({ world, tokens, ownerUrl })).filter(({ name }) => MIXED.includes(name));
    return await serveMinutes({ generator, ownerUrl, postmasterPid }, service, mixed, minutes, tell);
  } finally {
    await generator.stop();
    await service.stop();
  }
}

async function serveMinutes(
  scene: Scene,
  service: Served,
  mixed: readonly Workload[],
  minutes: number,
  tell: (line: string) => void,
): Promise<Soak> {
  const amount = Math.ceil((PER_SECOND * 60) / mixed.length);
  const memoryMb: number[] = [];
  let requests = 0;
  let errors = 0;
  let firstError: string | undefined;
  while (memoryMb.length < minutes) {
    const until = performance.now() + 60_000;
    for (const workload of mixed) {
      const sent = { connections: CONNECTIONS, amount, rate: PER_SECOND };
      const one = await stretch(scene, service, await workload.requests(), sent);
      requests += one.requests;
      errors += one.errors;
      firstError ??= one.firstError;
    }
    await pause(Math.max(0, until - performance.now()));
    memoryMb.push((await memoryOf(service.pid)) ?? Number.NaN);
    tell(`${memoryMb.length} av ${minutes} minuter: ${memoryMb.at(-1)} MB, ${requests} anrop, ${errors} fel`);
  }
  return { requests, errors, memoryMb, growth: growthOf(memoryMb), ...(firstError !== undefined && { firstError }) };
}

function growthOf(memoryMb: readonly number[]): number {
  const quarter = Math.floor(memoryMb.length / 4);
  const middle = (some: readonly number[]) => some.toSorted((a, b) => a - b)[Math.floor(some.length / 2)]!;
  return middle(memoryMb.slice(-quarter)) / middle(memoryMb.slice(quarter, 2 * quarter));
}

/** The line of the report. */
export function soakInWords({ memoryMb, growth, requests, errors, firstError }: Soak): string {
  const verdict = growth <= STEADY ? 'växer inte' : 'VÄXER';
  const wrong = errors === 0 ? '' : `; ${errors} fel, det första: ${firstError}`;
  return `${memoryMb.length} minuter, ${requests} anrop: sista fjärdedelen höll ${growth.toFixed(2)} av andra fjärdedelens minne (≤ ${STEADY}): ${verdict}${wrong}`;
}
