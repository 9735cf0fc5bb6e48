import { setTimeout as sleep } from 'node:timers/promises';
import closeWithGrace from 'close-with-grace';
import type { FastifyBaseLogger } from 'fastify';
import type { Readiness } from './health.ts';

export interface ShutdownOptions {
  /** The servers to stop: the app and, if there is one, the metrics server. */
  readonly servers: readonly { close(): PromiseLike<unknown> }[];
  readonly readiness: Readiness;
  readonly log: FastifyBaseLogger;
  /** How long to answer `draining` before the port closes, so that a load balancer notices. */
  readonly drainMs: number;
  /** How long requests under way may take before the process ends anyway. */
  readonly graceMs: number;
  /** Leaves SIGTERM and SIGINT alone: another process hears them and says when to stop. */
  readonly signalsElsewhere?: boolean;
  /** Releases what the servers used, after they have stopped: the pool, the embedded database. */
  readonly release: () => Promise<void>;
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Stops in order: no longer ready, then no new connections and all requests under way answered, then release. */
export async function stopInOrder(options: Omit<ShutdownOptions, 'graceMs'>): Promise<void> {
  options.readiness.draining = true;
  if (options.drainMs > 0) await sleep(options.drainMs);
  await Promise.all(options.servers.map((server) => server.close()));
  await options.release();
}

/**
 * Stops the process in order on SIGTERM, SIGINT and on errors that nobody caught, and ends it: 0 after a signal, 1 after
 * an error or when the grace is used up.
 *
 * @returns removes the listeners and stops as after a signal
 */
export function closeGracefully(options: ShutdownOptions): { close: () => void; uninstall: () => void } {
  const { log, drainMs, graceMs } = options;
  const logger = {
    error: (error: unknown) => log.error({ err: error instanceof Error ? error : undefined }, 'shutdown'),
  };
  if (options.signalsElsewhere) for (const signal of SIGNALS) process.on(signal, () => undefined);
  const skip = options.signalsElsewhere ? [...SIGNALS] : [];
  return closeWithGrace({ delay: drainMs + graceMs, logger, skip }, async ({ err, signal }) => {
    if (err) log.fatal({ err }, 'uncaught error');
    else log.info({ signal }, 'stopping');
    await stopInOrder(options);
    log.info('stopped');
  });
}
