import { MIGRATIONS_TABLE } from './migration-state.ts';
import { type Queryable, runQuery } from './query.ts';
import { StartRefusal } from './start-refusal.ts';

/** Whom a database is for: made-up persons, or real ones. */
export type ServiceMode = 'demonstration' | 'normal';

/**
 * Makes sure that this database is for this mode, marking it at the first start, so that made-up persons never land
 * among real ones and a demonstration with its open keys never opens a real database.
 *
 * @throws StartRefusal `other-mode` when it is marked for the other mode; `not-empty` when a demonstration is started
 *   on an unmarked database in which something has been written
 */
export async function claimDatabase(on: Queryable, mode: ServiceMode): Promise<void> {
  let marked = await readMark(on);
  if (marked === undefined) {
    const used = mode === 'demonstration' ? await findUsedTable(on) : undefined;
    if (used !== undefined) throw notEmpty(used);
    await runQuery(on, {
      name: 'write-mark',
      text: 'insert into service_mark (mode) values ($1) on conflict do nothing',
      values: [mode],
    });
    // Read again: another start may have been first, in the other mode.
    marked = await readMark(on);
  }
  if (marked !== mode) throw otherMode(mode);
}

async function readMark(on: Queryable): Promise<string | undefined> {
  const { rows } = await runQuery<{ mode: string }>(on, {
    name: 'read-mark',
    text: 'select mode from service_mark',
    values: [],
  });
  return rows[0]?.mode;
}

/** The job queue's own schema: its migration writes its version and its queues. */
const QUEUE_SCHEMA = 'job_queue';

/** What migrations themselves write: rows in them do not make a database used. */
const FILLED_BY_MIGRATIONS = ['service_mark', MIGRATIONS_TABLE, 'directory_version'];

/**
 * A table in which something was ever written, judged by its size on disk: rows themselves may be hidden from the
 * asking role by row-level security or missing grants, and would then look like none.
 */
async function findUsedTable(on: Queryable): Promise<string | undefined> {
  const text = `select relname::text as name from pg_class join pg_namespace n on n.oid = relnamespace
    where relkind = 'r' and n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', '${QUEUE_SCHEMA}')
      and relname <> all ($1::text[]) and pg_relation_size(pg_class.oid) > 0
    order by relname limit 1`;
  const values = [FILLED_BY_MIGRATIONS];
  const { rows } = await runQuery<{ name: string }>(on, { name: 'used-table', text, values });
  return rows[0]?.name;
}

function notEmpty(table: string): StartRefusal {
  return new StartRefusal('not-empty', {
    sv: `Demonstrationsläget startar bara i en tom databas, och tabellen ${table} har använts. Ange en tom databas.`,
    en: `Demonstration mode starts in an empty database only, and table ${table} has been used. Give an empty database.`,
  });
}

function otherMode(mode: ServiceMode): StartRefusal {
  const words =
    mode === 'demonstration'
      ? {
          sv: 'Databasen är för riktiga personer och öppnas inte i demonstrationsläge.',
          en: 'The database is for real persons and is not opened in demonstration mode.',
        }
      : {
          sv: 'Databasen är en demonstration med påhittade personer och öppnas inte i normalläge.',
          en: 'The database is a demonstration with made-up persons and is not opened in normal mode.',
        };
  return new StartRefusal('other-mode', words);
}
