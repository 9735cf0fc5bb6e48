import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalHours, HOLIDAY_HOURS } from '../../../src/directory/domain/opening-hours-form.ts';
import { hoursFromText, hoursInText, openingHours } from '../../../src/directory/domain/opening-hours-text.ts';
import { WEEKDAYS } from '../../../src/shared/calendar.ts';
import { type OpeningHours, openAt } from '../../../src/shared/opening-hours.ts';

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

describe('opening hours in Swedish', () => {
  it.each<[string, OpeningHours]>([
    [
      'mån-fre 08:00-17:00; lör 09:00-12:00; helgdag stängt',
      {
        weekly: [
          { days: WEEK, from: '08:00', to: '17:00' },
          { days: ['sat'], from: '09:00', to: '12:00' },
        ],
        holidays: 'closed',
        exceptions: [],
      },
    ],
    ['dygnet runt', { weekly: [], holidays: 'as-usual', exceptions: [], always: true }],
    ['Stängt', { weekly: [], holidays: 'closed', exceptions: [] }],
    [
      'Måndag – fredag 8.00–12.00, 13.00 – 16.30',
      {
        weekly: [
          { days: WEEK, from: '08:00', to: '12:00' },
          { days: WEEK, from: '13:00', to: '16:30' },
        ],
        holidays: 'closed',
        exceptions: [],
      },
    ],
    [
      'fre-mån 20:00-07:00; helgdag som söndag; helgdagsafton som vanligt',
      {
        weekly: [{ days: ['mon', 'fri', 'sat', 'sun'], from: '20:00', to: '07:00' }],
        holidays: 'as-sunday',
        eves: 'as-usual',
        exceptions: [],
      },
    ],
    [
      'mån, ons och fre 09:00-10:00; 2026-12-23 08:00-12:00; 2026-12-22 stängt',
      {
        weekly: [{ days: ['mon', 'wed', 'fri'], from: '09:00', to: '10:00' }],
        holidays: 'closed',
        exceptions: [
          { date: '2026-12-22', closed: true },
          { date: '2026-12-23', from: '08:00', to: '12:00' },
        ],
      },
    ],
    [
      'alla dagar dygnet runt',
      { weekly: [{ days: WEEKDAYS, from: '00:00', to: '24:00' }], holidays: 'closed', exceptions: [] },
    ],
    [
      'lör stängt; mån-fre 08:00-17:00;',
      { weekly: [{ days: WEEK, from: '08:00', to: '17:00' }], holidays: 'closed', exceptions: [] },
    ],
  ])('are read: %s', (text, hours) => {
    expect(hoursFromText(text)).toEqual({ value: hours });
  });

  it.each([
    ['nothing', ' ; '],
    ['a day that is none', 'mån-fre 08:00-17:00; blå 09:00-10:00'],
    ['three ends of a span of days', 'mån-ons-fre 08:00-17:00'],
    ['an hour that no clock shows', 'mån 25:00-26:00'],
    ['one minute too many', 'mån 08:60-09:00'],
    ['a time that begins and ends together', 'mån 08:00-08:00'],
    ['a beginning at midnight written as 24', 'mån 24:00-08:00'],
    ['a single time', 'mån 08:00'],
    ['a date that never comes', '2026-02-30 stängt'],
    ['open and closed on the same day', 'mån-fre 08:00-17:00; ons stängt'],
    ['holidays said twice', 'helgdag stängt; helgdag som vanligt'],
    ['hours for holidays', 'helgdag 10:00-12:00'],
    ['words', 'ring gärna på förmiddagen'],
    ['a personal number', '19261204-9029'],
    ['a megabyte', 'mån 08:00-17:00;'.repeat(70_000)],
  ])('are refused with %s, without repeating the text', (_why, text) => {
    const reading = hoursFromText(text);
    expect(reading).toHaveProperty('fault');
    expect(JSON.stringify(reading)).not.toMatch(/blå|9029|förmiddag/);
  });

  it('say which part is wrong', () => {
    expect(hoursFromText('mån 08:00-17:00; tis 8-17')).toEqual({ fault: expect.stringContaining('(del 2)') });
  });

  it('mean what openAt then says', () => {
    const { value } = hoursFromText('mån-fre 08:00-17:00; helgdag stängt') as { value: OpeningHours };
    expect(openAt(value, Date.parse('2026-11-16T15:59:59Z')).open).toBe(true);
    expect(openAt(value, Date.parse('2026-11-16T16:00:00Z')).open).toBe(false);
  });
});

const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })).map(([hour, minute]) => {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
});
const times = fc.record({ from: time, to: fc.oneof(time, fc.constant('24:00')) }).filter(({ from, to }) => from !== to);
const date = fc.integer({ min: 1, max: 28 }).map((day) => `2026-12-${String(day).padStart(2, '0')}`);
const exception = fc.oneof(
  fc.tuple(date, times).map(([on, span]) => ({ date: on, ...span })),
  date.map((on) => ({ date: on, closed: true })),
);
const anyHours: fc.Arbitrary<OpeningHours> = fc
  .record({
    weekly: fc.array(
      fc.tuple(fc.subarray([...WEEKDAYS], { minLength: 1 }), times).map(([days, span]) => ({ days, ...span })),
      { maxLength: 6 },
    ),
    holidays: fc.constantFrom(...HOLIDAY_HOURS),
    eves: fc.option(fc.constantFrom(...HOLIDAY_HOURS), { nil: undefined }),
    exceptions: fc.uniqueArray(exception, { maxLength: 4, selector: (e) => e.date }),
    always: fc.constantFrom(undefined, true),
  })
  .map(canonicalHours);

describe('opening hours written in Swedish', () => {
  it('are read back as the same hours', () => {
    fc.assert(
      fc.property(anyHours, (hours) => {
        expect(hoursFromText(hoursInText(hours))).toEqual({ value: hours });
      }),
    );
  });

  it('put days with the same hours together', () => {
    const text = 'mån-tors 08:00-12:00, 13:00-17:00; fre 08:00-12:00; helgdag stängt';
    const { value } = hoursFromText(text) as { value: OpeningHours };
    expect(hoursInText(value)).toBe(text);
  });
});

describe('opening hours in JSON', () => {
  it('are read in canonical form, whatever order they came in', () => {
    const weekly = [
      { days: ['tue'], from: '08:00', to: '17:00' },
      { days: ['mon'], from: '08:00', to: '17:00' },
    ];
    expect(openingHours({ weekly })).toEqual({
      value: { weekly: [{ days: ['mon', 'tue'], from: '08:00', to: '17:00' }], holidays: 'closed', exceptions: [] },
    });
  });

  it.each([
    ['an unknown field', { alwys: true }],
    ['a day that is none', { weekly: [{ days: ['blå'], from: '08:00', to: '17:00' }] }],
    ['no days', { weekly: [{ days: [], from: '08:00', to: '17:00' }] }],
    ['no times', { weekly: [{ days: ['mon'] }] }],
    ['an exception without a date', { exceptions: [{ closed: true }] }],
    [
      'an exception that is closed and open',
      { exceptions: [{ date: '2026-12-24', closed: true, from: '08:00', to: '09:00' }] },
    ],
    ['hours of holidays that are unknown', { holidays: 'maybe' }],
    ['always as text', { always: 'ja' }],
    ['a number', 8],
    ['nothing', null],
  ])('are refused with %s', (_why, raw) => {
    expect(openingHours(raw)).toHaveProperty('fault');
  });
});
