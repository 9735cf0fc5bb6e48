import type { PatientId, ThingId } from '../shared/ids.ts';
import { type Queryable, runQuery } from './query.ts';
import type { Row } from './save-rows.ts';

/** How long a key answers for its first use. */
export const IDEMPOTENCY_HOURS = 72;

/** One client's wish that a request, sent again, is not done again. */
export interface IdempotencyRequest {
  /** Keyed hash of actor, route and key: what is stored never tells who sent what. */
  readonly keyHash: string;
  /** Keyed hash of the request, so that the same key with another body is told apart. */
  readonly requestHash: string;
}

/** What the first request made. */
export interface IdempotentResult {
  readonly status: number;
  readonly patientId: PatientId;
  readonly planId?: ThingId;
  readonly resourceKind: string;
  readonly resourceId: ThingId;
}

interface StoredKey {
  readonly body_hash: string;
  readonly status: number;
  readonly patient_id: PatientId;
  readonly plan_id: ThingId | null;
  readonly resource_kind: string;
  readonly resource_id: ThingId;
}

/**
 * What the first request with this key made; undefined when there was none within 72 hours (real time).
 * Twenty at once are safe where the same lock is held from before this until the commit.
 */
export async function findIdempotent(
  on: Queryable,
  request: IdempotencyRequest,
): Promise<(IdempotentResult & { readonly sameBody: boolean }) | undefined> {
  const result = await runQuery<StoredKey>(on, {
    name: 'idempotency_find',
    text: `select body_hash, status, patient_id, plan_id, resource_kind, resource_id from idempotency_keys
      where hash = $1 and created_at > now() - interval '${IDEMPOTENCY_HOURS} hours'`,
    values: [request.keyHash],
  });
  const row = result.rows[0];
  if (!row) return undefined;
  return {
    sameBody: row.body_hash === request.requestHash,
    status: row.status,
    patientId: row.patient_id,
    planId: row.plan_id ?? undefined,
    resourceKind: row.resource_kind,
    resourceId: row.resource_id,
  };
}

/** The row that remembers a request's result; a key past its hours is used anew. */
export function idempotencyRow(request: IdempotencyRequest, result: IdempotentResult, realNow: number): Row {
  return {
    hash: request.keyHash,
    body_hash: request.requestHash,
    status: result.status,
    patient_id: result.patientId,
    plan_id: result.planId ?? null,
    resource_kind: result.resourceKind,
    resource_id: result.resourceId,
    created_at: new Date(realNow).toISOString(),
  };
}
