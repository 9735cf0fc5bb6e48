import type { Actor } from '../shared/actor.ts';
import type { PatientId, ThingId } from '../shared/ids.ts';
import { entryHash, hashedInstant } from './entry-hash.ts';

/** A thing whose data left or was changed: which, of what kind, and which provider owns it. */
export interface AuditedResource {
  readonly kind: string;
  readonly id: ThingId;
  readonly owner: string;
}

/** Who works at the database itself, from the command line: the back door is logged too (HSLF-FS 2016:40). */
export interface Operator {
  readonly kind: 'operator';
  /** The database's login. */
  readonly login: string;
}

/**
 * One row of the access log [PDL 4:3, HSLF-FS 2016:40 4:9]: who, for which unit and provider, for what purpose, did
 * what with whose data, and with what outcome. One per request and patient whose data left; names of fields and
 * criteria, never values.
 */
export interface AuditEntry {
  /** Undefined when nobody known asked. */
  readonly actor: Actor | Operator | undefined;
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

/**
 * The row as it is stored, hashed; the same for the gathered writer and for a change's own transaction, and the one
 * place where rows are made.
 */
export function auditRow(entry: AuditEntry, id: string, at: Date): Record<string, unknown> {
  const row = {
    id,
    at: hashedInstant(at),
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
  return { ...row, hash: `\\x${entryHash(row)}` };
}

function purposeOf(actor: AuditEntry['actor']): string {
  switch (actor?.kind) {
    case 'staff':
      return actor.commission?.purpose ?? 'Omsorg';
    case 'citizen':
      return 'Egen åtkomst';
    case 'system':
      return 'Systemåtkomst';
    case 'operator':
      return 'Drift';
    default:
      return 'Okänt';
  }
}

interface User {
  readonly user_kind: string;
  readonly user_id: string;
  readonly user_name: string | null;
  readonly user_unit: string | null;
  readonly user_provider: string | null;
}

function userOf(actor: AuditEntry['actor']): User {
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
    case 'operator':
      return { user_kind: 'operator', user_id: actor.login, user_name: null, user_unit: null, user_provider: null };
    default:
      return { user_kind: 'unknown', user_id: '', user_name: null, user_unit: null, user_provider: null };
  }
}
