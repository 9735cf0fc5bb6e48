import type { Pool } from 'pg';
import { Sealed } from '../../access/index.ts';
import { instantOf, ownedFromRow, type StoredRow } from '../../db/owned-row.ts';
import { type RecordTarget, recordQuery } from '../../db/record-query.ts';
import type { Actor } from '../../shared/actor.ts';
import type { Contribution, ContributionKind, Instant } from '../domain/model.ts';
import { contentParts, factParts, type PlanRecord, type PlanTarget, recordFrom } from './record.ts';
import { KINDS, STORAGE } from './tables.ts';

/** One wording of one contribution, as it was from `at` until its next revision. */
export interface PastRevision {
  readonly kind: ContributionKind;
  readonly at: Instant;
  readonly thing: Contribution;
}

/** A plan's record with every wording that each of its contributions has had. */
export interface HistoryRecord extends PlanRecord {
  readonly past: readonly PastRevision[];
}

const pastOf = (kind: ContributionKind) =>
  `select '${kind}' as kind, h.at, h.revision, h.content from ${STORAGE[kind].table}_history h
   where h.patient_id = any ((select keys from k)::uuid[]) and h.plan_id = $2`;

const pastPart = {
  name: 'past',
  sql: `select coalesce(json_agg(json_build_object('kind', a.kind, 'at', a.at, 'row', a.content) order by a.at, a.kind, a.revision), '[]'::json)
    from (${KINDS.map(pastOf).join(' union all ')}) a`,
};

const historyRecord = recordQuery('plan_history', [...factParts, ...contentParts, pastPart]);

/** Reads facts, content and history of one plan in one statement, sealed until the policy has decided. */
export async function loadHistory(
  pool: Pool,
  actor: Actor,
  target: PlanTarget & Required<Pick<RecordTarget, 'patientId' | 'planId'>>,
): Promise<Sealed<HistoryRecord>> {
  const raw = await historyRecord(pool, actor, target, [[]]);
  const past = (raw.past as { kind: ContributionKind; at: string; row: StoredRow }[]).map(({ kind, at, row }) => ({
    kind,
    at: instantOf(at),
    thing: ownedFromRow<Contribution>(row),
  }));
  return new Sealed({ ...recordFrom(raw, target), past });
}
