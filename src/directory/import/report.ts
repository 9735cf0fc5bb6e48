import { ENTITY_TYPES, type EntityType } from '../domain/model.ts';
import type { ImportFault } from './source.ts';

export interface TypeCounts {
  created: number;
  changed: number;
  unchanged: number;
  deactivated: number;
}

/** One thing that became new, different or out of use: by its key and the names of its fields, never their values. */
export interface ImportChange {
  readonly type: EntityType;
  readonly key: string;
  readonly what: 'created' | 'changed' | 'deactivated';
  readonly fields?: readonly string[];
}

/** What an import did, or, when it was a dry run or met a fault, would have done. */
export interface ImportReport {
  /** False after a fault and in a dry run: the directory is as it was. */
  readonly written: boolean;
  /** Only the kinds that were sent in. */
  readonly counts: Readonly<Partial<Record<EntityType, Readonly<TypeCounts>>>>;
  readonly changes: readonly ImportChange[];
  /** File by file and line by line; at most `MOST_FAULTS` of them. */
  readonly faults: readonly ImportFault[];
  readonly faultCount: number;
}

/** Faults beyond these are counted but not kept: a file with the wrong columns has one on every line. */
export const MOST_FAULTS = 10_000;

/** Gathers the report while an import runs. */
export class ReportDraft {
  readonly #counts = new Map<EntityType, TypeCounts>();
  readonly #changes: ImportChange[] = [];
  readonly #faults: ImportFault[] = [];
  #faultCount = 0;

  readonly tell = (fault: ImportFault): void => {
    this.#faultCount++;
    if (this.#faults.length < MOST_FAULTS) this.#faults.push(fault);
  };

  get faultless(): boolean {
    return this.#faultCount === 0;
  }

  begin(type: EntityType): void {
    if (!this.#counts.has(type)) this.#counts.set(type, { created: 0, changed: 0, unchanged: 0, deactivated: 0 });
  }

  unchanged(type: EntityType): void {
    this.#counts.get(type)!.unchanged++;
  }

  change(change: ImportChange): void {
    this.#counts.get(change.type)![change.what]++;
    this.#changes.push(change);
  }

  done(written: boolean): ImportReport {
    const given = ENTITY_TYPES.filter((type) => this.#counts.has(type));
    return {
      written,
      counts: Object.fromEntries(given.map((type) => [type, this.#counts.get(type)!])),
      changes: this.#changes,
      faults: inReadingOrder(this.#faults),
      faultCount: this.#faultCount,
    };
  }
}

/** A row's fields are judged before what it refers to; whoever mends a file reads it from the top. */
function inReadingOrder(faults: readonly ImportFault[]): ImportFault[] {
  const files = [...new Set(faults.map((fault) => fault.file))];
  const place = new Map(files.map((file, index) => [file, index]));
  return [...faults].sort((a, b) => place.get(a.file)! - place.get(b.file)! || (a.line ?? 0) - (b.line ?? 0));
}
