import type { ThingId } from '../../shared/ids.ts';
import { NOT_YOURS, selfCareAssessmentMissing, timeNotInOrder } from '../problems.ts';
import { type Act, added, type Change, changed, type NewOwned, newInPlan, revised } from './contribution.ts';
import { demandOrder, demandPast, refuseInError } from './demands.ts';
import type { Party, PartyKind, PlanContent, SelfCareAssessment, Step } from './model.ts';
import { type PlanInHand, refuseClosed } from './plan-in-hand.ts';
import { differing, type Fields, isEmpty } from './same.ts';
import { actsAs, demand, mayChangeContent } from './who-may.ts';

const OUTSIDE_HEALTH_CARE: readonly PartyKind[] = ['patient', 'relative', 'municipality-social'];

/** Whether a step needs a self-care assessment: a health measure done outside health care [2022:1250]. */
export function needsAssessment(step: Pick<Step, 'healthMeasure'>, party: Party): boolean {
  return step.healthMeasure && OUTSIDE_HEALTH_CARE.includes(party.kind);
}

/** Whether the step has been assessed. */
export function isAssessed(content: PlanContent, stepId: ThingId): boolean {
  return content['self-care-assessment'].some((one) => one.stepId === stepId && !one.enteredInError);
}

/** @throws self-care-assessment-missing (409) for a health measure that cannot be agreed yet */
export function demandAssessment(content: PlanContent, step: Pick<Step, 'id' | 'healthMeasure'>, party: Party): void {
  if (needsAssessment(step, party) && !isAssessed(content, step.id)) throw selfCareAssessmentMissing();
}

export interface AssessmentCommand extends NewOwned {
  readonly assessor: SelfCareAssessment['assessor'];
  readonly assessedOn: string;
  readonly reviewOn: string;
  readonly helpNeeded: string;
  readonly ifItFails: string;
}

function demandHealthCare(hand: PlanInHand, act: Act): string {
  const who = actsAs(act);
  if (hand.units.get(who)?.provider.kind !== 'care') throw NOT_YOURS['assessment-by-health-care']();
  return who;
}

function checkDays(days: Pick<AssessmentCommand, 'assessedOn' | 'reviewOn'>, act: Act, field: string): void {
  demandPast(days.assessedOn, act.now, `${field}assessedOn`, timeNotInOrder);
  demandOrder(days.assessedOn, days.reviewOn, `${field}reviewOn`);
}

/**
 * Records a self-care assessment (egenvårdsbedömning) of a step: by licensed staff of a health care unit, with the help
 * needed, when it is reviewed and what to do if it fails [lag 2022:1250].
 *
 * @param step the step it is about; it need not be stored yet
 * @throws assessment-by-health-care (403), plan-closed (409), time-not-in-order (422)
 */
export function assessSelfCare(
  hand: PlanInHand,
  step: Pick<Step, 'id'>,
  command: AssessmentCommand,
  act: Act,
  field = '',
): Change[] {
  refuseClosed(hand.plan);
  const unit = demandHealthCare(hand, act);
  checkDays(command, act, field);
  const { assessor, assessedOn, reviewOn, helpNeeded, ifItFails } = command;
  const said = { assessor, assessedOn, reviewOn, helpNeeded, ifItFails };
  const after: SelfCareAssessment = { ...newInPlan(act, hand.plan, command), stepId: step.id, unit, ...said };
  return [added('self-care-assessment', after)];
}

type AssessmentField = Exclude<keyof AssessmentCommand, 'externalId' | 'legalBasis'>;

/** Changes an assessment, for instance at its review; by the unit that made it. */
export function changeAssessment(
  hand: PlanInHand,
  assessment: SelfCareAssessment,
  fields: Fields<SelfCareAssessment, AssessmentField>,
  act: Act,
): Change[] {
  demand(mayChangeContent(assessment, actsAs(act)));
  refuseClosed(hand.plan);
  refuseInError(assessment);
  const differs = differing<SelfCareAssessment, AssessmentField>(assessment, fields);
  if (isEmpty(differs)) return [];
  checkDays({ ...assessment, ...differs }, act, '');
  return [changed('self-care-assessment', assessment, revised<SelfCareAssessment>(assessment, act, differs))];
}
