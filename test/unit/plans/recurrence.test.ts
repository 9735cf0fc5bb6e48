import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Recurrence, Weekday } from '../../../src/plans/domain/model.ts';
import {
  closestDaysApart,
  isScheduled,
  occurrenceOn,
  occurrencesBetween,
  occurrencesFrom,
  scheduledDays,
} from '../../../src/plans/domain/recurrence.ts';
import { addDays, addMonths, daysBetween, WEEKDAYS, weekday } from '../../../src/shared/calendar.ts';
import { swedishTime } from '../../../src/shared/swedish-time.ts';

const days = (series: Recurrence, from: string, to: string) => [...scheduledDays(series, from, to)];

/** The rule read off a calendar, day by day, with no cleverness: what the fast one must agree with. */
function plainlyScheduled(series: Recurrence, on: string): boolean {
  if (on < series.startsOn || (series.endsOn !== undefined && on > series.endsOn)) return false;
  const passed = daysBetween(series.startsOn, on);
  const rightWeekday = !series.weekdays?.length || series.weekdays.includes(weekday(on));
  if (series.every === 'day') return passed % series.interval === 0 && rightWeekday;
  if (series.every === 'week') {
    const mondayOf = (date: string) => addDays(date, -WEEKDAYS.indexOf(weekday(date)));
    const weeks = daysBetween(mondayOf(series.startsOn), mondayOf(on)) / 7;
    const wanted = series.weekdays?.length ? rightWeekday : weekday(on) === weekday(series.startsOn);
    return weeks % series.interval === 0 && wanted;
  }
  for (let n = 0; n <= 60; n += series.interval) {
    let day = addMonths(series.startsOn, n);
    if (series.weekdays?.length) while (!series.weekdays.includes(weekday(day))) day = addDays(day, 1);
    if (day === on) return true;
  }
  return false;
}

const seriesOf = fc.record({
  every: fc.constantFrom('day', 'week', 'month'),
  interval: fc.integer({ min: 1, max: 9 }),
  weekdays: fc.option(fc.subarray<Weekday>([...WEEKDAYS]), { nil: undefined }),
  startsOn: fc.integer({ min: 0, max: 400 }).map((n) => addDays('2026-01-01', n)),
  endsOn: fc.option(
    fc.integer({ min: 0, max: 700 }).map((n) => addDays('2026-02-01', n)),
    { nil: undefined },
  ),
}) as fc.Arbitrary<Recurrence>;

