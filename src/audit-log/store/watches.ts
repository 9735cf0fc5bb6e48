import type { ClientBase, Pool } from 'pg';
import { runQuery } from '../../db/query.ts';
import type { RecordPart } from '../../db/record-query.ts';
import type { RowChange } from '../../db/save-rows.ts';
import type { Actor } from '../../shared/actor.ts';
import type { PatientId, ThingId } from '../../shared/ids.ts';
import type { HsaId } from '../../shared/owned.ts';
import { hiddenFrom, officeRecord, type Reviewer, reviewerValues } from './reviews.ts';

/** That a provider looks more closely at the log of a person. A line is never changed: taking off is a line of its own. */
export interface Watch {
  readonly id: ThingId;
  readonly provider: HsaId;
  readonly patientId: PatientId;
  readonly why: string;
  readonly fromAt: string;
  readonly byStaff: HsaId;
  readonly byName: string;
  readonly endedAt?: string;
  readonly endedBy?: HsaId;
}

export function watchRow({
  id,
  provider,
  patientId,
  why,
  fromAt,
  byStaff,
  byName,
  endedAt,
  endedBy,
}: Watch): RowChange {
  const row = {
    id,
    provider,
    patient_id: patientId,
    why,
    from_at: fromAt,
    by_staff: byStaff,
    by_name: byName,
    ended_at: endedAt ?? null,
    ended_by: endedBy ?? null,
  };
  return { table: 'audit_watches', write: 'insert', row };
}

const WATCH = (
  w: string,
) => `json_strip_nulls(json_build_object('id', ${w}.id, 'provider', ${w}.provider, 'patientId', ${w}.patient_id,
  'why', ${w}.why, 'fromAt', ${w}.from_at, 'byStaff', ${w}.by_staff, 'byName', ${w}.by_name, 'endedAt', ${w}.ended_at, 'endedBy', ${w}.ended_by))`;

/** The latest line about each person; row-level security keeps other providers' away. */
const LATEST = 'select distinct on (w.patient_id) w.* from audit_watches w order by w.patient_id, w.id desc';

/** What a line about a person must be judged by. */
export interface WatchedPerson {
  /** Registered, and not hidden from the reviewer: a protected person is known to who is on the list. */
  readonly isKnown: boolean;
  readonly latest?: Watch;
}

/** In a transaction that the review was opened in. */
export async function findWatched(client: ClientBase, patientId: PatientId, by: Reviewer): Promise<WatchedPerson> {
  const text = `select exists (select from patient_keys k where k.patient_id = $1) and ${hiddenFrom('array[$1::uuid]', 2)} = '{}' as "isKnown",
    (select ${WATCH('l')} from (${LATEST}) l join patient_keys o on o.patient_id = l.patient_id where o.canonical_id =
      (select c.canonical_id from patient_keys c where c.patient_id = $1) order by l.id desc limit 1) as latest`;
  const { rows } = await runQuery<{ isKnown: boolean; latest: Watch | null }>(client, {
    name: 'watch_person',
    text,
    values: [patientId, ...reviewerValues(by)],
  });
  const { isKnown, latest } = rows[0]!;
  return { isKnown, ...(latest ? { latest: inUtc(latest) } : {}) };
}

/** The line that put somebody on the list, with the latest about the same person. */
export async function findWatch(client: ClientBase, id: ThingId): Promise<{ watch: Watch; latest: Watch } | undefined> {
  const text = `select ${WATCH('w')} as watch, (select ${WATCH('l')} from audit_watches l where l.patient_id = w.patient_id
    order by l.id desc limit 1) as latest from audit_watches w where w.id = $1 and w.ended_at is null`;
  const { rows } = await runQuery<{ watch: Watch; latest: Watch }>(client, { name: 'watch_found', text, values: [id] });
  const row = rows[0];
  return row && { watch: inUtc(row.watch), latest: inUtc(row.latest) };
}

const watchesPart: RecordPart = {
  name: 'watches',
  sql: `with l as (${LATEST}), h as (select ${hiddenFrom('(select array_agg(l.patient_id) from l)', 8)} as hidden)
    select coalesce(json_agg(${WATCH('l')} order by l.id desc), '[]'::json) from l
    where l.ended_at is null and l.patient_id <> all ((select hidden from h)::uuid[])`,
};
const watchList = officeRecord('log_watches', watchesPart);

export async function loadWatches(pool: Pool, actor: Actor, by: Reviewer) {
  const { office, ...raw } = await watchList(pool, actor, reviewerValues(by));
  return { office, watches: (raw.watches as Watch[]).map(inUtc) };
}

function inUtc(watch: Watch): Watch {
  const utc = (at: string) => new Date(at).toISOString();
  return { ...watch, fromAt: utc(watch.fromAt), ...(watch.endedAt ? { endedAt: utc(watch.endedAt) } : {}) };
}
