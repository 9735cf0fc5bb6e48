import type { PatientId, ThingId } from '../shared/ids.ts';
import { type LegalBasis, OWNERSHIP, type Owned, type RecordedBy } from '../shared/owned.ts';
import type { Row } from './save-rows.ts';

/** A stored contribution as `json_agg` gives it. */
export type StoredRow = Readonly<Record<string, unknown>>;

/** What has no column of its own. Field by field: taking the rest of a thing apart was half of the work of making its row. */
function contentOf(thing: object): Record<string, unknown> {
  const content: Record<string, unknown> = {};
  for (const name in thing) {
    const value = (thing as Record<string, unknown>)[name];
    if (value !== undefined && !OWNERSHIP.has(name) && name !== 'planId') content[name] = value;
  }
  return content;
}

/**
 * A contribution as its row: ownership in columns, the rest in `content`. What rules and searches in SQL need is
 * copied to columns by `columns`; nothing else writes them, so they cannot differ from the content.
 */
export function ownedRow(thing: Owned & { readonly planId?: ThingId }, columns: Row): Row {
  const {
    patientId,
    id,
    planId,
    revision,
    recordedBy,
    legalBasis,
    approvedForPatient,
    signedBy,
    signedAt,
    enteredInError,
    externalId,
    createdAt,
    changedAt,
    changedBy,
  } = thing;
  const row: Row = {
    patient_id: patientId,
    id,
    plan_id: planId ?? null,
    revision,
    recorded_kind: recordedBy.kind,
    recorded_staff: recordedBy.staff ?? null,
    recorded_name: recordedBy.name ?? null,
    recorded_unit: recordedBy.unit,
    recorded_provider: recordedBy.provider,
    recorded_principal: recordedBy.principal,
    legal_basis: legalBasis,
    approved_for_patient: approvedForPatient,
    signed_by: signedBy ?? null,
    signed_at: signedAt ?? null,
    entered_in_error: enteredInError,
    external_source: externalId?.source ?? null,
    external_id: externalId?.id ?? null,
    created_at: createdAt,
    changed_at: changedAt,
    changed_kind: changedBy.kind,
    changed_staff: changedBy.staff ?? null,
    changed_name: changedBy.name ?? null,
    changed_unit: changedBy.unit ?? null,
    changed_why: changedBy.why ?? null,
    content: contentOf(thing),
  };
  return Object.assign(row, columns);
}

function optional(value: unknown): string | undefined {
  return value === null || value === undefined ? undefined : (value as string);
}

/** UTC with milliseconds, as the rest of the service writes it: Postgres says `+00:00`, and leaves out needless digits. */
export function instantOf(value: unknown): string {
  const text = value as string;
  // Whoever set the server to another time zone is still told UTC.
  if (!text.endsWith('+00:00')) return new Date(text).toISOString();
  const [second = '', fraction = ''] = text.slice(0, -6).split('.');
  return `${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
}

/** A stored row as the contribution it is. */
export function ownedFromRow<T extends Owned & { readonly planId?: ThingId }>(row: StoredRow): T {
  const recordedBy: RecordedBy = {
    kind: row.recorded_kind as RecordedBy['kind'],
    staff: optional(row.recorded_staff),
    name: optional(row.recorded_name),
    unit: row.recorded_unit as string,
    provider: row.recorded_provider as string,
    principal: row.recorded_principal as string,
  };
  const owned: Owned & { planId?: ThingId } = {
    patientId: row.patient_id as PatientId,
    id: row.id as ThingId,
    revision: row.revision as number,
    recordedBy,
    legalBasis: row.legal_basis as LegalBasis,
    approvedForPatient: row.approved_for_patient as boolean,
    signedBy: optional(row.signed_by),
    signedAt: row.signed_at ? instantOf(row.signed_at) : undefined,
    enteredInError: row.entered_in_error as boolean,
    externalId: row.external_id ? { source: row.external_source as string, id: row.external_id as string } : undefined,
    createdAt: instantOf(row.created_at),
    changedAt: instantOf(row.changed_at),
    changedBy: {
      kind: row.changed_kind as RecordedBy['kind'],
      staff: optional(row.changed_staff),
      name: optional(row.changed_name),
      unit: optional(row.changed_unit),
      why: optional(row.changed_why),
    },
  };
  if (row.plan_id) owned.planId = row.plan_id as ThingId;
  return Object.assign(owned, row.content) as T;
}
