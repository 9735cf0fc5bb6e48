import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Weekday } from '../../../src/shared/calendar.ts';
import { ENDLESS_DAYS, OPENING_TIME_PATTERN, type OpeningHours, openAt } from '../../../src/shared/opening-hours.ts';
import { anyHours, openMinutes, type Timeline, WEEKS } from './opening-oracle.ts';

const MINUTE = 60_000;
const WORK_WEEK: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const ALL: Weekday[] = [...WORK_WEEK, 'sat', 'sun'];

const hours = (some: Partial<OpeningHours>): OpeningHours => ({
  weekly: [],
  holidays: 'closed',
  exceptions: [],
  ...some,
});
const office = hours({ weekly: [{ days: WORK_WEEK, from: '08:00', to: '16:30' }] });
const night = hours({ weekly: [{ days: ALL, from: '20:00', to: '07:00' }], holidays: 'as-usual' });

const at = (text: string) => Date.parse(text);
const told = (own: OpeningHours, moment: string) => {
  const opening = openAt(own, at(moment));
  const end = opening.open ? opening.until : opening.opens;
  return `${opening.open ? 'open until' : 'opens'} ${end === undefined ? 'no known time' : new Date(end).toISOString()}`;
};

describe('opening hours', () => {
  it.each([
    ['on a Monday morning', office, '2026-11-16T09:00:00+01:00', 'open until 2026-11-16T15:30:00.000Z'],
    ['in the first minute', office, '2026-11-16T08:00:00+01:00', 'open until 2026-11-16T15:30:00.000Z'],
    ['just before it', office, '2026-11-16T07:59:59.999+01:00', 'opens 2026-11-16T07:00:00.000Z'],
    ['at closing time', office, '2026-11-16T16:30:00+01:00', 'opens 2026-11-17T07:00:00.000Z'],
    ['on Friday evening', office, '2026-11-20T18:00:00+01:00', 'opens 2026-11-23T07:00:00.000Z'],
    ['before Christmas', office, '2026-12-23T17:00:00+01:00', 'opens 2026-12-28T07:00:00.000Z'],
    ['in the evening, open at night', night, '2026-11-16T22:00:00+01:00', 'open until 2026-11-17T06:00:00.000Z'],
    ['after midnight, open at night', night, '2026-11-17T03:00:00+01:00', 'open until 2026-11-17T06:00:00.000Z'],
    ['by day, open at night', night, '2026-11-17T12:00:00+01:00', 'opens 2026-11-17T19:00:00.000Z'],
    ['in the long night of autumn', night, '2026-10-25T00:30:00+02:00', 'open until 2026-10-25T06:00:00.000Z'],
    ['in the short night of spring', night, '2026-03-29T00:30:00+01:00', 'open until 2026-03-29T05:00:00.000Z'],
    ['with no hours', hours({}), '2026-11-16T09:00:00+01:00', 'opens no known time'],
    ['always', hours({ always: true }), '2026-12-24T03:00:00+01:00', 'open until no known time'],
  ])('%s', (_when, own, moment, answer) => {
    expect(told(own, moment)).toBe(answer);
  });

  it('on a holiday are closed, as usual, or those of a Sunday', () => {
    const weekly = [...office.weekly, { days: ['sun' as const], from: '10:00', to: '14:00' }];
    const christmas = '2026-12-25T09:00:00+01:00';
    expect(told(hours({ weekly }), christmas)).toBe('opens 2026-12-27T09:00:00.000Z');
    expect(told(hours({ weekly, holidays: 'as-usual' }), christmas)).toBe('open until 2026-12-25T15:30:00.000Z');
    expect(told(hours({ weekly, holidays: 'as-sunday' }), christmas)).toBe('opens 2026-12-25T09:00:00.000Z');
  });

  it('on an eve follow those of holidays unless told apart', () => {
    const eve = '2026-12-24T09:00:00+01:00';
    expect(told(office, eve)).toBe('opens 2026-12-28T07:00:00.000Z');
    expect(told({ ...office, eves: 'as-usual' }, eve)).toBe('open until 2026-12-24T15:30:00.000Z');
  });

  it('give way to the exceptions of a date, even when always open or on a holiday', () => {
    const exceptions = [{ date: '2026-12-25', from: '10:00', to: '12:00' }];
    expect(told({ ...office, exceptions }, '2026-12-24T12:00:00+01:00')).toBe('opens 2026-12-25T09:00:00.000Z');
    const closed = hours({ always: true, exceptions: [{ date: '2026-11-17', closed: true }] });
    expect(told(closed, '2026-11-16T12:00:00+01:00')).toBe('open until 2026-11-16T23:00:00.000Z');
    expect(told(closed, '2026-11-17T12:00:00+01:00')).toBe('opens 2026-11-17T23:00:00.000Z');
  });

  it('belong to the day they begin: closing Christmas Day leaves the night before it', () => {
    const closed = { ...night, exceptions: [{ date: '2026-12-25', closed: true }] };
    expect(told(closed, '2026-12-25T03:00:00+01:00')).toBe('open until 2026-12-25T06:00:00.000Z');
    expect(told(closed, '2026-12-25T21:00:00+01:00')).toBe('opens 2026-12-26T19:00:00.000Z');
  });

  it('that adjoin are one', () => {
    const weekly = [
      { days: ALL, from: '07:00', to: '20:00' },
      { days: WORK_WEEK, from: '20:00', to: '07:00' },
    ];
    const own = hours({ weekly, holidays: 'as-usual' });
    expect(told(own, '2026-11-16T09:00:00+01:00')).toBe('open until 2026-11-21T19:00:00.000Z');
  });

  it('that go on for a fortnight and more have no end in sight', () => {
    const closed = hours({ always: true, exceptions: [{ date: '2026-12-15', closed: true }] });
    expect(told(closed, '2026-11-30T23:59:00+01:00')).toBe('open until no known time');
    expect(told(closed, '2026-12-01T00:00:00+01:00')).toBe('open until 2026-12-14T23:00:00.000Z');
  });

  it('that open only on a coming date are found, if it comes within the horizon', () => {
    const on = (date: string) => hours({ exceptions: [{ date, from: '09:00', to: '10:00' }] });
    expect(told(on('2027-05-03'), '2026-11-16T09:00:00+01:00')).toBe('opens 2027-05-03T07:00:00.000Z');
    expect(told(on('2030-05-03'), '2026-11-16T09:00:00+01:00')).toBe('opens no known time');
    expect(told(on('2026-05-03'), '2026-11-16T09:00:00+01:00')).toBe('opens no known time');
  });

  it('that cannot be read count as closed, never as open', () => {
    const weekly = [
      { days: ALL, from: '8', to: '16' },
      { days: ALL, from: '08:00', to: '25:00' },
      { days: ALL, from: '24:00', to: '08:00' },
    ];
    expect(told(hours({ weekly }), '2026-11-16T09:00:00+01:00')).toBe('opens no known time');
    const exceptions = [{ date: '2026-11-16' }];
    expect(told({ ...office, exceptions }, '2026-11-16T09:00:00+01:00')).toBe('opens 2026-11-17T07:00:00.000Z');
  });

  it.each(['00:00', '09:05', '23:59', '24:00'])('are written %s', (time) => {
    expect(time).toMatch(OPENING_TIME_PATTERN);
  });
});

