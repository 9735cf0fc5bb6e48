import { describe, expect, test } from 'vitest';
import { type Choice, type ChoiceContext, chooseNextStep } from '../../../src/plans/domain/choose-next-step.ts';
import type { PlanContent, Step } from '../../../src/plans/domain/model.ts';
import { DEFAULT_TIME_SETTINGS } from '../../../src/plans/domain/time-settings.ts';
import { ester } from './ester.ts';
import { mirza } from './mirza.ts';
import { contentOf, followUp, id, instant, plan, report, step, tst } from './plan-builder.ts';

function at(text: string, fields: Partial<ChoiceContext> = {}): ChoiceContext {
  return { now: Date.parse(text), settings: DEFAULT_TIME_SETTINGS, deceased: false, ...fields };
}

function choose(content: PlanContent, context: ChoiceContext): Choice | undefined {
  return chooseNextStep(content.plan, content, context);
}

/** `late 103`: what was chosen and the number of its step (or the id of its duty). */
function told(content: PlanContent, context: ChoiceContext): string {
  const choice = choose(content, context);
  if (!choice) return 'nothing';
  if (choice.kind === 'owed') return `owed ${choice.duty.id}`;
  return 'step' in choice && choice.step ? `${choice.kind} ${Number(choice.step.id.slice(-12))}` : choice.kind;
}

const only = (steps: readonly Step[], rest: Partial<PlanContent> = {}) =>
  contentOf({ plan: [plan(1)], step: steps, ...rest });
const fixed = (start: string, end?: string): Step['time'] => ({
  form: 'fixed',
  start: instant(start),
  ...(end && { end: instant(end) }),
  changeable: { byPatient: false },
});
const by = (when: string): Step['time'] => ({ form: 'latest-by', by: when });
const own = { responsibleParty: { kind: 'patient' } } as const;

describe('Ester', () => {
  test.each([
    ['2026-11-17T09:00+01:00', 'admitted', 'step 102'],
    ['2026-11-20T16:10+01:00', 'readyToGo', 'step 106'],
    ['2026-11-22T13:00+01:00', 'home', 'step 107'],
    ['2026-11-24T09:00+01:00', 'summoned', 'step 109'],
    ['2026-11-27T12:00+01:00', 'agreed', 'step 110'],
  ] as const)('%s (%s): %s', (moment, record, expected) => {
    expect(told(ester[record], at(moment))).toBe(expected);
  });

  test('weight checks that home care has not said yes to are never told as if they were agreed', () => {
    expect(told(ester.admitted, at('2026-11-22T09:00+01:00'))).toBe('late 102');
  });
});

describe('Mirza', () => {
  test.each([
    ['2026-11-20T09:00+01:00', 'before', 'step 101'],
    ['2026-12-01T09:00+01:00', 'sampleSent', 'step 103'],
    ['2026-12-07T23:59:59+01:00', 'sampleSent', 'step 103'],
    ['2026-12-08T00:00+01:00', 'sampleSent', 'late 103'],
    ['2026-12-08T09:00+01:00', 'sampleSent', 'late 103'],
    ['2026-12-08T09:00+01:00', 'answered', 'step 106'],
    ['2026-12-10T23:59+01:00', 'answered', 'step 106'],
    ['2026-12-11T00:00+01:00', 'answered', 'late 106'],
  ] as const)('%s (%s): %s', (moment, record, expected) => {
    expect(told(mirza[record], at(moment))).toBe(expected);
  });

  test('a sample that he has not ticked leaves the list for the next one, eight weeks on, and is not late', () => {
    const untold = only(mirza.before.step.filter((s) => s.id === id(101)));
    const choice = choose(untold, at('2026-12-01T09:00+01:00'));
    expect(choice).toMatchObject({ kind: 'step', moment: { occurrence: { on: '2027-01-25' } } });
  });
});

