import type { Deps } from '../deps.ts';
import type { Server } from '../http/server.ts';
import { registerExtractRoutes } from './rest/extract-routes.ts';

/** The access log over REST: the patient's extract, and the provider's reviews. */
export async function registerAuditLog(door: Server, deps: Deps): Promise<void> {
  registerExtractRoutes(door, deps);
}
