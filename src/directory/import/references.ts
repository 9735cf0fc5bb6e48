import type { PoolClient } from 'pg';
import type { EntityType } from '../domain/model.ts';
import type { Reference } from '../domain/rules.ts';
import { findKnownIds } from '../store/import-store.ts';

const WHAT: Readonly<Record<EntityType, string>> = {
  principals: 'huvudman',
  providers: 'vård- eller omsorgsgivare',
  units: 'enhet',
  staff: 'medarbetare',
  channels: 'kontaktväg',
};

/**
 * Knows which HSA-ids a row may refer to: those sent in this time, with or without faults of their own, and those in
 * the directory already. In a full import of a kind only the first count, since the others are about to be taken out
 * of use.
 */
export class References {
  readonly #client: PoolClient;
  readonly #replaced: ReadonlySet<EntityType>;
  readonly #known = new Map<string, boolean>();

  /** @param replaced the kinds of which this is a full import */
  constructor(client: PoolClient, replaced: ReadonlySet<EntityType>) {
    this.#client = client;
    this.#replaced = replaced;
  }

  /** Notes that this thing is sent in. */
  declare(type: EntityType, hsaId: string): void {
    this.#known.set(`${type} ${hsaId}`, true);
  }

  /** Looks up, in as few questions as there are kinds, all that are not known yet. */
  async learn(references: readonly Reference[]): Promise<void> {
    const unknown = new Map<EntityType, Set<string>>();
    for (const { among, hsaId } of references) {
      if (this.holds({ among, hsaId })) continue;
      for (const type of among.filter((one) => !this.#replaced.has(one) && !this.#known.has(`${one} ${hsaId}`))) {
        const ids = unknown.get(type) ?? new Set();
        unknown.set(type, ids.add(hsaId));
      }
    }
    for (const [type, ids] of unknown) {
      const found = new Set(await findKnownIds(this.#client, [type], [...ids]));
      for (const id of ids) this.#known.set(`${type} ${id}`, found.has(id));
    }
  }

  holds({ among, hsaId }: Pick<Reference, 'among' | 'hsaId'>): boolean {
    return among.some((type) => this.#known.get(`${type} ${hsaId}`) === true);
  }

  /** Why a reference does not hold, in Swedish. */
  fault({ among }: Reference): string {
    const what = among.map((type) => WHAT[type]).join(' eller ');
    const full = among.every((type) => this.#replaced.has(type));
    return full
      ? `ingen ${what} i filerna har detta HSA-id`
      : `ingen ${what} i filerna eller katalogen har detta HSA-id`;
  }
}
