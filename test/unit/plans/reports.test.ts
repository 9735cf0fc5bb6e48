import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Report, Step, StepTime } from '../../../src/plans/domain/model.ts';
import { effectiveReports, type ReportCommand, reportStep } from '../../../src/plans/domain/report-commands.ts';
import { addStep } from '../../../src/plans/domain/step-add.ts';
import { SIZES } from '../../support/sizes.ts';
import {
  actOf,
  CENTRE,
  fieldsOf,
  made,
  NOW,
  NURSING,
  PATIENT_PARTY,
  partyOf,
  refused,
  SHOWN,
  Story,
} from './acting.ts';

const DAILY: StepTime = {
  form: 'recurring',
  series: { every: 'day', interval: 1, startsOn: '2026-11-16', timeOfDay: '07:00' },
};

function storyWith(time?: StepTime, by = NURSING) {
  const story = new Story();
  const step = made<Step>(story.does((hand) => addStep(hand, { title: 'Väga', time, ...SHOWN }, actOf(by))));
  return { story, step };
}

let keys = 0;
function command(fields: Partial<ReportCommand> = {}): ReportCommand {
  return { outcome: 'done', clientKey: `nyckel-${keys++}`, ...SHOWN, ...fields };
}

function reports(story: Story, step: Step, fields: Partial<ReportCommand> = {}, by = NURSING) {
  return story.does((hand) => reportStep(hand, story.now('step', step), command(fields), actOf(by)));
}

