import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor } from '../shared/actor.ts';
import { knownActor } from './authenticate.ts';
import type { HttpMetrics } from './metrics.ts';
import { ALWAYS_SENT } from './security-headers.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Asked for so often (probes, metrics) that a line each would drown the rest: logged at debug. */
    quiet?: boolean;
  }
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

/**
 * The request's id: the caller's `x-request-id` when it is a UUID in lower case, otherwise a new one. Other forms are
 * not taken over, since ids are logged and a looser pattern would let a personal identity number through.
 */
export function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && UUID.test(given) ? given : randomUUID();
}

/** The pattern of the route that answered, `/v1/plans/:planId`; never the URL, which may hold anything. */
export function routePattern(request: FastifyRequest): string {
  return request.is404 ? '(none)' : (request.routeOptions.url ?? '(none)');
}

/**
 * Gives every answer its request id, `no-store` and the security headers, and writes one line and one measurement per request when it is over:
 * method, route pattern, status, time, kind of actor, unit and the code of a refusal. Nothing of URL, headers or bodies.
 */
export function followRequests(app: FastifyInstance, metrics: HttpMetrics): void {
  app.decorateRequest('problemCode', undefined);
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(ALWAYS_SENT).header('x-request-id', request.id);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = routePattern(request);
    const status = reply.statusCode;
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    metrics.observe(request.method, route, status, reply.elapsedTime / 1000);
    const line = {
      method: request.method,
      route,
      status,
      ms,
      problem: request.problemCode,
      ...whoOf(knownActor(request)),
    };
    if (request.routeOptions.config?.quiet) request.log.debug(line, 'request');
    else request.log.info(line, 'request');
    done();
  });
}

function whoOf(actor: Actor | undefined): { actorKind?: string; unit?: string } {
  switch (actor?.kind) {
    case 'staff':
      return { actorKind: 'staff', unit: actor.unitHsaId };
    case 'system':
      return { actorKind: 'system', unit: actor.providerHsaId };
    case 'citizen':
      return { actorKind: 'citizen' };
    default:
      return {};
  }
}
