import { type Asking, type Desk, readActorUnit, readingMany, readProtectedStaff } from '../access/index.ts';
import type { StaffActor } from '../shared/actor.ts';
import type { BlockLiftRequest } from './domain/model.ts';
import { type AskedPlace, loadAsked } from './store/asked.ts';
import { sharingResource } from './store/changes.ts';

export type { AskedPlace } from './store/asked.ts';

/**
 * One page of the requests to lift a block that wait for the own provider's answer, oldest first: across patients, so
 * only what is addressed to the provider, and nothing about a protected person to who is not on the list.
 */
export function listAsked(
  desk: Desk,
  asking: Asking & { readonly actor: StaffActor },
  page: { readonly limit: number; readonly after?: AskedPlace },
): Promise<{ readonly requests: readonly BlockLiftRequest[]; readonly next?: AskedPlace }> {
  return readingMany(desk, asking, {
    action: 'block.read',
    load: () => loadAsked(desk.pool, asking.actor, page, desk.clock.now()),
    facts: ({ raw }) => {
      const unit = readActorUnit(raw);
      const target = unit && { provider: unit.provider.hsaId };
      const protectedStaff = readProtectedStaff(raw);
      return { actorUnit: unit, isSelf: false, patientKnown: false, protectedStaff, ...(target ? { target } : {}) };
    },
    show: (_grant, { requests }) => {
      const last = requests.length === page.limit ? requests.at(-1) : undefined;
      const next = last && { at: last.createdAt, patientId: last.patientId, id: last.id };
      return {
        answer: { requests, ...(next ? { next } : {}) },
        hits: requests.length,
        resources: requests.map((one) => ({
          patientId: one.patientId,
          resource: sharingResource('block-lift-request', one),
        })),
      };
    },
  });
}
