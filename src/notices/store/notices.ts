import type { PoolClient } from 'pg';
import { runQuery } from '../../db/query.ts';
import type { SequencedEvent } from '../../events/index.ts';
import type { Ids, PatientId, ThingId } from '../../shared/ids.ts';
import type { PersonNumber } from '../../shared/person-number.ts';
import type { NoSend, NoticePerson, NoticeWay } from '../domain/notice.ts';

/** Opens the table of notices to this transaction: the work is across patients, and nobody's request. */
export async function asNotices(client: PoolClient): Promise<void> {
  await client.query(`select set_config('app.job', 'notices', true)`);
}

/** Which persons the events give something new to read, other than what they wrote themselves. */
export async function personsTold(client: PoolClient, events: readonly SequencedEvent[]): Promise<PatientId[]> {
  const { rows } = await runQuery<{ patient_id: PatientId }>(client, {
    name: 'notices_told',
    text: `select distinct t.patient_id from json_to_recordset($1::json)
      as t(patient_id uuid, kind text, id uuid) where news_to_patient(t.patient_id, t.kind, t.id)`,
    values: [
      JSON.stringify(
        events.map(({ patientId, resourceKind, resourceId }) => ({
          ...{ patient_id: patientId, kind: resourceKind, id: resourceId },
        })),
      ),
    ],
  });
  return rows.map(({ patient_id }) => patient_id);
}

/** Puts one notice in line for each person who has none waiting. */
export async function queueNotices(
  client: PoolClient,
  persons: readonly PatientId[],
  ids: Ids,
  times: { readonly now: number; readonly dueAt: number },
): Promise<void> {
  await runQuery(client, {
    name: 'notices_queue',
    text: `insert into notices (patient_id, id, state, queued_at, due_at)
      select t.patient_id, t.id, 'waiting', $2, $3 from json_to_recordset($1::json) as t(patient_id uuid, id uuid)
      on conflict (patient_id) where state = 'waiting' do nothing`,
    values: [
      JSON.stringify(persons.map((patient_id) => ({ patient_id, id: ids.thingId() }))),
      new Date(times.now).toISOString(),
      new Date(times.dueAt).toISOString(),
    ],
  });
}

export interface DueNotice {
  readonly patientId: PatientId;
  readonly id: ThingId;
  readonly person?: NoticePerson;
}

interface StoredFacts {
  readonly patient_id: PatientId;
  readonly id: ThingId;
  readonly facts: {
    readonly deceasedOn: string | null;
    readonly isProtected: boolean;
    readonly language: string;
    readonly preferredWay: NoticePerson['preferredWay'] | null;
    readonly cannotUse1177: boolean | null;
    readonly numbers: readonly PersonNumber[];
  } | null;
}

/** The next notice that is due, held by this transaction so that no other process sends it too. */
export async function nextDue(client: PoolClient, now: number): Promise<DueNotice | undefined> {
  const { rows } = await runQuery<StoredFacts>(client, {
    name: 'notices_due',
    text: `select n.patient_id, n.id, notice_facts(n.patient_id) as facts from notices n
      where n.state = 'waiting' and n.due_at <= $1 order by n.due_at limit 1 for update skip locked`,
    values: [new Date(now).toISOString()],
  });
  const [row] = rows;
  if (!row) return undefined;
  const { patient_id: patientId, id, facts } = row;
  if (!facts) return { patientId, id };
  const { deceasedOn, preferredWay, cannotUse1177, ...rest } = facts;
  const person: NoticePerson = {
    ...rest,
    cannotUse1177: cannotUse1177 ?? false,
    ...(deceasedOn === null ? {} : { deceasedOn }),
    ...(preferredWay === null ? {} : { preferredWay }),
  };
  return { patientId, id, person };
}

/** Writes what became of a notice. */
export async function concludeNotice(
  client: PoolClient,
  { patientId, id }: DueNotice,
  now: number,
  became: { readonly way: NoticeWay } | { readonly reason: NoSend },
): Promise<void> {
  const sent = 'way' in became;
  await runQuery(client, {
    name: 'notices_conclude',
    text: `update notices set state = $3, way = $4, reason = $5, done_at = $6 where patient_id = $1 and id = $2`,
    values: [
      patientId,
      id,
      sent ? 'sent' : 'stopped',
      sent ? became.way : null,
      sent ? null : became.reason,
      new Date(now).toISOString(),
    ],
  });
}
