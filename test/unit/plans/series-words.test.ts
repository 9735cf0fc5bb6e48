import { describe, expect, test } from 'vitest';
import type { Recurrence } from '../../../src/plans/domain/model.ts';
import { seriesInWords } from '../../../src/plans/domain/series-words.ts';
import { latestInWords, timeInWords, whenInWords } from '../../../src/plans/domain/when-words.ts';

const TODAY = '2026-11-27';
const base = { startsOn: '2026-11-27', interval: 1 } as const;

describe('how often', () => {
  test.each<[Omit<Recurrence, 'startsOn' | 'interval'> & Partial<Recurrence>, string, string]>([
    [{ every: 'day' }, 'varje dag', 'every day'],
    [{ every: 'day', interval: 2 }, 'varannan dag', 'every other day'],
    [{ every: 'day', interval: 3, timeOfDay: '07:00' }, 'var 3:e dag 07:00', 'every 3 days 07:00'],
    [{ every: 'week' }, 'fredagar', 'Fridays'],
    [{ every: 'week', interval: 8, startsOn: '2026-11-30' }, 'måndagar var 8:e vecka', 'Mondays every 8 weeks'],
    [{ every: 'week', weekdays: ['thu', 'mon'] }, 'måndagar och torsdagar', 'Mondays and Thursdays'],
    [
      { every: 'day', weekdays: ['mon', 'tue', 'wed'] },
      'måndagar, tisdagar och onsdagar',
      'Mondays, Tuesdays and Wednesdays',
    ],
    [{ every: 'month' }, 'varje månad', 'every month'],
    [{ every: 'month', interval: 21 }, 'var 21:a månad', 'every 21 months'],
    [{ every: 'month', interval: 12 }, 'var 12:e månad', 'every 12 months'],
    [
      { every: 'day', endsOn: '2027-01-03' },
      'varje dag till och med söndag 3 januari 2027',
      'every day until Sunday 3 January 2027',
    ],
  ])('%j: %s', (series, swedish, english) => {
    expect(seriesInWords({ ...base, ...series }, TODAY, 'sv')).toBe(swedish);
    expect(seriesInWords({ ...base, ...series }, TODAY, 'en')).toBe(english);
  });
});

describe('when', () => {
  test('the year is said only when it is another', () => {
    expect(whenInWords('2026-12-04', TODAY, 'sv')).toBe('fredag 4 december');
    expect(whenInWords('2027-02-04', TODAY, 'en')).toBe('Thursday 4 February 2027');
    expect(latestInWords('2026-12-04T11:00:00Z', TODAY, 'sv')).toBe('senast fredag 4 december 12:00');
  });

  test('a visit over midnight says both days', () => {
    const time = {
      form: 'fixed',
      start: '2026-12-04T21:00:00Z',
      end: '2026-12-05T05:00:00Z',
      changeable: { byPatient: false },
    } as const;
    expect(timeInWords(time, TODAY, 'sv')).toBe('fredag 4 december 22:00 – lördag 5 december 06:00');
  });

  test('a window from a clock time to the end of its day says after when', () => {
    expect(timeInWords({ form: 'window', from: '2026-12-04T12:00:00Z', to: '2026-12-04' }, TODAY, 'sv')).toBe(
      'fredag 4 december efter 13:00',
    );
    expect(timeInWords({ form: 'window', from: '2026-12-04', to: '2026-12-04' }, TODAY, 'sv')).toBe(
      'fredag 4 december',
    );
  });
});
