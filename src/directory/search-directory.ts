import { type Asking, type Desk, reading, Sealed } from '../access/index.ts';
import { NIL_PATIENT } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import type { Criteria, DirectoryEntry, Position, Searched } from './domain/search.ts';
import { type DirectoryRead, type SearchRow, searchEntries } from './store/searches.ts';

export interface SearchPage {
  readonly entries: readonly DirectoryEntry[];
  /** Where the next page begins; absent on the last. */
  readonly next?: Position;
}

/** One search of the directory. */
export interface DirectorySearch {
  readonly what: Searched;
  readonly criteria: Criteria;
  readonly after?: Position;
  readonly limit: number;
}

/**
 * Searches the directory for whoever works with it: by the beginning of any word of the name, HSA-id and what it
 * belongs to, in Swedish order of names. Staff with protected identity have role and units but no name, are never found
 * by name, and their place in the list says nothing of it.
 *
 * The search is logged, by criteria and not by value: it holds no patient's data, but its use can be reviewed.
 *
 * @throws notFound for staff of a unit that the directory lacks, or that is closed
 */
export function searchDirectory(desk: Desk, asking: Asking, search: DirectorySearch): Promise<SearchPage> {
  const { what, criteria, after, limit } = search;
  return readDirectory(desk, asking, {
    load: () => searchEntries(desk.pool, asking.actor, what, criteria, { after, limit: limit + 1 }),
    criteria: Object.keys(criteria),
    most: limit,
    show: (rows) => {
      const shown = rows.slice(0, limit);
      const last = rows.length > limit ? shown.at(-1) : undefined;
      return {
        entries: shown.map((row) => row.entry),
        ...(last && { next: { sortKey: last.sortKey, hsaId: last.hsaId } }),
      };
    },
  });
}

/**
 * Reads one unit.
 *
 * @throws notFound when the directory has no such unit
 */
export function readUnit(desk: Desk, asking: Asking, hsaId: string): Promise<DirectoryEntry> {
  return readDirectory(desk, asking, {
    load: () => searchEntries(desk.pool, asking.actor, 'units', { hsaId }, { limit: 1 }),
    criteria: ['hsaId'],
    show: ([row]: readonly SearchRow[]) => {
      if (!row) throw notFound();
      return row.entry;
    },
  });
}

/** One read of the directory, for whatever kind of actor its route is for. */
export interface DirectoryReading<Row, T> {
  readonly load: () => Promise<DirectoryRead<Row>>;
  readonly criteria: readonly string[];
  /** Rows beyond these only tell that there are more. */
  readonly most?: number;
  readonly show: (rows: readonly Row[]) => T;
}

/** Reads as `reading` does: policy first, and the answer only when its log entry is committed. */
export function readDirectory<Row, T>(desk: Desk, asking: Asking, spec: DirectoryReading<Row, T>): Promise<T> {
  return reading(desk, asking, {
    action: 'directory.read',
    load: async () => new Sealed(await spec.load()),
    facts: ({ actorUnit }) => ({ actorUnit, isSelf: false, patientKnown: false }),
    patientOf: () => NIL_PATIENT,
    show: (_grant, { rows }) => ({
      answer: spec.show(rows),
      resources: [],
      particulars: { criteria: spec.criteria },
      hits: Math.min(rows.length, spec.most ?? rows.length),
    }),
  });
}
