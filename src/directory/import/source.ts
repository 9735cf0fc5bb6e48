import type { EntityType } from '../domain/model.ts';
import type { RawRow } from '../domain/read-entity.ts';

/** Something wrong with what was sent in, for whoever prepared it. Never holds a value: it may be a personnummer. */
export interface ImportFault {
  /** The file's name without its folder. */
  readonly file: string;
  readonly line?: number;
  /** The column as the file itself heads it, when it is one that we know. */
  readonly column?: string;
  readonly text: string;
}

/** `units.csv rad 17, kolumn area: ska vara ett av …` */
export function faultInWords({ file, line, column, text }: ImportFault): string {
  const place = line === undefined ? file : `${file} rad ${line}`;
  return `${column === undefined ? place : `${place}, kolumn ${column}`}: ${text}`;
}

export interface SourceRow {
  /** The line where the row begins; for rows given in memory, the how manieth it is. */
  readonly line: number;
  readonly row: RawRow;
}

/** Rows of one kind, from one file or from memory, one at a time so that a large file is never held whole. */
export interface RowSource {
  readonly file: string;
  readonly type: EntityType;
  /** What the file calls a field. */
  heading(field: string): string;
  /** @param tell hears of what makes a row, or the rest of the file, unreadable */
  rows(tell: (fault: ImportFault) => void): AsyncIterable<SourceRow>;
}
