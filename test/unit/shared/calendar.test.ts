import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  dateOfDay,
  dayNumber,
  daysBetween,
  nextWeekday,
  parseLocalDate,
  weekday,
} from '../../../src/shared/calendar.ts';

describe('a calendar date', () => {
  it.each(['2026-11-16', '2028-02-29', '2000-02-29', '1000-01-01', '9999-12-31'])('is read: %s', (text) => {
    expect(parseLocalDate(text)).toBe(text);
  });

  it.each([
    ['30 February', '2026-02-30'],
    ['29 February in a common year', '2026-02-29'],
    ['29 February in a common century', '1900-02-29'],
    ['a thirteenth month', '2026-13-01'],
    ['day nought', '2026-11-00'],
    ['the year of a slipped key', '0202-11-16'],
    ['no hyphens', '20261116'],
    ['a time after it', '2026-11-16T00:00'],
    ['a line break', '2026-11-16\n'],
    ['other digits', '２０２６-11-16'],
    ['nothing', ''],
  ])('is refused with %s', (_why, text) => {
    expect(parseLocalDate(text)).toBeUndefined();
  });

  it('goes to a day number and back for every day of two centuries', () => {
    const lost: number[] = [];
    for (let day = dayNumber('1899-12-31'); day <= dayNumber('2101-01-01'); day++) {
      if (dayNumber(dateOfDay(day)) !== day) lost.push(day);
    }
    expect(lost).toEqual([]);
  });

  it.each([
    ['2026-11-16', 'mon'],
    ['2026-12-04', 'fri'],
    ['1969-12-31', 'wed'],
    ['1926-12-04', 'sat'],
  ])('%s falls on a %s', (date, day) => {
    expect(weekday(date)).toBe(day);
  });

  it.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-03-28', 1, '2026-03-29'],
    ['2026-10-25', 1, '2026-10-26'],
  ])('%s and %i days is %s', (date, days, sum) => {
    expect(addDays(date, days)).toBe(sum);
    expect(daysBetween(date, sum)).toBe(days);
  });

  it.each([
    ['2026-11-16', 'mon', '2026-11-23'],
    ['2026-11-16', 'tue', '2026-11-17'],
    ['2026-11-16', 'sun', '2026-11-22'],
  ] as const)('the next after %s on a %s is %s', (date, day, next) => {
    expect(nextWeekday(date, day)).toBe(next);
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2012-02-29', 156, '2025-02-28'],
    ['2012-02-29', 192, '2028-02-29'],
  ])('%s and %i months is %s', (date, months, sum) => {
    expect(addMonths(date, months)).toBe(sum);
  });
});
