import type { PatientId, ThingId } from '../shared/ids.ts';
import type { EventName } from './catalogue.ts';

/** Something that happened, to be told after its change has committed. */
export interface OutboxEvent {
  readonly event: EventName;
  readonly patientId: PatientId;
  readonly planId?: ThingId;
  readonly resourceKind: string;
  readonly resourceId: ThingId;
  readonly revision: number;
  readonly ownerUnit: string;
  readonly ownerProvider: string;
  /** Business time of the change. */
  readonly at: string;
}

/** The row as it is stored, in the same transaction as the change it tells of. */
export function outboxRow(event: OutboxEvent, id: ThingId): Record<string, unknown> {
  return {
    patient_id: event.patientId,
    id,
    event: event.event,
    plan_id: event.planId ?? null,
    resource_kind: event.resourceKind,
    resource_id: event.resourceId,
    revision: event.revision,
    owner_unit: event.ownerUnit,
    owner_provider: event.ownerProvider,
    at: event.at,
  };
}
