import { type Moment, Sealed } from '../../access/index.ts';
import type { ReadingPlace } from '../../db/query.ts';
import type { RawRecord, RecordTarget, recordQuery } from '../../db/record-query.ts';
import { type DirectoryView, directoryOf, type ListedStaff, versionPart } from '../../directory/index.ts';
import type { Actor } from '../../shared/actor.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { HsaId, PlanContent } from '../domain/model.ts';
import type { ContactChannel } from '../domain/reach.ts';
import { readContent } from './content-rows.ts';
import { namedIn } from './named-in-content.ts';

/** What a record is made of beside what its own statement gave: content and directory. */
export interface Beside {
  readonly content: PlanContent;
  readonly directory: DirectoryView;
}

/** How those whom the content names are reached. */
export interface Reachable {
  readonly channels: ReadonlyMap<HsaId, readonly ContactChannel[]>;
  readonly staff: ReadonlyMap<HsaId, ListedStaff>;
}

/** One reading of a person's record. */
export interface BesideSpec<T extends RecordTarget & Moment, R> {
  readonly query: ReturnType<typeof recordQuery>;
  readonly actor: Actor;
  readonly target: T;
  /** What the query is given more, from `$8` on. */
  readonly more?: readonly unknown[];
  /** Units that the rules or the answer ask about, and the content may not name. */
  readonly asked?: (raw: RawRecord) => Iterable<HsaId>;
  readonly make: (raw: RawRecord, target: T, beside: Beside) => R;
}

/**
 * Reads a record beside what this process remembers of the directory, as it was in the record's own snapshot, sealed until
 * the policy has decided. When the directory was changed in between, the record is read again: an answer is made of one
 * moment.
 */
export async function readBeside<T extends RecordTarget & Moment, R>(
  { pool, client }: ReadingPlace,
  { query, actor, target, more, asked, make }: BesideSpec<T, R>,
): Promise<Sealed<R>> {
  for (;;) {
    const raw = await query(client ?? pool, actor, target, more);
    const content = readContent(raw.content as string | null, raw.keys);
    const named = namedIn(content);
    for (const hsaId of asked?.(raw) ?? []) named.add(hsaId);
    if (actor.kind === 'staff') named.add(actor.unitHsaId);
    const directory = await directoryOf(pool).at(raw[versionPart.name], named, client);
    if (directory) return new Sealed(make(raw, target, { content, directory }));
  }
}

/** The units among those asked about that the directory has. */
export function unitsIn({ listed }: DirectoryView): Map<HsaId, UnitFacts> {
  const units = new Map<HsaId, UnitFacts>();
  for (const { hsaId, unit } of listed.values()) if (unit) units.set(hsaId, unit);
  return units;
}

/** How those asked about are reached, as far as the directory says. */
export function reachableIn({ listed }: DirectoryView): Reachable {
  const channels = new Map<HsaId, readonly ContactChannel[]>();
  const members = new Map<HsaId, ListedStaff>();
  for (const { hsaId, staff, channels: own } of listed.values()) {
    if (own.length > 0) channels.set(hsaId, own as readonly ContactChannel[]);
    if (staff) members.set(hsaId, staff);
  }
  return { channels, staff: members };
}
