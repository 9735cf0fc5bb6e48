import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOfDay, dayNumber, HOUR_MS, MINUTE_MS } from '../../../src/shared/calendar.ts';
import {
  endOfDay,
  localInstant,
  parseLocal,
  startOfDay,
  swedishDate,
  swedishTime,
  wallClock,
} from '../../../src/shared/swedish-time.ts';

const utc = (text: string) => Date.parse(text);

/** The platform's own clock, asked without any of our code. */
const platform = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Stockholm',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const AROUND_SHIFTS = ['2026-03-29T01:00Z', '2026-10-25T01:00Z', '2027-03-28T01:00Z', '1980-04-06T01:00Z'].map(utc);
const instants = fc.oneof(
  fc.integer({ min: utc('1950-01-01T00:00Z'), max: utc('2099-12-31T00:00Z') }),
  fc
    .tuple(fc.constantFrom(...AROUND_SHIFTS), fc.integer({ min: -3 * HOUR_MS, max: 3 * HOUR_MS }))
    .map(([a, b]) => a + b),
);

describe('the Swedish wall clock', () => {
  it.each([
    ['2026-11-16T09:20:00Z', '2026-11-16', '10:20'],
    ['2026-07-01T22:30:00Z', '2026-07-02', '00:30'],
    ['2026-12-31T23:00:00Z', '2027-01-01', '00:00'],
    ['2026-03-29T00:59:59.999Z', '2026-03-29', '01:59'],
    ['2026-03-29T01:00:00Z', '2026-03-29', '03:00'],
    ['2026-10-25T00:30:00Z', '2026-10-25', '02:30'],
    ['2026-10-25T01:30:00Z', '2026-10-25', '02:30'],
  ])('at %s shows %s %s', (at, date, time) => {
    expect(swedishDate(utc(at))).toBe(date);
    expect(swedishTime(utc(at))).toBe(time);
  });

  it('agrees with the platform at any instant, close to the shifts too', () => {
    fc.assert(
      fc.property(instants, (at) => {
        expect(`${swedishDate(at)} ${swedishTime(at)}`).toBe(platform.format(at));
      }),
      { numRuns: 2000 },
    );
  });

  it('is read back to the instant it shows, or to the other one of a doubled hour', () => {
    fc.assert(
      fc.property(instants, (at) => {
        const minuteStart = Math.floor(at / MINUTE_MS) * MINUTE_MS;
        const parsed = parseLocal(`${swedishDate(at)}T${swedishTime(at)}`);
        if ('fault' in parsed) throw new Error(parsed.fault);
        expect([parsed.at, parsed.laterAt]).toContain(minuteStart);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a local time from outside', () => {
  it.each([
    ['2026-11-23T12:00', '2026-11-23T11:00:00Z'],
    ['2026-07-01T00:00:30', '2026-06-30T22:00:30Z'],
    ['2026-03-29T01:59:59', '2026-03-29T00:59:59Z'],
    ['2026-03-29T03:00', '2026-03-29T01:00:00Z'],
  ])('%s is %s', (text, at) => {
    expect(parseLocal(text)).toEqual({ at: utc(at) });
  });

  it.each([
    ['gap', '2026-03-29T02:00'],
    ['gap', '2026-03-29T02:59:59'],
    ['gap', '2027-03-28T02:30'],
    ['date', '2026-02-30T10:00'],
    ['form', '2026-11-16T24:00'],
    ['form', '2026-11-16T10:60'],
    ['form', '2026-11-16 10:00'],
    ['form', '2026-11-16T10:00Z'],
    ['form', ''],
  ])('is refused (%s): %s', (fault, text) => {
    expect(parseLocal(text)).toEqual({ fault });
  });

  it('that comes twice in autumn is told as both instants, the first one first', () => {
    const twice = { at: utc('2026-10-25T00:30:00Z'), laterAt: utc('2026-10-25T01:30:00Z') };
    expect(parseLocal('2026-10-25T02:30')).toEqual(twice);
    expect(parseLocal('2026-10-25T03:00')).toEqual({ at: utc('2026-10-25T02:00:00Z') });
    expect(parseLocal('2026-10-25T01:59')).toEqual({ at: utc('2026-10-24T23:59:00Z') });
  });
});

describe('a day', () => {
  it.each([
    ['2026-11-16', 24],
    ['2026-03-29', 23],
    ['2026-10-25', 25],
  ])('%s is %i hours long', (date, hours) => {
    expect(endOfDay(date) - startOfDay(date)).toBe(hours * HOUR_MS);
  });

  it('ends where the next begins', () => {
    fc.assert(
      fc.property(fc.integer({ min: dayNumber('1950-01-01'), max: dayNumber('2099-12-30') }), (day) => {
        expect(endOfDay(dateOfDay(day))).toBe(startOfDay(dateOfDay(day + 1)));
        expect(wallClock(startOfDay(dateOfDay(day)))).toEqual({ day, minute: 0 });
      }),
    );
  });

  it('gives an instant for every minute, never going back, also over the shifts', () => {
    for (const date of ['2026-03-29', '2026-10-25', '2026-11-16']) {
      const day = dayNumber(date);
      for (let minute = 1; minute <= 2880; minute++) {
        if (localInstant(day, minute) < localInstant(day, minute - 1)) throw new Error(`${date} minute ${minute}`);
      }
    }
    expect(localInstant(dayNumber('2026-03-29'), 150)).toBe(utc('2026-03-29T01:00:00Z'));
    expect(localInstant(dayNumber('2026-10-25'), 150)).toBe(utc('2026-10-25T00:30:00Z'));
  });
});
