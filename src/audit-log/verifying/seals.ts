import { createHash, type Hash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { MOST_ENTRIES, NOTHING_BEFORE, SEAL_COLUMNS, type Seal, sealFrom, sealHash } from '../sealing/seal.ts';
import type { OnFault } from './fault.ts';
import { rowsOf } from './rows.ts';

/** Clocks differ, and a transaction is not over when its entry is made; an hour is more than either needs. */
const TOLERANCE_MS = 60 * 60_000;

interface Leaf {
  readonly seal: string;
  readonly id: string;
  readonly at: string;
  readonly hash: Buffer;
}

/** What verifying the chain goes by: which seals' entries to look at, and before when entries have been culled. */
export interface ChainScope {
  /** Numbers; the chain itself is always followed from its beginning. */
  readonly from: number;
  readonly to: number;
  /** As seals write times; empty when nothing has been culled. */
  readonly culledBefore: string;
}

/**
 * Follows the chain from its first seal: each holds the one before it, its own hash and those of its entries; each day
 * holds its seals. Reads all seals, and of those in scope the hashes of the entries, each once.
 *
 * @returns how many seals there are
 */
export async function verifySeals(client: ClientBase, scope: ChainScope, onFault: OnFault): Promise<number> {
  const seals = rowsOf<Parameters<typeof sealFrom>[0]>(
    client,
    'seals',
    `select ${SEAL_COLUMNS} from audit_seals order by audit_seals.number`,
  );
  const leaves = new Leaves(client, scope, onFault);
  const day = new Day();
  let previous: Seal | undefined;
  let emptiedAt: number | undefined;
  for await (const row of seals) {
    const seal = sealFrom(row);
    const expected = (previous?.number ?? 0) + 1;
    for (let number = expected; number < seal.number; number++) onFault({ kind: 'seal-missing', seal: number });
    const follows = seal.number !== expected || seal.previous === (previous?.hash ?? NOTHING_BEFORE);
    if (!follows || sealHash(seal) !== seal.hash) onFault({ kind: 'seal-changed', seal: seal.number });
    if (seal.kind === 'day') {
      if (!day.isWhole(seal)) onFault({ kind: 'seal-contents', seal: seal.number });
    } else {
      day.add(seal);
      if (seal.number >= scope.from && seal.number <= scope.to) await leaves.verify(seal, emptiedAt);
      if (seal.entries < MOST_ENTRIES) emptiedAt = Date.parse(seal.sealedAt);
    }
    previous = seal;
  }
  await leaves.verifyRest();
  return previous?.number ?? 0;
}

/** The seals since the last day was closed. */
class Day {
  #root: Hash = createHash('sha256');
  #entries = 0;

  add(seal: Seal): void {
    this.#root.update(Buffer.from(seal.hash, 'hex'));
    this.#entries += seal.entries;
  }

  isWhole({ root, entries }: Seal): boolean {
    const same = this.#root.digest('hex') === root && this.#entries === entries;
    this.#root = createHash('sha256');
    this.#entries = 0;
    return same;
  }
}

/** The hashes of what is sealed, read once from end to end beside the seals. */
class Leaves {
  readonly #rows: AsyncGenerator<Leaf, void, undefined>;
  readonly #scope: ChainScope;
  readonly #onFault: OnFault;
  #next: Leaf | undefined;
  #begun = false;

  constructor(client: ClientBase, scope: ChainScope, onFault: OnFault) {
    this.#scope = scope;
    this.#onFault = onFault;
    this.#rows = rowsOf<Leaf>(
      client,
      'leaves',
      `select seal::text, id, audit_instant(at) as at, hash from audit_sealed
       where seal between ${scope.from} and ${scope.to} order by audit_sealed.seal`,
    );
  }

  async verify(seal: Seal, notBefore: number | undefined): Promise<void> {
    const hashes: Buffer[] = [];
    for (let leaf = await this.#peek(); leaf && Number(leaf.seal) <= seal.number; leaf = await this.#step()) {
      if (Number(leaf.seal) < seal.number) continue;
      hashes.push(leaf.hash);
      if (!fitsIn(leaf, seal, notBefore)) {
        this.#onFault({ kind: 'entry-backdated', seal: seal.number, entry: { id: leaf.id, at: leaf.at } });
      }
    }
    // Culling takes a month's entries out of a seal that held some of the next month too.
    if (seal.firstAt < this.#scope.culledBefore) return;
    const root = createHash('sha256');
    for (const hash of hashes.sort(Buffer.compare)) root.update(hash);
    if (hashes.length !== seal.entries || root.digest('hex') !== seal.root) {
      this.#onFault({ kind: 'seal-contents', seal: seal.number });
    }
  }

  /** What is said to be in seals later than the last that there is. */
  async verifyRest(): Promise<void> {
    const missing = new Set<number>();
    for (let leaf = await this.#peek(); leaf; leaf = await this.#step()) missing.add(Number(leaf.seal));
    for (const seal of missing) this.#onFault({ kind: 'seal-missing', seal });
  }

  async #peek(): Promise<Leaf | undefined> {
    return this.#begun ? this.#next : this.#step();
  }

  async #step(): Promise<Leaf | undefined> {
    this.#begun = true;
    const { value } = await this.#rows.next();
    this.#next = value ?? undefined;
    return this.#next;
  }
}

function fitsIn(leaf: Leaf, seal: Seal, notBefore: number | undefined): boolean {
  const at = Date.parse(leaf.at);
  const early = notBefore !== undefined && at < notBefore - TOLERANCE_MS;
  return !early && at <= Date.parse(seal.sealedAt) + TOLERANCE_MS;
}
