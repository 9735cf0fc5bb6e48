import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type LocalDate, weekday } from '../../../src/shared/calendar.ts';
import {
  addWeekdays,
  holidayOn,
  isEve,
  isPublicHoliday,
  isWeekdayWorking,
  nextWorkingDay,
  weekdaysBetween,
  workingDayOnOrAfter,
} from '../../../src/shared/holidays.ts';

const dates = fc.integer({ min: 0, max: 3650 }).map((days) => addDays('2024-01-01', days));

function daysOf(year: number): LocalDate[] {
  const days: LocalDate[] = [];
  for (let day = `${year}-01-01`; day.startsWith(`${year}`); day = addDays(day, 1)) days.push(day);
  return days;
}

describe('holidays', () => {
  it('are known of years far from each other, in any order', () => {
    for (const year of [2026, 1999, 2150, 2027]) {
      expect([year, holidayOn(`${year}-12-25`)?.name]).toEqual([year, 'juldagen']);
      expect(holidayOn(`${year}-12-27`)).toBeUndefined();
    }
  });

  it("hold nothing of the whole world's once they have been told", () => {
    expect(holidayOn('2026-04-03')?.name).toBe('långfredagen');
    const held = Object.keys(createRequire(import.meta.url).cache).filter((file) => /[\\/]date-holidays/.test(file));
    expect(held).toEqual([]);
  });

  it('of 2026 are those of the law', () => {
    expect(daysOf(2026).filter(isPublicHoliday)).toEqual([
      '2026-01-01',
      '2026-01-06',
      '2026-04-03',
      '2026-04-05',
      '2026-04-06',
      '2026-05-01',
      '2026-05-14',
      '2026-05-24',
      '2026-06-06',
      '2026-06-20',
      '2026-10-31',
      '2026-12-25',
      '2026-12-26',
    ]);
  });

  it.each([2024, 2025, 2026, 2027, 2030])('of %i have three eves: before midsummer, Christmas and New Year', (year) => {
    const names = daysOf(year).flatMap((day) => (isEve(day) ? [holidayOn(day)?.name] : []));
    expect(names).toEqual(['midsommarafton', 'julafton', 'nyårsafton']);
  });

  it('bear their Swedish names', () => {
    expect(holidayOn('2026-04-03')).toEqual({ kind: 'public', name: 'långfredagen' });
    expect(holidayOn('2026-12-24')).toEqual({ kind: 'eve', name: 'julafton' });
    expect(holidayOn('2026-11-16')).toBeUndefined();
  });

  it('are not ordinary Sundays, nor days that are only kept by custom', () => {
    for (const day of ['2026-11-15', '2026-01-05', '2026-04-30', '2026-05-25', '2026-12-13']) {
      expect(holidayOn(day)).toBeUndefined();
    }
  });

  it('that share a date count as public (Whit Sunday on the national day)', () => {
    expect(isPublicHoliday('2049-06-06')).toBe(true);
  });
});

describe('working days', () => {
  it.each([
    ['an ordinary Monday', '2026-11-16', true],
    ['a Saturday', '2026-11-21', false],
    ['a Sunday', '2026-11-22', false],
    ['New Year on a Thursday', '2026-01-01', false],
    ['Christmas Eve on a Thursday', '2026-12-24', false],
    ['the Monday between', '2026-12-28', true],
    ['Twelfth Night', '2026-01-05', true],
  ])('%s', (_what, date, working) => {
    expect(isWeekdayWorking(date)).toBe(working);
  });

  it('can be told to take in the eves, but never a holiday or a weekend', () => {
    const rule = { evesAreWorkingDays: true };
    expect(isWeekdayWorking('2026-12-24', rule)).toBe(true);
    expect(isWeekdayWorking('2026-12-25', rule)).toBe(false);
    expect(isWeekdayWorking('2023-12-24', rule)).toBe(false);
  });

  it.each([
    ['2026-11-20', '2026-11-23'],
    ['2026-12-23', '2026-12-28'],
    ['2026-12-30', '2027-01-04'],
    ['2027-01-05', '2027-01-07'],
    ['2026-04-02', '2026-04-07'],
  ])('the next after %s is %s', (date, next) => {
    expect(nextWorkingDay(date)).toBe(next);
  });

  it.each([
    ['2026-11-20', '2026-11-20'],
    ['2026-11-21', '2026-11-23'],
    ['2026-06-19', '2026-06-22'],
  ])('a deadline on %s may be met on %s', (date, next) => {
    expect(workingDayOnOrAfter(date)).toBe(next);
  });

  it.each([
    ['2026-11-30', 5, '2026-12-07'],
    ['2026-11-20', 1, '2026-11-23'],
    ['2026-11-21', 1, '2026-11-23'],
    ['2026-12-22', 3, '2026-12-29'],
    ['2026-12-28', -2, '2026-12-22'],
    ['2026-11-21', 0, '2026-11-21'],
  ])('%s and %i of them is %s', (date, count, sum) => {
    expect(addWeekdays(date, count)).toBe(sum);
  });

  it('are counted in whole numbers only', () => {
    expect(() => addWeekdays('2026-11-16', 1.5)).toThrow(RangeError);
    expect(() => addWeekdays('2026-11-16', Number.POSITIVE_INFINITY)).toThrow(RangeError);
  });

  it('added one at a time come to the same, and are what lies between', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 30 }), (date, count) => {
        let oneByOne = date;
        for (let i = 0; i < count; i++) oneByOne = nextWorkingDay(oneByOne);
        expect(addWeekdays(date, count)).toBe(oneByOne);
        expect(weekdaysBetween(date, oneByOne)).toBe(count);
        expect(['sat', 'sun']).not.toContain(weekday(oneByOne));
      }),
    );
  });
});