describe('the order', () => {
  const late = step(10, { time: by('2026-11-20') });
  const later = step(11, { time: by('2026-11-21') });
  const visit = step(12, { time: fixed('2026-11-24T10:00+01:00') });
  const soon = step(13, { time: by(instant('2026-11-23T10:00+01:00')) });

  test.each([
    ['a fixed time within 24 h goes before what is late', '2026-11-23T10:00+01:00', [late, visit], 'step 12'],
    ['a fixed time more than 24 h ahead does not', '2026-11-23T09:59:59+01:00', [late, visit], 'late 10'],
    ['a visit that is going on is still the next step', '2026-11-24T10:59+01:00', [late, visit], 'step 12'],
    ['a visit without an end is taken to last an hour', '2026-11-24T11:00+01:00', [visit], 'late 12'],
    ['what care has been late with the longest goes first', '2026-11-23T09:00+01:00', [later, late], 'late 10'],
    ['what is late goes before what is soon', '2026-11-23T09:00+01:00', [soon, late], 'late 10'],
    ['to the last instant, 12:00 sharp, a thing is in time', '2026-11-23T10:00:00+01:00', [soon], 'step 13'],
    ['just after it, it is late', '2026-11-23T10:00:00.001+01:00', [soon], 'late 13'],
  ])('%s', (_, moment, steps, expected) => {
    expect(told(only(steps), at(moment))).toBe(expected);
  });

  const now = at('2026-11-23T09:00+01:00');
  test.each([
    [
      'the start of a fixed time decides',
      step(20, { time: fixed('2026-11-27T10:00+01:00', '2026-12-24T10:00+01:00') }),
    ],
    ['the end of a window decides', step(20, { time: { form: 'window', from: '2026-11-24', to: '2026-11-27' } })],
    ['a waiting list goes by its expected time', step(20, { time: { form: 'waiting-list', expected: '2026-11-27' } })],
    ['as needed goes by its latest', step(20, { time: { form: 'as-needed', by: '2026-11-27' } })],
    ['what the patient books goes by its latest', step(20, { time: { form: 'patient-books', by: '2026-11-27' } })],
    ['without a time of its own the agreed latest decides', step(20, { agreedLatest: '2026-11-27' })],
    ['also when the patient books', step(20, { agreedLatest: '2026-11-27', time: { form: 'patient-books' } })],
  ])('%s', (_, one) => {
    const before = step(21, { order: 0, time: by('2026-11-26') });
    const after = step(22, { order: 0, time: by('2026-11-28') });
    expect(told(only([after, one, before]), now)).toBe('step 21');
    expect(told(only([after, one]), now)).toBe('step 20');
  });

  test('the plan’s order decides between equal instants, then the id', () => {
    const time = by('2026-11-27');
    expect(told(only([step(3, { time, order: 2 }), step(4, { time, order: 1 })]), now)).toBe('step 4');
    expect(told(only([step(4, { time, order: 1 }), step(3, { time, order: 1 })]), now)).toBe('step 3');
  });

  test('what has no time at all comes last, by the plan’s order', () => {
    const timeless = step(3, { order: 0 });
    expect(told(only([timeless, step(4, { time: by('2027-11-27') })]), now)).toBe('step 4');
    expect(told(only([step(5), timeless]), now)).toBe('step 3');
  });
});

