import type { Server } from '../../http/server.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import { registerJoinRoutes } from './join-routes.ts';
import { registerPatientRoutes } from './patient-routes.ts';
import type { PatientsDeps } from './person-route.ts';
import { registerRelatedRoutes } from './related-routes.ts';
import { numberBodies } from './requests.ts';

export type { PatientsDeps };

/** Persons over REST: looked up by a number in the body, named by ids that say nothing of it. */
export async function registerPatients(door: Server, deps: PatientsDeps): Promise<void> {
  const bodies = numberBodies(() => swedishDate(deps.desk.clock.now()));
  registerPatientRoutes(door, deps, bodies);
  registerRelatedRoutes(door, deps, bodies);
  registerJoinRoutes(door, deps);
}
