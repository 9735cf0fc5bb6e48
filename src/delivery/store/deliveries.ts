import { type Queryable, runQuery } from '../../db/query.ts';
import type { SequencedEvent } from '../../events/index.ts';
import type { PatientId, ThingId } from '../../shared/ids.ts';
import type { Delivery, DeliveryState } from '../domain/model.ts';

interface StoredDelivery {
  readonly subscription_id: ThingId;
  readonly id: ThingId;
  readonly position: number;
  readonly number: number | null;
  readonly patient_id: PatientId;
  readonly plan_id: ThingId | null;
  readonly event: string;
  readonly resource_kind: string;
  readonly resource_id: ThingId;
  readonly owner_provider: string;
  readonly at: Date;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly last_failure: string | null;
  readonly done_at: Date | null;
}

export const DELIVERY_COLUMNS = [
  ...['subscription_id', 'id', 'position', 'number', 'patient_id', 'plan_id', 'event', 'resource_kind', 'resource_id'],
  ...['owner_provider', 'at', 'state', 'attempts', 'last_failure', 'done_at'],
];

export function deliveryFrom(row: StoredDelivery): Delivery {
  return {
    subscriptionId: row.subscription_id,
    id: row.id,
    position: row.position,
    ...(row.number === null ? {} : { number: row.number }),
    patientId: row.patient_id,
    ...(row.plan_id === null ? {} : { planId: row.plan_id }),
    event: row.event,
    resourceKind: row.resource_kind,
    resourceId: row.resource_id,
    ownerProvider: row.owner_provider,
    at: row.at.toISOString(),
    state: row.state,
    attempts: row.attempts,
    ...(row.last_failure === null ? {} : { lastFailure: row.last_failure }),
    ...(row.done_at === null ? {} : { doneAt: row.done_at.toISOString() }),
  };
}

/** Runs a statement that gives deliveries. */
export async function runForDeliveries(
  on: Queryable,
  statement: { readonly name: string; readonly text: string; readonly values: readonly unknown[] },
): Promise<readonly Delivery[]> {
  const { rows } = await runQuery<StoredDelivery>(on, statement);
  return rows.map(deliveryFrom);
}

/** What a subscription is to be told of, and how far it has looked by then. */
export interface Admission {
  readonly subscriptionId: ThingId;
  readonly from: number;
  readonly through: number;
  readonly events: readonly SequencedEvent[];
  /** `waiting` to be sent; `offered` in a feed, with their numbers at once. */
  readonly as: 'waiting' | 'offered';
}

const ADMIT = `with moved as (
    update subscription_progress p set position = $3, next_number = p.next_number + case when $5 = 'offered' then $6::bigint else 0 end
    where p.subscription_id = $1 and p.position = $2 returning p.next_number)
  insert into deliveries (subscription_id, id, position, number, lane, patient_id, plan_id, event, resource_kind, resource_id,
    owner_provider, at, state, attempts, due_at, done_at)
  select $1, n.id, n.position, case when $5 = 'offered' then moved.next_number - $6::bigint + n.number end,
    coalesce(n.plan_id, n.patient_id), n.patient_id, n.plan_id, n.event, n.resource_kind, n.resource_id, n.owner_provider, n.at,
    $5, 0, now(), case when $5 = 'offered' then now() end
  from moved, json_populate_recordset(null::deliveries, $4::json) n`;

/**
 * Moves a subscription on past events, and takes those that it is to be told of on their way, in one statement: whoever
 * looked at the same time and was later changes nothing.
 */
export async function admitEvents(on: Queryable, admission: Admission): Promise<void> {
  const { subscriptionId, from, through, events, as } = admission;
  const rows = events.map((event, place) => ({
    id: event.id,
    position: event.position,
    number: place,
    patient_id: event.patientId,
    plan_id: event.planId ?? null,
    event: event.event,
    resource_kind: event.resourceKind,
    resource_id: event.resourceId,
    owner_provider: event.ownerProvider,
    at: event.at,
  }));
  const values = [subscriptionId, from, through, JSON.stringify(rows), as, rows.length];
  await runQuery(on, { name: 'deliveries_admit', text: ADMIT, values });
}

/** What a subscription has been told or offered from a number on, in their order. */
export function numberedFrom(on: Queryable, id: ThingId, after: number, most: number): Promise<readonly Delivery[]> {
  return runForDeliveries(on, {
    name: 'deliveries_numbered',
    text: `select ${DELIVERY_COLUMNS.join(', ')} from deliveries where subscription_id = $1 and number > $2
      order by number limit $3`,
    values: [id, after, most],
  });
}
