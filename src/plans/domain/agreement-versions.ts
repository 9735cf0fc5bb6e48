import type { ThingId } from '../../shared/ids.ts';
import { type Act, added, type Change, changed, newInPlan, revised } from './contribution.ts';
import type { AgreementPart, AgreementVersion, Party } from './model.ts';
import { inPlan, type PlanInHand } from './plan-in-hand.ts';
import { isSame } from './same.ts';

export type PartKind = AgreementPart['kind'];

/** The version that is agreed and in force. */
export function agreedVersionOf(hand: Pick<PlanInHand, 'plan' | 'content'>): AgreementVersion | undefined {
  return inPlan(hand, 'agreement-version').find((version) => version.state === 'agreed');
}

/** The version that waits for the parties' answers. */
export function proposedVersionOf(hand: Pick<PlanInHand, 'plan' | 'content'>): AgreementVersion | undefined {
  return inPlan(hand, 'agreement-version').find((version) => version.state === 'proposed');
}

/** Whether the thing is in the agreement in force, so that its agreed content changes by a new version only. */
export function isAgreedPart(hand: Pick<PlanInHand, 'plan' | 'content'>, id: ThingId): boolean {
  return agreedVersionOf(hand)?.parts.some((part) => part.id === id) ?? false;
}

function hasAnswers(hand: PlanInHand, version: AgreementVersion): boolean {
  return inPlan(hand, 'agreement-act').some((act) => act.version === version.version);
}

/** The number of the version that a change of agreed content made now belongs to. */
export function nextVersionNumber(hand: PlanInHand): number {
  const open = proposedVersionOf(hand);
  if (open && !hasAnswers(hand, open)) return open.version;
  return 1 + Math.max(0, ...inPlan(hand, 'agreement-version').map((version) => version.version));
}

/**
 * Puts these parts to the parties: in the proposed version while nobody has answered it, else in a new one that
 * supersedes it, since a yes is to one text and no other. The agreed version stays in force.
 */
export function proposeParts(hand: PlanInHand, parts: readonly AgreementPart[], act: Act): Change[] {
  const open = proposedVersionOf(hand);
  if (open && isSame(open.parts, parts)) return [];
  if (open && !hasAnswers(hand, open)) {
    return [changed('agreement-version', open, revised<AgreementVersion>(open, act, { parts, proposedAt: act.now }))];
  }
  const fresh: AgreementVersion = {
    ...newInPlan(act, hand.plan, { approvedForPatient: true }),
    version: nextVersionNumber(hand),
    state: 'proposed',
    parts,
    proposedAt: act.now,
  };
  const over = open && revised<AgreementVersion>(open, act, { state: 'superseded' });
  return [added('agreement-version', fresh), ...(open && over ? [changed('agreement-version', open, over)] : [])];
}

/**
 * What a change of one thing's agreed content makes of the agreement: a proposed version with the thing as it now reads.
 * Nothing while no version has been proposed, since there is nothing yet to agree anew on.
 *
 * @param part the thing as it becomes; absent revision: its text is again that of the agreed version
 */
export function proposeChangedPart(
  hand: PlanInHand,
  part: { kind: PartKind; id: ThingId; revision: number | undefined; party: Party },
  act: Act,
): Change[] {
  const agreed = agreedVersionOf(hand);
  const open = proposedVersionOf(hand);
  const basis = open ?? agreed;
  if (!basis?.parts.some((one) => one.id === part.id)) return [];
  const former = agreed?.parts.find((one) => one.id === part.id);
  const { revision } = part;
  const now = revision === undefined ? former : { ...part, revision };
  const parts = basis.parts.map((one) => (one.id === part.id && now ? now : one));
  // Back to what is agreed, and nobody has answered: there is no proposal left.
  if (open && agreed && isSame(parts, agreed.parts) && !hasAnswers(hand, open)) {
    return [changed('agreement-version', open, revised<AgreementVersion>(open, act, { state: 'superseded', parts }))];
  }
  return proposeParts(hand, parts, act);
}
