import { createHash } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';

/** One link of the chain: what was committed to the log since the last one, or (`day`) the links of a day in Sweden. */
export interface Seal {
  readonly number: number;
  readonly kind: 'entries' | 'day';
  readonly day?: string;
  /** UTC with six decimals, as are the times of the first and the last entry in it. */
  readonly sealedAt: string;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly entries: number;
  /** Hex: over the sorted hashes of the entries; of a day, over the hashes of its seals in order. */
  readonly root: string;
  readonly previous: string;
  readonly hash: string;
}

/** What stands before the first seal. */
export const NOTHING_BEFORE = '00'.repeat(32);

/** Entries that one seal holds at most (the default of `seal_audit_entries`); one with fewer left nothing waiting. */
export const MOST_ENTRIES = 20_000;

/** Columns of `audit_seals` as a {@link Seal}; the numbers as text, which a client without the pool's parsers gives. */
export const SEAL_COLUMNS = `number::text, kind, day::text, audit_instant(sealed_at) as "sealedAt", audit_instant(first_at) as "firstAt",
  audit_instant(last_at) as "lastAt", entries::text, encode(root, 'hex') as root, encode(previous, 'hex') as previous, encode(hash, 'hex') as hash`;

type StoredSeal = Omit<Seal, 'number' | 'entries' | 'day'> & { number: string; entries: string; day: string | null };

/** A row that was read with {@link SEAL_COLUMNS}. */
export function sealFrom({ number, entries, day, ...rest }: StoredSeal): Seal {
  return { number: Number(number), ...(day === null ? {} : { day }), entries: Number(entries), ...rest };
}

/** The SHA-256 of a seal over its own fields and the hash of the one before, hex. The database computes the same. */
export function sealHash(seal: Omit<Seal, 'hash'>): string {
  const { number, kind, day = '', sealedAt, firstAt, lastAt, entries, root, previous } = seal;
  const fields = ['audit-seal/1', number, kind, day, sealedAt, firstAt, lastAt, entries, root, previous];
  return createHash('sha256').update(fields.join('\n')).digest('hex');
}

/**
 * Seals all entries that are committed by now: usually one seal, more after a stop. One process at a time works;
 * another waits its turn and seals what is left, if anything. Killed on the way, it has sealed whole seals or nothing.
 *
 * @returns the seals made, oldest first; none when nothing was waiting
 */
export async function sealEntries(db: Pool | ClientBase): Promise<Seal[]> {
  const made: Seal[] = [];
  for (;;) {
    const { rows } = await db.query<StoredSeal>(`select ${SEAL_COLUMNS} from seal_audit_entries(${MOST_ENTRIES})`);
    const seals = rows.map(sealFrom);
    made.push(...seals);
    if (!seals.some(({ kind, entries }) => kind === 'entries' && entries === MOST_ENTRIES)) return made;
  }
}

/** Seals with greater numbers than `after`, in order. */
export async function readSeals(db: Pool | ClientBase, after: number, most: number): Promise<Seal[]> {
  const text = `select ${SEAL_COLUMNS} from audit_seals where number > $1 order by audit_seals.number limit $2`;
  const { rows } = await db.query<StoredSeal>(text, [after, most]);
  return rows.map(sealFrom);
}
