import type { HsaId, Plan } from '../../plans/domain/model.ts';
import type { Candidate, Finding } from './finding.ts';
import { DAY_MS, isAtWork, type Look, planOwner, type Rule } from './look.ts';
import { PLAN_RULES } from './rule-list.ts';
import { eachBelievesTheOther, handoverNotAccepted, handoverNotReceived } from './rules/between.ts';
import { responsiblePersonInactive, responsibleUnitInactive } from './rules/people.ts';
import {
  consentExpiring,
  noFollowUpDate,
  noNamedContact,
  noPatientContact,
  sheetStale,
  withdrawalNotExplained,
} from './rules/plan.ts';
import { breachesIn } from './rules/stays.ts';
import { dueDatePassed, stepNotAnswered, stepWithoutDate, twoOccurrencesMissed } from './rules/steps.ts';

/** Every rule of plans by its name: a name without a rule does not compile. */
const FIND: Readonly<Record<(typeof PLAN_RULES)[number], Rule>> = {
  'step-not-answered': stepNotAnswered,
  'handover-not-received': handoverNotReceived,
  'handover-not-accepted': handoverNotAccepted,
  'step-without-date': stepWithoutDate,
  'due-date-passed': dueDatePassed,
  'two-occurrences-missed': twoOccurrencesMissed,
  'responsible-unit-inactive': responsibleUnitInactive,
  'responsible-person-inactive': responsiblePersonInactive,
  'no-named-contact': noNamedContact,
  'no-follow-up-date': noFollowUpDate,
  'no-patient-contact': noPatientContact,
  'consent-expiring': consentExpiring,
  'each-believes-the-other': eachBelievesTheOther,
  'withdrawal-not-explained': withdrawalNotExplained,
  'sheet-stale': sheetStale,
};

const AT_WORK: ReadonlySet<Plan['status']> = new Set(['proposed', 'active', 'on-hold']);

/** What has fallen between chairs now, and when to look again although nothing has happened. */
export interface Found {
  readonly now: readonly Candidate[];
  /** Epoch milliseconds; undefined when nothing is at work. */
  readonly lookAgainAt?: number;
}

/**
 * Looks at all of a person's plans and stays in hospital. It looks again when the next thing will have fallen, and at the latest in a day: a unit
 * that closes and a person who leaves are no events of the patient's.
 */
export function findAll(look: Look): Found {
  if (look.deceased) return { now: [] };
  const plans = look.content.plan.filter(({ status }) => AT_WORK.has(status));
  const all = [
    ...plans.flatMap((plan) =>
      PLAN_RULES.flatMap((name) => FIND[name](look, plan)).map((one) => ownedAtWork(one, plan, look)),
    ),
    ...look.stays.flatMap((stay) => breachesIn(stay, look)),
  ];
  const ahead = all.map(({ from }) => from).filter((from) => from > look.now);
  if (plans.length > 0) ahead.push(look.now + DAY_MS);
  const lookAgainAt = ahead.length === 0 ? undefined : Math.min(...ahead);
  return { now: all.filter(({ from }) => from <= look.now), lookAgainAt };
}

/** A unit that is no more has nobody who reads its list: what would be its own is seen to by the plan's lead. */
function ownedAtWork(found: Candidate, plan: Plan, look: Look): Candidate {
  return isAtWork(found.ownerUnit, look) ? found : { ...found, ownerUnit: planOwner(plan, look) };
}

/** What is to be written of a look: what is found anew, and what no longer holds. */
export interface Difference {
  readonly fresh: readonly Candidate[];
  readonly ended: readonly Finding[];
  /** Open ones that are another's to see to by now: the step was handed over, the lead has changed. */
  readonly moved: readonly { readonly finding: Finding; readonly ownerUnit: HsaId }[];
}

/** Compares what holds now with what holds in the books: one finding for each rule and thing, explained ones included. */
export function differenceOf(now: readonly Candidate[], holding: readonly Finding[]): Difference {
  const keyOf = ({ rule, subjectId }: Pick<Candidate, 'rule' | 'subjectId'>) => `${rule} ${subjectId}`;
  const present = new Map(now.map((one) => [keyOf(one), one]));
  const known = new Set(holding.map(keyOf));
  return {
    fresh: [...present].filter(([key]) => !known.has(key)).map(([, one]) => one),
    ended: holding.filter((finding) => !present.has(keyOf(finding))),
    moved: holding.flatMap((finding) => {
      const ownerUnit = present.get(keyOf(finding))?.ownerUnit;
      const isMoved = ownerUnit !== undefined && ownerUnit !== finding.ownerUnit && finding.state === 'open';
      return isMoved ? [{ finding, ownerUnit }] : [];
    }),
  };
}
