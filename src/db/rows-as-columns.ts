/** A column of a table as rows are written to it; `type` is the database's name of its type. */
export interface ColumnFacts {
  readonly name: string;
  readonly type: string;
}

/** Parts JSON documents: inside one it is never written as itself. */
const BETWEEN = '\x1e';

/**
 * SQL that gives many rows, sent as one list for each column in place of an object for each row: the names of 27 columns
 * are then not written, sent and read anew for every row, and most columns say the same all the way.
 *
 * @param first number of its first parameter; there is one for each column
 */
export function columnsSource(columns: readonly ColumnFacts[], first: number): string {
  const lists = columns.map(({ type }, i) => listOf(type, first + i));
  const names = columns.map(({ name }) => name);
  return `select ${columns.map(readAs).join(', ')} from unnest(${lists.join(', ')}) as n(${names.join(', ')})`;
}

/** What {@link columnsSource} reads: what a row does not have is null. */
export function columnValues(
  columns: readonly ColumnFacts[],
  rows: readonly Readonly<Record<string, unknown>>[],
): string[] {
  return columns.map(({ name, type }) => {
    const values = rows.map((row) => row[name]);
    if (type === 'jsonb') return values.map((value) => (isNothing(value) ? '' : JSON.stringify(value))).join(BETWEEN);
    return arrayText(values);
  });
}

const isWhole = (type: string) => type === 'jsonb' || type.endsWith('[]');

/** A column as it is read out of its list. */
export const readAs = ({ name, type }: ColumnFacts) => (isWhole(type) ? `n.${name}::${type} as ${name}` : `n.${name}`);

/** The list that a column is sent as. */
export function listOf(type: string, parameter: number): string {
  if (type === 'jsonb') return `string_to_array($${parameter}, E'\\x1e', '')`;
  // A list of lists of different lengths is no list that the database knows: each is read by itself.
  return type.endsWith('[]') ? `$${parameter}::text[]` : `$${parameter}::${type}[]`;
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

/** Ids, codes and instants: what needs no quotes in an array. */
const BARE = /^[\w.:+-]+$/;
const HALF_CHARACTER = /\p{Surrogate}/u;

function elementText(value: unknown): string {
  if (isNothing(value)) return 'NULL';
  if (typeof value === 'string')
    return BARE.test(value) && (value.length !== 4 || !/^null$/i.test(value)) ? value : quoted(value);
  if (Array.isArray(value)) return quoted(arrayText(value));
  if (value instanceof Date) return quoted(value.toISOString());
  if (typeof value === 'object') throw new TypeError('an object in a column that holds none');
  return String(value);
}

/** @throws TypeError for half of a character pair, which would be stored as another text than was sent */
function quoted(text: string): string {
  if (HALF_CHARACTER.test(text)) throw new TypeError('a text that is not Unicode');
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
