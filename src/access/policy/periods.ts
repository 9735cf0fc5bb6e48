import type { LocalDate } from '../../shared/calendar.ts';
import { ageOn } from '../../shared/person-number.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import type { Facts } from './facts.ts';
import type { Period } from './facts-person.ts';

/** Business time of the request; not a number when it is not known, so that no permission holds. */
export function nowOf(facts: Pick<Facts, 'now'>): number {
  return facts.now ?? Number.NaN;
}

/** Whether a permission holds: begun, and not ended. One with an unreadable time does not. */
export function holds({ from, until }: Period, now: number): boolean {
  return Date.parse(from) <= now && (until === undefined || now < Date.parse(until));
}

/** Whether a prohibition cannot be ruled out: it holds unless it surely has not begun, or surely is over. */
export function mayHold({ from, until }: Period, now: number): boolean {
  return !(now < Date.parse(from)) && !(until !== undefined && Date.parse(until) <= now);
}

/** The day in Sweden; undefined when the time is not known. */
export function today(facts: Pick<Facts, 'now'>): LocalDate | undefined {
  return facts.now === undefined ? undefined : swedishDate(facts.now);
}

/** Whether a relation that is registered by days holds today, its last day included. */
export function holdsToday(
  { from, until }: { readonly from?: LocalDate; readonly until?: LocalDate },
  facts: Facts,
): boolean {
  const day = today(facts);
  return day !== undefined && (from === undefined || from <= day) && (until === undefined || day <= until);
}

/** The patient's age today, raised at midnight Swedish time; undefined when it cannot be known. */
export function ageToday(facts: Facts): number | undefined {
  const day = today(facts);
  const birth = facts.patient?.birthDate;
  return day === undefined || birth === undefined ? undefined : ageOn(birth, day);
}