describe('a report', () => {
  it('makes a step without occurrences done or not done, and a correcting one takes it back', () => {
    const { story, step } = storyWith();
    const changes = reports(story, step);
    expect(made<Report>(changes)).toMatchObject({
      stepId: step.id,
      outcome: 'done',
      performedAt: NOW,
      reportedAt: NOW,
    });
    expect(story.now('step', step)).toMatchObject({ state: 'done', stateBefore: 'agreed', revision: 2 });
    reports(story, step, { outcome: 'undone' });
    expect(story.now('step', step).state).toBe('agreed');
    reports(story, step, { outcome: 'not-done', reason: 'not-at-home' });
    expect(story.now('step', step).state).toBe('not-done');
    expect(story.all('report')).toHaveLength(3);
  });

  it('puts a series under way, and leaves it so whatever is ticked', () => {
    const { story, step } = storyWith(DAILY);
    reports(story, step, { occurrence: '2026-11-18' });
    expect(story.now('step', step)).toMatchObject({ state: 'in-progress', revision: 2 });
    reports(story, step, { occurrence: '2026-11-19', outcome: 'skipped', reason: 'in-hospital' });
    reports(story, step, { occurrence: '2026-11-18', outcome: 'undone' });
    expect(story.now('step', step)).toMatchObject({ state: 'in-progress', revision: 2 });
    const counting = effectiveReports(story.all('report')).get(step.id)!;
    expect([...counting].map(([on, report]) => `${on} ${report.outcome}`)).toEqual([
      '2026-11-18 undone',
      '2026-11-19 skipped',
    ]);
  });

  it('comes from anyone on duty at the responsible unit, or from the patient for own steps', () => {
    const { story, step } = storyWith();
    for (const other of [CENTRE, 'patient']) refused('report-not-yours', () => reports(story, step, {}, other));
    const own = made<Step>(
      story.does((hand) =>
        addStep(hand, { title: 'Gå ut', responsibleParty: PATIENT_PARTY, ...SHOWN }, actOf('patient')),
      ),
    );
    reports(story, own, { approvedForPatient: false }, 'patient');
    expect(story.now('step', own).state).toBe('done');
    expect(story.only('report')).toMatchObject({ recordedBy: { kind: 'patient' }, approvedForPatient: true });
  });

  it.each(['performedAt', 'reportedAt'] as const)('is refused a millisecond ahead of now: %s', (field) => {
    const { story, step } = storyWith();
    const ahead = '2026-11-20T12:00:00.001Z';
    const problem = refused('report-in-future', () =>
      reports(story, step, { [field]: ahead, ...(field === 'reportedAt' && { performedAt: NOW }) }),
    );
    expect(problem.status).toBe(422);
    expect(fieldsOf(problem)).toEqual([field]);
    expect(story.all('report')).toEqual([]);
  });

  test.each<[string, StepTime | undefined, Partial<ReportCommand>, string, string]>([
    ['a day that the series does not have', DAILY, { occurrence: '2026-11-15' }, 'unknown-occurrence', 'occurrence'],
    ['no day, for a series', DAILY, {}, 'unknown-occurrence', 'occurrence'],
    ['a day, for a step without', undefined, { occurrence: '2026-11-18' }, 'unknown-occurrence', 'occurrence'],
    ['skipping what has no occurrences', undefined, { outcome: 'skipped' }, 'not-for-this-kind', 'outcome'],
    ['not done without a reason', undefined, { outcome: 'not-done' }, 'reason-missing', 'reason'],
    ['a reason for what was done', undefined, { reason: 'declined' }, 'not-for-this-kind', 'reason'],
    [
      'ticked before it was done',
      undefined,
      { performedAt: '2026-11-20T10:00:00Z', reportedAt: '2026-11-20T09:59:00Z' },
      'time-not-in-order',
      'reportedAt',
    ],
    ['a next time before this one', undefined, { nextTime: '2026-11-19' }, 'time-not-in-order', 'nextTime'],
  ])('is refused for %s', (_what, time, fields, code, field) => {
    const { story, step } = storyWith(time);
    const problem = refused(code, () => reports(story, step, fields));
    expect(problem.status).toBe(422);
    expect(fieldsOf(problem)).toEqual([field]);
  });

  it('is refused for a step that nobody has said yes to, or that is cancelled', () => {
    for (const state of ['wished', 'proposed', 'declined', 'cancelled', 'on-hold', 'entered-in-error'] as const) {
      const { story, step } = storyWith();
      story.sets('step', step, { state, stateBefore: 'agreed' });
      expect(refused('step-not-reportable', () => reports(story, step)).status).toBe(409);
    }
  });

  it('of a series that rests is still taken: the phone was without coverage when it was done', () => {
    const { story, step } = storyWith(DAILY);
    story.sets('step', step, { state: 'on-hold', stateBefore: 'agreed' });
    reports(story, step, { occurrence: '2026-11-18' });
    expect(story.now('step', step)).toMatchObject({ state: 'on-hold', stateBefore: 'in-progress' });
  });

  it('sent again changes nothing; another one under its key is refused, except from another sender', () => {
    const { story, step } = storyWith();
    const sent = command({ note: 'Ok', performedAt: '2026-11-20T09:00:00Z' });
    const send = (fields: Partial<ReportCommand> = {}, by = NURSING, to = step) =>
      story.does((hand) => reportStep(hand, story.now('step', to), { ...sent, ...fields }, actOf(by)));
    expect(send()).toHaveLength(2);
    expect(send()).toEqual([]);
    expect(send({ performedAt: '2026-11-20T10:00:00+01:00' })).toEqual([]);
    story.is({ status: 'completed' });
    expect(send()).toEqual([]);
    story.is({ status: 'draft' });
    for (const other of [{ note: 'Annat' }, { outcome: 'undone' }, { performedAt: '2026-11-20T09:00:01Z' }] as const) {
      expect(refused('report-key-reused', () => send(other)).status).toBe(422);
    }
    const another = made<Step>(story.does((hand) => addStep(hand, { title: 'Annat', ...SHOWN }, actOf(CENTRE))));
    expect(send({}, CENTRE, another)).toHaveLength(2);
  });
});

describe('a next time told with a report', () => {
  it('is the step’s time at once, marked as changed', () => {
    const { story, step } = storyWith();
    reports(story, step, { outcome: 'not-done', reason: 'not-at-home', nextTime: '2026-11-21T09:00:00.000Z' });
    expect(story.now('step', step)).toMatchObject({
      state: 'agreed',
      time: { form: 'fixed', start: '2026-11-21T09:00:00.000Z' },
      factsChanged: { fields: ['time'] },
    });
  });

  it('moves the next occurrence of a series, not the one reported', () => {
    const { story, step } = storyWith(DAILY);
    const performedAt = '2026-11-18T06:10:00.000Z';
    reports(story, step, { occurrence: '2026-11-18', performedAt, nextTime: '2026-11-19T12:00:00.000Z' });
    const { time } = story.now('step', step);
    expect(time?.form === 'recurring' && time.series.exceptions).toEqual([
      { on: '2026-11-19', movedTo: '2026-11-19T12:00:00.000Z' },
    ]);
  });
});

