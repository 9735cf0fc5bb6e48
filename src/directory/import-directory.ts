import type { Pool } from 'pg';
import { inTransaction } from '../db/transaction.ts';
import { type Ids, randomIds } from '../shared/ids.ts';
import { ENTITY_TYPES, type EntityType } from './domain/model.ts';
import { inChunks } from './import/chunks.ts';
import { type ImportRun, importRows } from './import/import-rows.ts';
import { References } from './import/references.ts';
import { type ImportReport, ReportDraft } from './import/report.ts';
import type { ImportFault, RowSource } from './import/source.ts';
import { deactivateOthers, lockImport } from './store/import-store.ts';

export interface ImportOptions {
  /** Judge and compare everything, keep nothing. */
  readonly dryRun?: boolean;
  /** What is in use but not among the rows is taken out of use, for the kinds that are sent in; never deleted. */
  readonly full?: boolean;
  readonly ids?: Ids;
  /** Faults met when the files were opened: they too keep everything from being written. */
  readonly faults?: readonly ImportFault[];
  readonly onProgress?: (file: string, rows: number) => void;
}

/** Another import is under way on this database. */
export class ImportUnderWay extends Error {
  constructor() {
    super('another import of the directory is under way');
    this.name = 'ImportUnderWay';
  }
}

/** Rows per question to the database: large enough for 100,000 rows in seconds, small enough to be held by the dozen. */
const CHUNK_ROWS = 1000;

/** Ends the transaction without an error of its own. */
class Undo extends Error {}

/**
 * Brings principals, providers, units, staff and channels into the directory.
 *
 * All of it is one transaction: a single fault in any file, or a dry run, leaves the directory as it was, and all
 * faults are told at once. Sending the same files again changes nothing. Whatever a row refers to must be sent in with
 * it or be in the directory. Things are known by HSA-id (channels by owner and key) and keep their ids.
 *
 * @throws ImportUnderWay when another import runs
 */
export async function importDirectory(
  pool: Pool,
  sources: readonly RowSource[],
  options: ImportOptions = {},
): Promise<ImportReport> {
  const report = new ReportDraft();
  for (const fault of options.faults ?? []) report.tell(fault);
  try {
    await inTransaction(pool, async (client) => {
      if (!(await lockImport(client))) throw new ImportUnderWay();
      const given = new Set(sources.map((source) => source.type));
      const run: ImportRun = {
        client,
        ids: options.ids ?? randomIds,
        report,
        references: new References(client, options.full ? given : new Set()),
        seen: new Map(ENTITY_TYPES.map((type) => [type, new Map()])),
      };
      for (const type of ENTITY_TYPES.filter((one) => given.has(one))) await importType(run, type, sources, options);
      if (options.full) await takeOutOfUse(run, given);
      if (options.dryRun || !report.faultless) throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
  return report.done(report.faultless && !options.dryRun);
}

async function importType(
  run: ImportRun,
  type: EntityType,
  sources: readonly RowSource[],
  { onProgress }: ImportOptions,
): Promise<void> {
  run.report.begin(type);
  for (const source of sources.filter((one) => one.type === type)) {
    let rows = 0;
    for await (const chunk of inChunks(source.rows(run.report.tell), CHUNK_ROWS)) {
      await importRows(run, source, chunk);
      rows += chunk.length;
      onProgress?.(source.file, rows);
    }
  }
}

/** Kinds are taken in turn from what refers to what is referred to; a kind without any row is taken for a mistake. */
async function takeOutOfUse(run: ImportRun, given: ReadonlySet<EntityType>): Promise<void> {
  for (const type of ENTITY_TYPES.filter((one) => given.has(one)).reverse()) {
    const keys = [...run.seen.get(type)!.keys()];
    if (keys.length === 0)
      run.report.tell({ file: `${type}`, text: 'inga rader: allt i katalogen skulle tas ur bruk' });
    else if (run.report.faultless)
      for (const key of await deactivateOthers(run.client, type, keys))
        run.report.change({ type, key, what: 'deactivated' });
  }
}
