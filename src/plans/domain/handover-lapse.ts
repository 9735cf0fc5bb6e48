import { type Act, type Change, changed, revised } from './contribution.ts';
import { holderOf, isOpenHandover } from './handover-state.ts';
import type { Handover } from './model.ts';
import { applyChanges, type PlanInHand } from './plan-in-hand.ts';

const LAPSED = 'Det som skulle lämnas över är avslutat eller finns hos någon annan.';

/**
 * Cancels what can no longer be handed over once these changes are made: the step is done, the contact has ended, the plan
 * is closed, or another unit has it now. Nobody is left waiting for an answer that would mean nothing.
 */
export function lapsedHandovers(hand: PlanInHand, changes: readonly Change[], act: Act): Change[] {
  if (changes.length === 0 || hand.content.handover.length === 0) return [];
  const content = applyChanges(hand.content, changes);
  const answered = new Set(changes.map(({ after }) => after.id));
  return content.handover
    .filter((one) => isOpenHandover(one) && !answered.has(one.id) && holderOf(content, one) !== one.fromUnit)
    .map((one) => changed('handover', one, revised<Handover>(one, act, { state: 'cancelled', reason: LAPSED })));
}
