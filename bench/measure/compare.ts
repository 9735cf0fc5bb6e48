import { failuresInWords, togetherOf } from '../load/failures.ts';
import type { LoadRequest } from '../load/job.ts';
import type { Served } from '../service.ts';
import type { Workload } from '../workloads.ts';
import { type Scene, type Stretch, stretch } from './stretch.ts';

/** One workload at one number of connections: the service and its limit, measured by turns. */
export interface Comparison {
  readonly workload: string;
  readonly limitName?: string;
  readonly budget?: number;
  readonly connections: number;
  readonly service: Stretch;
  readonly limit?: Stretch;
  /** Requests per second of the service, as a share of the limit's: the middle one of the rounds. */
  readonly ratio?: number;
  readonly ratios: readonly number[];
  /** What makes the figures worthless, in words; empty when they hold. */
  readonly faults: readonly string[];
}

export interface CompareOptions {
  readonly connections: number;
  readonly seconds: number;
  readonly rounds: number;
  /** Requests sent before anything is measured. */
  readonly warm?: number;
}

type Requests = () => Promise<readonly LoadRequest[]>;
type Run = (seconds: number, least?: number) => Promise<Stretch>;

/** The runtime compiles what is used often, in its own time: before about so many requests it is another program. */
const WARM_REQUESTS = 2500;

/** Runs for about so many seconds, by the rate that was seen the time before, and for at least so many requests. */
function runner(scene: Scene, server: Served, requests: Requests, connections: number): Run {
  let rate = connections * 10;
  return async (seconds, least = 0) => {
    const amount = Math.max(Math.ceil(rate * seconds), least);
    const result = await stretch(scene, server, await requests(), { connections, amount });
    rate = result.perSecond;
    return result;
  };
}

/** A list that is made once, unless it follows from how the rows stand. */
function remembered(workload: Workload, requests: Requests): Requests {
  let made: Promise<readonly LoadRequest[]> | undefined;
  return () => {
    if (workload.changes) return requests();
    made ??= requests();
    return made;
  };
}

export async function compare(
  scene: Scene,
  servers: { readonly service: Served; readonly limit: Served },
  workload: Workload,
  { connections, seconds, rounds, warm = WARM_REQUESTS }: CompareOptions,
): Promise<Comparison> {
  const isBare = workload.name.startsWith('limit.');
  const own = isBare ? servers.limit : servers.service;
  const service = runner(scene, own, remembered(workload, workload.requests), connections);
  const limit =
    workload.limit && runner(scene, servers.limit, remembered(workload, workload.limit.requests), connections);
  const sides: Run[] = limit ? [service, limit] : [service];
  for (const run of sides) await run(0.3, warm);
  const [ofService, ofLimit] = await byTurns(sides, seconds, rounds);
  const ratios = ofLimit ? ofService!.map((one, i) => one.perSecond / ofLimit[i]!.perSecond) : [];
  const typical = middleOf(ofService!, (one) => one.perSecond);
  return {
    workload: workload.name,
    limitName: workload.limit?.name,
    budget: workload.budget,
    connections,
    service: typical,
    limit: ofLimit && middleOf(ofLimit, (one) => one.perSecond),
    ratio: ofLimit && middleOf(ratios, (ratio) => ratio),
    ratios,
    faults: [
      ...faultsOf('tjänsten', ofService!, isBare ? undefined : workload.logged),
      ...faultsOf('gränsen', ofLimit ?? []),
    ],
  };
}

async function byTurns(sides: readonly Run[], seconds: number, rounds: number): Promise<Stretch[][]> {
  const seen: Stretch[][] = sides.map(() => []);
  for (let round = 0; round < rounds; round++) {
    const order = sides.map((_, i) => (round % 2 === 0 ? i : sides.length - 1 - i));
    for (const side of order) seen[side]!.push(await sides[side]!(seconds));
  }
  return seen;
}

/** The one in the middle of them all, by what counts. */
export function middleOf<T>(all: readonly T[], by: (one: T) => number): T {
  return [...all].sort((a, b) => by(a) - by(b))[Math.floor(all.length / 2)]!;
}

function faultsOf(whose: string, stretches: readonly Stretch[], logged?: number): string[] {
  const errors = stretches.reduce((sum, one) => sum + one.errors, 0);
  const failures = failuresInWords(togetherOf(stretches.map((one) => one.failures)));
  const unlogged = logged && stretches.find((one) => one.logRows !== one.requests * logged);
  return [
    ...(errors > 0 ? [`${whose}: ${errors} fel: ${failures}`] : []),
    ...(unlogged ? [`${whose}: ${unlogged.logRows} loggrader av ${unlogged.requests} anrop`] : []),
  ];
}
