import type { ReadingPlace } from '../db/query.ts';
import type { Deps } from '../deps.ts';
import type { Server } from '../http/server.ts';
import type { Actor } from '../shared/actor.ts';
import type { PatientId, ThingId } from '../shared/ids.ts';
import { registerPageRoutes } from './rest/page-routes.ts';
import { registerSheetRoutes } from './rest/routes.ts';
import { loadSheets } from './store/sheets.ts';
import { latestStanding } from './told-page.ts';

export { hasSheetsPart } from './store/sheets.ts';

/** Puts the printed sheets on a door. */
export async function registerPaper(door: Server, deps: Deps): Promise<void> {
  registerSheetRoutes(door, deps);
  registerPageRoutes(door, deps);
}

/** That the sheet in the patient's hand no longer is true, since when at the latest, and who hands over a new one. */
export interface StaleSheet {
  readonly id: ThingId;
  readonly renewedBy?: string;
}

/** The person's latest sheet, when it is stale; read in the caller's own transaction and shown to nobody. */
export async function staleSheet(
  place: ReadingPlace,
  actor: Actor,
  target: { readonly patientId: PatientId; readonly now: number },
): Promise<StaleSheet | undefined> {
  const sealed = await loadSheets(place, actor, target);
  const latest = sealed.facts(latestStanding);
  if (!latest?.standing.isStale) return undefined;
  return { id: latest.sheet.id, renewedBy: latest.standing.renewedBy };
}