describe('a series', () => {
  const series = { every: 'day', interval: 1, startsOn: '2026-11-22' } as const;
  const daily = (fields: Partial<Step> = {}, more = {}) =>
    step(30, { state: 'in-progress', time: { form: 'recurring', series: { ...series, ...more } }, ...fields });
  const tick = (on: string, n = 50) => report(n, 30, { occurrence: on, performedAt: instant(`${on}T10:30+01:00`) });
  const now = at('2026-11-24T09:00+01:00');
  const heart = step(31, { time: fixed('2026-12-11T10:00+01:00') });
  const occurrence = (content: PlanContent, context = now) => {
    const choice = choose(content, context);
    return choice && 'moment' in choice ? `${choice.kind} ${choice.moment.occurrence?.on ?? 'single'}` : choice?.kind;
  };

  test.each([
    ['counts with its first occurrence', daily(), [], 'late 2026-11-22'],
    ['and with no later one when they are close', daily(), [tick('2026-11-22')], 'step single'],
    [
      'a tick that was undone is no tick',
      daily(),
      [
        tick('2026-11-22'),
        report(51, 30, { occurrence: '2026-11-22', outcome: 'undone', performedAt: instant('2026-11-22T11:00+01:00') }),
      ],
      'late 2026-11-22',
    ],
    ['a later tick makes history of a missed first', daily(), [tick('2026-11-23')], 'step single'],
    [
      'later ones count when booked to a clock time',
      daily({}, { timeOfDay: '14:00' }),
      [tick('2026-11-23')],
      'step 2026-11-24',
    ],
    [
      'the patient’s own clock time is a habit, no booking',
      daily(own, { timeOfDay: '14:00' }),
      [tick('2026-11-22')],
      'step single',
    ],
    ['7 days apart is close', daily({}, { interval: 7 }), [tick('2026-11-22')], 'step single'],
    ['8 days apart is far', daily({}, { interval: 8 }), [tick('2026-11-22')], 'step 2026-11-30'],
    [
      'one moved to a clock time counts',
      daily({}, { exceptions: [{ on: '2026-11-25', movedTo: instant('2026-11-26T10:00+01:00') }] }),
      [tick('2026-11-22')],
      'step 2026-11-25',
    ],
    [
      'one moved to another day does not',
      daily({}, { exceptions: [{ on: '2026-11-25', movedTo: '2026-11-26' }] }),
      [tick('2026-11-22')],
      'step single',
    ],
    [
      'when the first is cancelled the second is the first',
      daily({}, { exceptions: [{ on: '2026-11-22', cancelled: true }] }),
      [],
      'late 2026-11-23',
    ],
    [
      'a first that is moved still counts',
      daily({}, { exceptions: [{ on: '2026-11-22', movedTo: '2026-11-25' }] }),
      [],
      'step 2026-11-22',
    ],
    ['a conditional one never counts', daily({ condition: 'om jag inte kan' }), [], 'step single'],
    ['the patient’s own first, passed, is no longer next', daily(own), [], 'step single'],
  ])('%s', (_, one, reports, expected) => {
    expect(occurrence(only([heart, one], { report: reports }))).toBe(expected);
  });

  test('how far apart is a setting', () => {
    const weekly = only([daily({}, { interval: 7 })], { report: [tick('2026-11-22')] });
    const settings = { ...DEFAULT_TIME_SETTINGS, farApartDays: 6 };
    expect(occurrence(weekly, at('2026-11-24T09:00+01:00', { settings }))).toBe('step 2026-11-29');
  });

  test('over the night when clocks change, the first visit is late when its day is over in Sweden', () => {
    const springs = only([daily({}, { startsOn: '2026-03-29' })]);
    expect(occurrence(springs, at('2026-03-29T21:59:59Z'))).toBe('step 2026-03-29');
    expect(occurrence(springs, at('2026-03-29T22:00:00Z'))).toBe('late 2026-03-29');
    const autumn = only([daily({}, { startsOn: '2026-10-25' })]);
    expect(occurrence(autumn, at('2026-10-25T22:59:59Z'))).toBe('step 2026-10-25');
    expect(occurrence(autumn, at('2026-10-25T23:00:00Z'))).toBe('late 2026-10-25');
  });

  test('24 hours are hours, also over the night when clocks change', () => {
    const visit = step(12, { time: fixed('2026-03-29T12:00+02:00') });
    const steps = only([visit, step(10, { time: by('2026-03-01') })]);
    expect(told(steps, at('2026-03-28T11:00+01:00'))).toBe('step 12');
    expect(told(steps, at('2026-03-28T10:59+01:00'))).toBe('late 10');
  });
});

describe('the patient’s own and their relatives’', () => {
  test.each([
    ['the patient', own],
    ['a relative', { responsibleParty: { kind: 'relative', relatedPersonId: id(9) } }],
    ['what the patient books', { time: { form: 'patient-books', by: '2026-11-20' } }],
  ] as const)('%s: passed times leave the list and are never late', (_, fields) => {
    const passed = step(3, { time: by('2026-11-20'), ...fields });
    expect(told(only([passed]), at('2026-11-20T12:00+01:00'))).toBe('step 3');
    expect(told(only([passed]), at('2026-11-21T00:00+01:00'))).toBe('follow-up');
  });
});

