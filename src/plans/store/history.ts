import type { Pool } from 'pg';
import type { Moment, Sealed } from '../../access/index.ts';
import { instantOf, ownedFromRow, type StoredRow } from '../../db/owned-row.ts';
import type { RawRecord } from '../../db/record-query.ts';
import type { Actor } from '../../shared/actor.ts';
import type { ThingId, ThingRef } from '../../shared/ids.ts';
import type { Contribution, ContributionKind, Instant, PlanContent } from '../domain/model.ts';
import { readBeside } from './beside-directory.ts';
import { planIdOf } from './changes.ts';
import { type PlanRecord, planQuery, recordFrom } from './record.ts';
import { KINDS, STORAGE } from './tables.ts';

/** One wording of one contribution, as it was from `at` until its next revision. */
export interface PastRevision {
  readonly kind: ContributionKind;
  readonly at: Instant;
  readonly thing: Contribution;
}

/** A person's record with every wording of whatever has at some time been in one plan, the present ones too. */
export interface HistoryRecord extends PlanRecord {
  readonly past: readonly PastRevision[];
}

/**
 * Wordings that are no more. What a plan held may since have moved to the plan that took its place, or have come from the
 * one before.
 */
const pastOf = (kind: ContributionKind) => {
  const { table } = STORAGE[kind];
  const inPlan = (name: string, key: string) =>
    `select ${name}.id from ${name} where ${name}.patient_id = any ((select keys from k)::uuid[]) and ${name}.${key} = $8`;
  return `select '${kind}' as kind, h.at, h.content from ${table}_history h
   where h.patient_id = any ((select keys from k)::uuid[]) and h.id in (
     ${inPlan(`${table}_history`, 'plan_id')} union all ${inPlan(table, kind === 'plan' ? 'id' : 'plan_id')})`;
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
      make: (raw, of, beside) => {
        const record = recordFrom(raw, of, beside);
        const past = readPast(raw);
        return { ...record, past: [...past, ...presentOf(record.content, ref.id, past)] };
      },
    },
  );
}

/** How what is or was in the plan reads today: the database keeps a wording apart only once another has taken its place. */
function presentOf(content: PlanContent, planId: ThingId, past: readonly PastRevision[]): PastRevision[] {
  const were = new Set(past.map(({ thing }) => thing.id));
  return KINDS.flatMap((kind) =>
    content[kind]
      .filter((thing) => planIdOf(thing) === planId || were.has(thing.id))
      .map((thing) => ({ kind, at: thing.changedAt, thing })),
  );
}

function readPast(raw: RawRecord): PastRevision[] {
  const rows = raw[pastPart.name] as { kind: ContributionKind; at: string; row: StoredRow }[];
  return rows.map(({ kind, at, row }) => ({ kind, at: instantOf(at), thing: ownedFromRow<Contribution>(row) }));
}
