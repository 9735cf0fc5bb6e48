import type { Pool } from 'pg';
import { inTransaction } from '../../db/transaction.ts';
import { readSeals, type Seal } from './seal.ts';

/** What is kept of a seal outside the database. */
export type KeptSeal = Pick<Seal, 'number' | 'hash'> & Partial<Seal>;

/**
 * Where seals are kept out of reach of whoever can change the database: a file on another machine's disk, a
 * time-stamping authority. Without one, somebody who owns the database could write the whole chain anew.
 */
export interface SealSink {
  /** The last seal that it surely has; undefined when it has none. */
  newest(): Promise<KeptSeal | undefined>;
  /** Keeps seals, in order; resolves when they are durable. */
  append(seals: readonly Seal[]): Promise<void>;
  /** All that it has, in the order that it was given them. */
  read(): AsyncIterable<KeptSeal>;
}

/** The sink has another seal than the database: one of the two was changed. Nothing more is written to it. */
export class SinkDisagrees extends Error {
  readonly seal: number;

  constructor(seal: number) {
    super(`the sink and the database disagree about seal ${seal}`);
    this.name = 'SinkDisagrees';
    this.seal = seal;
  }
}

const BATCH = 1000;

/**
 * Writes the seals that a sink lacks, also those that other processes made and those that a crash kept from it. One
 * process at a time; when another is at it, nothing is done.
 *
 * @returns how many were written
 * @throws SinkDisagrees
 */
export function catchUp(pool: Pool, sink: SealSink): Promise<number> {
  return inTransaction(pool, async (client) => {
    const lock = `select pg_try_advisory_xact_lock(hashtextextended('patientkontrakt:audit-sink', 0)) as got`;
    const { rows } = await client.query<{ got: boolean }>(lock);
    if (!rows[0]!.got) return 0;
    const newest = await sink.newest();
    if (newest) {
      const [same] = await readSeals(client, newest.number - 1, 1);
      if (same?.number !== newest.number || same.hash !== newest.hash) throw new SinkDisagrees(newest.number);
    }
    let last = newest?.number ?? 0;
    let written = 0;
    for (;;) {
      const seals = await readSeals(client, last, BATCH);
      if (seals.length === 0) return written;
      await sink.append(seals);
      written += seals.length;
      last = seals.at(-1)!.number;
    }
  });
}
