import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The project's own migrations; the path is alike from `src/db` and from `dist/db`. */
export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../migrations/', import.meta.url));

export interface MigrationFile {
  readonly tag: string;
  /** SHA-256 of the text with line ends made alike, so that a Windows checkout is not taken for an edit. */
  readonly checksum: string;
  readonly statements: readonly string[];
}

/** Reads the migrations in the order of drizzle-kit's journal. */
export async function readMigrations(folder: string = MIGRATIONS_FOLDER): Promise<MigrationFile[]> {
  const journal = JSON.parse(await readFile(`${folder}/meta/_journal.json`, 'utf8')) as { entries: { tag: string }[] };
  return Promise.all(journal.entries.map(({ tag }) => readMigration(folder, tag)));
}

async function readMigration(folder: string, tag: string): Promise<MigrationFile> {
  const text = (await readFile(`${folder}/${tag}.sql`, 'utf8')).replaceAll('\r\n', '\n');
  const statements = text.split('--> statement-breakpoint').filter((statement) => statement.trim() !== '');
  return { tag, checksum: createHash('sha256').update(text).digest('hex'), statements };
}
