import type { Helper } from '../child.ts';
import type { LoadJob, LoadRequest, LoadResult } from '../load/job.ts';
import { asked } from '../place.ts';
import { cpuOf, cpuOfFamily, cpuOfMachine, memoryOf } from './processes.ts';

/** What is needed to put load on a server and see what it costs. */
export interface Scene<Job extends object = LoadJob, Result = LoadResult> {
  readonly generator: Helper<Job, Result>;
  readonly ownerUrl: string;
  readonly postmasterPid?: number;
}

/** What a stretch of load took. Processors are counted in whole ones kept busy. */
export interface Cost {
  readonly cpu: {
    readonly server?: number;
    readonly database?: number;
    readonly generator?: number;
    readonly beside?: number;
  };
  readonly memoryMb?: number;
  readonly logRows: number;
}

/** One stretch of load on one server. */
export interface Stretch extends LoadResult, Cost {
  readonly perSecond: number;
}

interface Counted {
  readonly server?: number;
  readonly database?: number;
  readonly generator?: number;
  readonly machine?: number;
}

async function count<J extends object, R>(scene: Scene<J, R>, pid: number): Promise<Counted> {
  const [server, database, generator, machine] = await Promise.all([
    cpuOf(pid),
    scene.postmasterPid ? cpuOfFamily(scene.postmasterPid) : undefined,
    cpuOf(scene.generator.pid),
    cpuOfMachine(),
  ]);
  return { server, database, generator, machine };
}

async function logRows(ownerUrl: string): Promise<number> {
  const [row] = await asked<{ n: number }>(ownerUrl, 'select count(*)::int as n from audit_entries');
  return row!.n;
}

/** Each connection gets every so manyth request, so that no two ever change the same thing. */
function dealt(requests: readonly LoadRequest[], connections: number): LoadRequest[][] {
  const lists: LoadRequest[][] = Array.from({ length: Math.min(connections, requests.length) }, () => []);
  for (const [i, request] of requests.entries()) lists[i % lists.length]!.push(request);
  return lists;
}

/** Puts a job of load on a server, and tells what it took beside what came of it. */
export async function underLoad<J extends object, R extends { readonly seconds: number }>(
  scene: Scene<J, R>,
  pid: number,
  job: J,
): Promise<R & Cost> {
  const rowsBefore = await logRows(scene.ownerUrl);
  const before = await count(scene, pid);
  const result = await scene.generator.ask(job);
  const after = await count(scene, pid);
  const used = (name: keyof Counted) => {
    const [from, to] = [before[name], after[name]];
    return from === undefined || to === undefined ? undefined : (to - from) / result.seconds;
  };
  const [own, database, generator, machine] = [used('server'), used('database'), used('generator'), used('machine')];
  const beside = machine === undefined ? undefined : machine - (own ?? 0) - (database ?? 0) - (generator ?? 0);
  return {
    ...result,
    cpu: { server: own, database, generator, beside },
    memoryMb: await memoryOf(pid),
    logRows: (await logRows(scene.ownerUrl)) - rowsBefore,
  };
}

/** Sends so many requests over so many connections, and tells what it took. */
export async function stretch(
  scene: Scene,
  server: { readonly url: string; readonly pid: number },
  requests: readonly LoadRequest[],
  { connections, amount, rate }: Pick<LoadJob, 'connections' | 'amount' | 'rate'>,
): Promise<Stretch> {
  const result = await underLoad(scene, server.pid, {
    url: server.url,
    amount: Math.max(amount, connections),
    connections,
    rate,
    lists: dealt(requests, connections),
  });
  return { ...result, perSecond: result.requests / result.seconds };
}
