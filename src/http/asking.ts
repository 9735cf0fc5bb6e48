import type { FastifyRequest } from 'fastify';
import type { Actor } from '../shared/actor.ts';

/**
 * The request as use cases see it: who asks, and what the log needs to find it again. The route is its pattern, never
 * the raw address.
 */
export function askingOf(request: FastifyRequest): {
  readonly actor: Actor;
  readonly requestId: string;
  readonly route: string;
} {
  return {
    actor: request.actor,
    requestId: request.id,
    route: `${request.method} ${request.routeOptions.url ?? ''}`,
  };
}
