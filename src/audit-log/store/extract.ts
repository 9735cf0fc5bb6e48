import type { Pool } from 'pg';
import {
  type Facts,
  type Moment,
  personFactParts,
  readKeyOfPerson,
  readPersonFacts,
  Sealed,
} from '../../access/index.ts';
import { behind, given } from '../../db/keyset.ts';
import { type RecordPart, recordQuery } from '../../db/record-query.ts';
import type { Actor } from '../../shared/actor.ts';
import type { PatientId, ThingId } from '../../shared/ids.ts';
import { readSharingThings, type SharingThings, sharingThingsPart } from '../../sharing/index.ts';
import type { LogEntry } from '../domain/entry.ts';
import { entryJson } from './entry-json.ts';

/** Where a page of the log begins: after this entry, on the way back in time. */
export interface LogPlace {
  readonly at: string;
  readonly id: string;
}

export interface ExtractPage {
  /** Epoch milliseconds: from this instant, up to but not including that. */
  readonly from?: number;
  readonly until?: number;
  readonly after?: LogPlace;
  /** One entry alone, by its own key. */
  readonly only?: ThingId;
  readonly limit: number;
}

/** A page of one person's log, with what the policy asks about. */
export interface ExtractRecord {
  readonly facts: Facts;
  /** The key that the person goes by; undefined when nobody is registered. */
  readonly patientId?: PatientId;
  readonly entries: readonly LogEntry[];
  /** What has been asked to be taken out about the person, see `withSecondPersonWhenProtected` of the policy. */
  readonly requests: readonly SharingThings['export-request'][];
}

/**
 * Each key of the person is a walk of its own along the primary key, month by month, that stops at the page's end;
 * what is written meanwhile stands before the first page and moves nothing.
 */
const entriesPart: RecordPart = {
  name: 'entries',
  sql: `select coalesce(json_agg(${entryJson('(select keys from k)::uuid[]')} order by e.at desc, e.id desc), '[]'::json)
    from (select e.* from unnest((select keys from k)::uuid[]) key(id) cross join lateral (
        select t.* from audit_entries t where t.patient_id = key.id
          and t.at >= ${given(8, 'timestamptz', '-infinity')} and t.at < ${given(9, 'timestamptz', 'infinity')}
          and ${behind(['t.at', 't.id'], 10, 'desc')}
          and ($13::uuid is null or t.id = $13)
        order by t.at desc, t.id desc limit $12) e
      order by e.at desc, e.id desc limit $12) e`,
};

const exportsPart = sharingThingsPart(['export-request']);

const extract = recordQuery('log_extract', [...personFactParts, entriesPart, exportsPart], { log: 'extract' });

/** Reads one page of a person's log, newest first, sealed until the policy has decided. */
export async function loadExtract(
  pool: Pool,
  actor: Actor,
  patientId: PatientId | undefined,
  { from, until, after, only, limit }: ExtractPage,
  moment: Moment,
): Promise<Sealed<ExtractRecord>> {
  const instant = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());
  const more = [instant(from), instant(until), after?.at ?? null, after?.id ?? null, limit, only ?? null];
  const raw = await extract(pool, actor, { patientId }, more);
  return new Sealed({
    facts: readPersonFacts(raw, actor, moment),
    patientId: readKeyOfPerson(raw),
    entries: raw.entries as LogEntry[],
    requests: readSharingThings(raw, ['export-request'])['export-request'],
  });
}
