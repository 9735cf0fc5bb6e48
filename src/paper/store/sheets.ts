import { readKeyOfPerson, type Sealed } from '../../access/index.ts';
import type { AuditedResource } from '../../audit/index.ts';
import { ownedFromRow, ownedRow, type StoredRow } from '../../db/owned-row.ts';
import type { ReadingPlace } from '../../db/query.ts';
import type { RawRecord, RecordPart } from '../../db/record-query.ts';
import type { RowChange } from '../../db/save-rows.ts';
import type { OutboxEvent } from '../../events/index.ts';
import { patientParts } from '../../patients/index.ts';
import { type OverviewRecord, overviewFrom, type PlanTarget, planQuery, readBeside } from '../../plans/index.ts';
import type { Actor } from '../../shared/actor.ts';
import type { PatientId } from '../../shared/ids.ts';
import type { Sheet } from '../domain/model.ts';

/** The prints of a person's overview, with the name under which each slice that reads them finds them. */
export const sheetsPart: RecordPart = {
  name: 'sheets',
  sql: `select coalesce(json_agg(t order by t.number), '[]'::json) from sheets t
    where t.patient_id = any ((select keys from k)::uuid[]) and not t.entered_in_error`,
};

/** Whether anything was ever printed for the person, for those who would otherwise read all that a sheet is judged by. */
export const hasSheetsPart: RecordPart = {
  name: 'hasSheets',
  sql: `exists (select from sheets t
    where t.patient_id = any ((select keys from k)::uuid[]) and not t.entered_in_error)`,
};

/** What {@link sheetsPart} gave, in the order in which they were printed. */
export function readSheets(raw: RawRecord): readonly Sheet[] {
  return (raw.sheets as StoredRow[]).map((row) => ownedFromRow<Sheet>(row));
}

/** A person's overview, and the sheets that have been printed of it. */
export interface SheetRecord extends OverviewRecord {
  readonly sheets: readonly Sheet[];
  /** The key that the person goes by; undefined when nobody is registered. */
  readonly goesBy?: PatientId;
}

const query = planQuery('sheets', 'person', [...patientParts, sheetsPart]);

/** Reads the overview and its sheets from one snapshot, sealed until the policy has decided. */
export function loadSheets(place: ReadingPlace, actor: Actor, target: PlanTarget): Promise<Sealed<SheetRecord>> {
  return readBeside(place, {
    query,
    actor,
    target,
    make: (raw, of, beside) => ({
      ...overviewFrom(raw, of, beside),
      sheets: readSheets(raw),
      goesBy: readKeyOfPerson(raw),
    }),
  });
}

export function sheetRow(sheet: Sheet): RowChange {
  const columns = { number: sheet.number, printed_at: sheet.printedAt };
  return { table: 'sheets', write: sheet.revision === 1 ? 'insert' : 'update', row: ownedRow(sheet, columns) };
}

export function sheetResource({ id, recordedBy }: Sheet): AuditedResource {
  return { kind: 'sheet', id, owner: recordedBy.provider };
}

/** Portals are told that there is a sheet, or that one has been handed over. */
export function sheetEvent(sheet: Sheet): OutboxEvent {
  return {
    event: sheet.revision === 1 ? 'sheet.printed' : 'sheet.changed',
    patientId: sheet.patientId,
    resourceKind: 'sheet',
    resourceId: sheet.id,
    revision: sheet.revision,
    ownerUnit: sheet.recordedBy.unit,
    ownerProvider: sheet.recordedBy.provider,
    at: sheet.changedAt,
  };
}
