import type { Pool } from 'pg';
import { actorUnitPart, Sealed } from '../../access/index.ts';
import { type RawRecord, recordQuery } from '../../db/record-query.ts';
import type { StaffActor } from '../../shared/actor.ts';
import type { Feedback, HsaId, Instant } from '../domain/model.ts';

/** How often one kind of feedback went between the acting unit and another, and how often it was replied to. */
export interface FeedbackCount {
  readonly otherUnit: HsaId;
  readonly direction: 'given' | 'received';
  readonly what: Exclude<Feedback['what'], 'reply'>;
  readonly number: number;
  readonly replied: number;
}

export interface FeedbackCounts {
  readonly raw: RawRecord;
  readonly counts: readonly FeedbackCount[];
}

/** Only rows that the acting unit gave or got, and none of a person whom it may not know of: not even in a number. */
const countsPart = {
  name: 'counts',
  sql: `select coalesce(json_agg(c order by c."otherUnit", c.direction, c.what), '[]'::json) from (
    select case when t.from_unit = $3 then t.to_unit else t.from_unit end as "otherUnit",
      case when t.from_unit = $3 then 'given' else 'received' end as direction, t.what, count(*)::int as number,
      count(*) filter (where exists (select from feedback r where r.patient_id = t.patient_id and r.about_id = t.about_id
        and r.content->>'answers' = t.id::text and not r.entered_in_error))::int as replied
    from feedback t where $3 in (t.from_unit, t.to_unit) and t.what <> 'reply' and not t.entered_in_error
      and t.created_at >= $8::timestamptz and t.created_at < $9::timestamptz
      and not is_withheld_from(t.patient_id, $10, $3, null, $11::timestamptz, t.changed_at)
    group by 1, 2, 3) c`,
};

const feedbackCounts = recordQuery('feedback_counts', [actorUnitPart, countsPart], { unbound: true });

/** Counts the acting unit's feedback from one instant up to another, per other unit, in one statement. */
export async function loadFeedbackCounts(
  pool: Pool,
  actor: StaffActor,
  period: { readonly from: Instant; readonly to: Instant },
  now: number,
): Promise<Sealed<FeedbackCounts>> {
  const { from, to } = period;
  const raw = await feedbackCounts(pool, actor, {}, [from, to, actor.employeeHsaId, new Date(now).toISOString()]);
  return new Sealed({ raw, counts: raw.counts as readonly FeedbackCount[] });
}
