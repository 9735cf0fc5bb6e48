import type { SystemAsking } from '../people.ts';
import { OPEN_UNITS, providerOf } from '../places.ts';
import type { PlanOf } from '../world.ts';
import {
  type AnyThing,
  copyOf,
  isProtected,
  no,
  type Question,
  underProtection,
  type Verdict,
  within,
  yes,
} from './question.ts';
import { isBlocked } from './sharing.ts';
import { dutyLeft, endedAt, isIn } from './taking-part.ts';

export type SystemQuestion = Question<SystemAsking>;

const isListed = ({ world, now, asking }: SystemQuestion) =>
  world.listed.some((it) => it.client === asking.id && within(now, it));

/** The identity is protected, and this system is not on the list. */
export const isHiddenFromSystem = (question: SystemQuestion) => isProtected(question) && !isListed(question);

/** A system reads its own provider's contributions, what was handed to it and what is its units' to do; nothing else. */
export function systemSees(question: SystemQuestion, plan: PlanOf, thing: AnyThing): Verdict {
  const { asking } = question;
  if ((isProtected(question) || underProtection(question, thing)) && !isListed(question))
    return no('protected-identity');
  if (providerOf(thing.owner).id === asking.provider) return yes('own-provider');
  const units = OPEN_UNITS.filter((unit) => providerOf(unit).id === asking.provider);
  const copy = copyOf(question, thing, (to) =>
    to.kind === 'unit' ? units.includes(to.id) : to.id === asking.provider,
  );
  const handed = copy && yes('handed-copy', copy.whole ? 'whole' : 'limited');
  if (handed && !copy.isPast) return handed;
  if (!thing.mistaken && units.some((unit) => hasDuty(question, plan, thing, unit))) return yes('own-duty', 'limited');
  const knows = (unit: string) =>
    isIn(plan, unit) || thing.changedAt <= (endedAt(plan, unit) ?? Number.NEGATIVE_INFINITY);
  if (thing.kind === 'plan' && !thing.mistaken && units.some(knows)) return yes('participant-outline', 'outline');
  return handed ?? no('another-providers');
}

function hasDuty(question: SystemQuestion, plan: PlanOf, thing: AnyThing, unit: string): boolean {
  const duty = dutyLeft(plan, thing, unit);
  return duty !== undefined && (duty === 'accepted' || !isBlocked(question, thing, unit));
}
