import type { FastifyInstance } from 'fastify';
import type { Actor } from '../shared/actor.ts';

/** Who a route is for and what it does: what the guard decides on is declared where the route is. */
export interface DeclaredAccess {
  /** Names from the closed list in `access/`; the guard decides each on the facts of the request. */
  readonly actions: readonly string[];
  /** The kinds of actor that the route serves at all. */
  readonly actors: readonly Actor['kind'][];
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `public` needs no token: descriptions of the service itself, never anybody's data. */
    access?: DeclaredAccess | 'public';
  }
  interface FastifyInstance {
    declaredRoutes: DeclaredRoute[];
  }
}

export interface DeclaredRoute {
  readonly method: string;
  readonly url: string;
  readonly access: DeclaredAccess | 'public' | undefined;
}

/**
 * Keeps every route under the given doors from existing without a declaration of access: registering one throws, and
 * the service does not start. Call it before the first route; `HEAD` routes that Fastify adds are seen as well.
 *
 * @param doors path prefixes, `/v1`
 */
export function demandDeclaredAccess(app: FastifyInstance, doors: readonly string[]): void {
  const routes: DeclaredRoute[] = [];
  app.decorate('declaredRoutes', routes);
  app.addHook('onRoute', ({ method, url, config }) => {
    const access = config?.access;
    const underDoor = doors.some((door) => url === door || url.startsWith(`${door}/`));
    for (const one of [method].flat()) {
      if (underDoor && !isComplete(access)) throw new Error(`route without declared access: ${one} ${url}`);
      routes.push({ method: one, url, access });
    }
  });
}

function isComplete(access: DeclaredAccess | 'public' | undefined): boolean {
  if (access === undefined || access === 'public') return access === 'public';
  return access.actions.length > 0 && access.actors.length > 0;
}

/** Every route of the app with its declared access, for the access matrix: a route without a row there fails a test. */
export function listRoutes(app: FastifyInstance): readonly DeclaredRoute[] {
  return app.declaredRoutes;
}
