import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step } from '../../../src/plans/domain/model.ts';
import { effectiveReports, occurrencesOf, reportsOf } from '../../../src/plans/domain/occurrences.ts';
import { decidingInstant, isOverdue, passedOwnTime } from '../../../src/plans/domain/step-time.ts';
import { DEFAULT_TIME_SETTINGS } from '../../../src/plans/domain/time-settings.ts';
import { id, instant, report, step } from './plan-builder.ts';

const settings = DEFAULT_TIME_SETTINGS;
const at = (text: string) => Date.parse(text);
const series = { every: 'day', interval: 1, startsOn: '2026-11-22' } as const;
const daily = (more = {}, fields: Partial<Step> = {}) =>
  step(3, { time: { form: 'recurring', series: { ...series, ...more } }, ...fields });
const tick = (n: number, occurrence: string, reportedAt: string, fields = {}) =>
  report(n, 3, { occurrence, performedAt: instant(reportedAt), reportedAt: instant(reportedAt), ...fields });
const own = { responsibleParty: { kind: 'patient' } } as const;

describe('the report that counts', () => {
  test('is the one ticked last by the phone’s clock, in whatever order they come', () => {
    const done = tick(1, '2026-11-22', '2026-11-22T10:00+01:00');
    const undone = tick(2, '2026-11-22', '2026-11-22T10:05+01:00', { outcome: 'undone' });
    const again = tick(3, '2026-11-22', '2026-11-22T10:10+01:00', { outcome: 'not-done' });
    fc.assert(
      fc.property(fc.shuffledSubarray([done, undone, again, done], { minLength: 4 }), (sent) => {
        expect(reportsOf(effectiveReports(sent), id(3)).get('2026-11-22')).toBe(again);
      }),
    );
  });

  test('compares instants and not their texts, and at the same instant the client keys', () => {
    const a = tick(1, '2026-11-22', '2026-11-22T10:00+01:00', { clientKey: 'a', reportedAt: '2026-11-22T09:00:00Z' });
    const b = tick(2, '2026-11-22', '2026-11-22T10:00+01:00', { clientKey: 'b' });
    expect(reportsOf(effectiveReports([a, b]), id(3)).get('2026-11-22')).toBe(b);
    expect(reportsOf(effectiveReports([b, a]), id(3)).get('2026-11-22')).toBe(b);
  });

  test('is never one entered in error, and a step without any has none', () => {
    const wrong = tick(1, '2026-11-22', '2026-11-22T10:00+01:00', { enteredInError: true });
    expect(reportsOf(effectiveReports([wrong]), id(3)).size).toBe(0);
  });

  test('of a step without occurrences stands alone', () => {
    const one = report(1, 4);
    expect(reportsOf(effectiveReports([one]), id(4)).get('')).toBe(one);
  });
});

describe('occurrences', () => {
  const now = at('2026-11-25T12:00+01:00');
  const days = { from: '2026-11-20', to: '2026-11-26' };
  const told = (one: Step, ...ticks: Parameters<typeof tick>[]) =>
    occurrencesOf(one, reportsOf(effectiveReports(ticks.map((t) => tick(...t))), id(3)), days, now, settings).map(
      (o) => `${o.occurrence.on.slice(8)} ${o.state}${o.overdue ? ' overdue' : ''}`,
    );

  test('are due, done, not done or skipped, and overdue once their day is over without a word', () => {
    expect(
      told(
        daily(),
        [1, '2026-11-22', '2026-11-22T10:00+01:00'],
        [2, '2026-11-23', '2026-11-23T10:00+01:00', { outcome: 'not-done' }],
        [3, '2026-11-24', '2026-11-24T10:00+01:00', { outcome: 'undone' }],
      ),
    ).toEqual(['22 done', '23 not-done', '24 due overdue', '25 due', '26 due']);
    expect(told(daily(), [1, '2026-11-22', '2026-11-22T10:00+01:00', { outcome: 'skipped' }])[0]).toBe('22 skipped');
  });

  test('at a clock time are overdue an hour after it, the patient’s own only when the day is over', () => {
    expect(told(daily({ timeOfDay: '11:00' })).at(-2)).toBe('25 due overdue');
    expect(told(daily({ timeOfDay: '11:01' })).at(-2)).toBe('25 due');
    expect(told(daily({ timeOfDay: '07:00' }, own)).slice(-3)).toEqual(['24 due overdue', '25 due', '26 due']);
  });

  test('a step that happens once has none', () => {
    expect(told(step(3, { time: { form: 'latest-by', by: '2026-11-23' } }))).toEqual([]);
  });
});

describe('the time of a step', () => {
  const none = reportsOf(new Map(), id(3));
  const now = at('2026-11-25T12:00+01:00');

  test.each<[string, Step, string | undefined]>([
    [
      'fixed',
      step(3, {
        time: {
          form: 'fixed',
          start: '2026-11-26T12:00:00Z',
          end: '2026-11-26T13:00:00Z',
          changeable: { byPatient: true },
        },
      }),
      '2026-11-26T12:00:00.000Z',
    ],
    ['window', step(3, { time: { form: 'window', from: '2026-11-26', to: '2026-11-27' } }), '2026-11-27T23:00:00.000Z'],
    ['latest-by', step(3, { time: { form: 'latest-by', by: '2026-11-26' } }), '2026-11-26T23:00:00.000Z'],
    ['series', daily({ startsOn: '2026-11-26' }), '2026-11-26T23:00:00.000Z'],
    ['nothing said', step(3), undefined],
    ['a series that is over for the patient', daily({ endsOn: '2026-11-24' }, own), undefined],
  ])('%s decides by its instant', (_, one, expected) => {
    const instantThat = decidingInstant(one, none, now, settings);
    expect(instantThat === undefined ? undefined : new Date(instantThat).toISOString()).toBe(expected);
  });

  test('care is late when its time has passed, patient and relatives never are', () => {
    const late = { time: { form: 'latest-by', by: '2026-11-24' } } as const;
    expect(isOverdue(step(3, late), none, now, settings)).toBe(true);
    expect(isOverdue(step(3, { ...late, ...own }), none, now, settings)).toBe(false);
    expect(
      isOverdue(step(3, { ...late, time: { form: 'patient-books', by: '2026-11-24' } }), none, now, settings),
    ).toBe(false);
    expect(isOverdue(daily({ startsOn: '2026-11-24' }), none, now, settings)).toBe(true);
  });

  test('what patient and relatives have let pass is asked about, care’s is not', () => {
    const passed = { time: { form: 'latest-by', by: '2026-11-24' } } as const;
    expect(passedOwnTime(step(3, { ...passed, ...own }), none, now, settings)).toBe('passed');
    expect(passedOwnTime(step(3, passed), none, now, settings)).toBeUndefined();
    expect(passedOwnTime(step(3, own), none, now, settings)).toBeUndefined();
    const days = passedOwnTime(daily({}, own), none, now, settings);
    expect(Array.isArray(days) && days.map((o) => o.on)).toEqual(['2026-11-22', '2026-11-23', '2026-11-24']);
  });
});