/** What is left of a step when only what reports decide is looked at. */
function outcome(story: Story, step: Step) {
  const { state, stateBefore, time, factsChanged } = story.now('step', step);
  const counting = effectiveReports(story.all('report')).get(step.id) ?? new Map<string, Report>();
  const said = [...counting].map(([on, report]) => `${on} ${report.clientKey}`).sort();
  return { state, stateBefore, time, factsChanged, said, reports: story.all('report').length };
}

const minutes = fc.integer({ min: 0, max: 5 }).map((n) => `2026-11-20T10:0${n}:00.000Z`);
const nextTimes = fc.constantFrom('2026-11-25', '2026-11-24T08:00:00.000Z', undefined, undefined, undefined);

function reportSets(days: readonly (string | undefined)[]): fc.Arbitrary<readonly ReportCommand[]> {
  const outcomes =
    days[0] === undefined
      ? (['done', 'not-done', 'undone'] as const)
      : (['done', 'not-done', 'skipped', 'undone'] as const);
  const one = fc.record({
    outcome: fc.constantFrom(...outcomes),
    occurrence: fc.constantFrom(...days),
    reportedAt: minutes,
    nextTime: nextTimes,
  });
  return fc.array(one, { minLength: 1, maxLength: 6 }).map((set) =>
    set.map((report, n) => {
      const reason = report.outcome === 'not-done' ? ({ reason: 'no-staff' } as const) : {};
      return { ...report, ...reason, performedAt: '2026-11-20T10:00:00.000Z', clientKey: `k${n}`, ...SHOWN };
    }),
  );
}

describe('a set of reports', () => {
  test.each<[string, StepTime | undefined, readonly (string | undefined)[], readonly Step['state'][]]>([
    ['a step without occurrences', undefined, [undefined], ['agreed', 'booked', 'in-progress']],
    ['a series', DAILY, ['2026-11-17', '2026-11-18', '2026-11-19'], ['agreed', 'booked', 'in-progress', 'on-hold']],
  ])('gives the same end in whatever order and however often it arrives: %s', (_what, time, days, states) => {
    const orders = reportSets(days).chain((set) =>
      fc.record({
        set: fc.constant(set),
        // Every report at least once, some again, in another order.
        again: fc.shuffledSubarray([...set, ...set, ...set], { minLength: set.length * 3 }),
        state: fc.constantFrom(...states),
      }),
    );
    fc.assert(
      fc.property(orders, ({ set, again, state }) => {
        const [straight, mixed] = [set, again].map((sent) => {
          const { story, step } = storyWith(time);
          story.sets('step', step, { state, ...(state === 'on-hold' && { stateBefore: 'agreed' }) });
          for (const report of sent) {
            story.does((hand) => reportStep(hand, story.now('step', step), report, actOf(NURSING)));
          }
          return outcome(story, step);
        });
        expect(mixed).toEqual(straight);
        expect(straight!.reports).toBe(set.length);
      }),
      { numRuns: SIZES.reportSets },
    );
  });

  it('is the same plan for home care’s thirty reports sent twice, the second time backwards', () => {
    const visits = Array.from({ length: 30 }, (_, n) => {
      const outcome = n % 7 === 3 ? 'not-done' : 'done';
      const reason = outcome === 'not-done' ? ({ reason: 'declined' } as const) : {};
      const on = `2026-11-${String(16 + (n % 5)).padStart(2, '0')}`;
      const at = `2026-11-20T1${n % 2}:${String(n).padStart(2, '0')}:00.000Z`;
      return {
        outcome,
        ...reason,
        occurrence: on,
        performedAt: at,
        reportedAt: at,
        clientKey: `besök-${n}`,
        ...SHOWN,
      } as const;
    });
    const ends = [visits, [...visits, ...visits.toReversed()], visits.toReversed()].map((sent) => {
      const { story, step } = storyWith(DAILY);
      for (const report of sent) {
        story.does((hand) => reportStep(hand, story.now('step', step), report, actOf(NURSING)));
      }
      return outcome(story, step);
    });
    expect(ends[1]).toEqual(ends[0]);
    expect(ends[2]).toEqual(ends[0]);
  });
});

it('a report to a unit asked but not yet answering is refused even to the asked', () => {
  const story = new Story();
  const asked = { title: 'Väga', responsibleParty: partyOf(NURSING), ...SHOWN };
  const step = made<Step>(story.does((hand) => addStep(hand, asked, actOf(CENTRE))));
  refused('report-not-yours', () => reports(story, step));
  refused('step-not-reportable', () => reports(story, step, {}, CENTRE));
});
