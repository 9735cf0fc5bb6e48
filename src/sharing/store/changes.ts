import type { AuditedResource } from '../../audit/index.ts';
import { ownedRow } from '../../db/owned-row.ts';
import type { RowChange } from '../../db/save-rows.ts';
import type { OutboxEvent } from '../../events/index.ts';
import type { SharingChange, SharingKind, SharingThing, SharingThings } from '../domain/model.ts';
import { columnsOf, TABLE } from './tables.ts';

/** The row of a change; its history row follows by itself. */
export function sharingRow(change: SharingChange): RowChange {
  return rowOf(change.kind, change.after as never, change.before ? 'update' : 'insert');
}

function rowOf<K extends SharingKind>(kind: K, after: SharingThings[K], write: RowChange['write']): RowChange {
  return { table: TABLE, write, row: ownedRow(after, columnsOf(kind, after)) };
}

export function sharingResource(kind: SharingKind, thing: SharingThing): AuditedResource {
  return { kind, id: thing.id, owner: thing.recordedBy.provider };
}

/** Kinds that nobody outside is told of: who may know of a protected person, who opened, who is kept from a child. */
const UNTOLD: ReadonlySet<SharingKind> = new Set<SharingKind>([
  'protected-access',
  'export-request',
  'emergency-access',
  'block-lift-request',
  'guardian-block',
]);

/** What portals and systems are told: that what may be read has changed, so that they fetch anew. */
export function sharingEvents({ kind, after }: SharingChange): readonly OutboxEvent[] {
  if (UNTOLD.has(kind)) return [];
  return [
    {
      event: 'access.changed',
      patientId: after.patientId,
      resourceKind: kind,
      resourceId: after.id,
      revision: after.revision,
      ownerUnit: after.recordedBy.unit,
      ownerProvider: after.recordedBy.provider,
      at: after.changedAt,
    },
  ];
}
