import type { ThingId } from '../../shared/ids.ts';
import { wrong } from '../../shared/problem.ts';
import { methodMissing, NOT_YOURS } from '../problems.ts';
import { type Act, added, type Change, type NewOwned, newInPlan } from './contribution.ts';
import type { ApprovalMethod, HsaId, InPlan, Party, Step } from './model.ts';
import { inviteMissing } from './participant-commands.ts';
import { checkParty, partyOfUnit, unitOf } from './party.ts';
import { nextOrder, type PlanInHand, refuseClosed } from './plan-in-hand.ts';
import { responsibleWhileAsked, supportUnitOf } from './responsibility.ts';
import { type AssessmentCommand, assessSelfCare, demandAssessment, needsAssessment } from './self-care.ts';
import { checkStepReferences, checkTime } from './step-fields.ts';
import { checkOrder } from './step-order.ts';
import { actsAs, isUnit } from './who-may.ts';

type Given =
  | 'patientText'
  | 'clinicalText'
  | 'way'
  | 'contact'
  | 'supportUnit'
  | 'time'
  | 'agreedLatest'
  | 'condition'
  | 'performer'
  | 'deputy'
  | 'needsFromPrevious';

export interface StepCommand extends NewOwned, Partial<Pick<Step, Given>> {
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

/** What a step names in its plan, and all else. */
type Named = Pick<StepCommand, 'predecessors' | 'contact'>;
type StepWords = Omit<StepCommand, keyof Named>;

/** Who does it, in what state it is born, and who must act now. */
type Birth = Pick<Step, 'state' | 'responsibleParty' | 'responsibleNow' | 'answeredBy'>;

/** An own yes that staff record was said or written; `digital` is only ever given by the person's own hand. */
export function demandMethod(method: ApprovalMethod | undefined, field = 'method'): ApprovalMethod {
  if (method === 'oral' || method === 'written') return method;
  throw methodMissing({
    invalidParameters: [wrong(field, 'Ange muntligt eller skriftligt', 'Say whether orally or in writing')],
  });
}

function bornOfPatient(hand: PlanInHand, command: StepWords, act: Act): Birth {
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

function bornOfUnit(hand: PlanInHand, command: StepWords, unit: HsaId, act: Act): Birth {
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

/** Every field by name: a thing put together of several others takes thirty times as long to make, and plans have many. */
function newStep(
  owned: InPlan,
  command: StepWords,
  birth: Birth,
  place: Pick<Step, 'predecessors' | 'contact' | 'order'>,
): Step {
  return {
    patientId: owned.patientId,
    id: owned.id,
    planId: owned.planId,
    revision: owned.revision,
    recordedBy: owned.recordedBy,
    legalBasis: owned.legalBasis,
    approvedForPatient: owned.approvedForPatient,
    enteredInError: owned.enteredInError,
    externalId: owned.externalId,
    createdAt: owned.createdAt,
    changedAt: owned.changedAt,
    changedBy: owned.changedBy,
    title: command.title,
    patientText: command.patientText,
    clinicalText: command.clinicalText,
    way: command.way,
    contact: place.contact,
    supportUnit: command.supportUnit,
    time: command.time,
    agreedLatest: command.agreedLatest,
    condition: command.condition,
    performer: command.performer,
    deputy: command.deputy,
    needsFromPrevious: command.needsFromPrevious,
    purpose: command.purpose ?? 'other',
    healthMeasure: command.healthMeasure ?? false,
    predecessors: place.predecessors,
    order: place.order,
    state: birth.state,
    responsibleParty: birth.responsibleParty,
    responsibleNow: birth.responsibleNow,
    answeredBy: birth.answeredBy,
  };
}

/**
 * Adds a step on behalf of a unit or of the patient (docs/domain.md 4).
 *
 * Born `agreed` for the writer's own unit, for what patients add for themselves and for an own yes that staff heard;
 * `wished` for what a patient wishes of others; else `proposed`, with the writer's unit as the one that must act. Nobody
 * is made responsible by being asked. The asked unit is invited to the plan.
 *
 * @param id the step's key, when others must name it before it is there
 * @returns the step first, then its assessment and the invitation
 * @throws responsibility-by-another (403); plan-closed, self-care-assessment-missing (409); step-order-circle,
 *   unknown-reference, party-not-as-registered, time-not-in-order, method-missing (422)
 */
export function addStep(hand: PlanInHand, command: StepCommand, act: Act, id: ThingId = act.newId()): Change[] {
  return addStepNaming(hand, command, command, act, id);
}

/**
 * As {@link addStep}, for the maker of a whole plan, whose command names steps and contacts in words of its own.
 *
 * @param named the same as the plan's own keys
 * @param order whether predecessors are checked here; else they are checked all at once
 */
export function addStepNaming(
  hand: PlanInHand,
  command: StepWords,
  named: Named,
  act: Act,
  id: ThingId,
  order: 'checked' | 'later' = 'checked',
): Change[] {
  refuseClosed(hand.plan);
  const who = actsAs(act);
  if (command.responsibleParty) checkParty(command.responsibleParty, hand.units, 'responsibleParty');
  checkTime(command.time);
  checkStepReferences(hand, { contact: named.contact, supportUnit: command.supportUnit });
  const { predecessors = [], contact } = named;
  if (order === 'checked') checkOrder(hand, { id, predecessors });
  const birth = isUnit(who) ? bornOfUnit(hand, command, who, act) : bornOfPatient(hand, command, act);
  const owned = newInPlan(act, hand.plan, command, id);
  const place = { predecessors, contact, order: command.order ?? nextOrder(hand, 'step') };
  const step = newStep(isUnit(who) ? owned : { ...owned, approvedForPatient: true }, command, birth, place);
  const assessments = command.assessment ? assessSelfCare(hand, step, command.assessment, act, 'assessment.') : [];
  // What it brings along has been assessed.
  if (step.state === 'agreed' && !command.assessment) demandAssessment(hand.content, step, step.responsibleParty);
  return [added('step', step), ...assessments, ...inviteMissing(hand, [step.responsibleParty], act)];
}
