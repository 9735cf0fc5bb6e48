import type { Server } from '../../http/server.ts';
import { registerBlockRoutes } from './block-routes.ts';
import { registerDirectAccessRoutes } from './direct-access-routes.ts';
import type { SharingDeps } from './door.ts';
import { registerProtectionRoutes } from './protection-routes.ts';
import { registerRelationRoutes } from './relation-routes.ts';

export type { SharingDeps };

/** What the law is judged by, over REST. Opening in an emergency and handing out copies are with the plans. */
export async function registerSharing(door: Server, deps: SharingDeps): Promise<void> {
  registerRelationRoutes(door, deps);
  registerBlockRoutes(door, deps);
  registerDirectAccessRoutes(door, deps);
  registerProtectionRoutes(door, deps);
}
