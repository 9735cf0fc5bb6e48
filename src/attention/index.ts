import type { Deps } from '../deps.ts';
import type { Server } from '../http/server.ts';
import { registerFindingRoutes } from './rest/routes.ts';

export { lookAtPerson } from './look-at-person.ts';
export { attentionWorkers, followPersons, runDue } from './run.ts';

/** Puts what has fallen between chairs on a door. */
export async function registerAttention(door: Server, deps: Deps): Promise<void> {
  registerFindingRoutes(door, deps);
}
