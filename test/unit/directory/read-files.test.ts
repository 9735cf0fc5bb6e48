import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inChunks } from '../../../src/directory/import/chunks.ts';
import { elementLines } from '../../../src/directory/import/json-lines.ts';
import { readFileArgument } from '../../../src/directory/import/open-files.ts';
import { NotUtf8, utf8Lines } from '../../../src/directory/import/utf8-lines.ts';

async function* of<T>(...items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** Bytes cut into pieces at the given places, as a file system might give them. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, i) => bytes.subarray(i === 0 ? 0 : ends[i - 1], end));
}

describe('the bytes of a file', () => {
  it('are the same text however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('a', 'å', '\n', '\r\n', '𝌆', ';') }),
        fc.array(fc.nat(50)),
        async (text, places) => {
          const pieces = await all(utf8Lines(of(...cut(Buffer.from(text), places))));
          expect(pieces.join('')).toBe(text);
          for (const piece of pieces.slice(0, -1)) expect(piece.endsWith('\n')).toBe(true);
        },
      ),
    );
  });

  it('lose their byte order mark, and only that', async () => {
    expect(await all(utf8Lines(of(Buffer.from('\ufeffa\n\ufeffb'))))).toEqual(['a\n', '\ufeffb']);
  });

  it.each([
    [Buffer.from([0xe5, 0x0a]), 1],
    [Buffer.concat([Buffer.from('å\nb\nc'), Buffer.from([0xff]), Buffer.from('\nd\n')]), 3],
    [Buffer.concat([Buffer.from('a\nb\n'), Buffer.from([0xc3])]), 3],
    [Buffer.from('\ufeffa\n', 'utf16le'), 1],
  ])('that are not UTF-8 are refused with their line: %#', async (bytes, line) => {
    for (const places of [[], [1], [2, 3]]) {
      const error: unknown = await all(utf8Lines(of(...cut(bytes, places)))).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(NotUtf8);
      expect((error as NotUtf8).line).toBe(line);
    }
  });

  it('in one line without end are refused', async () => {
    const endless = Array.from({ length: 20 }, () => Buffer.alloc(100_000, 'a'));
    await expect(all(utf8Lines(of(...endless)))).rejects.toThrow(NotUtf8);
  });
});

describe('the lines of a JSON file', () => {
  it('are those on which each element begins, whatever the elements hold', () => {
    const name = fc.string({ maxLength: 5 }).filter((text) => text !== '__proto__');
    fc.assert(
      fc.property(fc.dictionary(name, fc.array(fc.jsonValue(), { maxLength: 4 })), (lists) => {
        const text = JSON.stringify(lists, null, 2);
        const written = text.split('\n');
        const lines = elementLines(text);
        for (const [key, items] of Object.entries(lists)) {
          expect(lines.get(key)?.length).toBe(items.length);
          for (const [index, item] of items.entries()) {
            const first = JSON.stringify(item, null, 2).split('\n', 1)[0]!;
            const line = written[lines.get(key)![index]! - 1]!.trim();
            expect(line.startsWith(first)).toBe(true);
          }
        }
      }),
    );
  });

  it('are found in a list that stands alone', () => {
    expect(elementLines('[\n{},\n\n{"a":[1,\n2]}, 3]').get('')).toEqual([2, 4, 5]);
  });
});

describe('a file on the command line', () => {
  it.each([
    ['/tmp/units.csv', '/tmp/units.csv', 'units'],
    ['2026-11 Enheter.csv', '2026-11 Enheter.csv', 'units'],
    ['care-providers.csv', 'care-providers.csv', 'providers'],
    ['vårdgivare.csv'.normalize('NFD'), 'vårdgivare.csv'.normalize('NFD'), 'providers'],
    ['staff=/tmp/units.csv', '/tmp/units.csv', 'staff'],
    ['kontaktvägar=export=2.csv', 'export=2.csv', 'channels'],
    ['katalog.json', 'katalog.json', undefined],
    ['other=units.csv', 'other=units.csv', 'units'],
  ])('%s is known by its name or by what stands before', (argument, path, type) => {
    expect(readFileArgument(argument)).toEqual({ path, type });
  });
});

describe('rows', () => {
  it('come in lists of the size asked for, the last with what is left', async () => {
    expect(await all(inChunks(of(1, 2, 3, 4, 5), 2))).toEqual([[1, 2], [3, 4], [5]]);
    expect(await all(inChunks(of(), 2))).toEqual([]);
  });
});
