import type { Instant } from '../../shared/owned.ts';
import type { Ground } from './grounds.ts';
import type { Reason } from './reasons.ts';

/**
 * How much of a contribution is shown: `whole`; `limited`, without clinical text and notes for colleagues, which is all
 * that a citizen ever gets; `outline`, of the header kind, status and lead, of a named contact who and where; `nothing`.
 */
export type Shown = 'whole' | 'limited' | 'outline' | 'nothing';

/** What one reader is shown of one contribution, and by what right; or why not, when something is left out. */
export interface Sight {
  readonly shown: Shown;
  /** By what right; absent when nothing is shown. */
  readonly ground?: Ground;
  /** Why not more; absent when it is whole, or all that there is for this reader. */
  readonly reason?: Reason;
  /** It has changed since, and may be shown only as it stood then: a handed copy, or what was known when a part ended. */
  readonly asOf?: Instant;
  /** Where it is to be done is not told, see `citizenReader`. */
  readonly placeless?: true;
  /** Whether the reader may be told that something is left out. */
  readonly mayKnowLeftOut: boolean;
}

/** What one lawful way gives: something, or a reason. */
export type Answer = SeenAnswer | { readonly shown: 'nothing'; readonly reason?: Reason };

export interface SeenAnswer {
  readonly shown: 'whole' | 'limited' | 'outline';
  readonly ground: Ground;
  readonly asOf?: Instant;
}

/** Shared by every way that does not concern the contribution: it says nothing, not even why. */
export const NOT_THIS_WAY: Answer = { shown: 'nothing' };

const refusals = new Map<Reason, Answer>();

/** Nothing, for a reason; one object per reason, since a plan is full of them. */
export function because(reason: Reason): Answer {
  const known = refusals.get(reason);
  if (known) return known;
  const refusal: Answer = { shown: 'nothing', reason };
  refusals.set(reason, refusal);
  return refusal;
}

/** Nothing is shown, nor that there is anything. */
export function nothing(reason: Reason): Sight {
  return { shown: 'nothing', reason, mayKnowLeftOut: false };
}

const ORDER: Readonly<Record<Shown, number>> = { whole: 3, limited: 2, outline: 1, nothing: 0 };

/** Whether `a` shows more than `b`: what is shown as it stands now before what is shown as it once stood. */
export function isMore(a: Answer, b: Answer): boolean {
  return rank(a) > rank(b);
}

function rank(answer: Answer): number {
  if (answer.shown === 'nothing') return 0;
  return ORDER[answer.shown] + (answer.asOf === undefined ? ORDER.whole : 0);
}

/** An answer that holds up to a moment: as it is while nothing has changed since, else only as it stood then. */
export function upTo(answer: SeenAnswer, moment: Instant, { changedAt }: { readonly changedAt?: Instant }): SeenAnswer {
  const isUnchanged = changedAt !== undefined && Date.parse(changedAt) <= Date.parse(moment);
  return isUnchanged ? answer : { ...answer, asOf: moment };
}
