import { getTableColumns } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { alikeAmong, isOwned, ownershipsOf } from '../../../src/db/owned-columns.ts';
import { auditEntries, steps } from '../../../src/db/schema/index.ts';

const columnsOf = (table: Parameters<typeof getTableColumns>[0]) =>
  Object.values(getTableColumns(table)).map((column) => ({ name: column.name, type: column.getSQLType() }));

const STEPS = columnsOf(steps);
const ALIKE = alikeAmong(STEPS);
const OWN = STEPS.filter((column) => !ALIKE.includes(column));

/** The numbers of the ownerships that these rows refer to. */
const numbersOf = (rows: readonly Record<string, unknown>[]) => ownershipsOf().valuesOf(ALIKE, rows)[0];

const ROW = Object.fromEntries(STEPS.map(({ name }) => [name, `${name} 1`]));

test('rows that only say other things share one ownership, whatever stands between them', () => {
  const other = { ...ROW, patient_id: 'another' };
  const same = OWN.map(({ name }) => ({ ...ROW, [name]: 'other' }));
  expect(numbersOf([ROW, ...same, other, ROW, other])).toBe(`{1,${same.map(() => 1).join(',')},2,1,2}`);
});

test.each(ALIKE.map(({ name }) => name))('a row with another %s has another ownership', (name) => {
  expect(numbersOf([ROW, { ...ROW, [name]: 'other' }, { ...ROW, [name]: null }, ROW])).toBe('{1,2,3,1}');
});

test('contributions have an ownership, the log does not', () => {
  expect([isOwned(STEPS), isOwned(columnsOf(auditEntries))]).toEqual([true, false]);
});
