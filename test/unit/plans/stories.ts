import fc from 'fast-check';
import {
  PLAN_STATUSES,
  type PlanContent,
  REPORT_OUTCOMES,
  type Recurrence,
  type Report,
  STEP_STATES,
  type Step,
  type StepTime,
  WEEKDAYS,
  type Weekday,
  type When,
} from '../../../src/plans/domain/model.ts';
import { addDays } from '../../../src/shared/calendar.ts';
import { swedishDate } from '../../../src/shared/swedish-time.ts';
import { contextAt, phone, weekdays } from './directory.ts';
import { contentOf, followUp, id, namedContact, plan, report, step, tst } from './plan-builder.ts';

const HOUR = 3_600_000;
const PARTIES: readonly Step['responsibleParty'][] = [
  { kind: 'patient' },
  { kind: 'relative', relatedPersonId: id(99) },
  { kind: 'region', unit: tst('0201') },
  { kind: 'municipality-health', unit: tst('0302') },
];
/** Ordinary, the two nights when clocks change, midnight on either side, a Sunday. */
const NOWS = [
  '2026-11-23T09:00+01:00',
  '2026-11-23T00:00+01:00',
  '2026-11-22T23:59:59.999+01:00',
  '2026-03-29T01:30+01:00',
  '2026-10-25T02:30+02:00',
  '2026-10-25T12:00+01:00',
].map((text) => Date.parse(text));

/** Near the boundaries: now, 24 hours, 7 days, midnights; else anywhere around. */
function whens(now: number): fc.Arbitrary<When> {
  const today = swedishDate(now);
  const near = fc
    .tuple(fc.constantFrom(-168, -24, -1, 0, 1, 23, 24, 25, 168), fc.constantFrom(-1, 0, 1))
    .map(([hours, ms]) => new Date(now + hours * HOUR + ms).toISOString());
  const days = fc.integer({ min: -12, max: 12 }).map((n) => addDays(today, n));
  const anywhere = fc.integer({ min: -500, max: 500 }).map((h) => new Date(now + h * HOUR).toISOString());
  return fc.oneof(near, days, anywhere);
}

const instants = (now: number) => whens(now).filter((when) => when.includes('T'));

function seriesAround(now: number): fc.Arbitrary<Recurrence> {
  const days = fc.integer({ min: -20, max: 12 }).map((n) => addDays(swedishDate(now), n));
  const exception = fc.oneof(
    fc.record({ on: days, movedTo: whens(now) }),
    days.map((on) => ({ on, cancelled: true as const })),
  );
  return fc.record({
    every: fc.constantFrom('day', 'week'),
    interval: fc.constantFrom(1, 1, 2, 7, 8),
    weekdays: fc.option(fc.subarray<Weekday>([...WEEKDAYS], { minLength: 1 }), { nil: undefined, freq: 4 }),
    startsOn: days,
    endsOn: fc.option(days, { nil: undefined, freq: 4 }),
    timeOfDay: fc.option(fc.constantFrom('00:00', '02:30', '07:00', '14:00'), { nil: undefined }),
    exceptions: fc.uniqueArray(exception, { maxLength: 3, selector: (e) => e.on }),
  });
}

function times(now: number): fc.Arbitrary<StepTime | undefined> {
  const changeable = { byPatient: true };
  return fc.oneof(
    fc.constant(undefined),
    instants(now).map((start): StepTime => ({ form: 'fixed', start, changeable })),
    instants(now).map((start): StepTime => {
      const end = new Date(Date.parse(start) + 2 * HOUR).toISOString();
      return { form: 'fixed', start, end, changeable };
    }),
    fc.tuple(whens(now), whens(now)).map(([from, to]): StepTime => ({ form: 'window', from, to })),
    whens(now).map((by): StepTime => ({ form: 'latest-by', by })),
    whens(now).map((by): StepTime => ({ form: 'as-needed', by })),
    whens(now).map((expected): StepTime => ({ form: 'waiting-list', expected })),
    fc.option(whens(now), { nil: undefined }).map((by): StepTime => ({ form: 'patient-books', by })),
    { weight: 4, arbitrary: seriesAround(now).map((series): StepTime => ({ form: 'recurring', series })) },
  );
}

function steps(now: number): fc.Arbitrary<readonly Step[]> {
  const fields = fc.record({
    planId: fc.constantFrom(id(1), id(2)),
    state: fc.oneof(fc.constantFrom('agreed', 'booked', 'in-progress'), fc.constantFrom(...STEP_STATES)),
    responsibleParty: fc.constantFrom(...PARTIES),
    time: times(now),
    agreedLatest: fc.option(whens(now), { nil: undefined }),
    condition: fc.option(fc.constant('om jag inte kan'), { nil: undefined, freq: 6 }),
    approvedForPatient: fc.integer({ min: 0, max: 7 }).map((n) => n > 0),
    enteredInError: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    order: fc.integer({ min: 0, max: 3 }),
  });
  return fc.array(fields, { maxLength: 6 }).map((all) => all.map((some, i) => step(10 + i, some)));
}

