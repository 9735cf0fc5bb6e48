import type { Pool } from 'pg';
import type { Queryable } from '../db/query.ts';
import { type Listed, type ListedAtOnce, loadListed } from './store/listed.ts';

/** What the directory said at one version, of those who have been asked about. */
export interface DirectoryView {
  /** Staff whom no answer names. */
  readonly protectedStaff: ReadonlySet<string>;
  readonly listed: ReadonlyMap<string, Listed>;
}

/** A country has some 30,000 units (measured: 1.5 KB each with three channels), and many more staff (0.5 KB): 80 MB. */
const MOST_LISTED = 100_000;

/**
 * What the directory says of units and staff, remembered in this process. Nothing of it is used but beside a record that
 * was read at the very same version, so that what is new in the directory holds at once, and an answer is made of one
 * moment's record and directory (docs/decisions/0014).
 */
export class DirectoryMemory {
  readonly #pool: Pool;
  readonly #most: number;
  #edition: Edition | undefined;

  /** @param most how many are remembered at most; those asked about longest ago are forgotten */
  constructor(pool: Pool, most = MOST_LISTED) {
    this.#pool = pool;
    this.#most = most;
  }

  /**
   * What the directory says of these. One trip to the database when some of them are not remembered; none otherwise.
   *
   * @param version the directory's version in the snapshot of the record that names them, see {@link versionPart}
   * @param on the connection of a transaction that asks, which must not wait for a second one
   * @returns undefined when the directory has changed since that snapshot: the record must be read again
   * @throws Error when the record tells of no version, which would be alike whatever had changed
   */
  async at(version: unknown, hsaIds: Iterable<string>, on: Queryable = this.#pool): Promise<DirectoryView | undefined> {
    if (typeof version !== 'string') throw new Error('the directory has no version');
    const held = this.#edition?.version === version ? this.#edition : undefined;
    const listed = new Map<string, Listed>();
    const missing: string[] = [];
    for (const hsaId of hsaIds) {
      const one = held?.get(hsaId);
      if (one) listed.set(hsaId, one);
      else missing.push(hsaId);
    }
    if (held && missing.length === 0) return { protectedStaff: held.protectedStaff, listed };
    const learnt = await loadListed(on, missing, held?.version);
    const edition = this.#editionOf(learnt, held);
    for (const one of learnt.listed) listed.set(one.hsaId, edition.learn(one));
    if (edition.version !== version) return undefined;
    return { protectedStaff: edition.protectedStaff, listed };
  }

  #editionOf({ version, protectedStaff }: ListedAtOnce, held: Edition | undefined): Edition {
    const known = [this.#edition, held].find((one) => one?.version === version);
    if (known) return known;
    if (!protectedStaff) throw new Error('a new version of the directory came without its protected staff');
    this.#edition = new Edition(version, new Set(protectedStaff), this.#most);
    return this.#edition;
  }
}

/** One version of the directory, as far as it is remembered: two halves, of which the older is forgotten as a whole. */
class Edition {
  readonly version: string;
  readonly protectedStaff: ReadonlySet<string>;
  readonly #half: number;
  #young = new Map<string, Listed>();
  #old = new Map<string, Listed>();
  /** Providers, principals and hours that many have alike, by their JSON: kept once each. */
  #alike = new Map<string, object>();

  constructor(version: string, protectedStaff: ReadonlySet<string>, most: number) {
    this.version = version;
    this.protectedStaff = protectedStaff;
    this.#half = most / 2;
  }

  get(hsaId: string): Listed | undefined {
    const young = this.#young.get(hsaId);
    if (young) return young;
    const old = this.#old.get(hsaId);
    if (old) this.add(old);
    return old;
  }

  add(one: Listed): void {
    if (this.#young.size >= this.#half) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#alike = new Map();
    }
    this.#young.set(one.hsaId, one);
  }

  /** Takes in what was read, with what is alike kept once. Requests share it: it is never to be changed. */
  learn({ unit, channels, ...rest }: Listed): Listed {
    const one = {
      ...rest,
      ...(unit && { unit: { ...unit, provider: this.#once(unit.provider), principal: this.#once(unit.principal) } }),
      channels: channels.map((channel) => ({ ...channel, openingHours: this.#once(channel.openingHours) })),
    };
    this.add(one);
    return one;
  }

  #once<T extends object>(value: T): T {
    const text = JSON.stringify(value);
    const known = this.#alike.get(text);
    if (!known) this.#alike.set(text, value);
    return (known ?? value) as T;
  }
}

const memories = new WeakMap<Pool, DirectoryMemory>();

/** The memory of the directory that this pool's database holds. */
export function directoryOf(pool: Pool): DirectoryMemory {
  const memory = memories.get(pool) ?? new DirectoryMemory(pool);
  memories.set(pool, memory);
  return memory;
}
