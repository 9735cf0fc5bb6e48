import type { FastifyInstance } from 'fastify';

/** One thing that the service cannot do without. `check` rejects when it is not there. */
export interface HealthCheck {
  /** A constant of ours, shown to whoever asks: `database`. */
  readonly name: string;
  readonly check: () => Promise<void>;
  /** How long it may take, in milliseconds; two seconds unless said. */
  readonly withinMs?: number;
}

export interface Readiness {
  /** Set when the service is about to stop, so that no new requests are sent to it. */
  draining: boolean;
}

const USUAL_WAIT_MS = 2000;
const CONFIG = { access: 'public', quiet: true, rateLimit: false, pressureHandler: () => undefined } as const;

/**
 * `/health/live` says that the process answers; `/health/ready` that it can do its work: every check passes in time
 * and it is not stopping. Neither is rate limited or refused under pressure: a probe must see the truth.
 */
export function serveHealth(app: FastifyInstance, checks: readonly HealthCheck[], readiness: Readiness): void {
  const options = { config: CONFIG, schema: { hide: true } };
  app.get('/health/live', options, () => ({ status: 'live' }));
  app.get('/health/ready', options, async (request, reply) => {
    const results = await Promise.allSettled(checks.map(withinTime));
    const failing = checks.filter((_, index) => results[index]!.status === 'rejected').map(({ name }) => name);
    for (const check of failing) request.log.warn({ check }, 'health check failed');
    if (failing.length === 0 && !readiness.draining) return { status: 'ready' };
    return reply.code(503).send({ status: readiness.draining ? 'draining' : 'not-ready', failing });
  });
}

/** Closes connections as they fall idle while the service stops: `close` itself only sees those that are idle already. */
export function closeConnectionsWhenDraining(app: FastifyInstance, readiness: Readiness): void {
  app.addHook('preClose', (done) => {
    readiness.draining = true;
    done();
  });
  app.addHook('onResponse', (_request, _reply, done) => {
    // A turn later, when the answer has left and the connection counts as idle.
    if (readiness.draining) setImmediate(() => app.server.closeIdleConnections());
    done();
  });
}

async function withinTime({ check, withinMs = USUAL_WAIT_MS }: HealthCheck): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('health check took too long')), withinMs);
  });
  try {
    await Promise.race([check(), late]);
  } finally {
    clearTimeout(timer);
  }
}
