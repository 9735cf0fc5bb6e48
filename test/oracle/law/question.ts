import { swedishDate } from '../../../src/shared/swedish-time.ts';
import { type Asking, bornOn } from '../people.ts';
import type { CopyHanded, PlanOf, Span, Thing, Who, World } from '../world.ts';

/** Points where the law leaves a choice, with what applies unless said (docs/policy-table.md). */
export interface Settings {
  readonly ownAccessFromAge: number;
  readonly guardianAccessUntilAge: number;
  readonly representativeFromAge: number;
  readonly guardianConsentUntilAge: number;
  readonly childUnableToConsentBelowAge: number;
  readonly sipWithoutConsentWhenUnable: boolean;
  readonly proxyMayRead: boolean;
  readonly relativeSeesOwnSteps: boolean;
  readonly unsignedDelayHours: number;
  readonly innerBlockHidesFromOtherProviders: boolean;
  readonly emergencyNeedsInformation: boolean;
  readonly emergencyOpensSocialCare: boolean;
  readonly socialCareKnowsOfUnblocked: boolean;
  /** Whether 3:2 second paragraph and 3:4 let social care read a vårdgivare's data too. */
  readonly socialCareExceptionsReachCare: boolean;
}

export const USUAL: Settings = {
  ownAccessFromAge: 16,
  guardianAccessUntilAge: 13,
  representativeFromAge: 18,
  guardianConsentUntilAge: 18,
  childUnableToConsentBelowAge: 0,
  sipWithoutConsentWhenUnable: false,
  proxyMayRead: false,
  relativeSeesOwnSteps: false,
  unsignedDelayHours: 0,
  innerBlockHidesFromOtherProviders: true,
  emergencyNeedsInformation: true,
  emergencyOpensSocialCare: false,
  socialCareKnowsOfUnblocked: true,
  socialCareExceptionsReachCare: false,
};

/** Everything that an answer follows from: the world, who asks, when, and the choices made. */
export interface Question<A extends Asking = Asking> {
  readonly world: World;
  readonly asking: A;
  readonly now: number;
  readonly settings: Settings;
}

/** The header as one more thing. */
export type AnyThing = Omit<Thing, 'kind'> & { readonly kind: Thing['kind'] | 'plan' };

/** How much is shown of a thing, and why, or why not. */
export interface Verdict {
  readonly shown: 'whole' | 'limited' | 'outline' | 'nothing';
  readonly why: string;
}

/** The best copy that was handed to one of these: whole before limited; and whether the thing has changed since. */
export function copyOf({ world, now }: Question, thing: AnyThing, isTo: (to: CopyHanded['to']) => boolean) {
  const copies = world.copies.filter((it) => it.at <= now && isTo(it.to) && it.items.some(({ id }) => id === thing.id));
  const isPast = (it: CopyHanded) => thing.changedAt > it.at;
  const best = copies.find((it) => it.whole && !isPast(it)) ?? copies.find((it) => !isPast(it)) ?? copies[0];
  return best && { whole: best.whole, isPast: isPast(best) };
}

export const no = (why: string): Verdict => ({ shown: 'nothing', why });
export const yes = (why: string, shown: Verdict['shown'] = 'whole'): Verdict => ({ shown, why });

export const within = (now: number, { from, until }: Span) => from <= now && (until === undefined || now < until);

export function everything(plan: PlanOf): AnyThing[] {
  return [{ ...plan.header, kind: 'plan' }, ...plan.things];
}

/** Whole years lived, counted in Swedish days; undefined when no number tells the birth. */
export function ageAt({ world, now }: Question): number | undefined {
  if (!world.patient.ageKnown) return undefined;
  const born = bornOn(world.patient.name);
  const today = swedishDate(now);
  const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4));
  return today.slice(5) < born.slice(5) ? years - 1 : years;
}

/** Whether a related person's relation holds today: from its first day through its last. */
export function dayHolds({ from, until }: { readonly from?: string; readonly until?: string }, now: number): boolean {
  const today = swedishDate(now);
  return (from === undefined || from <= today) && (until === undefined || today <= until);
}

export const isUnit = (who: Who | undefined, unit: string) =>
  typeof who === 'object' && 'unit' in who && who.unit === unit;
export const isRelated = (who: Who | undefined, ids: ReadonlySet<string>) =>
  typeof who === 'object' && 'related' in who && ids.has(who.related);

/** Whether the identity is protected now. */
export const isProtected = ({ world }: Question) =>
  world.patient.grade === 'confidentiality-mark' || world.patient.grade === 'protected-registration';

/** Written while it was protected: that stays with those on the list. */
export const underProtection = ({ world }: Question, thing: Pick<AnyThing, 'changedAt'>) =>
  world.patient.protectedWhile.some((period) => within(thing.changedAt, period));

/** Lasting inability, with nothing that speaks for a no: lag 2022:913 2:6, 3:3 and 3:4. */
export const isLastinglyUnable = ({ world, now }: Question) =>
  world.inability.some((it) => it.kind === 'lasting' && it.noReasonToObject && within(now, it));

export const isTold = ({ world, now }: Question, provider: string) =>
  world.told.some((it) => it.provider === provider && it.at <= now);