describe('what care owes', () => {
  const duty = {
    id: 'designate-contact',
    planId: id(1),
    duty: 'designate-contact',
    unit: tst('0201'),
    what: { sv: 'Vårdcentralen utser din fasta vårdkontakt', en: 'The health centre names your contact' },
    time: { form: 'latest-by', by: '2026-11-18' },
  } as const;

  test('is a candidate among the steps, by the same order', () => {
    const content = only([step(3, { time: by('2026-11-19') })]);
    expect(told(content, at('2026-11-17T09:00+01:00', { owed: [duty] }))).toBe('owed designate-contact');
    const before = only([step(3, { time: by('2026-11-17') })]);
    expect(told(before, at('2026-11-17T09:00+01:00', { owed: [duty] }))).toBe('step 3');
    expect(choose(before, at('2026-11-19T09:00+01:00', { owed: [duty] }))).toMatchObject({ kind: 'late' });
    const late = choose(only([]), at('2026-11-19T09:00+01:00', { owed: [duty] }));
    expect(late).toMatchObject({ kind: 'owed', late: true });
  });

  test('is told of a plan that lives only', () => {
    const closed = contentOf({ plan: [plan(1, { status: 'completed' })] });
    expect(told(closed, at('2026-11-17T09:00+01:00', { owed: [duty] }))).toBe('nothing');
  });
});

describe('nothing left', () => {
  const now = at('2026-11-23T09:00+01:00');
  const resting = step(5, { state: 'on-hold', stateBefore: 'booked' });
  const asked = step(4, { state: 'proposed' });

  test.each([
    ['all done: we follow up or close', 'active', [step(3, { state: 'done' })], 'follow-up'],
    ['only conditional steps: we follow up or close', 'active', [step(3, { condition: 'om' })], 'follow-up'],
    ['a yes is waited for', 'active', [asked, resting], 'proposal 4'],
    ['a wish is waiting for its answer', 'active', [step(4, { state: 'wished' })], 'proposal 4'],
    ['all resting: who decides', 'active', [resting, step(3, { state: 'done' })], 'resting 5'],
    ['the plan rests', 'on-hold', [asked], 'resting'],
    ['the plan itself is a proposal', 'proposed', [], 'proposal'],
    ['what the patient may not see is nothing', 'active', [step(3, { approvedForPatient: false })], 'follow-up'],
    ['nor is a mistake', 'active', [step(3, { enteredInError: true })], 'follow-up'],
  ] as const)('%s', (_, status, steps, expected) => {
    expect(told(contentOf({ plan: [plan(1, { status })], step: steps }), now)).toBe(expected);
  });

  test('the next planned follow-up is told, not one that has been', () => {
    const content = only([], {
      'follow-up': [
        followUp(3, { plannedOn: '2027-03-01' }),
        followUp(4, { plannedOn: '2026-11-01', doneOn: '2026-11-02' }),
        followUp(5, { plannedOn: '2027-02-01' }),
      ],
    });
    expect(choose(content, now)).toMatchObject({ kind: 'follow-up', followUp: { id: id(5) } });
  });

  test('of several plans any step goes before what the lead plan says when it has none', () => {
    const plans = [plan(1), plan(2, { kind: 'VP', partOf: id(1) })];
    const content = contentOf({ plan: plans, step: [step(3, { planId: id(2), time: by('2027-01-01') })] });
    expect(told(content, now)).toBe('step 3');
  });

  test('a patient who has died has no next step, nor has a plan that is over', () => {
    expect(told(only([step(3)]), { ...now, deceased: true })).toBe('nothing');
    for (const status of ['draft', 'declined', 'completed', 'revoked', 'entered-in-error'] as const) {
      expect(told(contentOf({ plan: [plan(1, { status })], step: [step(3)] }), now)).toBe('nothing');
    }
  });
});
