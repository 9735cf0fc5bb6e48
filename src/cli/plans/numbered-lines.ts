import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { NumberedLine } from '../../plans/index.ts';

/** A group of lines of a file, with what identifies the file up to and including them. */
export interface LineGroup {
  readonly lines: readonly NumberedLine[];
  /** The last line's number in the file. */
  readonly last: number;
  /** Of everything up to and including the last line. */
  readonly digest: string;
}

/** Reads a text file line by line in groups, never more of it in memory than a few; empty lines count and are left out. */
export async function* groupsOfLines(file: string, size: number): AsyncGenerator<LineGroup> {
  const hash = createHash('sha256');
  let lines: NumberedLine[] = [];
  let number = 0;
  const group = (): LineGroup => ({ lines, last: number, digest: hash.copy().digest('hex') });
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    hash.update(text).update('\n');
    if (text.trim() !== '') lines.push({ number, text });
    if (number % size === 0) {
      yield group();
      lines = [];
    }
  }
  if (number % size !== 0) yield group();
}
