import { wrong } from '../../shared/problem.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import { followUpByHandover, followUpDone, NOT_YOURS, timeNotInOrder } from '../problems.ts';
import { type Act, added, type Change, changed, type NewOwned, newInPlan, revised } from './contribution.ts';
import { demandAhead, demandPast, refuseInError } from './demands.ts';
import type { FollowUp, HsaId, SwedishDate } from './model.ts';
import { checkUnit } from './party.ts';
import { type PlanInHand, refuseClosed } from './plan-in-hand.ts';
import { differing, type Fields, isEmpty, picked } from './same.ts';
import { epochOf } from './when.ts';
import { actsAs, demand, isUnit, type May, mayLeadPlan } from './who-may.ts';

export interface FollowUpCommand extends NewOwned {
  readonly plannedOn: SwedishDate;
  /** Who follows up: the acting unit, or the planning lead's. */
  readonly responsibleUnit?: HsaId;
}

/** A unit takes a follow-up on itself; the planning lead has every one that nobody else has taken. */
function demandOwnDuty(hand: PlanInHand, unit: HsaId, who: string): void {
  if (unit !== who && unit !== hand.plan.leadUnit) throw NOT_YOURS['responsibility-by-another']();
}

/**
 * Plans a follow-up for a day, by the acting unit for itself or for the planning lead.
 *
 * @throws responsibility-by-another (403), plan-closed (409), party-not-as-registered (422)
 */
export function planFollowUp(hand: PlanInHand, command: FollowUpCommand, act: Act): Change[] {
  refuseClosed(hand.plan);
  const who = actsAs(act);
  const responsibleUnit = command.responsibleUnit ?? (isUnit(who) ? who : hand.plan.leadUnit);
  checkUnit(responsibleUnit, hand.units, 'responsibleUnit');
  demandOwnDuty(hand, responsibleUnit, who);
  demandAhead(command.plannedOn, act.now, 'plannedOn');
  const followUp: FollowUp = Object.assign(newInPlan(act, hand.plan, command), {
    plannedOn: command.plannedOn,
    responsibleUnit,
  });
  return [added('follow-up', followUp)];
}

function mayFollowUp(hand: PlanInHand, followUp: FollowUp, who: string): May {
  return who === followUp.responsibleUnit ? { may: true } : mayLeadPlan(hand.plan, who);
}

/** Whose it is passes by handover, or else it could be given or taken away in silence; the lead takes it from a unit that is no more. */
function demandHandover(hand: PlanInHand, followUp: FollowUp, to: HsaId, who: string): void {
  checkUnit(to, hand.units, 'responsibleUnit');
  const isLeft = hand.units.get(followUp.responsibleUnit)?.active === false;
  if (isLeft && to === who && who === hand.plan.leadUnit) return;
  throw followUpByHandover({
    invalidParameters: [wrong('responsibleUnit', 'Byts genom överlämning', 'Passes by handover')],
  });
}

/**
 * Moves a follow-up to another day, by who has it or the planning lead.
 *
 * @throws planning-lead-only (403); follow-up-done, plan-closed, follow-up-by-handover (409); time-not-in-order (422)
 */
export function changeFollowUp(
  hand: PlanInHand,
  followUp: FollowUp,
  fields: Fields<FollowUp, 'plannedOn' | 'responsibleUnit' | 'approvedForPatient'>,
  act: Act,
): Change[] {
  const who = actsAs(act);
  demand(mayFollowUp(hand, followUp, who));
  refuseClosed(hand.plan);
  refuseInError(followUp);
  if (followUp.doneOn !== undefined) throw followUpDone();
  const differs = differing<FollowUp, 'plannedOn' | 'responsibleUnit' | 'approvedForPatient'>(followUp, fields);
  if (isEmpty(differs)) return [];
  demandAhead(differs.plannedOn, act.now, 'plannedOn');
  if (differs.responsibleUnit !== undefined) demandHandover(hand, followUp, differs.responsibleUnit, who);
  return [changed('follow-up', followUp, revised<FollowUp>(followUp, act, differs))];
}

export interface FollowUpOutcome {
  readonly outcome?: string;
  readonly doneOn?: SwedishDate;
  /** The person's own story and rating. */
  readonly story?: string;
  readonly rating?: number;
}

/**
 * Records what a follow-up came to, by who has it or the planning lead; the patient may give the story and the rating, also
 * afterwards, and nothing else.
 *
 * @throws planning-lead-only, content-not-yours (403), follow-up-done, plan-closed (409), time-not-in-order (422)
 */
export function recordFollowUp(hand: PlanInHand, followUp: FollowUp, outcome: FollowUpOutcome, act: Act): Change[] {
  const who = actsAs(act);
  if (who === 'patient') {
    if (outcome.outcome !== undefined || outcome.doneOn !== undefined) throw NOT_YOURS['content-not-yours']();
  } else demand(mayFollowUp(hand, followUp, who));
  refuseClosed(hand.plan);
  refuseInError(followUp);
  if (who !== 'patient' && followUp.doneOn !== undefined) throw followUpDone();
  demandPast(outcome.doneOn, act.now, 'doneOn', timeNotInOrder);
  const done = who === 'patient' ? {} : { doneOn: outcome.doneOn ?? swedishDate(epochOf(act.now)) };
  const fields = { ...picked(outcome, ['outcome', 'story', 'rating']), ...done };
  if (isEmpty(differing(followUp, fields))) return [];
  return [changed('follow-up', followUp, revised<FollowUp>(followUp, act, fields))];
}
