import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor } from '../shared/actor.ts';
import { Problem } from '../shared/problem.ts';
import type { DeclaredAccess } from './declared-access.ts';
import { actorNotAllowed, tooManyRequests } from './problems.ts';

/** Reads a token. Made in `identity/`, the only place that knows what one looks like. */
export interface Authenticator {
  /**
   * @param header the value of `Authorization`, if there was one
   * @throws Problem of kind `unauthenticated`
   */
  authenticate(header: string | undefined): Promise<Actor>;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is asking. Reading it on a public route is a fault. */
    actor: Actor;
  }
}

const held = new WeakMap<FastifyRequest, Actor>();

/** The actor of this request, if it has been authenticated. */
export function knownActor(request: FastifyRequest): Actor | undefined {
  return held.get(request);
}

/** Takes rights from the actor of one request: what is left is what these scopes cover. They never give any. */
export function narrowActor(request: FastifyRequest, scopes: readonly string[]): void {
  held.set(request, { ...request.actor, scopes });
}

/** Gives every request a typed `actor`. Call it once, on the root. */
export function decorateWithActor(app: FastifyInstance): void {
  app.decorateRequest('actor', {
    getter(this: FastifyRequest): Actor {
      const actor = held.get(this);
      if (!actor) throw new Error('the actor was asked for on a route that authenticates nobody');
      return actor;
    },
  });
}

export interface AuthenticationOptions {
  readonly authenticator: Authenticator;
  /** Records the refusal of an actor of a kind that the route is not for; what it throws is answered instead. */
  readonly onWrongActor?: (request: FastifyRequest, actor: Actor, access: DeclaredAccess) => Promise<void>;
  /** Records that nobody known was turned away from a declared route; what it throws is answered instead. */
  readonly onRefusedToken?: (request: FastifyRequest, problem: Problem, access: DeclaredAccess) => Promise<void>;
}

/**
 * Authenticates every request of this door before its body is read, so that a stranger learns nothing from validation
 * and cannot make us parse. Routes declared `public` and unknown URLs need no token.
 *
 * Refused: no or a bad token (401, counted per address: too many of them give 429), and an actor of another kind than
 * the route declares (403): a member of staff can never act as a patient.
 */
export function authenticateDoor(door: FastifyInstance, options: AuthenticationOptions): void {
  const countFailure = door.hasDecorator('createRateLimit')
    ? door.createRateLimit({ keyGenerator: failureKey })
    : undefined;
  door.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access;
    if (request.is404 || access === 'public') return;
    const actor = await options.authenticator
      .authenticate(request.headers.authorization)
      .catch(async (error: unknown) => {
        const limit = await countFailure?.(request);
        if (limit && !limit.isAllowed && limit.isExceeded)
          throw tooManyRequests({ retryAfterSeconds: limit.ttlInSeconds });
        if (access && error instanceof Problem) await options.onRefusedToken?.(request, error, access);
        throw error;
      });
    held.set(request, actor);
    if (access?.actors.includes(actor.kind)) return;
    if (access) await options.onWrongActor?.(request, actor, access);
    throw actorNotAllowed();
  });
}

function failureKey(request: FastifyRequest): string {
  return `failed:${networkOf(request.ip)}`;
}

/** The address that is counted: of IPv6 the first 64 bits, since one subscriber has all the rest. */
export function networkOf(ip: string): string {
  return ip.includes(':') ? ip.split(':', 4).join(':') : ip;
}
