import { COLUMNS, type Column } from './columns.ts';
import type { DirectoryEntities, Entity, EntityType } from './model.ts';

/** One row of a file: what stands under each of our own field names. A field that the file does not have is absent. */
export type RawRow = ReadonlyMap<string, unknown>;

/** What is wrong with one field of a row, in Swedish, without the value. */
export interface FieldFault {
  readonly field: string;
  readonly text: string;
}

/** The fields that a row sets; those it leaves alone are absent. */
export type RowFields = Readonly<Record<string, unknown>>;

export interface RowReading {
  readonly fields: RowFields;
  readonly faults: readonly FieldFault[];
}

/** Reads every field of a row on its own; all that is wrong is told at once. */
export function readRow(type: EntityType, row: RawRow): RowReading {
  const fields: Record<string, unknown> = {};
  const faults: FieldFault[] = [];
  for (const column of COLUMNS[type]) {
    const raw = row.get(column.field);
    const reading = isEmpty(raw) ? whenEmpty(column, row.has(column.field)) : column.read(raw);
    if (reading === undefined) continue;
    if ('fault' in reading) faults.push({ field: column.field, text: reading.fault });
    else fields[column.field] = reading.value;
  }
  return { fields, faults };
}

function isEmpty(raw: unknown): boolean {
  return raw === undefined || raw === null || (typeof raw === 'string' && raw.trim() === '');
}

function whenEmpty(column: Column, present: boolean): { value: unknown } | { fault: string } | undefined {
  if (!('otherwise' in column)) return { fault: 'saknas' };
  const keeps = column.always ? false : !present || column.keptWhenEmpty;
  return keeps ? undefined : { value: column.otherwise };
}

/** The entity that a row means: what it sets, over what is there already, over what a new one has. */
export function completed<T extends EntityType>(
  type: T,
  fields: RowFields,
  existing: DirectoryEntities[T] | undefined,
): DirectoryEntities[T] {
  const otherwise = COLUMNS[type].filter((column) => 'otherwise' in column).map((c) => [c.field, c.otherwise]);
  return { ...Object.fromEntries(otherwise), ...existing, ...fields } as DirectoryEntities[T];
}

/** The fields in which two versions of one entity differ, by name, in the order of the columns. */
export function changedFields(type: EntityType, before: Entity, after: Entity): string[] {
  const was = before as unknown as RowFields;
  const is = after as unknown as RowFields;
  return COLUMNS[type].map((column) => column.field).filter((field) => canonical(was[field]) !== canonical(is[field]));
}

/** Equal for equal values, in whatever order their fields came back from the database. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
