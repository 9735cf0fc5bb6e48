import { isDeepStrictEqual } from 'node:util';
import type { AuditedResource } from '../../audit/index.ts';
import { ownedRow } from '../../db/owned-row.ts';
import type { RowChange } from '../../db/save-rows.ts';
import type { EventName, OutboxEvent } from '../../events/index.ts';
import type { Owned } from '../../shared/owned.ts';
import type { Patient } from '../domain/patient.ts';
import type { RelatedPerson } from '../domain/related-person.ts';

/** The person or a related person as it becomes, and as it was (absent when it is new). */
export type PersonChange =
  | { readonly kind: 'patient'; readonly before?: Patient; readonly after: Patient }
  | { readonly kind: 'related-person'; readonly before?: RelatedPerson; readonly after: RelatedPerson };

/** The row of a change; its history row follows by itself. */
export function rowOf(change: PersonChange): RowChange {
  const write = change.before ? 'update' : 'insert';
  if (change.kind === 'related-person') {
    const { after } = change;
    return {
      table: 'related_persons',
      write,
      row: ownedRow(after, { relation: after.relation, number_hash: after.numberHash ?? null }),
    };
  }
  const { after } = change;
  const columns = { deceased_on: after.deceasedOn ?? null, protected_identity: after.protectedIdentity ?? null };
  return { table: 'patients', write, row: ownedRow(after, columns) };
}

/** What portals and systems are told. */
export function eventOf({ kind, after }: PersonChange, event: EventName): OutboxEvent {
  return {
    event,
    patientId: after.patientId,
    resourceKind: kind,
    resourceId: after.id,
    revision: after.revision,
    ownerUnit: after.recordedBy.unit,
    ownerProvider: after.recordedBy.provider,
    at: after.changedAt,
  };
}

export function resourceOf(kind: PersonChange['kind'], thing: Owned): AuditedResource {
  return { kind, id: thing.id, owner: thing.recordedBy.provider };
}

/** Fields that every change touches, and that say nothing of it. */
const BOOKKEEPING = new Set(['revision', 'changedAt', 'changedBy']);

/** Names of the fields that a change touched, for the log; never what they hold. */
export function changedFields({ before, after }: PersonChange): readonly string[] {
  if (!before) return [];
  const was = before as unknown as Record<string, unknown>;
  const is = after as unknown as Record<string, unknown>;
  const names = new Set([...Object.keys(was), ...Object.keys(is)]);
  return [...names].filter((name) => !BOOKKEEPING.has(name) && !isDeepStrictEqual(was[name], is[name])).sort();
}
