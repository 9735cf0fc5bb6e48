import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant, toRfc3339Utc } from '../../../src/shared/rfc3339.ts';

describe('an RFC 3339 instant', () => {
  it.each([
    ['2026-11-16T10:20:00+01:00', '2026-11-16T09:20:00.000Z'],
    ['2026-11-16T09:20:00Z', '2026-11-16T09:20:00.000Z'],
    ['2026-11-16T09:20:00.5Z', '2026-11-16T09:20:00.500Z'],
    ['2026-11-16T09:20:00.123999999Z', '2026-11-16T09:20:00.123Z'],
    ['2026-01-01T00:30:00+01:00', '2025-12-31T23:30:00.000Z'],
    ['2026-11-16T04:50:00-04:30', '2026-11-16T09:20:00.000Z'],
    ['2026-11-16T09:20:00-00:00', '2026-11-16T09:20:00.000Z'],
    ['1926-12-04T00:00:00.001Z', '1926-12-04T00:00:00.001Z'],
    ['2028-02-29T12:00:00Z', '2028-02-29T12:00:00.000Z'],
  ])('%s is %s', (text, same) => {
    expect(toRfc3339Utc(parseInstant(text)!)).toBe(same);
  });

  it.each([
    ['30 February', '2026-02-30T10:00:00Z'],
    ['29 February in a common year', '2026-02-29T10:00:00Z'],
    ['no offset', '2026-11-16T10:20:00'],
    ['no seconds', '2026-11-16T10:20Z'],
    ['no time', '2026-11-16'],
    ['hour 24', '2026-11-16T24:00:00Z'],
    ['a leap second', '2026-06-30T23:59:60Z'],
    ['an offset without a colon', '2026-11-16T10:20:00+0100'],
    ['an offset of a day', '2026-11-16T10:20:00+24:00'],
    ['a space for T', '2026-11-16 10:20:00Z'],
    ['small letters', '2026-11-16t10:20:00z'],
    ['ten decimals', '2026-11-16T10:20:00.1234567890Z'],
    ['a point and nothing', '2026-11-16T10:20:00.Z'],
    ['a comma', '2026-11-16T10:20:00,5Z'],
    ['a line break', '2026-11-16T10:20:00Z\n'],
    ['year 0', '0000-01-01T00:00:00Z'],
    ['a megabyte', `2026-11-16T10:20:00.${'1'.repeat(1_000_000)}Z`],
    ['words', 'imorgon'],
  ])('is refused with %s', (_why, text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('written in UTC is read back to the millisecond', () => {
    const instants = fc.integer({ min: Date.parse('1000-01-01T00:00:00Z'), max: Date.parse('9999-12-31T00:00:00Z') });
    fc.assert(
      fc.property(instants, (at) => {
        expect(parseInstant(toRfc3339Utc(at))).toBe(at);
      }),
    );
  });

  it('cannot be written for years of more than four digits, or for no time at all', () => {
    expect(() => toRfc3339Utc(Date.UTC(10_000, 0, 1))).toThrow(RangeError);
    expect(() => toRfc3339Utc(Number.NaN)).toThrow(RangeError);
  });
});
