import { type Act, added, type Change, changed, type NewOwned, newInPlan, revised } from './contribution.ts';
import { demandId, refuseInError } from './demands.ts';
import type { SafetyNetItem, WhomToCall } from './model.ts';
import { checkUnit } from './party.ts';
import { inPlan, nextOrder, type PlanInHand, refuseClosed } from './plan-in-hand.ts';
import { differing, type Fields, isEmpty } from './same.ts';
import { actsAs, demand, mayChangeContent } from './who-may.ts';

export interface SafetyNetCommand extends NewOwned, Pick<SafetyNetItem, 'level' | 'sign' | 'advice' | 'call'> {
  readonly order?: number;
}

function checkCall(hand: PlanInHand, whom: WhomToCall | undefined, field: string): void {
  if (!whom) return;
  if ('unit' in whom) checkUnit(whom.unit, hand.units, `${field}.unit`);
  if ('namedContactId' in whom) demandId(inPlan(hand, 'named-contact'), whom.namedContactId, `${field}.namedContactId`);
}

function checkCalls(hand: PlanInHand, call: SafetyNetItem['call']): void {
  checkCall(hand, call?.day, 'call.day');
  checkCall(hand, call?.night, 'call.night');
}

/**
 * Adds a sign to watch ("håll koll på"), green, yellow or red, with what to do and whom to call day and night.
 *
 * @throws plan-closed (409), unknown-reference, party-not-as-registered (422)
 */
export function addSafetyNetItem(hand: PlanInHand, command: SafetyNetCommand, act: Act): Change[] {
  refuseClosed(hand.plan);
  checkCalls(hand, command.call);
  const item: SafetyNetItem = Object.assign(newInPlan(act, hand.plan, command), {
    level: command.level,
    sign: command.sign,
    advice: command.advice,
    call: command.call,
    order: command.order ?? nextOrder(hand, 'safety-net-item'),
  });
  return [added('safety-net-item', item)];
}

type SafetyNetField = 'level' | 'sign' | 'advice' | 'call' | 'order' | 'approvedForPatient';

/** Changes a sign, by the unit that wrote it. @throws content-not-yours (403), plan-closed, entered-in-error (409) */
export function changeSafetyNetItem(
  hand: PlanInHand,
  item: SafetyNetItem,
  fields: Fields<SafetyNetItem, SafetyNetField>,
  act: Act,
): Change[] {
  demand(mayChangeContent(item, actsAs(act)));
  refuseClosed(hand.plan);
  refuseInError(item);
  const differs = differing<SafetyNetItem, SafetyNetField>(item, fields);
  if (isEmpty(differs)) return [];
  checkCalls(hand, differs.call);
  return [changed('safety-net-item', item, revised<SafetyNetItem>(item, act, differs))];
}
