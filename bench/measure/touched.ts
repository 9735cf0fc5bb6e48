import { setTimeout as pause } from 'node:timers/promises';
import { asked } from '../place.ts';

/**
 * What requests made the database touch, wherever it came from: rows of patients, walks down an index, pages of tables and
 * of indexes, and how many of these pages were not in the server's own memory.
 */
export interface Touched {
  readonly rows: number;
  readonly walks: number;
  readonly tablePages: number;
  readonly indexPages: number;
  readonly pagesRead: number;
}

/** The server's processes tell what they have touched once they have been idle for ten seconds. */
const TOLD_WITHIN_MS = 11_000;
/** The log is only written to, and it is the measuring itself that counts its rows. */
const NOT_THE_LOG = "io.relname not like 'audit%'";
/** Rows are counted of patients' tables: the planner may read a small directory through, and a larger one by index. */
const OF_PATIENTS = `exists (select from pg_attribute a where a.attrelid = io.relid and a.attname = 'patient_id')`;

/** All that has been touched since the server's figures began, by its own account. */
export async function touchedSoFar(ownerUrl: string): Promise<Touched> {
  await pause(TOLD_WITHIN_MS);
  const [row] = await asked<{ [K in keyof Touched]: number }>(
    ownerUrl,
    `select sum(s.seq_tup_read + coalesce(s.idx_tup_fetch, 0)) filter (where ${OF_PATIENTS})::float8 as rows,
       sum(coalesce(s.idx_scan, 0))::float8 as walks,
       sum(heap_blks_hit + heap_blks_read)::float8 as "tablePages",
       sum(coalesce(idx_blks_hit + idx_blks_read, 0))::float8 as "indexPages",
       sum(heap_blks_read + coalesce(idx_blks_read, 0))::float8 as "pagesRead"
     from pg_statio_user_tables io join pg_stat_user_tables s using (relid) where ${NOT_THE_LOG}`,
  );
  return row!;
}

/** What each of so many requests touched between two accounts. */
export function touchedByEach(before: Touched, after: Touched, requests: number): Touched {
  const each = (what: keyof Touched) => (after[what] - before[what]) / requests;
  return {
    rows: each('rows'),
    walks: each('walks'),
    tablePages: each('tablePages'),
    indexPages: each('indexPages'),
    pagesRead: each('pagesRead'),
  };
}
