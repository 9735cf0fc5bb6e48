import type { PoolClient } from 'pg';
import type { Ids } from '../../shared/ids.ts';
import type { DirectoryEntities, EntityType } from '../domain/model.ts';
import { changedFields, completed, type FieldFault, type RowFields, readRow } from '../domain/read-entity.ts';
import { keyOf, RULES } from '../domain/rules.ts';
import { type EntityWrite, loadEntities, saveEntities } from '../store/import-store.ts';
import type { References } from './references.ts';
import type { ReportDraft } from './report.ts';
import type { RowSource, SourceRow } from './source.ts';

/** What one import works with, from its first row to its last. */
export interface ImportRun {
  readonly client: PoolClient;
  readonly ids: Ids;
  readonly report: ReportDraft;
  readonly references: References;
  /** Where each key was met first, by kind. */
  readonly seen: ReadonlyMap<EntityType, Map<string, string>>;
}

interface ReadRow {
  readonly line: number;
  readonly fields: RowFields;
  /** Undefined when it cannot be read, or is another row's already. */
  readonly key: string | undefined;
  readonly faulty: boolean;
}

/**
 * Judges a chunk of rows of one kind, and writes what is new or changed as long as the whole import is without faults.
 * Each row is judged as it would become: a field that its file leaves out is as it is in the directory.
 */
export async function importRows<T extends EntityType>(
  run: ImportRun,
  source: RowSource & { readonly type: T },
  chunk: readonly SourceRow[],
): Promise<void> {
  const { type } = source;
  const rows = chunk.map((row) => readKeyed(run, source, row));
  const keys = rows.flatMap(({ key }) => (key === undefined ? [] : [key]));
  const existing = await loadEntities(run.client, type, keys);
  const entities = rows.map((row) => {
    const before = row.key === undefined ? undefined : existing.get(row.key);
    return { ...row, before, after: completed(type, row.fields, before) };
  });
  await run.references.learn(entities.flatMap(({ after }) => RULES[type].references(after)));
  const writes: EntityWrite<T>[] = [];
  for (const { line, key, faulty, before, after } of entities) {
    tellFaults(run, source, line, [...RULES[type].faults(after), ...danglingReferences(run, type, after)]);
    if (key === undefined || faulty) continue;
    const fields = before ? changedFields(type, before, after) : undefined;
    if (fields?.length === 0) run.report.unchanged(type);
    else {
      run.report.change({ type, key, what: fields ? 'changed' : 'created', ...(fields && { fields }) });
      writes.push({ entity: after, newId: run.ids.thingId() });
    }
  }
  // After a fault nothing will be kept; writing on would only meet errors of the database that follow from it.
  if (run.report.faultless) await saveEntities(run.client, type, writes);
}

/** The row's fields and key; what is wrong with either is told. */
function readKeyed(run: ImportRun, source: RowSource, { line, row }: SourceRow): ReadRow {
  const { type, file } = source;
  const { fields, faults } = readRow(type, row);
  tellFaults(run, source, line, faults);
  const read = { line, fields, faulty: faults.length > 0 };
  const key = keyOf(type, fields);
  if (key === undefined) return { ...read, key };
  const seen = run.seen.get(type)!;
  const first = seen.get(key);
  if (first !== undefined) {
    const field = type === 'channels' ? 'key' : 'hsaId';
    tellFaults(run, source, line, [{ field, text: `finns redan på ${first}` }]);
    return { ...read, key: undefined };
  }
  seen.set(key, `${file} rad ${line}`);
  if (type !== 'channels') run.references.declare(type, key);
  return { ...read, key };
}

function danglingReferences<T extends EntityType>(run: ImportRun, type: T, entity: DirectoryEntities[T]): FieldFault[] {
  return RULES[type]
    .references(entity)
    .filter((reference) => !run.references.holds(reference))
    .map((reference) => ({ field: reference.field, text: run.references.fault(reference) }));
}

function tellFaults(run: ImportRun, source: RowSource, line: number, faults: readonly FieldFault[]): void {
  for (const { field, text } of faults) {
    run.report.tell({ file: source.file, line, column: source.heading(field), text });
  }
}
