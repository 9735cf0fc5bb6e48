import type { Deps } from '../deps.ts';
import type { Server } from '../http/server.ts';
import { registerFindingRoutes } from './rest/routes.ts';
import { registerWorkRoutes } from './rest/work-routes.ts';

export { lookAtPerson } from './look-at-person.ts';
export { followPersons, lookAtDue, startAttention } from './run.ts';

/** Puts what has fallen between chairs, and a unit's lists, on a door. */
export async function registerAttention(door: Server, deps: Deps): Promise<void> {
  registerFindingRoutes(door, deps);
  registerWorkRoutes(door, deps);
}
