import type { ClientBase } from 'pg';
import type { SealSink } from '../sealing/sink.ts';
import { verifyEntries } from './entries.ts';
import type { OnFault } from './fault.ts';
import { verifyKept } from './kept-seals.ts';
import { verifySeals } from './seals.ts';

export interface VerifyOptions {
  /** Epoch milliseconds: entries from this instant, up to but not including that. The chain is always followed whole. */
  readonly from?: number;
  readonly until?: number;
  readonly sink?: SealSink;
  readonly onFault: OnFault;
}

/** What was looked at. */
export interface Verified {
  readonly entries: number;
  readonly seals: number;
  /** Seals kept outside; undefined without a sink. */
  readonly kept?: number;
  /** Written, and not sealed yet. */
  readonly waiting: number;
  /** Entries before this were culled; undefined when none were. */
  readonly culledBefore?: string;
}

interface Extent {
  readonly first: string | null;
  readonly last: string | null;
  readonly culled: string | null;
  readonly waiting: number;
  readonly firstSeal: string | null;
  readonly lastSeal: string | null;
}

/**
 * Looks through the log for an entry that was changed, removed or inserted, a seal that was, and seals kept outside that
 * are others: from one snapshot, month by month, while the service goes on. Needs a role that may read the whole log.
 */
export async function verifyLog(client: ClientBase, { from, until, sink, onFault }: VerifyOptions): Promise<Verified> {
  await client.query('begin isolation level repeatable read read only');
  try {
    await client.query(`set local timezone = 'UTC'`);
    const period = { from: instant(from) ?? '-infinity', until: instant(until) ?? 'infinity' };
    const extent = await extentOf(client, period);
    const scope = { from: Number(extent.firstSeal ?? 0), to: Number(extent.lastSeal ?? Number.MAX_SAFE_INTEGER) };
    const seals = await verifySeals(client, { ...scope, culledBefore: extent.culled ?? '' }, onFault);
    let entries = 0;
    for (const month of monthsOf(extent, period)) entries += await verifyEntries(client, month, onFault);
    const kept = sink && (await verifyKept(client, sink, onFault));
    return { entries, seals, kept, waiting: extent.waiting, culledBefore: extent.culled ?? undefined };
  } finally {
    await client.query('rollback');
  }
}

async function extentOf(client: ClientBase, period: { from: string; until: string }): Promise<Extent> {
  const within = 'at >= $1 and at < $2';
  const { rows } = await client.query<Extent>(
    `select audit_instant(least(e.first, s.first, u.first)) as first, audit_instant(greatest(e.last, s.last, u.last)) as last,
       audit_instant((select max(before_at) from audit_retentions)) as culled, (select count(*)::int from audit_unsealed) as waiting,
       case when $1 = '-infinity'::timestamptz then null else s.first_seal::text end as "firstSeal",
       case when $2 = 'infinity'::timestamptz then null else s.last_seal::text end as "lastSeal"
     from (select min(at) as first, max(at) as last from audit_entries where ${within}) e,
       (select min(at) as first, max(at) as last, min(seal) as first_seal, max(seal) as last_seal from audit_sealed where ${within}) s,
       (select min(at) as first, max(at) as last from audit_unsealed where ${within}) u`,
    [period.from, period.until],
  );
  return rows[0]!;
}

/** The period in pieces of a month, each a pass of its own over that month's partition. */
function monthsOf({ first, last }: Extent, period: { from: string; until: string }) {
  if (first === null || last === null) return [];
  const months: { from: string; until: string }[] = [];
  let month = `${first.slice(0, 7)}-01`;
  for (; month <= last; month = nextMonth(month)) {
    const ends = nextMonth(month);
    const from = period.from !== '-infinity' && period.from > month ? period.from : month;
    const until = period.until !== 'infinity' && period.until < ends ? period.until : ends;
    months.push({ from, until });
  }
  return months;
}

function nextMonth(day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

function instant(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}
