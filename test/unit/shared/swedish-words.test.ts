import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/shared/calendar.ts';
import {
  dateInWords,
  durationInWords,
  momentInWords,
  nearDateInWords,
  untilInWords,
} from '../../../src/shared/swedish-words.ts';

const at = (text: string) => Date.parse(text);

describe('a date in words', () => {
  it.each([
    ['2026-11-23', '2026-11-16', 'måndag 23 november'],
    ['2027-01-04', '2026-12-30', 'måndag 4 januari 2027'],
    ['2025-12-31', '2026-01-01', 'onsdag 31 december 2025'],
  ])('%s said on %s is %s', (date, today, words) => {
    expect(dateInWords(date, today)).toBe(words);
  });

  it.each([
    ['2026-11-15', 'igår'],
    ['2026-11-16', 'idag'],
    ['2026-11-17', 'imorgon'],
    ['2026-11-18', 'onsdag'],
    ['2026-11-22', 'söndag'],
    ['2026-11-23', 'måndag 23 november'],
    ['2026-11-14', 'lördag 14 november'],
  ])('%s said on Monday 16 November is %s', (date, words) => {
    expect(nearDateInWords(date, '2026-11-16')).toBe(words);
  });
});

describe('a moment in words', () => {
  it.each([
    ['Ester goes home', '2026-11-21T10:00:00Z', '2026-11-20T15:10:00Z', 'imorgon 11:00'],
    ['the same, said two days before', '2026-11-21T10:00:00Z', '2026-11-19T15:10:00Z', 'lördag 11:00'],
    ['the heart clinic', '2026-12-11T09:00:00Z', '2026-11-27T11:00:00Z', 'fredag 11 december 10:00'],
    ['the turn of the year', '2027-01-01T07:00:00Z', '2026-12-31T10:00:00Z', 'imorgon 08:00'],
    ['just after Swedish midnight', '2026-11-16T23:30:00Z', '2026-11-16T22:00:00Z', 'imorgon 00:30'],
    ['summer time', '2026-07-01T06:00:00Z', '2026-07-01T05:00:00Z', 'idag 08:00'],
  ])('%s', (_what, moment, now, words) => {
    expect(momentInWords(at(moment), at(now))).toBe(words);
  });

  it.each([
    ['2026-11-16T15:00:00Z', '16:00'],
    ['2026-11-16T23:00:00Z', 'midnatt'],
    ['2026-11-17T06:00:00Z', 'imorgon 07:00'],
    ['2026-11-17T23:00:00Z', 'onsdag 00:00'],
  ])('until %s is, on that Monday, until %s', (moment, words) => {
    expect(untilInWords(at(moment), at('2026-11-16T09:00:00Z'))).toBe(words);
  });
});

describe('a duration in words', () => {
  it.each([
    [0, 'mindre än en minut'],
    [59_999, 'mindre än en minut'],
    [MINUTE_MS, '1 minut'],
    [45 * MINUTE_MS, '45 minuter'],
    [HOUR_MS, '1 timme'],
    [90 * MINUTE_MS, '1 timme 30 minuter'],
    [-2 * HOUR_MS, '2 timmar'],
    [24 * HOUR_MS, '1 dag'],
    [51 * HOUR_MS + 5 * MINUTE_MS, '2 dagar 3 timmar'],
  ])('%i ms is %s', (length, words) => {
    expect(durationInWords(length)).toBe(words);
  });
});
