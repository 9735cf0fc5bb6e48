import type { Plan, Step } from '../../../plans/domain/model.ts';
import { effectiveReports, isOwnOfFamily, occurrenceLateFrom, reportsOf } from '../../../plans/domain/occurrences.ts';
import { occurrencesBetween } from '../../../plans/domain/recurrence.ts';
import { momentOfTime } from '../../../plans/domain/step-time.ts';
import { DEFAULT_TIME_SETTINGS } from '../../../plans/domain/time-settings.ts';
import { epochOf } from '../../../plans/domain/when.ts';
import { addDays } from '../../../shared/calendar.ts';
import { swedishDate } from '../../../shared/swedish-time.ts';
import type { Candidate } from '../finding.ts';
import { DAY_MS, inPlan, type Look, type Rule } from '../look.ts';
import type { RuleName } from '../rule-list.ts';

/** Said yes to and not over; what rests is asked about through the plan. */
const UNDER_WAY: ReadonlySet<Step['state']> = new Set(['agreed', 'booked', 'in-progress']);
/** How far ahead a series is looked at: a month's interval and the one after. */
const DAYS_AHEAD = 65;
/** How many days one interval of a series spans at the most, weekdays that a month begins late with included. */
const MOST_DAYS = { day: 7, week: 7, month: 38 } as const;

function about(rule: RuleName, plan: Plan, step: Step, from: number): Candidate {
  return {
    rule,
    planId: plan.id,
    subjectKind: 'step',
    subjectId: step.id,
    from,
    ownerUnit: step.responsibleNow,
  };
}

/**
 * Asked for, and nobody has said yes or no: what a unit, the patient, a relative or somebody outside is asked to do, and
 * what the patient has wished. It is still the one's who asks; a wish is the one's who is to answer it.
 */
export const stepNotAnswered: Rule = (look, plan) =>
  inPlan(look.content.step, plan)
    .filter(({ state }) => state === 'proposed' || state === 'wished')
    .map((step) => {
      const asked = epochOf(step.askedAt ?? step.createdAt);
      return about('step-not-answered', plan, step, asked + look.settings.answerStepWithinDays * DAY_MS);
    });

/** Said yes to, and nothing says when. What depends on something else has no date until that happens. */
export const stepWithoutDate: Rule = (look, plan) =>
  inPlan(look.content.step, plan)
    .filter((step) => step.state === 'agreed' && step.time === undefined && step.agreedLatest === undefined)
    .filter((step) => step.condition === undefined && !isOwnOfFamily(step))
    .map((step) => {
      const yes = epochOf(step.answeredBy?.at ?? step.createdAt);
      return about('step-without-date', plan, step, yes + look.settings.dateWithinDays * DAY_MS);
    });

/** Its time has passed without a report. What patients and relatives do is asked about, never late. */
export const dueDatePassed: Rule = (look, plan) =>
  inPlan(look.content.step, plan).flatMap((step) => {
    if (!UNDER_WAY.has(step.state) || isOwnOfFamily(step) || step.time?.form === 'recurring') return [];
    const { lateFrom } = momentOfTime(step.time, DEFAULT_TIME_SETTINGS, step.agreedLatest);
    return Number.isFinite(lateFrom) ? [about('due-date-passed', plan, step, lateFrom)] : [];
  });

/** Two occurrences in a row not done, or passed in silence, since the last that was done; skipped ones aside. */
export const twoOccurrencesMissed: Rule = (look, plan) => {
  const reports = effectiveReports(look.content.report);
  return inPlan(look.content.step, plan).flatMap((step) => {
    if (!UNDER_WAY.has(step.state) || step.time?.form !== 'recurring') return [];
    const second = secondMissed(step, reportsOf(reports, step.id), look);
    return second === undefined ? [] : [about('two-occurrences-missed', plan, step, second)];
  });
};

function secondMissed(step: Step, reports: ReturnType<typeof reportsOf>, { now }: Look): number | undefined {
  if (step.time?.form !== 'recurring') return undefined;
  const { series } = step.time;
  const today = swedishDate(now);
  // Room for two, however seldom it comes: else what was found would be gone again by itself.
  const back = 3 * MOST_DAYS[series.every] * Math.max(1, series.interval);
  const occurrences = occurrencesBetween(series, addDays(today, -back), addDays(today, DAYS_AHEAD));
  let missed: number[] = [];
  for (const occurrence of occurrences) {
    const report = reports.get(occurrence.on);
    if (report?.outcome === 'skipped') continue;
    if (report?.outcome === 'done') missed = [];
    else if (report?.outcome === 'not-done') missed.push(epochOf(report.performedAt));
    else missed.push(occurrenceLateFrom(step, occurrence, DEFAULT_TIME_SETTINGS));
  }
  return missed.length < 2 ? undefined : Math.max(missed[0]!, missed[1]!);
}
