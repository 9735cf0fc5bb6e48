import type { Cursors } from '../../http/cursor.ts';
import type { Server } from '../../http/server.ts';
import { registerBlockRoutes } from './block-routes.ts';
import { registerDirectAccessRoutes } from './direct-access-routes.ts';
import type { SharingDeps as DoorDeps } from './door.ts';
import { registerEmergencyRoutes } from './emergency-routes.ts';
import { registerExportRoutes } from './export-routes.ts';
import { registerProtectionRoutes } from './protection-routes.ts';
import { registerRelationRoutes } from './relation-routes.ts';

/** What the door of this slice works with. */
export type SharingDeps = DoorDeps & { readonly cursors: Cursors };

/** What the law is judged by, over REST. Opening in an emergency and handing out copies are with the plans. */
export async function registerSharing(door: Server, deps: SharingDeps): Promise<void> {
  registerRelationRoutes(door, deps);
  registerBlockRoutes(door, deps);
  registerEmergencyRoutes(door, deps);
  registerDirectAccessRoutes(door, deps);
  registerProtectionRoutes(door, deps);
  registerExportRoutes(door, deps);
}
