import {
  besideEachOther,
  type ColumnFacts,
  columnsRead,
  columnsSource,
  columnValues,
  parametersOf,
  type Sent,
} from './rows-as-columns.ts';

type Row = Readonly<Record<string, unknown>>;

/** What all that one plan is written with mostly says alike: whose it is, and who wrote it when, under which law. */
const ALIKE = [
  ...['patient_id', 'plan_id', 'revision', 'recorded_kind', 'recorded_staff', 'recorded_name', 'recorded_unit'],
  ...['recorded_provider', 'recorded_principal', 'legal_basis', 'approved_for_patient', 'signed_by', 'signed_at'],
  ...['entered_in_error', 'created_at', 'changed_at', 'changed_kind', 'changed_staff', 'changed_name', 'changed_unit'],
  'changed_why',
] as const;

const ALIKE_NAMES: ReadonlySet<string> = new Set(ALIKE);

/** The columns of these that rows may share. */
export const alikeAmong = (columns: readonly ColumnFacts[]): ColumnFacts[] =>
  columns.filter(({ name }) => ALIKE_NAMES.has(name));

/** Whether rows of a table with these columns are sent with a reference to their ownership: all but `plan_id` are there. */
export const isOwned = (columns: readonly ColumnFacts[]): boolean => alikeAmong(columns).length >= ALIKE.length - 1;

/** SQL that gives each ownership with its number. @param first number of its first parameter */
export function ownershipSource(alike: readonly ColumnFacts[], first: number): string {
  return `select row_number() over () as number, o.* from (${columnsSource(alike, first)}) o`;
}

/** SQL that gives rows of an owned table, each with the ownership it refers to in `owned`: {@link ownershipSource}. */
export function ownedSource(columns: readonly ColumnFacts[], first: number): string {
  const { lists, read } = columnsRead(ownOf(columns), first + 1);
  const all = columns.map(({ name }) => read.get(name) ?? `o.${name}`);
  const rows = besideEachOther([{ as: 'owner', list: `$${first}::int[]` }, ...lists]);
  return `select ${all.join(', ')} from ${rows} join owned o on o.number = n.owner`;
}

/** How many parameters {@link ownedSource} has. */
export const ownedParameters = (columns: readonly ColumnFacts[]): number => parametersOf(ownOf(columns)) + 1;

const ownOf = (columns: readonly ColumnFacts[]) => columns.filter(({ name }) => !ALIKE_NAMES.has(name));

/** The different ownerships of many rows, each once. */
export interface Ownerships {
  /** What {@link ownedSource} reads of these rows. */
  valuesOf(columns: readonly ColumnFacts[], rows: readonly Row[]): Sent[];
  /** What {@link ownershipSource} reads, once all rows have been seen. */
  values(alike: readonly ColumnFacts[]): Sent[];
}

export function ownershipsOf(): Ownerships {
  const seen: Row[] = [];
  const ofPatient = new Map<unknown, number[]>();
  let last = 0;
  const numberOf = (row: Row): number => {
    // Rows of one plan come one after another.
    if (last > 0 && isAlike(row, seen[last - 1]!)) return last;
    const numbers = ofPatient.get(row.patient_id) ?? [];
    last = numbers.find((number) => isAlike(row, seen[number - 1]!)) ?? 0;
    if (last > 0) return last;
    last = seen.push(row);
    ofPatient.set(row.patient_id, [...numbers, last]);
    return last;
  };
  return {
    valuesOf: (columns, rows) => [`{${rows.map(numberOf).join(',')}}`, ...columnValues(ownOf(columns), rows)],
    values: (alike) => columnValues(alike, seen),
  };
}

/** Written out: walking the names for each row of a plan took as long as the rows themselves. */
function isAlike(a: Row, b: Row): boolean {
  return (
    a.patient_id === b.patient_id &&
    a.plan_id === b.plan_id &&
    a.revision === b.revision &&
    a.recorded_kind === b.recorded_kind &&
    a.recorded_staff === b.recorded_staff &&
    a.recorded_name === b.recorded_name &&
    a.recorded_unit === b.recorded_unit &&
    a.recorded_provider === b.recorded_provider &&
    a.recorded_principal === b.recorded_principal &&
    a.legal_basis === b.legal_basis &&
    a.approved_for_patient === b.approved_for_patient &&
    a.signed_by === b.signed_by &&
    a.signed_at === b.signed_at &&
    a.entered_in_error === b.entered_in_error &&
    a.created_at === b.created_at &&
    a.changed_at === b.changed_at &&
    a.changed_kind === b.changed_kind &&
    a.changed_staff === b.changed_staff &&
    a.changed_name === b.changed_name &&
    a.changed_unit === b.changed_unit &&
    a.changed_why === b.changed_why
  );
}
