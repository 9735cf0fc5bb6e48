/** What the directory is searched for. */
export type Searched = 'principals' | 'providers' | 'units' | 'staff';

/** What a list is narrowed by; what is absent narrows nothing. */
export interface Criteria {
  /** The beginning of one or more words of the name, in any order. */
  readonly name?: string;
  readonly hsaId?: string;
  readonly kind?: string;
  readonly area?: string;
  readonly principal?: string;
  readonly provider?: string;
  readonly unit?: string;
  readonly active?: boolean;
}

/** Where a page ends and the next begins: the order is by name, then by HSA-id. */
export interface Position {
  readonly sortKey: string;
  readonly hsaId: string;
}

/** An entry with what it belongs to, as a search finds it; its key not yet made public. */
export type DirectoryEntry = Readonly<Record<string, unknown>>;