describe('the days of a series', () => {
  const daily: Recurrence = { every: 'day', interval: 1, startsOn: '2026-11-22' };
  const ibd: Recurrence = { every: 'week', interval: 8, startsOn: '2026-11-30' };
  const monthEnd: Recurrence = { every: 'month', interval: 1, startsOn: '2026-01-31' };
  const weighing: Recurrence = { every: 'week', interval: 1, weekdays: ['thu', 'mon'], startsOn: '2026-11-24' };

  test.each<[string, Recurrence, string, string, string[]]>([
    ['every day', daily, '2026-11-20', '2026-11-24', ['2026-11-22', '2026-11-23', '2026-11-24']],
    ['every third day', { ...daily, interval: 3 }, '2026-11-23', '2026-11-30', ['2026-11-25', '2026-11-28']],
    ['every eighth week', ibd, '2026-11-01', '2027-04-01', ['2026-11-30', '2027-01-25', '2027-03-22']],
    ['Mondays and Thursdays', weighing, '2026-11-01', '2026-12-03', ['2026-11-26', '2026-11-30', '2026-12-03']],
    ['month ends', monthEnd, '2026-01-01', '2026-05-01', ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']],
    ['the last day is included', { ...daily, endsOn: '2026-11-23' }, '2026-11-23', '2027-01-01', ['2026-11-23']],
    ['over before it began', { ...daily, endsOn: '2026-11-21' }, '2026-01-01', '2027-01-01', []],
  ])('%s', (_, series, from, to, expected) => {
    expect(days(series, from, to)).toEqual(expected);
  });

  test('29 February is kept in leap years and becomes the 28th between them', () => {
    const yearly: Recurrence = { every: 'month', interval: 12, startsOn: '2024-02-29' };
    expect(days(yearly, '2025-01-01', '2028-12-31')).toEqual(['2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29']);
  });

  test('a series that never meets its weekday ends instead of searching for ever', () => {
    expect(days({ ...daily, interval: 7, weekdays: ['mon'] }, '2026-11-22', '2199-12-31')).toEqual([]);
  });

  test('equal what a calendar read day by day says, wherever the reading begins', () => {
    fc.assert(
      fc.property(
        seriesOf,
        fc.integer({ min: 0, max: 900 }),
        fc.integer({ min: 0, max: 150 }),
        (series, skip, length) => {
          const from = addDays('2026-01-01', skip);
          const plain = Array.from({ length: length + 1 }, (_, n) => addDays(from, n));
          expect(days(series, from, addDays(from, length))).toEqual(plain.filter((on) => plainlyScheduled(series, on)));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('are never closer than the rule says', () => {
    fc.assert(
      fc.property(seriesOf, (series) => {
        const all = days({ ...series, endsOn: undefined }, series.startsOn, addDays(series.startsOn, 900));
        const gaps = all.slice(1).map((on, i) => daysBetween(all[i]!, on));
        expect(Math.min(...gaps)).toBeGreaterThanOrEqual(closestDaysApart(series));
      }),
      { numRuns: 200 },
    );
  });

  test.each<[Recurrence, number]>([
    [daily, 1],
    [ibd, 56],
    [weighing, 3],
    [{ ...weighing, interval: 2 }, 3],
    [{ ...weighing, weekdays: ['mon'] }, 7],
    [{ ...weighing, weekdays: ['mon', 'sun'], interval: 2 }, 6],
    [{ ...daily, weekdays: ['mon'] }, 7],
    [monthEnd, 28],
  ])('come as often as the rule says: %j', (series, expected) => {
    expect(closestDaysApart(series)).toBe(expected);
  });

  test('a series of a hundred years gives its last week as fast as its first', () => {
    const old: Recurrence = { every: 'day', interval: 1, startsOn: '1926-12-04' };
    const started = performance.now();
    for (let i = 0; i < 2000; i++) days(old, '2026-11-23', '2026-11-29');
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('occurrences', () => {
  const series: Recurrence = {
    every: 'week',
    interval: 1,
    weekdays: ['mon', 'thu'],
    startsOn: '2026-11-23',
    timeOfDay: '07:00',
    exceptions: [
      { on: '2026-11-26', cancelled: true },
      { on: '2026-11-30', movedTo: '2026-12-02' },
      { on: '2026-12-03', movedTo: '2026-11-24T13:00:00Z' },
      { on: '2026-12-01', movedTo: '2026-11-25' },
    ],
  };

  test('have their clock time in Sweden, winter and summer', () => {
    const year = { ...series, startsOn: '2026-03-26', exceptions: [] };
    const found = occurrencesBetween(year, '2026-03-26', '2026-03-30');
    expect(found.map((o) => new Date(o.startsAt).toISOString())).toEqual([
      '2026-03-26T06:00:00.000Z',
      '2026-03-30T05:00:00.000Z',
    ]);
  });

  test('a time that the clocks jump past begins at the jump, one that comes twice the first time', () => {
    const nightly: Recurrence = { every: 'day', interval: 1, startsOn: '2026-03-29', timeOfDay: '02:30' };
    expect(swedishTime(occurrenceOn(nightly, '2026-03-29')!.startsAt)).toBe('03:00');
    expect(new Date(occurrenceOn(nightly, '2026-10-25')!.startsAt).toISOString()).toBe('2026-10-25T00:30:00.000Z');
  });

  test('moved ones happen where they were moved to, cancelled ones do not, and only those of the series count', () => {
    const found = occurrencesBetween(series, '2026-11-23', '2026-11-29');
    expect(found.map((o) => [o.on, o.day, o.clock, o.moved])).toEqual([
      ['2026-11-23', '2026-11-23', true, false],
      ['2026-12-03', '2026-11-24', true, true],
    ]);
    expect(occurrencesBetween(series, '2026-11-30', '2026-12-06').map((o) => o.on)).toEqual(['2026-11-30']);
    expect(occurrenceOn(series, '2026-11-26')).toBeUndefined();
    expect(occurrenceOn(series, '2026-12-01')).toBeUndefined();
    expect(isScheduled(series, '2026-11-26')).toBe(true);
  });

  test('without a clock time last their whole day', () => {
    const [first] = occurrencesFrom({ every: 'day', interval: 1, startsOn: '2026-11-22' }, '2026-01-01');
    expect(first).toEqual({
      on: '2026-11-22',
      day: '2026-11-22',
      startsAt: Date.parse('2026-11-21T23:00:00Z'),
      endsAt: Date.parse('2026-11-22T23:00:00Z'),
      clock: false,
      moved: false,
    });
  });
});
