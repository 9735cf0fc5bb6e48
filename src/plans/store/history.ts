import type { Pool } from 'pg';
import type { Moment, Sealed } from '../../access/index.ts';
import { instantOf, ownedFromRow, type StoredRow } from '../../db/owned-row.ts';
import type { RawRecord } from '../../db/record-query.ts';
import type { Actor } from '../../shared/actor.ts';
import type { ThingRef } from '../../shared/ids.ts';
import type { Contribution, ContributionKind, Instant } from '../domain/model.ts';
import { readBeside } from './beside-directory.ts';
import { type PlanRecord, planQuery, recordFrom } from './record.ts';
import { KINDS, STORAGE } from './tables.ts';

/** One wording of one contribution, as it was from `at` until its next revision. */
export interface PastRevision {
  readonly kind: ContributionKind;
  readonly at: Instant;
  readonly thing: Contribution;
}

/** A person's record with every wording of whatever has at some time been in one plan. */
export interface HistoryRecord extends PlanRecord {
  readonly past: readonly PastRevision[];
}

/** What a plan held may since have moved to the plan that took its place, or have come from the one before. */
const pastOf = (kind: ContributionKind) => {
  const table = `${STORAGE[kind].table}_history`;
  return `select '${kind}' as kind, h.at, h.content from ${table} h
   where h.patient_id = any ((select keys from k)::uuid[]) and h.id in (
     select o.id from ${table} o where o.patient_id = any ((select keys from k)::uuid[]) and o.plan_id = $8)`;
};

const pastPart = {
  name: 'past',
  sql: `select coalesce(json_agg(json_build_object('kind', a.kind, 'at', a.at, 'row', a.content)), '[]'::json)
    from (${KINDS.map(pastOf).join(' union all ')}) a`,
};

const query = planQuery('plan_history', 'person', [pastPart]);

/**
 * Reads facts, content and the history of one plan in one statement, sealed until the policy has decided. The content is
 * that of all the person's plans: a wording is shown only to who may see the thing today, wherever it now stands.
 */
export function loadHistory(pool: Pool, actor: Actor, ref: ThingRef, moment: Moment): Promise<Sealed<HistoryRecord>> {
  const target = { patientId: ref.patientId, ...moment };
  return readBeside(
    { pool },
    {
      query,
      actor,
      target,
      more: [ref.id],
      make: (raw, of, beside) => ({ ...recordFrom(raw, of, beside), past: readPast(raw) }),
    },
  );
}

function readPast(raw: RawRecord): PastRevision[] {
  const rows = raw[pastPart.name] as { kind: ContributionKind; at: string; row: StoredRow }[];
  return rows.map(({ kind, at, row }) => ({ kind, at: instantOf(at), thing: ownedFromRow<Contribution>(row) }));
}
