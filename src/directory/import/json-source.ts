import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { COLUMNS } from '../domain/columns.ts';
import { ENTITY_TYPES, type EntityType } from '../domain/model.ts';
import { elementLines } from './json-lines.ts';
import type { ImportFault, RowSource, SourceRow } from './source.ts';
import { countNewlines } from './utf8-lines.ts';

/** JSON is held whole; a register larger than this is sent as CSV. */
const LARGEST_BYTES = 200 * 1024 * 1024;

/** Rows by kind, each with our own field names; what is not a row is found when it is read. */
export type DirectoryData = { readonly [T in EntityType]?: readonly unknown[] };

/** Rows that this process made itself, such as the demonstration's. */
export function memorySources(name: string, data: DirectoryData): RowSource[] {
  return ENTITY_TYPES.flatMap((type) => {
    const items = data[type];
    return items
      ? [
          listSource(
            name,
            type,
            items,
            items.map((_, index) => index + 1),
          ),
        ]
      : [];
  });
}

/**
 * A JSON file: an object with one list per kind (`principals`, `providers`, `units`, `staff`, `channels`), or, when the
 * file's name says the kind, that list alone.
 *
 * @param tell hears why the file cannot be read; then there are no sources
 */
export async function jsonSources(
  path: string,
  type: EntityType | undefined,
  tell: (fault: ImportFault) => void,
): Promise<RowSource[]> {
  const file = basename(path);
  const refused = (text: string, line?: number): [] => {
    tell({ file, ...(line === undefined ? {} : { line }), text });
    return [];
  };
  if ((await stat(path)).size > LARGEST_BYTES) return refused('filen är för stor för JSON; använd CSV');
  const text = decoded(await readFile(path));
  if (text === undefined) return refused('filen är inte UTF-8');
  const parsed = parsedJson(text);
  if (!('value' in parsed)) return refused('är inte giltig JSON', parsed.faultLine);
  const lines = elementLines(text);
  if (Array.isArray(parsed.value)) {
    if (type === undefined) return refused('en lista för sig behöver ett filnamn som säger vad den innehåller');
    return [listSource(file, type, parsed.value, lines.get('')!)];
  }
  if (typeof parsed.value !== 'object' || parsed.value === null) return refused('ska vara ett objekt eller en lista');
  return sourcesIn(file, parsed.value, lines, refused);
}

function sourcesIn(
  file: string,
  value: object,
  lines: ReadonlyMap<string, readonly number[]>,
  refused: (text: string) => [],
): RowSource[] {
  const sources: RowSource[] = [];
  for (const [name, items] of Object.entries(value)) {
    const type = ENTITY_TYPES.find((known) => known === name);
    if (!type) return refused(`ett fält känns inte igen (kända: ${ENTITY_TYPES.join(', ')})`);
    if (!Array.isArray(items)) return refused(`${type} ska vara en lista`);
    sources.push(listSource(file, type, items, lines.get(name)!));
  }
  return sources.length > 0 ? sources : refused('filen är tom');
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parsedJson(text: string): { readonly value: unknown } | { readonly faultLine?: number } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    // The message repeats the text around the fault, so only its position is taken out of it.
    const position = /at position (\d+)/.exec((error as Error).message)?.[1];
    return position === undefined
      ? { faultLine: undefined }
      : { faultLine: countNewlines(text.slice(0, Number(position))) + 1 };
  }
}

function listSource(file: string, type: EntityType, items: readonly unknown[], lines: readonly number[]): RowSource {
  return { file, type, heading: (field) => field, rows: (tell) => readItems({ file, type, items, lines, tell }) };
}

interface Items {
  readonly file: string;
  readonly type: EntityType;
  readonly items: readonly unknown[];
  readonly lines: readonly number[];
  readonly tell: (fault: ImportFault) => void;
}

async function* readItems({ file, type, items, lines, tell }: Items): AsyncGenerator<SourceRow> {
  const known = new Set(COLUMNS[type].map((column) => column.field));
  for (const [index, item] of items.entries()) {
    const line = lines[index]!;
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      tell({ file, line, text: 'är inte ett objekt' });
      continue;
    }
    const row = new Map(Object.entries(item).filter(([, value]) => value !== undefined));
    const unknown = [...row.keys()].findIndex((field) => !known.has(field));
    if (unknown >= 0)
      tell({ file, line, text: `fält nummer ${unknown + 1} känns inte igen (kända: ${[...known].join(', ')})` });
    else yield { line, row };
  }
}
