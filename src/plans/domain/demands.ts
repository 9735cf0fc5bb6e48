import type { ThingId } from '../../shared/ids.ts';
import { type ProblemFactory, wrong } from '../../shared/problem.ts';
import { dateMissing, inError, linkNotAllowed, reasonMissing, timeNotInOrder, unknownReference } from '../problems.ts';
import type { Instant, When } from './model.ts';
import { endOf, startOf } from './when.ts';

/** @throws reason-missing (422) when nothing was said */
export function demandReason(reason: string | undefined, field = 'reason'): string {
  if (reason?.trim()) return reason;
  throw reasonMissing({ invalidParameters: [wrong(field, 'Ange varför', 'Say why')] });
}

/** @throws date-missing (422) */
export function demandDate<W extends When>(when: W | undefined, field: string): W {
  if (when !== undefined) return when;
  throw dateMissing({ invalidParameters: [wrong(field, 'Ange när', 'Say when')] });
}

/** Refuses an end that lies before its start. */
export function demandOrder(from: When | undefined, to: When | undefined, field: string): void {
  if (from === undefined || to === undefined || endOf(to) > startOf(from)) return;
  throw timeNotInOrder({
    invalidParameters: [wrong(field, 'Slutet ligger före början', 'The end is before the start')],
  });
}

/** Refuses a day or an instant that has passed, for what is to happen. */
export function demandAhead(when: When | undefined, now: Instant, field: string): void {
  if (when === undefined || endOf(when) > startOf(now)) return;
  throw timeNotInOrder({ invalidParameters: [wrong(field, 'Tiden har passerat', 'The time has passed')] });
}

/** Refuses a day or an instant that has not come, for what has happened. */
export function demandPast(when: When | undefined, now: Instant, field: string, refusal: ProblemFactory): void {
  if (when === undefined || startOf(when) <= startOf(now)) return;
  throw refusal({ invalidParameters: [wrong(field, 'Tiden har inte kommit än', 'The time has not come yet')] });
}

/** Refuses a reference to what is not there, naming the field, never what it held. */
export function demandFound<T>(found: T | undefined, field: string): T {
  if (found !== undefined) return found;
  throw unknownReference({ invalidParameters: [wrong(field, 'Finns inte i planen', 'Is not in the plan')] });
}

/** The thing with this id among those given. @throws unknown-reference (422) */
export function demandId<T extends { readonly id: ThingId }>(things: readonly T[], id: ThingId, field: string): T {
  return demandFound(
    things.find((thing) => thing.id === id),
    field,
  );
}

/** Patients follow the links of their plan: nothing but https, so that no script and no plain text channel hides there. */
export function demandHttps(url: string | undefined, field: string): void {
  if (url === undefined) return;
  const fits = /^https:\/\/[^\s\\@]+$/i.test(url) && URL.canParse(url);
  if (fits) return;
  throw linkNotAllowed({
    invalidParameters: [wrong(field, 'Adressen ska börja med https://', 'The address must begin with https://')],
  });
}

/** Refuses what an illegal move would be, saying where the thing is and where it may go. */
export function demandMove<S extends string>(from: S, to: S, allowed: readonly S[], refusal: ProblemFactory): void {
  if (!allowed.includes(to)) throw refusal({ extra: { from, allowed } });
}

/** @throws entered-in-error (409) */
export function refuseInError(thing: { readonly enteredInError: boolean }): void {
  if (thing.enteredInError) throw inError();
}
