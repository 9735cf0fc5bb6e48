import type { FastifyBaseLogger } from 'fastify';
import type { Desk } from './access/index.ts';
import { startAttention } from './attention/index.ts';
import { createSealer, DEFAULT_DELIVERY, registerDeliveryMetrics, startDispatcher } from './delivery/index.ts';
import type { Deps } from './deps.ts';
import { fhirNotificationForm } from './fhir/index.ts';
import type { HttpMetrics } from './http/metrics.ts';
import { cullWorker, type ServedKeep, startJobs } from './jobs/index.ts';
import { fileNoticeSink, startNotices } from './notices/index.ts';

export interface BackgroundOptions {
  readonly desk: Desk;
  readonly secret: Uint8Array;
  readonly webhookTargets?: Deps['webhookTargets'];
  readonly fhirCanonicalBase?: string;
  readonly log: FastifyBaseLogger;
  readonly metrics: HttpMetrics;
  /** Where notices to people are put for whatever sends them; without it none are made. */
  readonly noticeFolder?: string;
  readonly servedKeep: ServedKeep;
}

/**
 * What the service does without being asked, in each of its processes: gives events their order and sends them, looks for
 * what falls between chairs, and culls what has served. The processes share the work through the database, and it goes
 * on whichever of them dies.
 *
 * @returns how to stop it: resolves when nothing of it is under way
 */
export async function startBackground(options: BackgroundOptions): Promise<{ stop(): Promise<void> }> {
  const { desk, log, secret } = options;
  registerDeliveryMetrics(options.metrics.registry, desk.pool);
  const queue = await startJobs({ pool: desk.pool, log, workers: [cullWorker(desk.pool, options.servedKeep)] });
  const dispatcher = startDispatcher({
    desk,
    log,
    settings: { ...DEFAULT_DELIVERY, ...options.webhookTargets },
    sealer: createSealer(secret),
    fhirForm: fhirNotificationForm(options.fhirCanonicalBase),
  });
  const attention = startAttention(desk, { log });
  const notices = startNoticesIn(options);
  return {
    async stop() {
      await Promise.all([dispatcher.stop(), attention.stop(), notices?.stop()]);
      await queue.stop();
    },
  };
}

function startNoticesIn({ desk, log, noticeFolder }: BackgroundOptions) {
  if (noticeFolder === undefined) return undefined;
  const { pool, clock, ids } = desk;
  return startNotices({ pool, clock, ids, log, sink: fileNoticeSink(noticeFolder) });
}