/** Calendar days from one minute of the timeline to another; no end of days to where it ends. */
function daysApart(weeks: Timeline, from: number, to: number): number {
  const dateAt = (minute: number) => Date.parse(weeks.shown[minute]?.slice(0, 10) ?? '9999-12-31');
  return (dateAt(to) - dateAt(from)) / 86_400_000;
}

describe('opening hours, every minute', () => {
  it.each(Object.keys(WEEKS))('of %s, agree with a plain reading of the same hours', (name) => {
    const weeks = WEEKS[name]!();
    fc.assert(
      fc.property(anyHours(weeks), (own) => {
        const expected = openMinutes(own, weeks);
        let change = weeks.shown.length;
        for (let minute = weeks.shown.length - 1; minute >= 0; minute--) {
          const flips = minute + 1 < expected.length && expected[minute] !== expected[minute + 1];
          if (flips) change = minute + 1;
          const opening = openAt(own, weeks.start + minute * MINUTE);
          const turn = (opening.open ? opening.until : opening.opens) ?? Number.POSITIVE_INFINITY;
          const unseen = opening.open && daysApart(weeks, minute, change) >= ENDLESS_DAYS;
          const turnsRight =
            change < weeks.shown.length && !unseen
              ? turn === weeks.start + change * MINUTE
              : turn >= weeks.start + change * MINUTE;
          if (opening.open !== (expected[minute] === 1) || !turnsRight) {
            throw new Error(`${weeks.shown[minute]}: ${JSON.stringify(opening)}, expected ${expected[minute]}`);
          }
        }
      }),
      { numRuns: 2 },
    );
  });
});
