import type { Instant } from '../../shared/owned.ts';
import type { PersonNumber, PersonNumberKind } from '../../shared/person-number.ts';

/** A number that a person holds or has held. */
export interface HeldNumber extends PersonNumber {
  readonly from: Instant;
  /** Since when another number has taken its place; people are still found by it. */
  readonly until?: Instant;
}

/** A personnummer replaces a samordningsnummer, and either replaces a reservnummer (folkbokföringslagen 18, 18 b §). */
const RANK: Readonly<Record<PersonNumberKind, number>> = { reservnummer: 0, samordningsnummer: 1, personnummer: 2 };

/** Orders kinds of number by how surely they tell who somebody is: negative when `a` yields to `b`. */
export function compareKinds(a: PersonNumberKind, b: PersonNumberKind): number {
  return RANK[a] - RANK[b];
}

/**
 * The one number that a person goes by: of those still held the surest kind, and the latest of that kind.
 *
 * @throws Error when there is none: nobody is registered without a number
 */
export function currentNumber(numbers: readonly HeldNumber[]): HeldNumber {
  const held = numbers.filter((number) => number.until === undefined);
  const [first, ...rest] = held;
  if (!first) throw new Error('a person without a number');
  return rest.reduce((best, number) => {
    const order = compareKinds(number.kind, best.kind) || (number.from < best.from ? -1 : 1);
    return order > 0 ? number : best;
  }, first);
}

/**
 * The numbers with one more. It takes the place of those of its own and lesser kinds; a lesser one than the current is
 * kept beside it, to be found by.
 */
export function withNumber(numbers: readonly HeldNumber[], added: PersonNumber, now: Instant): readonly HeldNumber[] {
  const earlier = numbers.map((number) =>
    number.until === undefined && compareKinds(number.kind, added.kind) <= 0 ? { ...number, until: now } : number,
  );
  return [...earlier, { kind: added.kind, digits: added.digits, from: now }];
}
