import { type Act, type Change, changed, revised } from './contribution.ts';
import { refuseInError } from './demands.ts';
import type { ContributionKind, ContributionsByKind, InPlan, Step } from './model.ts';
import { contactsAfterEnd } from './named-contact-rules.ts';
import type { PlanInHand } from './plan-in-hand.ts';
import { actsAs, demand, mayEnterInError } from './who-may.ts';

/**
 * What can be marked as entered in error. Not the header, which moves by `transitionPlan`, nor what is only ever added to:
 * a report is corrected by a new one, a yes or no and a receipt by a later one; a handover is taken back.
 */
export type Correctable = Exclude<
  ContributionKind,
  'plan' | 'report' | 'agreement-version' | 'agreement-act' | 'receipt' | 'handover'
>;

/**
 * Marks a thing as entered in error, on behalf of its writer (a step also of the unit that answers for it): nothing is
 * erased, it says who and when, and it counts for nothing afterwards [PDL 3:14]. Also in a closed plan, since a mistake may
 * be found late. Final.
 *
 * @returns the thing first; when the primary contact goes, the one that takes its place and the steps that follow it
 * @throws content-not-yours (403), entered-in-error when it already is (409)
 */
export function enterInError<K extends Correctable>(
  hand: PlanInHand,
  kind: K,
  thing: ContributionsByKind[K],
  command: { readonly reason?: string },
  act: Act,
): Change[] {
  const responsibleNow = kind === 'step' ? (thing as Step).responsibleNow : undefined;
  demand(mayEnterInError(thing, actsAs(act), responsibleNow));
  refuseInError(thing);
  const state = 'state' in thing ? { state: 'entered-in-error' } : {};
  const primary = kind === 'named-contact' ? { isPrimary: false } : {};
  const fields = { enteredInError: true, ...state, ...primary } as Partial<InPlan> as Partial<ContributionsByKind[K]>;
  const own = changed(kind, thing, revised<ContributionsByKind[K]>(thing, act, fields, command.reason));
  return kind === 'named-contact' ? [own, ...contactsAfterEnd(hand, [own], undefined, act)] : [own];
}
