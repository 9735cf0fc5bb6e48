import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Seal } from './seal.ts';
import type { KeptSeal, SealSink } from './sink.ts';

/** One line is about 400 bytes; the last whole one lies within this even after a torn one. */
const TAIL_BYTES = 64 * 1024;

/**
 * A file that seals are added to, one JSON line each, written through to the disk. Put it where the database's owner
 * cannot write: another machine's share, a disk that is written once. A line that a crash cut off is ended and left;
 * its seal is written again.
 */
export function fileSink(path: string): SealSink {
  return {
    newest: async () => {
      const lines = (await tailOf(path)).split('\n');
      // What follows the last line break was cut off, or is nothing.
      return lines
        .slice(0, -1)
        .map(parseLine)
        .findLast((kept) => kept !== undefined);
    },
    append: (seals) => appendLines(path, seals),
    read: () => readLines(path),
  };
}

async function appendLines(path: string, seals: readonly Seal[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const torn = !['', '\n'].includes((await tailOf(path)).slice(-1));
  const file = await open(path, 'a', 0o640);
  try {
    await file.appendFile(`${torn ? '\n' : ''}${seals.map((seal) => `${JSON.stringify(seal)}\n`).join('')}`);
    await file.datasync();
  } finally {
    await file.close();
  }
}

async function tailOf(path: string): Promise<string> {
  const file = await open(path, 'r').catch(absent);
  if (!file) return '';
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } finally {
    await file.close();
  }
}

async function* readLines(path: string): AsyncIterable<KeptSeal> {
  const file = await open(path, 'r').catch(absent);
  if (!file) return;
  await file.close();
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    const kept = parseLine(line);
    if (kept) yield kept;
  }
}

function parseLine(line: string): KeptSeal | undefined {
  try {
    const value = JSON.parse(line) as Partial<KeptSeal> | null;
    const whole = Number.isSafeInteger(value?.number) && typeof value?.hash === 'string';
    return whole ? (value as KeptSeal) : undefined;
  } catch {
    return undefined;
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}
