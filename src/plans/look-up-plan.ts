import { type Asking, actorUnitPart, type Desk, readActorUnit, readingMany, Sealed } from '../access/index.ts';
import { recordQuery } from '../db/record-query.ts';
import type { StaffActor, SystemActor } from '../shared/actor.ts';
import type { PatientId, ThingId, ThingRef } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import type { ContributionKind, ExternalId } from './domain/model.ts';
import { externalIdHash } from './store/changes.ts';

/** Where a source system's own id leads. */
export interface FoundThing {
  readonly kind: ContributionKind;
  readonly thing: ThingRef;
  readonly planId: ThingId;
}

const foundPart = {
  name: 'found',
  sql: `select json_build_object('kind', e.kind, 'patientId', e.patient_id, 'id', e.id, 'planId', e.plan_id)
    from external_ids e where e.hash = $8
      and not is_hidden_from(e.patient_id, $9, $3, $10, $11::timestamptz)`,
};

const externalIdRecord = recordQuery('external_id', [actorUnitPart, foundPart], { unbound: true });

/** Of a protected person nothing is found by who is not on the list: staff by id, a system by its client. */
function whoAsks(actor: StaffActor | SystemActor): [string | null, string | null] {
  return actor.kind === 'staff' ? [actor.employeeHsaId, null] : [null, actor.clientId];
}

type StoredKey = { kind: ContributionKind; patientId: PatientId; id: ThingId; planId: ThingId };

/**
 * Finds what a source system knows by its own id, among the things of the asking provider. Only keys come back: reading
 * what they lead to is a request of its own, under its own decision.
 *
 * @throws notFound when the provider has nothing by this id
 */
export function lookUpExternalId(
  desk: Desk,
  asking: Asking & { readonly actor: StaffActor | SystemActor },
  externalId: ExternalId,
): Promise<FoundThing> {
  const { actor } = asking;
  return readingMany(desk, asking, {
    action: 'plan.look-up',
    load: async () => {
      const hash = externalIdHash(actor.providerHsaId, externalId);
      const now = new Date(desk.clock.now()).toISOString();
      return new Sealed(await externalIdRecord(desk.pool, actor, {}, [hash, ...whoAsks(actor), now]));
    },
    facts: (raw) => ({ actorUnit: readActorUnit(raw), isSelf: false, patientKnown: false }),
    show: (_grant, raw) => {
      const found = (raw.found as StoredKey | null) ?? undefined;
      if (!found) throw notFound();
      const { kind, patientId, id, planId } = found;
      return {
        answer: { kind, thing: { patientId, id }, planId },
        hits: 1,
        resources: [{ patientId, resource: { kind, id, owner: actor.providerHsaId } }],
      };
    },
  });
}
