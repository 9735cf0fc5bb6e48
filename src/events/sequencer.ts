import { type Queryable, runQuery } from '../db/query.ts';
import type { PatientId, ThingId } from '../shared/ids.ts';
import type { EventName } from './catalogue.ts';

/** An event that has committed and has its place among all others. The place never leaves the service. */
export interface SequencedEvent {
  readonly position: number;
  readonly id: ThingId;
  readonly event: EventName;
  readonly patientId: PatientId;
  readonly planId?: ThingId;
  readonly resourceKind: string;
  readonly resourceId: ThingId;
  readonly ownerProvider: string;
  /** Business time of the change. */
  readonly at: string;
}

interface StoredEvent {
  readonly position: number;
  readonly id: ThingId;
  readonly event: EventName;
  readonly patient_id: PatientId;
  readonly plan_id: ThingId | null;
  readonly resource_kind: string;
  readonly resource_id: ThingId;
  readonly owner_provider: string;
  readonly at: Date;
}

const BATCH = 1000;

/**
 * Gives committed events their positions, in order and without gaps. One process at a time works; the others are told 0
 * and go on.
 *
 * @returns how many got a position now
 */
export async function sequenceEvents(on: Queryable, most = BATCH): Promise<number> {
  const { rows } = await runQuery<{ made: number }>(on, {
    name: 'events_sequence',
    text: 'select sequence_events($1) as made',
    values: [most],
  });
  return rows[0]!.made;
}

/** The last position there is. */
export async function lastPosition(on: Queryable): Promise<number> {
  const { rows } = await runQuery<{ last: number }>(on, {
    name: 'events_last',
    text: 'select coalesce((select last from event_sequence), 0) as last',
    values: [],
  });
  return rows[0]!.last;
}

/** Events after a position, in order; of these names only, or all. */
export async function eventsAfter(
  on: Queryable,
  after: number,
  names: readonly string[] | undefined,
  most = BATCH,
): Promise<readonly SequencedEvent[]> {
  const { rows } = await runQuery<StoredEvent>(on, {
    name: 'events_after',
    text: 'select * from events_after($1, $2, $3)',
    values: [after, names ?? null, most],
  });
  return rows.map((row) => ({
    position: row.position,
    id: row.id,
    event: row.event,
    patientId: row.patient_id,
    ...(row.plan_id === null ? {} : { planId: row.plan_id }),
    resourceKind: row.resource_kind,
    resourceId: row.resource_id,
    ownerProvider: row.owner_provider,
    at: row.at.toISOString(),
  }));
}

/** One change that has its place among all others: whom it is about, and nothing of what it tells. */
export interface SequencedChange {
  /** That of its last event. */
  readonly position: number;
  readonly patientId: PatientId;
  /** Whether it tells of anything but things of the kind that was left out. */
  readonly counts: boolean;
}

/**
 * Changes after a position, in order, each once however much it tells: for whoever asks only whom something has happened to.
 *
 * @param without a kind of thing that is not what is asked about
 */
export async function changesAfter(
  on: Queryable,
  after: number,
  without: string,
  most = BATCH,
): Promise<readonly SequencedChange[]> {
  const { rows } = await runQuery<{ position: number; patient_id: PatientId; counts: boolean }>(on, {
    name: 'changes_after',
    text: 'select * from changes_after($1, $2, $3)',
    values: [after, without, most],
  });
  return rows.map(({ position, patient_id, counts }) => ({ position, patientId: patient_id, counts }));
}
