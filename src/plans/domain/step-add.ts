import type { ThingId } from '../../shared/ids.ts';
import { wrong } from '../../shared/problem.ts';
import { methodMissing, NOT_YOURS } from '../problems.ts';
import { type Act, added, type Change, type NewOwned, newInPlan } from './contribution.ts';
import type { ApprovalMethod, HsaId, Party, Step } from './model.ts';
import { inviteMissing } from './participant-commands.ts';
import { checkParty, partyOfUnit, unitOf } from './party.ts';
import { handAfter, inPlan, type PlanInHand, refuseClosed } from './plan-in-hand.ts';
import { responsibleWhileAsked, supportUnitOf } from './responsibility.ts';
import { picked } from './same.ts';
import { type AssessmentCommand, assessSelfCare, demandAssessment, needsAssessment } from './self-care.ts';
import { checkStepReferences, checkTime } from './step-fields.ts';
import { checkOrder } from './step-order.ts';
import { actsAs, isUnit } from './who-may.ts';

const GIVEN = [
  'title',
  'patientText',
  'clinicalText',
  'way',
  'contact',
  'supportUnit',
  'time',
  'agreedLatest',
  'condition',
  'performer',
  'deputy',
  'needsFromPrevious',
] as const;

export interface StepCommand extends NewOwned, Partial<Pick<Step, Exclude<(typeof GIVEN)[number], 'title'>>> {
  readonly title: string;
  readonly purpose?: Step['purpose'];
  readonly healthMeasure?: boolean;
  /** Who is to do it; a patient's wish may leave it to care to say. */
  readonly responsibleParty?: Party;
  readonly predecessors?: readonly ThingId[];
  readonly order?: number;
  /** The patient's, relative's or outsider's own yes, heard or read by the staff who write the step down. */
  readonly ownYes?: { readonly method: ApprovalMethod };
  readonly assessment?: AssessmentCommand;
}

/** Who does it, in what state it is born, and who must act now. */
type Birth = Pick<Step, 'state' | 'responsibleParty' | 'responsibleNow' | 'answeredBy'>;

/** An own yes that staff record was said or written; `digital` is only ever given by the person's own hand. */
export function demandMethod(method: ApprovalMethod | undefined, field = 'method'): ApprovalMethod {
  if (method === 'oral' || method === 'written') return method;
  throw methodMissing({
    invalidParameters: [wrong(field, 'Ange muntligt eller skriftligt', 'Say whether orally or in writing')],
  });
}

function bornOfPatient(hand: PlanInHand, command: StepCommand, act: Act): Birth {
  const { responsibleParty: party } = command;
  const responsibleNow = supportUnitOf(hand);
  const own = party?.kind === 'patient' && !needsAssessment({ healthMeasure: command.healthMeasure ?? false }, party);
  if (own) {
    const answeredBy = { ...act.by, at: act.now, method: 'digital' } as const;
    return { state: 'agreed', responsibleParty: party, responsibleNow, answeredBy };
  }
  const unit = hand.units.get(responsibleNow);
  const asked = party ?? (unit ? partyOfUnit(unit) : ({ kind: 'other', unit: responsibleNow } as const));
  return { state: 'wished', responsibleParty: asked, responsibleNow };
}

function bornOfUnit(hand: PlanInHand, command: StepCommand, unit: HsaId, act: Act): Birth {
  const own = hand.units.get(unit);
  const party = command.responsibleParty ?? (own ? partyOfUnit(own) : ({ kind: 'other', unit } as const));
  const assessed = command.assessment !== undefined;
  const lacksAssessment = needsAssessment({ healthMeasure: command.healthMeasure ?? false }, party) && !assessed;
  const asked = unitOf(party);
  if (asked === unit) {
    return { state: lacksAssessment ? 'proposed' : 'agreed', responsibleParty: party, responsibleNow: unit };
  }
  const responsibleNow = responsibleWhileAsked(hand, party, command.supportUnit, unit);
  if (!command.ownYes) return { state: 'proposed', responsibleParty: party, responsibleNow };
  if (asked !== undefined) throw NOT_YOURS['responsibility-by-another']();
  const answeredBy = { ...act.by, at: act.now, method: demandMethod(command.ownYes.method, 'ownYes.method') };
  return { state: 'agreed', responsibleParty: party, responsibleNow, answeredBy };
}

function nextOrder(steps: readonly Step[]): number {
  return 1 + Math.max(0, ...steps.map((step) => step.order));
}

/**
 * Adds a step on behalf of a unit or of the patient (docs/domain.md 4).
 *
 * Born `agreed` for the writer's own unit, for what patients add for themselves and for an own yes that staff heard;
 * `wished` for what a patient wishes of others; else `proposed`, with the writer's unit as the one that must act. Nobody
 * is made responsible by being asked. The asked unit is invited to the plan.
 *
 * @param id the step's key, when others must name it before it is there
 * @param order whether predecessors are checked here; the maker of a whole plan checks them all at once
 * @returns the step first, then its assessment and the invitation
 * @throws responsibility-by-another (403); plan-closed, self-care-assessment-missing (409); step-order-circle,
 *   unknown-reference, party-not-as-registered, time-not-in-order, method-missing (422)
 */
export function addStep(
  hand: PlanInHand,
  command: StepCommand,
  act: Act,
  id: ThingId = act.newId(),
  order: 'checked' | 'later' = 'checked',
): Change[] {
  refuseClosed(hand.plan);
  const who = actsAs(act);
  if (command.responsibleParty) checkParty(command.responsibleParty, hand.units, 'responsibleParty');
  checkTime(command.time);
  checkStepReferences(hand, command);
  const steps = inPlan(hand, 'step');
  const predecessors = command.predecessors ?? [];
  if (order === 'checked') checkOrder(hand, { id, predecessors });
  const birth = isUnit(who) ? bornOfUnit(hand, command, who, act) : bornOfPatient(hand, command, act);
  const approvedForPatient = isUnit(who) ? command.approvedForPatient : true;
  const step: Step = {
    ...newInPlan(act, hand.plan, { ...command, approvedForPatient }, id),
    ...(picked(command, GIVEN) as Pick<StepCommand, (typeof GIVEN)[number]>),
    purpose: command.purpose ?? 'other',
    healthMeasure: command.healthMeasure ?? false,
    predecessors,
    order: command.order ?? nextOrder(steps),
    ...birth,
  };
  const assessments = command.assessment ? assessSelfCare(hand, step, command.assessment, act, 'assessment.') : [];
  if (step.state === 'agreed') demandAssessment(handAfter(hand, assessments).content, step, step.responsibleParty);
  return [added('step', step), ...assessments, ...inviteMissing(hand, [step.responsibleParty], act)];
}
