import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { answerForMetrics } from './http/worker-metrics.ts';

/** First wait before a process that died is replaced, doubled each time it dies again soon; milliseconds. */
const SHORTEST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** One that has lived so long had no trouble starting: the next one waits the shortest again. */
const SETTLED_MS = 60_000;

export interface WorkerOptions {
  readonly count: number;
  /** What each process is started with beside this one's own environment: the port that all share. */
  readonly env: Readonly<Record<string, string>>;
  readonly say: (line: string) => void;
}

/** Sent to a process that shall stop in order. */
const STOP = 'stop';

/**
 * Runs the service as several processes behind one port, and replaces one that dies. The first starts alone: what makes
 * it refuse would make all of them refuse, and is told once.
 *
 * @returns the exit code, once all have stopped after SIGTERM or SIGINT: 0, or 1 when one could not start or stop in order
 */
export async function runWorkers({ count, env, say }: WorkerOptions): Promise<number> {
  answerForMetrics();
  const halt = new AbortController();
  let code = 0;
  const living = new Set<Worker>();
  const stopOne = (worker: Worker) => worker.isConnected() && worker.send(STOP);
  const stop = () => {
    halt.abort();
    living.forEach(stopOne);
  };
  const start = () => {
    const worker = cluster.fork(env);
    living.add(worker);
    worker.once('exit', () => living.delete(worker));
    // One that was told before it could hear is told once more.
    worker.once('listening', () => halt.signal.aborted && stopOne(worker));
    return worker;
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  const first = start();
  const began = await Promise.race([listens(first), ended(first)]);
  if (began !== undefined) return halt.signal.aborted ? began : 1;
  const keep = async (worker: Worker) => {
    for (let [current, wait] = [worker, SHORTEST_WAIT_MS]; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      const since = Date.now();
      const ending = await ended(current);
      if (halt.signal.aborted) {
        code = Math.max(code, ending);
        return;
      }
      if (Date.now() - since > SETTLED_MS) wait = SHORTEST_WAIT_MS;
      say(`En av processerna avslutades (${ending}); en ny startas om ${wait / 1000} s.`);
      await pause(wait, undefined, { signal: halt.signal }).catch(() => undefined);
      if (halt.signal.aborted) return;
      current = start();
    }
  };
  const more = Array.from({ length: halt.signal.aborted ? 0 : count - 1 }, start);
  await Promise.all([first, ...more].map(keep));
  return code;
}

async function listens(worker: Worker): Promise<undefined> {
  // When it ends instead, nobody waits for this any more.
  await once(worker, 'listening').catch(() => undefined);
  return undefined;
}

/** The exit code; 1 for one that was killed. */
async function ended(worker: Worker): Promise<number> {
  const [code] = (await once(worker, 'exit')) as [number | null];
  return code ?? 1;
}

/**
 * In a worker: stops in order when the first process says so, or is no more. The signals of a keyboard reach every process
 * at once; a worker leaves them to the first.
 */
export function stopWithTheFirst(close: () => void): void {
  let closing = false;
  const closeOnce = () => {
    if (!closing) close();
    closing = true;
  };
  process.on('message', (message) => {
    if (message === STOP) closeOnce();
  });
  process.on('disconnect', closeOnce);
}
