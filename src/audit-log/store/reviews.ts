import type { ClientBase, Pool } from 'pg';
import {
  actorUnitPart,
  protectedStaffPart,
  readActorUnit,
  readProtectedStaff,
  unitFactsSql,
} from '../../access/index.ts';
import { actorSettings } from '../../db/bound.ts';
import { PLANNED_FOR_VALUES } from '../../db/for-values.ts';
import { behind } from '../../db/keyset.ts';
import { runQuery } from '../../db/query.ts';
import { type RawRecord, type RecordPart, recordQuery } from '../../db/record-query.ts';
import type { RowChange } from '../../db/save-rows.ts';
import type { Actor } from '../../shared/actor.ts';
import { NIL_PATIENT, type PatientId, type ThingId } from '../../shared/ids.ts';
import type { HsaId } from '../../shared/owned.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { Conclusion, Finding, Review } from '../domain/review.ts';

/** From where somebody reviews, and the staff whom no answer names, reviewers too. */
export interface Office {
  readonly unit: UnitFacts | undefined;
  readonly protectedStaff: ReadonlySet<HsaId>;
}

/**
 * Opens the log, for the rest of the transaction, to what the actor's provider answers for. What is searched there is of a
 * day or of a year, of one user or of all: planned for that.
 */
export async function openForReview(client: ClientBase, actor: Actor): Promise<Office> {
  const { unit } = actorSettings(actor);
  const text = `select set_config('app.log', 'review', true), ${PLANNED_FOR_VALUES}, (${unitFactsSql('$1')}) as "${actorUnitPart.name}",
    (${protectedStaffPart.sql}) as "${protectedStaffPart.name}"`;
  const { rows } = await runQuery<RawRecord>(client, { name: 'review_open', text, values: [unit] });
  return officeOf(rows[0]!);
}

const officeOf = (raw: RawRecord): Office => ({
  unit: readActorUnit(raw),
  protectedStaff: readProtectedStaff(raw),
});

/** A statement that reads parts of the log beside the office that it is read from. */
export function officeRecord(name: string, ...parts: readonly RecordPart[]) {
  const record = recordQuery(name, [actorUnitPart, protectedStaffPart, ...parts], { unbound: true, log: 'review' });
  return async (
    pool: Pool,
    actor: Actor,
    more: readonly unknown[],
  ): Promise<RawRecord & { readonly office: Office }> => {
    const raw = await record(pool, actor, {}, more);
    return { ...raw, office: officeOf(raw) };
  };
}

/** The rows that a review is kept as. */
export function reviewRows(review: Review): RowChange[] {
  const { id, at, provider, unit, byStaff, byName, criteria, seed, covered, cut, findings } = review;
  const row = {
    id,
    at,
    provider,
    unit,
    by_staff: byStaff,
    by_name: byName,
    kind: criteria.kind,
    criteria: { ...criteria, cut },
    seed: seed ?? null,
    covered,
    findings: findings.length,
  };
  const found = findings.map(({ patientId, patterns, ...content }, i) => ({
    review_id: id,
    number: i + 1,
    provider,
    patient_id: patientId ?? NIL_PATIENT,
    patterns,
    content,
  }));
  return [
    { table: 'audit_reviews', write: 'insert', row },
    ...found.map((one): RowChange => ({ table: 'audit_review_findings', write: 'insert', row: one })),
  ];
}

export function conclusionRow(reviewId: ThingId, provider: string, conclusion: Conclusion): RowChange {
  const { id, at, byStaff, byName, outcome, text, findings } = conclusion;
  const row = { review_id: reviewId, id, at, provider, by_staff: byStaff, by_name: byName, outcome, text, findings };
  return { table: 'audit_review_conclusions', write: 'insert', row };
}

/** A review as its row has it. */
const REVIEW = `json_strip_nulls(json_build_object('id', r.id, 'at', r.at, 'provider', r.provider, 'unit', r.unit, 'byStaff', r.by_staff,
  'byName', r.by_name, 'criteria', r.criteria - 'cut', 'cut', coalesce(r.criteria->'cut', 'false'), 'seed', r.seed, 'covered', r.covered))`;

const CONCLUSIONS = `(select coalesce(json_agg(json_build_object('id', c.id, 'at', c.at, 'byStaff', c.by_staff, 'byName', c.by_name,
  'outcome', c.outcome, 'text', c.text, 'findings', c.findings) order by c.id), '[]'::json)
  from audit_review_conclusions c where c.review_id = r.id)`;

/** Who reviews, and when (business time): it is judged at each request who is on a protected person's list. */
export interface Reviewer {
  readonly staff: HsaId;
  readonly unit: HsaId;
  readonly now: number;
}

/** SQL for those among `persons` of whom a reviewer learns nothing, from parameter `$first` on. */
export const hiddenFrom = (persons: string, first: number) =>
  `hidden_among(${persons}, $${first}, $${first + 1}, null, $${first + 2}::timestamptz)`;
