import { OPEN_UNITS, providerOf } from '../places.ts';
import type { PlanOf } from '../world.ts';
import { citizenSees } from './citizen.ts';
import { type AnyThing, everything, type Question, type Verdict } from './question.ts';
import { staffSees } from './staff.ts';
import { systemSees } from './system.ts';
import { hasPart, isIn } from './taking-part.ts';

/** How much the one who asks may see of one thing. */
export function sees(question: Question, plan: PlanOf, thing: AnyThing): Verdict {
  const { asking } = question;
  switch (asking.kind) {
    case 'staff':
      return staffSees({ ...question, asking }, plan, thing);
    case 'citizen':
      return citizenSees({ ...question, asking }, plan, thing);
    case 'system':
      return systemSees({ ...question, asking }, plan, thing);
  }
}

export interface Seen {
  readonly id: string;
  readonly kind: string;
  readonly verdict: Verdict;
}

/** Everything in a plan, with how much of it is shown. */
export function seenIn(question: Question, plan: PlanOf): Seen[] {
  return everything(plan).map((thing) => ({ id: thing.id, kind: thing.kind, verdict: sees(question, plan, thing) }));
}

/**
 * Whether the plan is there for the one who asks: by a part in it, or by something of it that may be read. A copy alone is
 * read where copies are, a word about one in an agreement says nothing, and a citizen meets no plan without its header.
 */
export function isThere({ asking }: Question, plan: PlanOf, seen: readonly Seen[]): boolean {
  const shown = seen.filter(({ verdict }) => verdict.shown !== 'nothing');
  if (asking.kind === 'citizen') return shown.some(({ kind }) => kind === 'plan');
  const isBy = (...grounds: readonly string[]) => shown.some(({ verdict: { why } }) => grounds.includes(why));
  if (asking.kind === 'staff') {
    if (shown.some(({ verdict: { why } }) => why !== 'handed-copy' && why !== 'own-duty')) return true;
    return shown.length > 0 && hasPart(plan, asking.unit);
  }
  const units = OPEN_UNITS.filter((unit) => providerOf(unit).id === asking.provider);
  if (isBy('own-provider') || (shown.length > 0 && units.some((unit) => isIn(plan, unit)))) return true;
  return isBy('own-duty') && units.some((unit) => hasPart(plan, unit));
}
