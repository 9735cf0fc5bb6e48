import { describe, expect, test } from 'vitest';
import { compareWhen, dayOf, endOf, epochOf, isDate, parseWhen, startOf } from '../../../src/plans/domain/when.ts';

const at = (text: string) => Date.parse(text);

describe('when', () => {
  test.each([
    ['a winter day', '2026-11-23', '2026-11-22T23:00:00Z', '2026-11-23T23:00:00Z'],
    ['a summer day', '2026-06-24', '2026-06-23T22:00:00Z', '2026-06-24T22:00:00Z'],
    ['the day of 23 hours', '2026-03-29', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['the day of 25 hours', '2026-10-25', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
  ])('%s begins and ends with the Swedish day', (_, date, start, end) => {
    expect(isDate(date)).toBe(true);
    expect(startOf(date)).toBe(at(start));
    expect(endOf(date)).toBe(at(end));
    expect(dayOf(date)).toBe(date);
  });

  test('an instant begins and ends with itself, and falls on the Swedish day', () => {
    const instant = '2026-11-22T23:30:00Z';
    expect(startOf(instant)).toBe(at(instant));
    expect(endOf(instant)).toBe(at(instant));
    expect(dayOf(instant)).toBe('2026-11-23');
  });

  test('orders by the end: an instant before its day, a day before the next', () => {
    const sorted = ['2026-11-24', '2026-11-23', '2026-11-23T22:59:59Z', '2026-11-22', '2026-11-23T11:00:00Z'];
    expect(sorted.sort(compareWhen)).toEqual([
      '2026-11-22',
      '2026-11-23T11:00:00Z',
      '2026-11-23T22:59:59Z',
      '2026-11-23',
      '2026-11-24',
    ]);
  });

  test('reads days and instants from outside into their stored form', () => {
    expect(parseWhen('2026-11-23')).toBe('2026-11-23');
    expect(parseWhen('2026-11-23T12:00:00+01:00')).toBe('2026-11-23T11:00:00.000Z');
  });

  test.each([
    '',
    '2026-02-30',
    '2026-11-23T12:00',
    '23/11 2026',
    '2026-11-23T25:00:00Z',
    'måndag',
    '0000000000',
  ])('refuses %j', (text) => {
    expect(parseWhen(text)).toBeUndefined();
  });

  test('stops at stored content that is no time, rather than sort it anywhere', () => {
    expect(() => epochOf('snart nog, kanske')).toThrow(RangeError);
  });
});
