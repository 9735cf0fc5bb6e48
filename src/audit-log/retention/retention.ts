import type { ClientBase } from 'pg';
import { auditRow } from '../../audit/index.ts';
import { insertRowsStatement } from '../../db/save-rows.ts';
import { NIL_PATIENT, randomIds } from '../../shared/ids.ts';
import type { SwedishDate } from '../../shared/owned.ts';

/** A part of the log that culling would take away. */
export interface CullablePart {
  /** The partition, or the table. */
  readonly part: string;
  readonly firstAt?: string;
  readonly lastAt?: string;
  readonly entries: number;
  /** Entries that no seal holds yet: the part cannot be culled while there are any. */
  readonly unsealed: number;
}

interface PlanRow {
  readonly part: string;
  readonly first_at: string | null;
  readonly last_at: string | null;
  readonly entries: string;
  readonly unsealed: string;
}

/** What culling everything before the month of a day would take away; changes nothing. */
export async function planRetention(client: ClientBase, before: SwedishDate): Promise<CullablePart[]> {
  const { rows } = await client.query<PlanRow>(
    `select part, audit_instant(first_at) as first_at, audit_instant(last_at) as last_at, entries::text, unsealed::text
     from audit_retention_plan($1::date)`,
    [before],
  );
  return rows.map(({ part, first_at, last_at, entries, unsealed }) => ({
    part,
    ...(first_at !== null && last_at !== null ? { firstAt: first_at, lastAt: last_at } : {}),
    entries: Number(entries),
    unsealed: Number(unsealed),
  }));
}

/** Why a culling was refused by the database; nothing was taken away. */
export type RetentionRefusal = 'too-young' | 'unsealed';

const REFUSALS: Readonly<Record<string, RetentionRefusal>> = { PK010: 'too-young', PK011: 'unsealed' };

/**
 * Takes away what {@link planRetention} told of, in one transaction with its own entry in the log: entries, what is
 * sealed of them and reviews; never a seal. Needs a login of the retention role.
 *
 * @returns how many entries went, or why none did
 */
export async function runRetention(
  client: ClientBase,
  before: SwedishDate,
  now: number,
): Promise<{ readonly entries: number } | { readonly refused: RetentionRefusal }> {
  await client.query('begin');
  try {
    const act = randomIds.thingId();
    const { rows } = await client.query<{ entries: string; parts: string[]; login: string }>(
      'select entries::text, parts, by_login as login from cull_audit_log($1::date, $2)',
      [before, act],
    );
    const { entries, parts, login } = rows[0]!;
    await writeEntry(client, { login, act, before, parts, hits: Number(entries), now });
    await client.query('commit');
    return { entries: Number(entries) };
  } catch (error) {
    await client.query('rollback');
    const refused = REFUSALS[String((error as { code?: unknown }).code)];
    if (refused) return { refused };
    throw error;
  }
}

interface Culled {
  readonly login: string;
  readonly act: string;
  readonly before: SwedishDate;
  readonly parts: readonly string[];
  readonly hits: number;
  readonly now: number;
}

async function writeEntry(client: ClientBase, { login, act, before, parts, hits, now }: Culled): Promise<void> {
  const row = auditRow(
    {
      actor: { kind: 'operator', login },
      patientId: NIL_PATIENT,
      activity: 'Radera',
      action: 'retention.run',
      outcome: 'Beviljad',
      resources: [],
      particulars: { of: 'access-log', before, parts },
      // The column holds no more; the whole number stands in audit_retentions.
      hits: Math.min(hits, 2_147_483_647),
      requestId: act,
      route: 'cli audit retention',
    },
    randomIds.thingId(),
    new Date(now),
  );
  await client.query(insertRowsStatement('audit_entries').text, [JSON.stringify([row])]);
}
