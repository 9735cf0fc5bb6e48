import { startOfDay, swedishDate } from '../../src/shared/swedish-time.ts';
import type { Dice } from './dice.ts';
import { bornOn, type PatientName } from './people.ts';
import type { Span } from './world.ts';

export const DAY = 24 * 60 * 60 * 1000;

/** The same day and month some years later; none of the patients is born on a leap day. */
export function birthday(born: string, years: number): string {
  return `${Number(born.slice(0, 4)) + years}${born.slice(4)}`;
}

const AGES: readonly (readonly [number, readonly [least: number, most: number]])[] = [
  [3, [3, 12]],
  [2, [13, 15]],
  [2, [16, 17]],
  [4, [18, 45]],
];

/** The instant that a world's boundaries are put at: often the midnight of a birthday that the law counts. */
export function choosePivot(dice: Dice, name: PatientName): number {
  const born = bornOn(name);
  if (dice.chance(0.25)) return startOfDay(birthday(born, dice.pick([13, 16, 18])));
  const [least, most] = dice.weighted(AGES);
  const year = startOfDay(birthday(born, dice.between(least, most)));
  const day = year + dice.between(0, 360) * DAY;
  return dice.chance(0.3) ? startOfDay(swedishDate(day)) : day + dice.between(0, DAY - 1);
}

const BEFORE = [1, 2, 30, 200].map((days) => -days * DAY);
const AFTER = [1, 2, 30, 200].map((days) => days * DAY);

/** An instant before the pivot, at it or after it. */
export const some = (dice: Dice, pivot: number): number =>
  pivot +
  dice.weighted([
    [6, dice.pick(BEFORE)],
    [2, 0],
    [1, dice.pick(AFTER)],
  ] as const);
export const before = (dice: Dice, pivot: number): number => pivot + dice.pick(BEFORE);

/** A period: most often around the pivot, else with its beginning or its end at it, or wholly to one side. */
export function span(dice: Dice, pivot: number, endless = 0.3): Span & { readonly until: number } {
  const [early, late] = [pivot + dice.pick(BEFORE), pivot + dice.pick(AFTER)];
  const end = dice.chance(endless) ? Number.POSITIVE_INFINITY : late;
  return dice.weighted([
    [14, { from: early, until: end }],
    [2, { from: early, until: pivot }],
    [2, { from: pivot, until: end }],
    [1, { from: early - 400 * DAY, until: early }],
    [1, { from: late, until: late + DAY }],
  ] as const);
}

/** A period that need not end. */
export function openSpan(dice: Dice, pivot: number): Span {
  const { from, until } = span(dice, pivot, 0.5);
  return until === Number.POSITIVE_INFINITY ? { from } : { from, until };
}

/** A period that ends. */
export const endingSpan = (dice: Dice, pivot: number) => span(dice, pivot, 0);

/** A day near the pivot's, in Sweden: what lasts through its last day. */
export function someDay(dice: Dice, pivot: number, sides: readonly number[]): string {
  return swedishDate(pivot - 1 + dice.pick(sides) * DAY);
}
