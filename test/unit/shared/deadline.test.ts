import { describe, expect, test } from 'vitest';
import { DEFAULT_DEADLINES, type DeadlineRule, dayAfter, lastInstantOf } from '../../../src/shared/deadline.ts';
import { parseLocal } from '../../../src/shared/swedish-time.ts';

/** A time on a Swedish wall; with `Z` or an offset as it says. */
function at(text: string): number {
  const parsed = /Z|[+-]\d\d:\d\d$/.test(text) ? { at: Date.parse(text) } : parseLocal(text);
  if (!('at' in parsed)) throw new Error(text);
  return parsed.at;
}
const last = (rule: DeadlineRule, from: string) => new Date(lastInstantOf(rule, at(from))).toISOString();
const endOf = (day: string) => new Date(at(`${day}T23:59:59`) + 999).toISOString();
const weekdays = (number: number, more: object = {}): DeadlineRule => ({ counts: 'weekdays', number, ...more });
const days = (number: number, more: object = {}): DeadlineRule => ({ counts: 'calendar-days', number, ...more });

describe('weekdays', () => {
  test.each([
    ['Friday afternoon', '2026-11-20T15:10', 1, '2026-11-23'],
    ['Saturday', '2026-11-21T10:00', 1, '2026-11-23'],
    ['the day before Christmas Eve: 24, 25, 26 and the weekend are none', '2026-12-23T10:00', 1, '2026-12-28'],
    ['over New Year: the eve, the day, the weekend', '2026-12-30T10:00', 1, '2027-01-04'],
    ['over Epiphany', '2027-01-05T10:00', 1, '2027-01-07'],
    ['Maundy Thursday: Good Friday to Easter Monday are none', '2027-03-25T10:00', 1, '2027-03-30'],
    ['three over Easter', '2027-03-24T10:00', 3, '2027-03-31'],
    ['over the first of May and Ascension Day', '2026-05-13T10:00', 2, '2026-05-18'],
    ['midsummer', '2026-06-18T10:00', 1, '2026-06-22'],
  ])('%s', (_told, from, number, day) => {
    expect(last(weekdays(number), from)).toBe(endOf(day));
  });

  test('an hour after which it counts as coming the next day', () => {
    const rule = weekdays(1, { cutOff: '15:00' });
    expect(last(rule, '2026-11-19T15:00:00')).toBe(endOf('2026-11-20'));
    expect(last(rule, '2026-11-19T15:00:01')).toBe(endOf('2026-11-23'));
    expect(last(rule, '2026-11-21T18:00')).toBe(endOf('2026-11-23'));
  });

  test('by an hour of the last day', () => {
    expect(last(weekdays(1, { dueAt: '12:00' }), '2026-11-20T15:10')).toBe(
      new Date(at('2026-11-23T12:00')).toISOString(),
    );
  });
});

describe('calendar days', () => {
  test.each([
    ['Friday to Monday', '2026-11-20T15:10', '2026-11-23'],
    ['over Christmas', '2026-12-23T09:00', '2026-12-26'],
    ['over Easter', '2027-03-26T09:00', '2027-03-29'],
    ['the first second of a day', '2026-11-20T00:00:00', '2026-11-23'],
    ['the last second of a day', '2026-11-20T23:59:59', '2026-11-23'],
    ['the 23-hour day among them', '2027-03-26T23:30', '2027-03-29'],
    ['the 25-hour day among them', '2026-10-23T00:30', '2026-10-26'],
  ])('a call to SIP: %s', (_told, from, day) => {
    expect(last(DEFAULT_DEADLINES['lus-sip-call'], from)).toBe(endOf(day));
  });

  test('23:59 on the third day is in time, midnight is not', () => {
    const limit = lastInstantOf(DEFAULT_DEADLINES['lus-sip-call'], at('2026-11-20T15:10'));
    expect(at('2026-11-23T23:59:59') <= limit).toBe(true);
    expect(at('2026-11-24T00:00:00') <= limit).toBe(false);
  });

  test.each([
    ['at noon exactly', '2026-11-20T12:00:00', '2026-11-23'],
    ['a second later', '2026-11-20T12:00:01', '2026-11-24'],
    ['at midnight', '2026-11-20T00:00:00', '2026-11-23'],
    ['on the day that summer time ends, at noon', '2026-10-25T12:00:00', '2026-10-28'],
    ['and a second later', '2026-10-25T12:00:01', '2026-10-29'],
    ['on the day that it begins, at noon', '2027-03-28T12:00:00', '2027-03-31'],
    ['and a second later', '2027-03-28T12:00:01', '2027-04-01'],
    ['at noon on Christmas Eve', '2026-12-24T12:00:00', '2026-12-27'],
    ['at noon on Good Friday', '2027-03-26T12:00:01', '2027-03-30'],
  ])('payment responsibility begins: notice %s', (_told, from, day) => {
    expect(dayAfter(DEFAULT_DEADLINES['lus-payment'], at(from))).toBe(day);
  });
});

describe('hours', () => {
  test('are hours by the clock, also when summer time begins and ends', () => {
    const rule = DEFAULT_DEADLINES['lus-admission-notice'];
    expect(last(rule, '2026-10-24T10:20')).toBe(new Date(at('2026-10-25T09:20')).toISOString());
    expect(last(rule, '2027-03-27T10:20')).toBe(new Date(at('2027-03-28T11:20')).toISOString());
    expect(last(rule, '2026-11-16T10:20')).toBe(new Date(at('2026-11-17T10:20')).toISOString());
  });
});

test('none is the same day', () => {
  expect(last(days(0), '2026-11-20T15:10')).toBe(endOf('2026-11-20'));
});
