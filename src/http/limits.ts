import { finished } from 'node:stream';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { actorKey } from '../shared/actor.ts';
import type { Problem } from '../shared/problem.ts';
import { knownActor, networkOf } from './authenticate.ts';
import { busy, tooManyRequests } from './problems.ts';

const WINDOW_MS = 60_000;
/** Callers remembered at once; the least recently seen is forgotten first. */
const MOST_CALLERS = 50_000;
/** One system client acts for many members of staff. */
const SYSTEM_FACTOR = 10;
const BUSY_RETRY_SECONDS = 5;
const FULL_RETRY_SECONDS = 1;

export interface PressureLimits {
  /** How late the event loop may be before new requests are refused rather than queued. */
  readonly maxEventLoopDelayMs: number;
  /** How often that is measured; once a second unless said. */
  readonly sampleMs?: number;
  /** Requests under way at a time; one more is refused at once. No limit unless said. */
  readonly mostUnderWay?: number;
}

/**
 * Limits how often one caller may ask: each actor by itself, and whoever is not known by address. System clients get ten
 * times as much. Counted per process. The counters travel in `x-ratelimit-*`; too many give 429 with `Retry-After`.
 */
export async function limitRates(app: FastifyInstance, perMinute: number): Promise<void> {
  await app.register(rateLimit, {
    max: (request) => (knownActor(request)?.kind === 'system' ? perMinute * SYSTEM_FACTOR : perMinute),
    timeWindow: WINDOW_MS,
    cache: MOST_CALLERS,
    keyGenerator: callerKey,
    errorResponseBuilder: (_request, context): Problem =>
      tooManyRequests({ retryAfterSeconds: Math.max(1, Math.ceil(context.ttl / 1000)) }),
  });
}

function callerKey(request: FastifyRequest): string {
  const actor = knownActor(request);
  return actor ? actorKey(actor) : `address:${networkOf(request.ip)}`;
}

/**
 * Refuses with 503 and `Retry-After`: one request more than can be under way at a time, at once, since waiting its turn
 * would only make all of them late; and every request while the event loop is too late to answer in reasonable time.
 * What says how the service fares (a route with a `pressureHandler` of its own) is neither counted nor refused.
 */
export async function refuseUnderPressure(app: FastifyInstance, limits: PressureLimits): Promise<void> {
  if (limits.mostUnderWay !== undefined) limitUnderWay(app, limits.mostUnderWay);
  await app.register(underPressure, {
    maxEventLoopDelay: limits.maxEventLoopDelayMs,
    sampleInterval: limits.sampleMs,
    pressureHandler: () => {
      throw busy({ retryAfterSeconds: BUSY_RETRY_SECONDS });
    },
  });
}

function limitUnderWay(app: FastifyInstance, most: number): void {
  let underWay = 0;
  // One for all, since an error costs most to make. There is room again as soon as one is answered.
  const full = busy({ retryAfterSeconds: FULL_RETRY_SECONDS });
  app.addHook('onRequest', (request, reply, done) => {
    const { pressureHandler } = request.routeOptions.config as { readonly pressureHandler?: unknown };
    if (pressureHandler) return done();
    if (underWay >= most) return done(full);
    underWay += 1;
    // Answered, or left by its caller.
    finished(reply.raw, () => {
      underWay -= 1;
    });
    done();
  });
}
