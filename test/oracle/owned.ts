import type { ownedRow } from '../../src/db/owned-row.ts';
import { OPEN_UNITS, principalOf, providerOf } from './places.ts';
import type { Span, Thing, World } from './world.ts';

export const iso = (at: number) => new Date(at).toISOString();
export const period = ({ from, until }: Span) => ({
  from: iso(from),
  ...(until === undefined ? {} : { until: iso(until) }),
});
export const writtenIn = (written: Partial<Span> | undefined) =>
  written && {
    ...(written.from === undefined ? {} : { from: iso(written.from) }),
    ...(written.until === undefined ? {} : { until: iso(written.until) }),
  };

export type OwnedFields = Parameters<typeof ownedRow>[0];

export function ownership(world: World, thing: Omit<Thing, 'kind' | 'clinical'>, planId?: string): OwnedFields {
  const by = { kind: thing.by, ...(thing.by === 'staff' ? { staff: `${thing.owner}P`, name: 'Någon' } : {}) };
  return {
    patientId: world.patientKey,
    id: thing.id,
    ...(planId === undefined ? {} : { planId }),
    revision: thing.revision,
    recordedBy: {
      ...by,
      unit: thing.owner,
      provider: providerOf(thing.owner).id,
      principal: principalOf(thing.owner).id,
    },
    legalBasis: thing.basis,
    approvedForPatient: thing.approved,
    ...(thing.signed ? { signedBy: `${thing.owner}P`, signedAt: iso(thing.changedAt) } : {}),
    enteredInError: thing.mistaken,
    createdAt: iso(thing.writtenAt),
    changedAt: iso(thing.changedAt),
    changedBy: { ...by, unit: thing.owner },
  } as unknown as OwnedFields;
}

/** What is recorded so that the law can be judged, by a unit that nobody asks about. */
export function recorded(world: World, id: string, unit = OPEN_UNITS[0]!, mistaken = false): OwnedFields {
  const at = world.pivot - 400 * 86_400_000;
  return ownership(world, {
    id,
    owner: unit,
    by: 'staff',
    basis: 'HSL',
    approved: true,
    signed: false,
    mistaken,
    writtenAt: at,
    changedAt: at,
    revision: 1,
  });
}
