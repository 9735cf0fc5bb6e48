import { providerOf } from '../places.ts';
import type { PlanOf } from '../world.ts';
import { type Answer, stopped } from './acting.ts';
import { everything, underProtection } from './question.ts';
import { sees } from './sees.ts';
import { isBlocked, isInside, isJoined, ownerForbids } from './sharing.ts';
import { hasRight, isHiddenFrom, isListed, readsShared, type StaffQuestion, standingOf } from './staff.ts';
import { hasRegistered, hasRelation, isOver } from './taking-part.ts';

/** Lag 2022:913 2:4–5: that there is more than may be read, for who has a relation to the person. */
export interface More {
  readonly unblocked: boolean;
  readonly blocked: boolean;
}

export function mayAskForMore(question: StaffQuestion): Answer {
  const { world, asking, now } = question;
  const wrong = standingOf(question);
  if (wrong) return stopped(wrong);
  if (!hasRight(question, 'Läsa') || !readsShared(question)) return { is: 'refused', why: 'right-to-read-missing' };
  if (isHiddenFrom(question)) return { is: 'hidden', why: 'protected-identity' };
  if (!isInside(asking.unit) || !isJoined(asking.provider, now) || world.patient.deceasedOn) {
    return { is: 'refused', why: 'not-told' };
  }
  const isRelated = world.plans.some((plan) => hasRelation(question, plan, asking.unit));
  if (isRelated || hasRegistered(question, asking.unit)) return { is: 'allowed' };
  return world.plans.some((plan) => isOver(plan, asking.unit))
    ? { is: 'refused', why: 'part-is-over' }
    : { is: 'refused', why: 'no-relation' };
}

/** What there is that is not shown: never whose or what, and of blocked data only to care providers. */
export function moreThanShown(question: StaffQuestion): More {
  const { asking, settings, world } = question;
  const isCare = providerOf(asking.unit).kind === 'care';
  const left = world.plans.flatMap((plan) => leftOut(question, plan));
  return {
    unblocked: left.includes('unblocked') && (isCare || settings.socialCareKnowsOfUnblocked),
    blocked: left.includes('blocked') && isCare,
  };
}

function leftOut(question: StaffQuestion, plan: PlanOf): ('blocked' | 'unblocked')[] {
  const { asking } = question;
  if (!hasRelation(question, plan, asking.unit)) return [];
  return everything(plan).flatMap((thing) => {
    if (thing.owner === asking.unit) return [];
    if (underProtection(question, thing) && !isListed(question)) return [];
    // Within the provider nothing has to be made available first.
    const isOwnProvider = providerOf(thing.owner).id === asking.provider;
    if (isOwnProvider ? !isInside(thing.owner) : ownerForbids(question, thing)) return [];
    if (isBlocked(question, thing, asking.unit)) return ['blocked' as const];
    const { shown } = sees(question, plan, thing);
    // Of what is shown in part the rest is left out.
    return shown === 'whole' ? [] : ['unblocked' as const];
  });
}
