import { describe, expect, it } from 'vitest';
import type { StepTime } from '../../../src/plans/domain/model.ts';
import { dueAt } from '../../../src/plans/store/due-at.ts';
import { report, step } from './plan-builder.ts';

const weekly: StepTime = {
  form: 'recurring',
  series: { every: 'week', interval: 1, weekdays: ['mon', 'thu'], startsOn: '2026-11-16', timeOfDay: '08:00' },
};
const series = step(10, { time: weekly });
const on = (n: number, occurrence: string, outcome: 'done' | 'not-done' | 'undone' = 'done', reportedAt?: string) =>
  report(n, 10, {
    occurrence,
    outcome,
    reportedAt: reportedAt ?? `${occurrence}T09:00:00.000Z`,
    clientKey: `k${n}`,
  });

describe("a step's place in its unit's list", () => {
  it('is the first occurrence of a series that nobody has reported', () => {
    expect(dueAt(series, [])).toBe('2026-11-16T07:00:00.000Z');
  });

  it('moves on with each report, in whatever order they come', () => {
    const reports = [on(1, '2026-11-16'), on(2, '2026-11-19', 'not-done')];
    expect(dueAt(series, reports)).toBe('2026-11-23T07:00:00.000Z');
    expect(dueAt(series, reports.toReversed())).toBe('2026-11-23T07:00:00.000Z');
  });

  it('goes back when a tick was wrong', () => {
    const reports = [
      on(1, '2026-11-16'),
      on(2, '2026-11-19'),
      on(3, '2026-11-19', 'undone', '2026-11-19T09:05:00.000Z'),
    ];
    expect(dueAt(series, reports)).toBe('2026-11-19T07:00:00.000Z');
  });

  it('has none once a series is over', () => {
    const ending = step(10, { time: { ...weekly, series: { ...weekly.series, endsOn: '2026-11-16' } } });
    expect(dueAt(ending, [on(1, '2026-11-16')])).toBeUndefined();
  });

  it.each<[string, StepTime | undefined, string | undefined]>([
    [
      'the start of a fixed time',
      { form: 'fixed', start: '2026-11-26T12:00:00.000Z', changeable: { byPatient: false } },
      '2026-11-26T12:00:00.000Z',
    ],
    ['the end of a window', { form: 'window', from: '2026-11-22', to: '2026-11-23' }, '2026-11-23T23:00:00.000Z'],
    ['the end of a latest day', { form: 'latest-by', by: '2026-11-23' }, '2026-11-23T23:00:00.000Z'],
    [
      'the expected day of a waiting list',
      { form: 'waiting-list', expected: '2027-01-10' },
      '2027-01-10T23:00:00.000Z',
    ],
    ['nothing, when the patient books without a latest day', { form: 'patient-books' }, undefined],
  ])('is %s', (_, time, expected) => {
    expect(dueAt(step(10, { time }), [])).toBe(expected);
  });

  it('is the agreed latest when there is no time', () => {
    expect(dueAt(step(10, { agreedLatest: '2026-12-14' }), [])).toBe('2026-12-14T23:00:00.000Z');
  });
});
