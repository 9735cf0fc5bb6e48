import { type Queryable, runQuery } from '../../db/query.ts';
import type { PatientId } from '../../shared/ids.ts';

/** A person whose turn it is, taken by one process. */
export interface Taken {
  readonly patientId: PatientId;
  /** Tells this taking from others; gone when something has happened since. */
  readonly until: Date;
}

/** When a person's plans are to be looked at next; undefined: not by the clock. */
export interface NextLook {
  readonly patientId: PatientId;
  readonly at: number | undefined;
  /** By which taking the look was made; without it the time is written whatever has happened. */
  readonly taken?: Date;
}

/**
 * Remembers when persons are to be looked at next, in one statement. One to whom something has happened since the look was
 * begun is left as it is: due.
 */
export async function saveNextLooks(on: Queryable, looks: readonly NextLook[]): Promise<void> {
  if (looks.length === 0) return;
  // In the order of their keys, as everybody does who writes several: nobody waits in a ring.
  const sorted = looks.toSorted((a, b) => (a.patientId < b.patientId ? -1 : 1));
  await runQuery(on, {
    name: 'attention_next',
    text: `insert into attention_due as d (patient_id, next_at)
      select n.patient_id, coalesce(n.at, 'infinity') from unnest($1::uuid[], $2::timestamptz[]) as n(patient_id, at)
      on conflict (patient_id) do update set next_at = excluded.next_at, taken_until = null
        where d.taken_until is not distinct from coalesce(
          ($3::timestamptz[])[array_position($1::uuid[], d.patient_id)], d.taken_until)`,
    values: [
      sorted.map(({ patientId }) => patientId),
      sorted.map(({ at }) => (at === undefined ? null : new Date(at).toISOString())),
      sorted.map(({ taken }) => taken?.toISOString() ?? null),
    ],
  });
}

/** Makes persons due now, also those whom somebody is just looking at: what has happened may have come too late for that. */
export async function makeDue(on: Queryable, persons: readonly PatientId[], now: number): Promise<void> {
  await runQuery(on, {
    name: 'attention_due_now',
    text: `insert into attention_due as d (patient_id, next_at) select n.patient_id, $2 from unnest($1::uuid[]) as n(patient_id)
      on conflict (patient_id) do update set next_at = least(d.next_at, excluded.next_at), taken_until = null`,
    values: [persons.toSorted(), new Date(now).toISOString()],
  });
}

/**
 * Takes persons whose time to be looked at has come, those who have waited longest first. Nobody else takes them until the
 * lease has passed, which is counted in real time by the database.
 */
export async function takeDue(
  on: Queryable,
  now: number,
  most: number,
  leaseSeconds: number,
): Promise<readonly Taken[]> {
  const { rows } = await runQuery<{ patient_id: PatientId; taken_until: Date }>(on, {
    name: 'attention_take',
    text: `update attention_due d set taken_until = date_trunc('milliseconds', now()) + make_interval(secs => $3)
      where d.patient_id = any (array(select patient_id from attention_due
        where next_at <= $1 and (taken_until is null or taken_until <= now()) order by next_at limit $2 for update skip locked))
      returning d.patient_id, d.taken_until`,
    values: [new Date(now).toISOString(), most, leaseSeconds],
  });
  return rows.map(({ patient_id, taken_until }) => ({ patientId: patient_id, until: taken_until }));
}
