/** Text that is not UTF-8 and could only be stored garbled: most often a file saved by a spreadsheet in Windows-1252. */
export class NotUtf8 extends Error {
  readonly line: number;

  constructor(line: number) {
    super('not UTF-8');
    this.name = 'NotUtf8';
    this.line = line;
  }
}

const LONGEST_LINE_BYTES = 1_000_000;
const NEWLINE = 0x0a;

/**
 * Gives the bytes of a file as text, whole lines at a time, without the byte order mark.
 *
 * @throws NotUtf8 with the first line that cannot be read, or that is longer than a line of a register can be
 */
export async function* utf8Lines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let kept: Uint8Array = new Uint8Array();
  let line = 1;
  let first = true;
  for await (const chunk of chunks) {
    const bytes = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    kept = bytes.subarray(end);
    if (kept.length > LONGEST_LINE_BYTES) throw new NotUtf8(line);
    if (end === 0) continue;
    const text = decode(bytes.subarray(0, end), line, first);
    line += countNewlines(text);
    first = false;
    yield text;
  }
  if (kept.length > 0) yield decode(kept, line, first);
}

function decode(bytes: Uint8Array, line: number, first: boolean): string {
  try {
    // A byte order mark is taken away only at the very beginning; anywhere else it is a character.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: !first }).decode(bytes);
  } catch {
    throw new NotUtf8(line + linesBeforeFault(bytes));
  }
}

function linesBeforeFault(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let start = 0, lines = 0; ; lines++) {
    const end = bytes.indexOf(NEWLINE, start);
    try {
      decoder.decode(bytes.subarray(start, end < 0 ? bytes.length : end));
    } catch {
      return lines;
    }
    if (end < 0) return lines;
    start = end + 1;
  }
}

/** How many lines a text ends. */
export function countNewlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
