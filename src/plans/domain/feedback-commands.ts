import type { ThingId } from '../../shared/ids.ts';
import { feedbackToOneself, NOT_YOURS, notForThisKind } from '../problems.ts';
import { type Act, added, type Change, changed, type NewOwned, newInPlan, revised } from './contribution.ts';
import { demandFound, refuseInError } from './demands.ts';
import type { Feedback, Handover, HsaId } from './model.ts';
import { unitOf } from './party.ts';
import { inPlan, type PlanInHand } from './plan-in-hand.ts';
import { actsAs, isUnit } from './who-may.ts';

export interface FeedbackCommand extends NewOwned {
  readonly what: Exclude<Feedback['what'], 'reply'>;
  /** The handover, or the step before. */
  readonly aboutId: ThingId;
  readonly text: string;
}

/** Who is told: the one who handed over, else the one whose step it is. */
function addressee(hand: PlanInHand, aboutId: ThingId): HsaId {
  const handover = inPlan(hand, 'handover').find(({ id }) => id === aboutId);
  if (handover) return handover.fromUnit;
  const step = demandFound(
    inPlan(hand, 'step').find(({ id }) => id === aboutId),
    'aboutId',
  );
  return unitOf(step.responsibleParty) ?? step.responsibleNow;
}

/**
 * Tells the one before how it was: what was missing, that it came to the wrong place, that it was good. Both organisations
 * see it; the patient only when it is published. Also when the plan is closed, since one learns afterwards.
 *
 * @throws feedback-by-unit (403), feedback-to-oneself, unknown-reference (422)
 */
export function giveFeedback(hand: PlanInHand, command: FeedbackCommand, act: Act): Change[] {
  const from = actsAs(act);
  if (!isUnit(from)) throw NOT_YOURS['feedback-not-yours']();
  const toUnit = addressee(hand, command.aboutId);
  if (toUnit === from) throw feedbackToOneself();
  const { what, aboutId, text } = command;
  const given: Feedback = { ...newInPlan(act, hand.plan, command), what, aboutId, text, fromUnit: from, toUnit };
  return [added('feedback', given)];
}

/**
 * Replies, by the unit that was told. The reply is its own words and its own to publish.
 *
 * @throws feedback-not-yours (403), not-for-this-kind for a reply to a reply (422)
 */
export function replyToFeedback(
  hand: PlanInHand,
  feedback: Feedback,
  command: NewOwned & { readonly text: string },
  act: Act,
): Change[] {
  if (actsAs(act) !== feedback.toUnit) throw NOT_YOURS['feedback-not-yours']();
  refuseInError(feedback);
  if (feedback.what === 'reply') throw notForThisKind();
  const reply: Feedback = {
    ...newInPlan(act, hand.plan, command),
    what: 'reply',
    aboutId: feedback.aboutId,
    text: command.text,
    fromUnit: feedback.toUnit,
    toUnit: feedback.fromUnit,
    answers: feedback.id,
  };
  return [added('feedback', reply)];
}

/** Shows it to the patient, or no longer; by the unit that wrote it, each its own. */
export function publishFeedback(feedback: Feedback, approvedForPatient: boolean, act: Act): Change[] {
  if (actsAs(act) !== feedback.fromUnit) throw NOT_YOURS['feedback-not-yours']();
  refuseInError(feedback);
  if (feedback.approvedForPatient === approvedForPatient) return [];
  return [changed('feedback', feedback, revised<Feedback>(feedback, act, { approvedForPatient }))];
}

const WORDS = {
  yes: 'Vi fick det vi behövde.',
  partly: 'Vi fick en del av det vi behövde.',
  no: 'Vi fick inte det vi behövde.',
};

/** What an answer to a handover says of what came with it, as feedback to the one before; nothing when it says nothing. */
export function feedbackFrom(hand: PlanInHand, handover: Handover, act: Act): Change[] {
  const { gotWhatWasNeeded: got, missing } = handover;
  if (got === undefined) return [];
  const feedback: Feedback = {
    ...newInPlan(act, hand.plan, { approvedForPatient: false }),
    what: got === 'yes' ? 'good' : 'missing-information',
    aboutId: handover.id,
    text: missing ?? WORDS[got],
    fromUnit: handover.toUnit,
    toUnit: handover.fromUnit,
  };
  return [added('feedback', feedback)];
}
