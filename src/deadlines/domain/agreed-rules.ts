import type { LocalDate } from '../../shared/calendar.ts';
import { DEADLINE_NAMES, DEFAULT_DEADLINES, type DeadlineName, type DeadlineRule } from '../../shared/deadline.ts';
import type { HsaId } from '../../shared/owned.ts';

/** What a region and a kommun have agreed on, for a time. */
export interface AgreedRule {
  readonly id: string;
  readonly region: HsaId;
  readonly municipality: HsaId;
  readonly name: DeadlineName;
  readonly rule: DeadlineRule;
  readonly validFrom: LocalDate;
  /** The last day on which it holds. */
  readonly validTo?: LocalDate;
  /** Where the agreement is found: its number or name. */
  readonly reference: string;
}

/** The rule that a deadline was counted by, kept with what it was counted for. */
export interface RuleInForce {
  readonly name: DeadlineName;
  readonly rule: DeadlineRule;
  /** Id of the agreed rule; absent when region and kommun have agreed on nothing. */
  readonly agreed?: string;
}

/**
 * Which rule holds between two principals on a day: what they have agreed on, else the default. Only what is counted from
 * now on asks for it; what has been counted keeps its rule and its instant, so that changing a rule rewrites nothing.
 */
export function ruleInForce(
  rules: readonly AgreedRule[],
  name: DeadlineName,
  between: readonly [HsaId, HsaId],
  on: LocalDate,
): RuleInForce {
  const found = rules.find(
    (one) =>
      one.name === name &&
      between.includes(one.region) &&
      between.includes(one.municipality) &&
      one.validFrom <= on &&
      (one.validTo === undefined || on <= one.validTo),
  );
  if (found) return { name, rule: found.rule, agreed: found.id };
  return { name, rule: DEFAULT_DEADLINES[name] };
}

/** What is wrong with a row of a rule table; never the value. */
export interface RuleFault {
  readonly row: number;
  readonly field: keyof AgreedRule | 'row';
  readonly reason: string;
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const NAMES: readonly string[] = DEADLINE_NAMES;

/** Whether a rule can be counted by; what is refused has no meaning, or would be mistyped. */
export function isRule(value: unknown): value is DeadlineRule {
  if (typeof value !== 'object' || value === null) return false;
  const { counts, number, cutOff, dueAt, ...rest } = value as Record<string, unknown>;
  if (Object.keys(rest).length > 0 || !Number.isInteger(number) || Number(number) < 0 || Number(number) > 365)
    return false;
  const clocks = [cutOff, dueAt].filter((time) => time !== undefined);
  if (counts === 'hours') return clocks.length === 0;
  const isDays = counts === 'calendar-days' || counts === 'weekdays';
  return isDays && clocks.every((time) => typeof time === 'string' && CLOCK.test(time));
}

const key = (one: AgreedRule) => [one.region, one.municipality, one.name].join(' ');
const overlap = (a: AgreedRule, b: AgreedRule) =>
  (a.validTo === undefined || b.validFrom <= a.validTo) && (b.validTo === undefined || a.validFrom <= b.validTo);

/**
 * What would be wrong if these rules were added today to those that there are: an unknown name, a form that cannot be
 * counted by, a beginning in the past (nothing that has happened is counted anew), two for one day.
 */
export function faultsIn(present: readonly AgreedRule[], given: readonly AgreedRule[], today: LocalDate): RuleFault[] {
  const all = [...present, ...given];
  return given.flatMap((one, row) => {
    const faults: RuleFault[] = [];
    const fault = (field: RuleFault['field'], reason: string) => faults.push({ row: row + 1, field, reason });
    if (!NAMES.includes(one.name)) fault('name', `är inget av ${NAMES.join(', ')}`);
    if (!isRule(one.rule)) fault('rule', 'går inte att räkna med');
    if (one.name === 'handover-before-homecoming' && one.rule?.counts !== 'hours') fault('rule', 'räknas i timmar');
    if (one.name === 'lus-payment' && one.rule?.counts === 'hours') fault('rule', 'räknas i dagar');
    if (one.validFrom < today) fault('validFrom', 'ligger före i dag: det som redan har räknats ändras aldrig');
    if (one.validTo !== undefined && one.validTo < one.validFrom) fault('validTo', 'ligger före början');
    if (all.some((other) => other !== one && key(other) === key(one) && overlap(one, other))) {
      fault('row', 'gäller samma dagar som en annan regel');
    }
    return faults;
  });
}

/**
 * The present rules as they end when new ones take their place: one that holds without an end, or past the new one's
 * beginning, ends the day before.
 *
 * @returns those that change
 */
export function endedBy(
  present: readonly AgreedRule[],
  given: readonly AgreedRule[],
  dayBefore: (day: LocalDate) => LocalDate,
): AgreedRule[] {
  return present.flatMap((old) => {
    const next = given.find((one) => key(one) === key(old) && old.validFrom < one.validFrom && overlap(one, old));
    return next ? [{ ...old, validTo: dayBefore(next.validFrom) }] : [];
  });
}
