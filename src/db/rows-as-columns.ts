import { BINARY_LISTS } from './binary-lists.ts';

/** A column of a table as rows are written to it; `type` is the database's name of its type. */
export interface ColumnFacts {
  readonly name: string;
  readonly type: string;
}

type Row = Readonly<Record<string, unknown>>;

/** What is sent for a statement's parameter. */
export type Sent = string | Buffer;

/** How a column's values are sent: the lists that are read side by side, and what a row takes out of them. */
interface Form {
  readonly parameters: number;
  readonly lists: (name: string, first: number) => readonly { readonly as: string; readonly list: string }[];
  readonly read: (name: string, first: number) => string;
  readonly values: (values: readonly unknown[]) => Sent[];
}

function formOf(type: string): Form {
  const element = type.endsWith('[]') ? type.slice(0, -2) : undefined;
  const inBinary = BINARY_LISTS[element ?? type];
  if (element === undefined) return sideBySide(`${type}[]`, '', inBinary ?? arrayText);
  // A list of lists of different lengths is no list that the database knows: each is read by itself.
  return inBinary ? endToEnd(type, inBinary) : sideBySide('text[]', `::${type}`, arrayText);
}

const sideBySide = (list: string, cast: string, values: (values: readonly unknown[]) => Sent): Form => ({
  parameters: 1,
  lists: (name, first) => [{ as: name, list: `$${first}::${list}` }],
  read: (name) => `n.${name}${cast}`,
  values: (of) => [values(of)],
});

/** All rows' lists as one, and for each row where its own begins and ends; null is nowhere. */
const endToEnd = (type: string, values: (values: readonly unknown[]) => Sent): Form => ({
  parameters: 3,
  lists: (name, first) => [
    { as: `${name}_from`, list: `$${first + 1}::int[]` },
    { as: `${name}_to`, list: `$${first + 2}::int[]` },
  ],
  read: (name, first) => `($${first}::${type})[n.${name}_from:n.${name}_to]`,
  values: (lists) => {
    const all: unknown[] = [];
    const places = lists.map((list) => {
      if (list === null || list === undefined) return { from: null, to: null };
      const from = all.length + 1;
      for (const one of list as readonly unknown[]) all.push(one);
      return { from, to: all.length };
    });
    return [values(all), arrayText(places.map(({ from }) => from)), arrayText(places.map(({ to }) => to))];
  },
});

const FORMS = new Map<string, Form>();

function formFor({ type }: ColumnFacts): Form {
  const form = FORMS.get(type) ?? formOf(type);
  FORMS.set(type, form);
  return form;
}

/** How many parameters {@link columnsRead} has. */
export const parametersOf = (columns: readonly ColumnFacts[]): number =>
  columns.reduce((sum, column) => sum + formFor(column).parameters, 0);

/**
 * Many rows as lists to read side by side, as `n`, and what each column of a row is read as.
 *
 * @param first number of its first parameter
 */
export function columnsRead(
  columns: readonly ColumnFacts[],
  first: number,
): { lists: { as: string; list: string }[]; read: Map<string, string> } {
  const lists: { as: string; list: string }[] = [];
  const read = new Map<string, string>();
  let at = first;
  for (const column of columns) {
    const form = formFor(column);
    lists.push(...form.lists(column.name, at));
    read.set(column.name, `${form.read(column.name, at)} as ${column.name}`);
    at += form.parameters;
  }
  return { lists, read };
}

/**
 * SQL that gives many rows, sent as one list for each column in place of an object for each row: the names of 27 columns
 * are then not written, sent and read anew for every row, and most columns say the same all the way.
 *
 * @param first number of its first parameter
 */
export function columnsSource(columns: readonly ColumnFacts[], first: number): string {
  const { lists, read } = columnsRead(columns, first);
  return `select ${[...read.values()].join(', ')} from ${besideEachOther(lists)}`;
}

/** The lists as rows of `n`. */
export function besideEachOther(lists: readonly { readonly as: string; readonly list: string }[]): string {
  return `unnest(${lists.map(({ list }) => list).join(', ')}) as n(${lists.map(({ as }) => as).join(', ')})`;
}

/** What {@link columnsSource} reads: what a row does not have is null. */
export function columnValues(columns: readonly ColumnFacts[], rows: readonly Row[]): Sent[] {
  return columns.flatMap((column) => formFor(column).values(rows.map((row) => row[column.name])));
}

const isNothing = (value: unknown) => value === null || value === undefined;

/** An array as the database reads it. A column's values are often the same from row to row, and are then written once. */
function arrayText(values: readonly unknown[]): string {
  let text = '';
  let last: unknown;
  let written = 'NULL';
  for (const value of values) {
    if (value !== last) {
      written = elementText(value);
      last = value;
    }
    text += text === '' ? written : `,${written}`;
  }
  return `{${text}}`;
}

/** Codes, numbers and instants: what needs no quotes in an array. */
const BARE = /^[\w.:+-]+$/;

function elementText(value: unknown): string {
  if (isNothing(value)) return 'NULL';
  if (typeof value === 'string') return BARE.test(value) && !/^null$/i.test(value) ? value : quoted(value);
  if (Array.isArray(value)) return quoted(arrayText(value));
  if (value instanceof Date) return quoted(value.toISOString());
  if (typeof value === 'object') throw new TypeError('an object in a column that holds none');
  return String(value);
}

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
