import type { MigrationFile } from './migration-files.ts';
import type { Queryable } from './query.ts';
import { StartRefusal } from './start-refusal.ts';

export const MIGRATIONS_TABLE = 'schema_migrations';

export interface AppliedMigration {
  readonly position: number;
  readonly tag: string;
  readonly checksum: string;
}

/** What a database has had applied, in order; nothing for a new one. */
export async function listApplied(on: Queryable): Promise<AppliedMigration[]> {
  const { rows } = await on.query<{ present: boolean }>('select to_regclass($1) is not null as present', [
    MIGRATIONS_TABLE,
  ]);
  if (rows[0]?.present !== true) return [];
  const applied = await on.query<AppliedMigration>(
    `select position, tag, checksum from ${MIGRATIONS_TABLE} order by position`,
  );
  return applied.rows;
}

/**
 * Compares what is applied with the files: the applied must be the first of the files, in the same order, unchanged.
 *
 * @returns the files still to apply
 * @throws StartRefusal `migration-edited`, `migration-out-of-order` (an older one was merged late, or two branches
 *   were applied) or `database-newer` (a later version of the service has been here)
 */
export function pendingOf(files: readonly MigrationFile[], applied: readonly AppliedMigration[]): MigrationFile[] {
  const known = new Set(files.map((file) => file.tag));
  const unknown = applied.filter((row) => !known.has(row.tag)).map((row) => row.tag);
  if (unknown.length > 0) throw databaseNewer(unknown);
  for (const [index, row] of applied.entries()) {
    const file = files[index];
    if (file?.tag !== row.tag) throw outOfOrder(file?.tag ?? row.tag, row.tag);
    if (file.checksum !== row.checksum) throw edited(row.tag);
  }
  return files.slice(applied.length);
}

function databaseNewer(tags: readonly string[]): StartRefusal {
  return new StartRefusal('database-newer', {
    sv: `Databasen har migreringar som den här versionen inte känner till: ${tags.join(', ')}. Kör en nyare version av tjänsten.`,
    en: `The database has migrations that this version does not know: ${tags.join(', ')}. Run a newer version of the service.`,
  });
}

function outOfOrder(late: string, applied: string): StartRefusal {
  return new StartRefusal('migration-out-of-order', {
    sv: `Migreringen ${late} står före ${applied}, som redan är körd här. Skapa om den sist i ordningen.`,
    en: `Migration ${late} stands before ${applied}, which is already applied here. Make it anew, last in order.`,
  });
}

function edited(tag: string): StartRefusal {
  return new StartRefusal('migration-edited', {
    sv: `Migreringen ${tag} har ändrats efter att den kördes här. Återställ filen och gör ändringen i en ny migrering.`,
    en: `Migration ${tag} was edited after it was applied here. Restore the file and make the change in a new one.`,
  });
}
