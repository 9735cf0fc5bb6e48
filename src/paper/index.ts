import type { Deps } from '../deps.ts';
import type { Server } from '../http/server.ts';
import { registerPageRoutes } from './rest/page-routes.ts';
import { registerSheetRoutes } from './rest/routes.ts';

/** Puts the printed sheets on a door. */
export async function registerPaper(door: Server, deps: Deps): Promise<void> {
  registerSheetRoutes(door, deps);
  registerPageRoutes(door, deps);
}
