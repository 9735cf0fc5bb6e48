import type { Pool } from 'pg';
import { readConfigSecret } from '../../config-variables.ts';
import { createDesk } from '../../deps.ts';
import { type LineImporter, lineImporter } from '../../plans/index.ts';
import { systemClock } from '../../shared/clock.ts';
import { hashPersonNumber } from '../../shared/person-number.ts';
import type { Terminal } from '../command.ts';

/** One run of the import, the same for all who take part in it. */
export interface ImportJob {
  /** What its entries in the log have in common. */
  readonly requestId: string;
  /** Judges everything and writes no plans. */
  readonly dryRun: boolean;
}

/** Transactions under way at a time in one process: some lines are judged there while the database writes others. */
export const UNDER_WAY = 3;

/** One for each transaction under way, and one for what is looked up beside them. */
export const CONNECTIONS = UNDER_WAY + 1;

/** Takes lines into the database in the name of its login; without `PERSON_NUMBER_KEY`, none that name persons by number. */
export async function importerOn(
  pool: Pool,
  env: Terminal['env'],
  { requestId, dryRun }: ImportJob,
): Promise<LineImporter> {
  const key = readConfigSecret(env.PERSON_NUMBER_KEY);
  const { rows } = await pool.query<{ login: string }>('select session_user::text as login');
  const operator = { kind: 'operator', login: rows[0]!.login } as const;
  const run = { operator, requestId, route: 'cli plans import', dryRun };
  return lineImporter(
    createDesk({ pool, clock: systemClock }),
    run,
    key && ((digits) => hashPersonNumber(key, digits)),
  );
}
