import type { ClientBase } from 'pg';
import { auditRow } from '../audit/index.ts';
import { insertRowsStatement } from '../db/save-rows.ts';
import { type PatientId, randomIds, type ThingId } from '../shared/ids.ts';
import type { HsaId, LegalBasis, SwedishDate } from '../shared/owned.ts';
import { startOfDay } from '../shared/swedish-time.ts';

/** What one provider has written about one person under one law, when it is older than it is kept. */
export interface DueRecord {
  readonly patientId: PatientId;
  readonly provider: HsaId;
  readonly basis: LegalBasis;
  /** The last entry, UTC. */
  readonly lastAt: string;
  /** Contributions that would go; a plan's header stays while another owner has anything in the plan. */
  readonly things: number;
}

/** Which records a culling is about. */
export interface Culling {
  /** Only records whose last entry is before the start of this day in Sweden; never younger than the law keeps them. */
  readonly before: SwedishDate;
  /** Persons whose records are kept whatever their age: placed children, a quarrel in court, an archive's decision. */
  readonly keep: readonly PatientId[];
}

interface Row {
  readonly patient_id: PatientId;
  readonly provider: HsaId;
  readonly basis: LegalBasis;
  readonly last_at: Date;
  readonly things: string;
}

const valuesOf = ({ before, keep }: Culling) => [new Date(startOfDay(before)).toISOString(), keep];

/** The records that culling would take away; changes nothing. Needs a login of the retention role. */
export async function recordsDue(client: ClientBase, culling: Culling): Promise<readonly DueRecord[]> {
  const { rows } = await client.query<Row>('select * from records_due($1::timestamptz, $2::uuid[])', valuesOf(culling));
  return rows.map(dueRecord);
}

/**
 * Culls them, owner by owner: HSL at the earliest ten years after the last entry (PDL 3:17), SoL and LSS five (SoL
 * 2001:453 12:1), persons born on day 5, 15 or 25 excepted (12:2). In one transaction with an entry in the log of each
 * person, so that it can be told afterwards that it was done, and by whom.
 *
 * @returns what went
 */
export async function cullRecords(client: ClientBase, culling: Culling, now: number): Promise<readonly DueRecord[]> {
  await client.query('begin');
  try {
    const { rows } = await client.query<Row>(
      'select * from cull_records($1::timestamptz, $2::uuid[])',
      valuesOf(culling),
    );
    const { rows: logins } = await client.query<{ login: string }>('select session_user::text as login');
    const gone = rows.map(dueRecord);
    const requestId = randomIds.thingId();
    const entries = gone.map((record) => entryOf(record, { login: logins[0]!.login, requestId, now }));
    if (entries.length > 0) await client.query(insertRowsStatement('audit_entries').text, [JSON.stringify(entries)]);
    await client.query('commit');
    return gone;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

function dueRecord({ patient_id, provider, basis, last_at, things }: Row): DueRecord {
  return { patientId: patient_id, provider, basis, lastAt: last_at.toISOString(), things: Number(things) };
}

function entryOf(
  { patientId, provider, basis, things }: DueRecord,
  { login, requestId, now }: { readonly login: string; readonly requestId: string; readonly now: number },
) {
  return auditRow(
    {
      actor: { kind: 'operator', login },
      patientId,
      activity: 'Radera',
      action: 'retention.run',
      outcome: 'Beviljad',
      resources: [{ kind: 'record', id: patientId as string as ThingId, owner: provider }],
      particulars: { of: 'records', basis },
      hits: things,
      requestId,
      route: 'cli records retention',
    },
    randomIds.thingId(),
    new Date(now),
  );
}
