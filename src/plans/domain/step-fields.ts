import type { ThingId } from '../../shared/ids.ts';
import { wrong } from '../../shared/problem.ts';
import { timeNotInOrder } from '../problems.ts';
import { demandHttps, demandId, demandOrder } from './demands.ts';
import type { Step, StepTime, When } from './model.ts';
import { checkUnit } from './party.ts';
import { inPlan, type PlanInHand } from './plan-in-hand.ts';
import { scheduledDays } from './recurrence.ts';
import { endOf, isDate } from './when.ts';

/** What of a step the parties agree on: changed by a new version of the agreement once they have. */
export const AGREED_FIELDS = ['title', 'patientText', 'responsibleParty', 'agreedLatest'] as const;
/** Facts that the patient and others plan by: they apply at once and are marked "ändrad". */
export const TOLD_FACTS = ['time', 'way', 'contact', 'performer', 'deputy'] as const;
/** Facts that apply at once, without a mark. */
export const QUIET_FACTS = [
  'clinicalText',
  'purpose',
  'healthMeasure',
  'condition',
  'supportUnit',
  'predecessors',
  'needsFromPrevious',
  'order',
  'approvedForPatient',
] as const;
export type StepField = (typeof AGREED_FIELDS | typeof TOLD_FACTS | typeof QUIET_FACTS)[number];

/** The latest that a time says it will be: the start of a fixed one, the end of the others; undefined for a series. */
export function latestOf(time: StepTime | undefined): When | undefined {
  switch (time?.form) {
    case 'fixed':
      return time.start;
    case 'window':
      return time.to;
    case 'waiting-list':
      return time.expected;
    case 'latest-by':
    case 'as-needed':
    case 'patient-books':
      return time.by;
    default:
      return undefined;
  }
}

/** Whether something at `at` is too late for `latest`; a day counts to its end in Sweden. */
export function isPast(at: When, latest: When): boolean {
  const difference = endOf(at) - endOf(latest);
  return isDate(latest) && !isDate(at) ? difference >= 0 : difference > 0;
}

/** Whether the step's time lies past what was agreed: shown at once, and marked so. */
export function isPastAgreed(step: Pick<Step, 'time' | 'agreedLatest'>): boolean {
  const at = latestOf(step.time);
  return at !== undefined && step.agreedLatest !== undefined && isPast(at, step.agreedLatest);
}

/** Refuses a time that can never be: an end before its start, a series without a single day, a link that is not https. */
export function checkTime(time: StepTime | undefined, field = 'time'): void {
  if (time?.form === 'fixed') demandOrder(time.start, time.end, `${field}.end`);
  if (time?.form === 'window') demandOrder(time.from, time.to, `${field}.to`);
  if (time?.form === 'patient-books') demandHttps(time.link, `${field}.link`);
  if (time?.form !== 'recurring') return;
  demandOrder(time.series.startsOn, time.series.endsOn, `${field}.series.endsOn`);
  if (!scheduledDays(time.series, time.series.startsOn).next().done) return;
  throw timeNotInOrder({
    invalidParameters: [wrong(`${field}.series`, 'Serien har inget tillfälle', 'The series has no occurrence')],
  });
}

/** Refuses a contact that is not of the plan and a unit that the directory does not know. */
export function checkStepReferences(
  hand: PlanInHand,
  step: Partial<Pick<Step, 'contact' | 'supportUnit'>>,
  knownContacts: readonly ThingId[] = [],
): void {
  const { contact, supportUnit } = step;
  if (contact?.unit !== undefined) checkUnit(contact.unit, hand.units, 'contact.unit');
  if (supportUnit !== undefined) checkUnit(supportUnit, hand.units, 'supportUnit');
  const named = contact?.namedContactId;
  if (named === undefined || knownContacts.includes(named)) return;
  demandId(inPlan(hand, 'named-contact'), named, 'contact.namedContactId');
}
