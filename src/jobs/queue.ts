import type { Pool } from 'pg';
import PgBoss from 'pg-boss';

/** The queues, each made by a migration: the service's role may not make tables. */
export const QUEUES = ['retention.served'] as const;
export type QueueName = (typeof QUEUES)[number];

/** Where jobs tell how it goes; never what a job was about. */
export interface JobLog {
  error(facts: object, text: string): void;
}

export interface Worker<D extends object = object> {
  readonly queue: QueueName;
  /** Taken at a time; they are done, or tried again, together. */
  readonly batch: number;
  readonly handle: (data: readonly D[]) => Promise<void>;
  /** Also put in line by the clock: cron, in Swedish time. */
  readonly cron?: string;
}

export interface JobQueue {
  /** Takes no more jobs and resolves when those under way are done and written. */
  stop(): Promise<void>;
}

export interface JobOptions {
  readonly pool: Pool;
  readonly log: JobLog;
  readonly workers: readonly Worker<never>[];
  /** How often each worker looks, seconds; half a second at the least. What is done by the clock can wait half a minute. */
  readonly everySeconds?: number;
}

const SCHEMA = 'job_queue';
const STOP_WITHIN_MS = 15_000;

/**
 * Starts the job queue (pg-boss) on the service's own Postgres: durable, shared by all processes, each job done by one of
 * them at a time and tried again when that one dies. It polls, so a pooler in transaction mode is no hindrance.
 */
export async function startJobs({ pool, log, workers, everySeconds = 30 }: JobOptions): Promise<JobQueue> {
  const connections = trackedDatabase(pool);
  const boss = new PgBoss({ db: connections.db, schema: SCHEMA, migrate: false, supervise: true, schedule: true });
  boss.on('error', (error) => log.error({ err: error, component: 'jobs' }, 'a job failed; it is tried again'));
  await boss.start();
  for (const worker of workers) {
    if (worker.cron !== undefined) await boss.schedule(worker.queue, worker.cron, {}, { tz: 'Europe/Stockholm' });
    await boss.work<object>(worker.queue, { batchSize: worker.batch, pollingIntervalSeconds: everySeconds }, (jobs) =>
      quietly(() => worker.handle(jobs.map(({ data }) => data) as never), log),
    );
  }
  return {
    async stop() {
      await boss.stop({ graceful: true, wait: true, timeout: STOP_WITHIN_MS });
      await connections.idle();
    },
  };
}

/** A failed job is kept with its error's text: that it failed is enough, since the text may hold what it was about. */
async function quietly(work: () => Promise<void>, log: JobLog): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.error(
      { err: error instanceof Error ? error : undefined, component: 'jobs' },
      'a job failed; it is tried again',
    );
    throw new Error('failed');
  }
}

/** The pool as pg-boss uses it: a connection left inside a failed transaction is thrown away, and what it does unawaited is waited for. */
function trackedDatabase(pool: Pool) {
  const running = new Set<Promise<unknown>>();
  async function run(text: string, values?: unknown[]): Promise<{ rows: never[] }> {
    const client = await pool.connect();
    let failed: Error | undefined;
    try {
      const result: unknown = await client.query(text, values);
      return (Array.isArray(result) ? result.at(-1) : result) as { rows: never[] };
    } catch (error) {
      failed = error as Error;
      throw error;
    } finally {
      client.release(failed);
    }
  }
  return {
    db: {
      executeSql(text: string, values?: unknown[]) {
        const work = run(text, values);
        const kept: Promise<unknown> = work.then(
          () => running.delete(kept),
          () => running.delete(kept),
        );
        running.add(kept);
        return work;
      },
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
