import type { FastifyRequest } from 'fastify';
import type { Action, Desk } from './access/index.ts';
import { ACTIONS, entryFor } from './access/index.ts';
import type { DeclaredAccess } from './http/declared-access.ts';
import type { Actor } from './shared/actor.ts';
import { NIL_PATIENT } from './shared/ids.ts';
import type { Problem } from './shared/problem.ts';

const routeOf = (request: FastifyRequest) => `${request.method} ${request.routeOptions.url ?? ''}`;
const actionOf = (access: DeclaredAccess) => access.actions[0] as Action;

/** Logs that an actor of a kind that the route is not for was turned away. */
export function auditWrongActor(desk: Desk) {
  return async (request: FastifyRequest, actor: Actor, access: DeclaredAccess): Promise<void> => {
    const asking = { actor, requestId: request.id, route: routeOf(request) };
    await desk.recorder.record([
      entryFor(asking, actionOf(access), { outcome: 'Nekad', reason: 'not-for-this-actor', resources: [] }),
    ]);
  };
}

/** Logs that someone was turned away before it was known who they are: a token that is missing, forged or spent. */
export function recordRefusedToken(desk: Desk) {
  return async (request: FastifyRequest, problem: Problem, access: DeclaredAccess): Promise<void> => {
    const action = actionOf(access);
    await desk.recorder.record([
      {
        actor: undefined,
        patientId: NIL_PATIENT,
        activity: ACTIONS[action],
        action,
        outcome: 'Nekad',
        reason: problem.definition.code,
        resources: [],
        requestId: request.id,
        route: routeOf(request),
      },
    ]);
  };
}
