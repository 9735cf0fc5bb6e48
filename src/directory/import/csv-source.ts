import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import { COLUMNS, type Column, columnNamed } from '../domain/columns.ts';
import type { EntityType } from '../domain/model.ts';
import type { ImportFault, RowSource, SourceRow } from './source.ts';
import { countNewlines, NotUtf8, utf8Lines } from './utf8-lines.ts';

const DELIMITERS = [';', ',', '\t'] as const;
/** One row; a quotation mark that is never closed would otherwise swallow the rest of the file. */
const LONGEST_ROW = 64 * 1024;

const PARSE_FAULTS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'ett citattecken stängs aldrig',
  CSV_INVALID_CLOSING_QUOTE: 'ett citattecken följs av något annat än nästa kolumn',
  INVALID_OPENING_QUOTE: 'ett citattecken står mitt i en cell; skriv det dubbelt inom citattecken',
  CSV_MAX_RECORD_SIZE: 'raden är för lång; saknas ett avslutande citattecken?',
};

type Tell = (fault: ImportFault) => void;

/**
 * A CSV file: UTF-8 with or without byte order mark, delimiter `;`, `,` or tab as the heading row has it, quotation
 * marks as in RFC 4180, headings in English or Swedish in any order. Read as a stream.
 */
export function csvSource(path: string, type: EntityType): RowSource {
  const file = basename(path);
  const headings = new Map<string, string>();
  return {
    file,
    type,
    heading: (field) => headings.get(field) ?? field,
    rows: (tell) => readRows(path, { file, type, headings, tell }),
  };
}

interface Reading {
  readonly file: string;
  readonly type: EntityType;
  readonly headings: Map<string, string>;
  readonly tell: Tell;
}

async function* readRows(path: string, reading: Reading): AsyncGenerator<SourceRow> {
  const { file, tell } = reading;
  let line = 1;
  try {
    let columns: readonly Column[] | undefined;
    for await (const { cells, endLine } of csvRecords(path)) {
      const breaks = cells.reduce((sum, cell) => sum + countNewlines(cell), 0);
      line = endLine - breaks;
      if (!columns) {
        columns = readHeadings(cells, line, reading);
        if (!columns) return;
      } else if (cells.slice(columns.length).some((cell) => cell !== '') || cells.length < columns.length) {
        tell({ file, line, text: `har ${cells.length} celler, rubrikraden har ${columns.length}` });
      } else {
        yield { line, row: new Map(columns.map((column, i) => [column.field, cells[i]])) };
      }
    }
    if (!columns) tell({ file, text: 'filen är tom' });
  } catch (error) {
    tell({ file, ...unreadable(error, line) });
  }
}

function unreadable(error: unknown, line: number): { line: number; text: string } {
  if (error instanceof NotUtf8)
    return { line: error.line, text: 'är inte UTF-8 (spara filen som ”CSV UTF-8”); resten av filen är inte läst' };
  const { code, lines } = error as CsvError & { lines?: number };
  const text = PARSE_FAULTS[code];
  if (text === undefined) throw error;
  return { line: lines ?? line, text: `${text}; resten av filen är inte läst` };
}

interface CsvRecord {
  readonly cells: readonly string[];
  readonly endLine: number;
}

async function* csvRecords(path: string): AsyncGenerator<CsvRecord> {
  const lines = utf8Lines(createReadStream(path));
  const first = await lines.next();
  if (first.done) return;
  const parser = parse({
    delimiter: delimiterOf(first.value),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
  });
  // An error on either side ends the loop below; the callback only keeps it from being called unhandled.
  pipeline(Readable.from(prepend(first.value, lines)), parser, () => undefined);
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    yield { cells: record, endLine: info.lines };
  }
}

async function* prepend(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

/** The candidate that the first line holds most of, outside quotation marks. */
function delimiterOf(text: string): string {
  const heading = text
    .trimStart()
    .split('\n', 1)[0]!
    .replace(/"[^"]*"/g, '');
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: heading.split(delimiter).length }));
  return counted.sort((a, b) => b.count - a.count)[0]!.delimiter;
}

/** The columns in the order of the file; undefined, and told why, when its rows cannot be understood. */
function readHeadings(cells: readonly string[], line: number, reading: Reading): readonly Column[] | undefined {
  const { file, type, headings, tell } = reading;
  const columns: Column[] = [];
  for (const [index, cell] of cells.entries()) {
    const column = columnNamed(type, cell);
    // The heading is not repeated: a file without a heading row has somebody's data here.
    if (!column) tell({ file, line, text: `rubriken i kolumn ${index + 1} känns inte igen (${knownHeadings(type)})` });
    else if (headings.has(column.field)) tell({ file, line, column: column.field, text: 'finns två gånger' });
    else headings.set(column.field, cell.trim());
    if (column) columns.push(column);
  }
  const missing = COLUMNS[type].filter((column) => !('otherwise' in column) && !headings.has(column.field));
  for (const { field } of missing) tell({ file, line, column: field, text: 'saknas i rubrikraden' });
  return columns.length === cells.length && headings.size === cells.length && missing.length === 0
    ? columns
    : undefined;
}

function knownHeadings(type: EntityType): string {
  return `kända: ${COLUMNS[type].map((column) => column.field).join(', ')}`;
}
