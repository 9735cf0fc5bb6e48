import type { RowChange } from '../db/save-rows.ts';
import type { Ids, PatientId, ThingId } from '../shared/ids.ts';
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

/**
 * What a change tells, as stored in its own transaction: one row for all of it, or one for each person in turn when the
 * change is about two. Each event gets an id of its own, and they are told in the order given (docs/decisions/0016).
 *
 * @param ids where the events' ids come from
 */
export function outboxRows(events: readonly OutboxEvent[], ids: Pick<Ids, 'thingId'>): RowChange[] {
  const rows: RowChange[] = [];
  let from = 0;
  events.forEach((event, place) => {
    const next = events[place + 1];
    if (next?.patientId === event.patientId && next.at === event.at) return;
    rows.push({ table: 'outbox', write: 'insert', row: rowOf(events.slice(from, place + 1), ids) });
    from = place + 1;
  });
  return rows;
}

/** The first event in columns of its own, those that come after it in lists. */
function rowOf(events: readonly OutboxEvent[], ids: Pick<Ids, 'thingId'>): Record<string, unknown> {
  const [first, ...more] = events as readonly [OutboxEvent, ...OutboxEvent[]];
  const row = {
    patient_id: first.patientId,
    id: ids.thingId(),
    event: first.event,
    plan_id: first.planId ?? null,
    resource_kind: first.resourceKind,
    resource_id: first.resourceId,
    revision: first.revision,
    owner_unit: first.ownerUnit,
    owner_provider: first.ownerProvider,
    at: first.at,
  };
  return more.length === 0 ? row : { ...row, ...listsOf(first, more, ids) };
}

function listsOf(first: OutboxEvent, more: readonly OutboxEvent[], ids: Pick<Ids, 'thingId'>) {
  /** Nothing when all say what the first says: the things of a new plan are all in it, and all of one unit. */
  const unlessSame = (of: (event: OutboxEvent) => unknown) => {
    const same = of(first);
    return more.every((event) => of(event) === same) ? null : more.map((event) => of(event) ?? null);
  };
  return {
    more_ids: more.map(() => ids.thingId()),
    more_events: more.map(({ event }) => event),
    more_resource_kinds: more.map(({ resourceKind }) => resourceKind),
    more_resource_ids: more.map(({ resourceId }) => resourceId),
    more_revisions: unlessSame(({ revision }) => revision),
    more_plan_ids: unlessSame(({ planId }) => planId),
    more_owner_units: unlessSame(({ ownerUnit }) => ownerUnit),
    more_owner_providers: unlessSame(({ ownerProvider }) => ownerProvider),
  };
}
