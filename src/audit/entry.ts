import type { Actor } from '../shared/actor.ts';
import type { PatientId, ThingId } from '../shared/ids.ts';

/** A thing whose data left or was changed: which, of what kind, and which provider owns it. */
export interface AuditedResource {
  readonly kind: string;
  readonly id: ThingId;
  readonly owner: string;
}

/**
 * One row of the access log [PDL 4:3, HSLF-FS 2016:40 4:9]: who, for which unit and provider, for what purpose, did
 * what with whose data, and with what outcome. One per request and patient whose data left; names of fields and
 * criteria, never values.
 */
export interface AuditEntry {
  readonly actor: Actor | undefined;
  readonly patientId: PatientId;
  readonly activity: string;
  readonly action: string;
  readonly outcome: 'Beviljad' | 'Nekad';
  readonly reason?: string;
  readonly resources: readonly AuditedResource[];
  readonly particulars?: Readonly<Record<string, unknown>>;
  readonly hits?: number;
  readonly requestId: string;
  readonly route: string;
}

/** The row as it is stored; the same for the gathered writer and for a change's own transaction. */
export function auditRow(entry: AuditEntry, id: string, at: Date): Record<string, unknown> {
  return {
    id,
    at: at.toISOString(),
    patient_id: entry.patientId,
    activity: entry.activity,
    action: entry.action,
    purpose: purposeOf(entry.actor),
    outcome: entry.outcome,
    reason: entry.reason ?? null,
    ...userOf(entry.actor),
    resource_kinds: entry.resources.map((r) => r.kind),
    resource_ids: entry.resources.map((r) => r.id),
    resource_owners: entry.resources.map((r) => r.owner),
    particulars: entry.particulars ?? null,
    hits: entry.hits ?? null,
    request_id: entry.requestId,
    route: entry.route,
  };
}

function purposeOf(actor: Actor | undefined): string {
  switch (actor?.kind) {
    case 'staff':
      return actor.commission?.purpose ?? 'Omsorg';
    case 'citizen':
      return 'Egen åtkomst';
    case 'system':
      return 'Systemåtkomst';
    default:
      return 'Okänt';
  }
}

function userOf(actor: Actor | undefined): Record<string, string | null> {
  switch (actor?.kind) {
    case 'staff':
      return {
        user_kind: 'staff',
        user_id: actor.employeeHsaId,
        user_name: actor.name,
        user_unit: actor.unitHsaId,
        user_provider: actor.providerHsaId,
      };
    case 'citizen':
      return {
        user_kind: 'citizen',
        user_id: actor.personNumberHash,
        user_name: actor.name ?? null,
        user_unit: null,
        user_provider: null,
      };
    case 'system':
      return {
        user_kind: 'system',
        user_id: actor.clientId,
        user_name: actor.name ?? null,
        user_unit: null,
        user_provider: actor.providerHsaId,
      };
    default:
      return { user_kind: 'unknown', user_id: '', user_name: null, user_unit: null, user_provider: null };
  }
}
