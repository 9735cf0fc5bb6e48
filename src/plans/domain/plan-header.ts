import { wrong } from '../../shared/problem.ts';
import { kindFixed, partyNotAsRegistered } from '../problems.ts';
import { type Act, type Change, changed, revised } from './contribution.ts';
import { demandOrder } from './demands.ts';
import { leadPlanOf, partOfFor } from './lead-plan.ts';
import type { Plan } from './model.ts';
import { checkUnit, type Units } from './party.ts';
import { type PlanInHand, refuseClosed } from './plan-in-hand.ts';
import { differing, type Fields, isEmpty } from './same.ts';
import { actsAs, demand, mayLeadPlan } from './who-may.ts';

/** What the planning lead may change of the header; status moves by `transitionPlan`, the lead unit by handover. */
export type HeaderField =
  | 'kind'
  | 'title'
  | 'purpose'
  | 'language'
  | 'periodFrom'
  | 'periodTo'
  | 'planningLead'
  | 'leadPrincipal'
  | 'convener'
  | 'noMeasuresByOthers'
  | 'approvedForPatient';
export type HeaderFields = Fields<Plan, HeaderField>;

/** Refuses a header that contradicts itself or the directory. */
export function checkHeader(header: Partial<Pick<Plan, HeaderField>>, units: Units): void {
  demandOrder(header.periodFrom, header.periodTo, 'periodTo');
  if (header.convener) checkUnit(header.convener.unit, units, 'convener.unit');
  const principal = header.leadPrincipal;
  if (principal === undefined || [...units.values()].some((unit) => unit.principal.hsaId === principal)) return;
  throw partyNotAsRegistered({
    invalidParameters: [
      wrong('leadPrincipal', 'Är inte huvudman för någon enhet i planen', 'Is the principal of no unit in the plan'),
    ],
  });
}

/**
 * Changes title, purpose, period, planning lead and the like, on behalf of the planning lead's unit.
 *
 * @returns nothing when nothing differs
 * @throws planning-lead-only (403), plan-closed, plan-kind-fixed once it has been active (409), time-not-in-order,
 *   party-not-as-registered (422)
 */
export function changeHeader(hand: PlanInHand, fields: HeaderFields, act: Act): Change[] {
  const { plan, content } = hand;
  demand(mayLeadPlan(plan, actsAs(act)));
  refuseClosed(plan);
  const differs = differing<Plan, HeaderField>(plan, fields);
  if (isEmpty(differs)) return [];
  if (differs.kind && plan.status !== 'draft' && plan.status !== 'proposed') throw kindFixed();
  const after = { ...plan, ...differs };
  checkHeader({ ...differs, periodFrom: after.periodFrom, periodTo: after.periodTo }, hand.units);
  const partOf = differs.kind ? partOfFor(after, leadPlanOf(content.plan)) : plan.partOf;
  return [changed('plan', plan, revised<Plan>(plan, act, { ...differs, partOf }))];
}
