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
/** How far back and ahead a series is looked at: a month's interval and the one after. */
const DAYS_BACK = 95;
const DAYS_AHEAD = 65;

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

/** Asked, and nobody has said yes or no. It is still the writer's. */
export const stepNotAnswered: Rule = (look, plan) =>
  inPlan(look.content.step, plan)
    .filter(({ state, responsibleParty }) => state === 'proposed' && 'unit' in responsibleParty)
    .map((step) =>
      about('step-not-answered', plan, step, epochOf(step.createdAt) + look.settings.answerStepWithinDays * DAY_MS),
    );

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

/** Two occurrences in a row not done, or passed in silence, since the last that was done. */
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
  const today = swedishDate(now);
  const occurrences = occurrencesBetween(step.time.series, addDays(today, -DAYS_BACK), addDays(today, DAYS_AHEAD));
  let missed: number[] = [];
  for (const occurrence of occurrences) {
    const report = reports.get(occurrence.on);
    if (report?.outcome === 'done' || report?.outcome === 'skipped') missed = [];
    else if (report?.outcome === 'not-done') missed.push(epochOf(report.performedAt));
    else missed.push(occurrenceLateFrom(step, occurrence, DEFAULT_TIME_SETTINGS));
  }
  return missed.length < 2 ? undefined : Math.max(missed[0]!, missed[1]!);
}