/** The values of {@link hiddenFrom}. */
export const reviewerValues = ({ staff, unit, now }: Reviewer) => [staff, unit, new Date(now).toISOString()];

/** A review of one person's log is gone, while that person is protected, but for reviewers on the person's list. */
const tellable = (first: number) =>
  `(r.criteria->>'patientId' is null or ${hiddenFrom(`array[(r.criteria->>'patientId')::uuid]`, first)} = '{}')`;

/** Findings about persons who have become protected since are not shown, and keep their numbers. */
const findingsTo = (
  first: number,
) => `(select coalesce(json_agg(jsonb_build_object('number', f.number, 'patterns', f.patterns) || f.content
    || case when f.patient_id = '${NIL_PATIENT}' then '{}'::jsonb else jsonb_build_object('patientId', f.patient_id) end order by f.number), '[]'::json)
  from audit_review_findings f where f.review_id = r.id
    and f.patient_id <> all (${hiddenFrom('(select array_agg(g.patient_id) from audit_review_findings g where g.review_id = r.id)', first)}))`;

export type NumberedFinding = Finding & { readonly number: number };
export type StoredReview = Omit<Review, 'findings'> & { readonly findings: readonly NumberedFinding[] };
/** A review in a list, without what it found. */
export type ReviewHead = Omit<Review, 'findings' | 'conclusions'> & {
  readonly findings: number;
  readonly conclusions: readonly Conclusion[];
};

/** The review with the id that is parameter `$at`, the reviewer's being the three after it. */
const oneReview = (
  at: number,
) => `(select ${REVIEW}::jsonb || jsonb_build_object('findings', ${findingsTo(at + 1)}, 'conclusions', ${CONCLUSIONS})
  from audit_reviews r where ${tellable(at + 1)} and r.id = $${at}::uuid)`;

/** One review of the actor's provider, in a transaction that {@link openForReview} has opened. */
export async function findReview(client: ClientBase, id: ThingId, by: Reviewer): Promise<StoredReview | undefined> {
  const text = `select ${oneReview(1)} as review`;
  const { rows } = await runQuery<{ review: StoredReview | null }>(client, {
    name: 'review_found',
    text,
    values: [id, ...reviewerValues(by)],
  });
  return rows[0]?.review ? withInstants(rows[0].review) : undefined;
}

const reviewPart: RecordPart = { name: 'review', sql: `select ${oneReview(8)}` };
const reviewRecord = officeRecord('log_review', reviewPart);

export async function loadReview(pool: Pool, actor: Actor, id: ThingId, by: Reviewer) {
  const { office, ...raw } = await reviewRecord(pool, actor, [id, ...reviewerValues(by)]);
  const review = (raw.review as StoredReview | null) ?? undefined;
  return { office, review: review && withInstants(review) };
}

/** Where a page of reviews begins: after this one, on the way back in time. */
export interface ReviewPlace {
  readonly at: string;
  readonly id: string;
}

const headsPart: RecordPart = {
  name: 'reviews',
  sql: `select coalesce(json_agg(l.json order by l.at desc, l.id desc), '[]'::json) from (
    select r.at, r.id, ${REVIEW}::jsonb || jsonb_build_object('findings', r.findings, 'conclusions', ${CONCLUSIONS}) as json
    from audit_reviews r where r.provider = $4 and ${tellable(11)}
      and ${behind(['r.at', 'r.id'], 8, 'desc')}
    order by r.at desc, r.id desc limit $10) l`,
};
const reviewList = officeRecord('log_reviews', headsPart);

export async function loadReviews(
  pool: Pool,
  actor: Actor,
  after: ReviewPlace | undefined,
  limit: number,
  by: Reviewer,
) {
  const { office, ...raw } = await reviewList(pool, actor, [
    after?.at ?? null,
    after?.id ?? null,
    limit,
    ...reviewerValues(by),
  ]);
  return { office, reviews: (raw.reviews as ReviewHead[]).map(withInstants) };
}

/** Who among these persons is on the provider's list of those looked at more closely. */
export async function watchedAmong(
  client: ClientBase,
  patients: readonly PatientId[],
): Promise<ReadonlySet<PatientId>> {
  const text = `select k.patient_id as id from patient_keys k where k.patient_id = any ($1::uuid[]) and exists (
    select from (select distinct on (w.patient_id) w.* from audit_watches w order by w.patient_id, w.id desc) l
      join patient_keys o on o.patient_id = l.patient_id where o.canonical_id = k.canonical_id and l.ended_at is null)`;
  const { rows } = await runQuery<{ id: PatientId }>(client, { name: 'review_watched', text, values: [patients] });
  return new Set(rows.map(({ id }) => id));
}

function withInstants<T extends { readonly at: string; readonly conclusions: readonly Conclusion[] }>(review: T): T {
  const utc = (at: string) => new Date(at).toISOString();
  return {
    ...review,
    at: utc(review.at),
    conclusions: review.conclusions.map((one) => ({ ...one, at: utc(one.at) })),
  };
}