function reports(now: number): fc.Arbitrary<readonly Report[]> {
  const one = fc.record({
    stepId: fc.integer({ min: 10, max: 15 }).map(id),
    occurrence: fc.integer({ min: -20, max: 12 }).map((n) => addDays(swedishDate(now), n)),
    outcome: fc.constantFrom(...REPORT_OUTCOMES),
    reportedAt: fc.constantFrom('2026-01-01T08:00:00.000Z', '2026-01-01T09:00:00Z', '2026-01-01T10:00:00.000Z'),
    clientKey: fc.string({ minLength: 1, maxLength: 4 }),
    enteredInError: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  });
  return fc
    .uniqueArray(one, { maxLength: 12, selector: (r) => r.clientKey })
    .map((all) => all.map((some, i) => report(100 + i, 10, some)));
}

const storiesAt = (now: number) =>
  fc.record({
    now: fc.constant(now),
    content: fc
      .record({
        statuses: fc.tuple(fc.constantFrom('proposed', 'active', 'on-hold'), fc.constantFrom(...PLAN_STATUSES)),
        step: steps(now),
        report: reports(now),
        contact: fc.option(fc.constantFrom(tst('0201'), tst('0304')), { nil: undefined }),
        followUpOn: fc.option(fc.integer({ min: -9, max: 90 }), { nil: undefined }),
      })
      .map(
        ({ statuses, step, report, contact, followUpOn }): PlanContent =>
          contentOf({
            plan: [plan(1, { status: statuses[0] }), plan(2, { kind: 'VP', status: statuses[1], partOf: id(1) })],
            step,
            report,
            'named-contact': contact ? [namedContact(3, { person: { name: 'Maj Modell' }, unit: contact })] : [],
            'follow-up':
              followUpOn === undefined ? [] : [followUp(4, { plannedOn: addDays(swedishDate(now), followUpOn) })],
          }),
      ),
    hours: fc.constantFrom(undefined, weekdays('08:00', '16:00'), weekdays('00:00', '24:00')),
  });

/** One series with reports on its own days, something late and a visit about a day ahead: where the rules meet. */
const closeStoriesAt = (now: number) => {
  const ofSeries = fc
    .record({ series: seriesAround(now), kept: fc.integer({ min: 0, max: 9 }), party: fc.constantFrom(...PARTIES) })
    .map(({ series, kept, party }) => {
      const recurrence = { ...series, weekdays: undefined, every: 'day' as const, endsOn: undefined };
      const exceptions = kept < 5 ? undefined : series.exceptions;
      const time = { form: 'recurring', series: { ...recurrence, exceptions } } as const;
      return step(10, { responsibleParty: party, time });
    });
  const about = fc.record({
    place: fc.integer({ min: 0, max: 4 }),
    outcome: fc.constantFrom<Report['outcome']>('done', 'done', 'undone'),
    reportedAt: fc.constantFrom('2026-01-01T08:00:00.000Z', '2026-01-01T09:00:00Z'),
    clientKey: fc.constantFrom('a', 'b', 'c', 'd'),
    enteredInError: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  });
  const others = fc.record({
    late: fc.boolean(),
    ms: fc.constantFrom(-1, 0, 1),
    visit: fc.boolean(),
  });
  return fc.record({
    now: fc.constant(now),
    hours: fc.constant(undefined),
    content: fc
      .tuple(ofSeries, fc.uniqueArray(about, { maxLength: 5, selector: (r) => r.clientKey }), others)
      .map(([series, ticks, { late, visit, ms }]) => {
        const { startsOn, interval } = (series.time as Extract<StepTime, { form: 'recurring' }>).series;
        const start = new Date(now + 24 * HOUR + ms).toISOString();
        return contentOf({
          plan: [plan(1)],
          step: [
            series,
            ...(late ? [step(11, { time: { form: 'latest-by', by: addDays(swedishDate(now), -3) } })] : []),
            ...(visit ? [step(12, { time: { form: 'fixed', start, changeable: { byPatient: true } } })] : []),
          ],
          report: ticks.map(({ place, ...tick }, i) =>
            report(100 + i, 10, { ...tick, occurrence: addDays(startsOn, place * interval) }),
          ),
        });
      }),
  });
};

// Made once: to build an arbitrary costs more than to draw from it.
/** Any plans, moments, reports and opening hours. */
export const stories = fc.oneof(...NOWS.map(storiesAt));
export const closeStories = fc.oneof(...NOWS.map(closeStoriesAt));

/** The facts that a story is told with. */
export function contextOf({ now, hours }: { now: number; hours?: ReturnType<typeof weekdays> }) {
  const channels = hours ? new Map([[tst('0201'), [phone('040-6280420', hours)]]]) : new Map();
  return contextAt(now, { channels });
}
