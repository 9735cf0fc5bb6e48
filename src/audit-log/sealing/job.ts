import type { Pool } from 'pg';
import { type Repeated, repeated } from '../../jobs/index.ts';
import { sealEntries } from './seal.ts';
import { catchUp, type SealSink, SinkDisagrees } from './sink.ts';

/** Where the job tells how it goes; never what an entry holds. */
export interface SealingLog {
  info(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

export interface SealingOptions {
  readonly pool: Pool;
  readonly sink?: SealSink;
  readonly log: SealingLog;
  /** Real time; a minute unless told. */
  readonly everyMs?: number;
}

const MINUTE_MS = 60_000;
/** Months for which the log always has a partition; what has none lands in the default one, and is moved later. */
const MONTHS_AHEAD = 3;

/** Seals once, closes the day when it is over, brings the sink up to date, and sees to the coming months' partitions. */
export async function sealOnce({ pool, sink, log }: SealingOptions): Promise<void> {
  const made = await sealEntries(pool);
  const entries = made.reduce((sum, seal) => (seal.kind === 'entries' ? sum + seal.entries : sum), 0);
  if (made.length > 0) log.info({ seal: made.at(-1)!.number, hash: made.at(-1)!.hash, entries }, 'access log sealed');
  if (made.some(({ kind }) => kind === 'day')) await pool.query('select ensure_audit_partitions($1)', [MONTHS_AHEAD]);
  if (sink) await catchUp(pool, sink);
}

/**
 * Seals the log each minute from within the service, in every process of it: the lock in the database sees to it that
 * one works at a time, and that the work goes on whichever of them dies. A failure is told and tried again.
 *
 * @returns how to stop it: resolves when nothing of it is under way
 */
export function startSealing(options: SealingOptions): Repeated {
  return repeated(
    options.everyMs ?? MINUTE_MS,
    () => sealOnce(options),
    (error) => tellFailure(options.log, error),
  );
}

function tellFailure(log: SealingLog, error: unknown): void {
  if (error instanceof SinkDisagrees) {
    log.error({ seal: error.seal }, 'the seals kept outside are not those of the database: run audit verify');
    return;
  }
  const { name, code } = error as { name?: string; code?: string };
  log.error({ error: name, code }, 'the access log could not be sealed; trying again');
}
