import cluster from 'node:cluster';
import { createHash, timingSafeEqual } from 'node:crypto';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { sendProblem } from './problem-reply.ts';
import { notFound } from './problems.ts';
import { metricsOfAll } from './worker-metrics.ts';

export interface HttpMetrics {
  /** Where slices register measurements of their own (pool size, outbox lag): without ids of persons or things. */
  readonly registry: Registry;
  observe(method: string, route: string, status: number, seconds: number): void;
  /** Everything in Prometheus' text form, the process's own figures included. */
  text(): Promise<string>;
}

const BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

let processFigures: Registry | undefined;

// Collected once per process: each collection starts observers of its own that nothing stops.
function processRegistry(): Registry {
  if (!processFigures) {
    processFigures = new Registry();
    collectDefaultMetrics({ register: processFigures });
  }
  return processFigures;
}

/** Measurements of one app. Labels are route patterns and status classes, so their number does not grow with use. */
export function createMetrics(): HttpMetrics {
  const registry = new Registry();
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from request to answer, by route pattern and status class',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS_SECONDS,
    registers: [registry],
  });
  return {
    registry,
    observe(method, route, status, seconds) {
      duration.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, seconds);
    },
    text: cluster.isWorker
      ? metricsOfAll([processRegistry(), registry])
      : () => Registry.merge([processRegistry(), registry]).metrics(),
  };
}

async function sendMetrics(metrics: HttpMetrics, reply: FastifyReply) {
  return reply.header('content-type', metrics.registry.contentType).send(await metrics.text());
}

/**
 * `GET /metrics` on the service's own address, for those who hold the token. Without it, or with the wrong one, the
 * path looks like any other that does not exist.
 */
export function serveMetrics(app: FastifyInstance, metrics: HttpMetrics, token: string): void {
  const wanted = digest(`Bearer ${token}`);
  // Overload is what whoever watches needs to see.
  const config = { access: 'public', quiet: true, rateLimit: false, pressureHandler: () => undefined } as const;
  app.get('/metrics', { config, schema: { hide: true } }, (request: FastifyRequest, reply) => {
    const given = digest(request.headers.authorization ?? '');
    if (!timingSafeEqual(wanted, given)) return sendProblem(request, reply, notFound(), app.problemStyle);
    return sendMetrics(metrics, reply);
  });
}

/** A small server of its own for `/metrics`, on a port that only the monitoring reaches; the caller listens. */
export function createMetricsServer(metrics: HttpMetrics): FastifyInstance {
  const app = fastify({ logger: false });
  app.get('/metrics', (_request, reply) => sendMetrics(metrics, reply));
  return app;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
