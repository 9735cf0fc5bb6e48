import type { ThingId } from '../../shared/ids.ts';
import { wrong } from '../../shared/problem.ts';
import { NOT_YOURS, notForThisKind } from '../problems.ts';
import { type Act, added, type Change, type NewOwned, newInPlan } from './contribution.ts';
import { demandFound, demandId } from './demands.ts';
import type { Contribution, ContributionKind, HsaId, InPlan, Remark, Step } from './model.ts';
import { inPlan, type PlanInHand, refuseClosed } from './plan-in-hand.ts';
import { primaryContactOf } from './responsibility.ts';
import { picked } from './same.ts';
import { actsAs, isUnit } from './who-may.ts';

export interface RemarkCommand extends NewOwned, Pick<Remark, 'aboutId' | 'text' | 'wishedTime'> {
  readonly what: Exclude<Remark['what'], 'answer'>;
}

/** What remarks are about: anything of the plan, and the plan itself. */
function findAbout(hand: PlanInHand, id: ThingId): Contribution | undefined {
  if (id === hand.plan.id) return hand.plan;
  const kinds = Object.keys(hand.content) as ContributionKind[];
  for (const kind of kinds) {
    if (kind === 'plan') continue;
    const found = (hand.content[kind] as readonly InPlan[]).find((one) => one.id === id && one.planId === hand.plan.id);
    if (found) return found as Contribution;
  }
  return undefined;
}

/** The unit that answers a remark: who answers for the step, else who wrote the thing; for the plan its primary contact. */
export function answeringUnit(hand: PlanInHand, remark: Pick<Remark, 'aboutId'>): HsaId {
  const about = remark.aboutId === undefined ? undefined : findAbout(hand, remark.aboutId);
  if (about && 'responsibleNow' in about) return about.responsibleNow;
  if (about && about.id !== hand.plan.id) return about.recordedBy.unit;
  return primaryContactOf(hand)?.unit ?? hand.plan.leadUnit;
}

const BY_PATIENT: readonly Remark['what'][] = ['objection', 'another-time', 'disagreement'];

function checkAnotherTime(command: RemarkCommand, about: Contribution | undefined): void {
  if (command.what !== 'another-time') {
    if (command.wishedTime === undefined) return;
    throw notForThisKind({
      invalidParameters: [wrong('wishedTime', 'Hör till önskan om annan tid', 'Belongs with a wish for another time')],
    });
  }
  const isStep = about !== undefined && 'responsibleNow' in (about as Step);
  demandFound(isStep || undefined, 'aboutId');
}

/**
 * Writes a remark beside the plan or a thing of it: a comment or question by anyone who takes part; an objection, a wish for
 * another time of a step, or a disagreement by the patient (staff may take it down). A disagreement with an entry is noted
 * beside it also when the plan is closed [PDL 3:8].
 *
 * @throws plan-closed (409), unknown-reference, not-for-this-kind (422)
 */
export function addRemark(hand: PlanInHand, command: RemarkCommand, act: Act): Change[] {
  if (command.what !== 'disagreement') refuseClosed(hand.plan);
  const about = command.aboutId === undefined ? undefined : demandFound(findAbout(hand, command.aboutId), 'aboutId');
  checkAnotherTime(command, about);
  // The patient's own words, whoever took them down, are never kept from the patient.
  const isPatients = !isUnit(actsAs(act)) || BY_PATIENT.includes(command.what);
  const remark: Remark = {
    ...newInPlan(act, hand.plan, { ...command, approvedForPatient: isPatients || command.approvedForPatient }),
    ...picked(command, ['aboutId', 'what', 'text', 'wishedTime']),
  };
  return [added('remark', remark)];
}

/**
 * Answers a remark on behalf of the unit that answers for what it is about, or of the planning lead; the patient sees who
 * answered and when.
 *
 * @throws answer-not-yours (403), plan-closed (409), not-for-this-kind for an answer to an answer (422)
 */
export function answerRemark(
  hand: PlanInHand,
  remark: Remark,
  command: Pick<NewOwned, 'externalId' | 'legalBasis'> & { readonly text: string },
  act: Act,
): Change[] {
  const who = actsAs(act);
  if (who !== answeringUnit(hand, remark) && who !== hand.plan.leadUnit) throw NOT_YOURS['answer-not-yours']();
  refuseClosed(hand.plan);
  demandId(inPlan(hand, 'remark'), remark.id, 'remark');
  if (remark.what === 'answer') throw notForThisKind();
  const answer: Remark = {
    ...newInPlan(act, hand.plan, { ...command, approvedForPatient: true }),
    ...picked(remark, ['aboutId']),
    what: 'answer',
    text: command.text,
    answers: remark.id,
  };
  return [added('remark', answer)];
}

/** The answers to a remark, oldest first; each says by its writer and time who answered and when. */
export function answersTo(remarks: readonly Remark[], id: ThingId): readonly Remark[] {
  return remarks
    .filter((one) => one.answers === id && !one.enteredInError)
    .sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || (a.id < b.id ? -1 : 1));
}
