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
  /** Only as it stood then: what was handed, or what a participant knew when its part ended. Nothing newer. */
  readonly asOf?: Instant;
  /** Whether the reader may be told that something is left out. */
  readonly mayKnowLeftOut: boolean;
}

/** What one lawful way gives: something, or a reason. */
export type Answer =
  | { readonly shown: 'whole' | 'limited' | 'outline'; readonly ground: Ground; readonly asOf?: Instant }
  | { readonly shown: 'nothing'; readonly reason?: Reason };

/** Shared by every way that does not concern the contribution: it says nothing, not even why. */
export const NOT_THIS_WAY: Answer = { shown: 'nothing' };

export function because(reason: Reason): Answer {
  return { shown: 'nothing', reason };
}

/** Nothing is shown, nor that there is anything. */
export function nothing(reason: Reason): Sight {
  return { shown: 'nothing', reason, mayKnowLeftOut: false };
}

const ORDER: Readonly<Record<Shown, number>> = { whole: 3, limited: 2, outline: 1, nothing: 0 };

/** Whether `a` shows more than `b`; of two that show as much, a living one more than one that stands still. */
export function isMore(a: Answer, b: Answer): boolean {
  if (ORDER[a.shown] !== ORDER[b.shown]) return ORDER[a.shown] > ORDER[b.shown];
  return 'asOf' in b && b.asOf !== undefined && !('asOf' in a && a.asOf !== undefined);
}
