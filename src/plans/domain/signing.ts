import type { ThingId } from '../../shared/ids.ts';
import { stale } from '../../shared/problems.ts';
import { NOT_YOURS, signatureNotNeeded } from '../problems.ts';
import { type Act, type Change, revised } from './contribution.ts';
import { demandFound, refuseInError } from './demands.ts';
import type { Contribution, ContributionKind, PlanContent } from './model.ts';
import type { PlanInHand } from './plan-in-hand.ts';

/** One wording that is signed: the revision that was read, so that nobody signs what they have not seen. */
export interface SignedWording {
  readonly id: ThingId;
  readonly revision: number;
}

/** Of what the patient or a relative says nobody is asked to answer for the wording. */
export function takesSignature({ recordedBy }: Pick<Contribution, 'recordedBy'>): boolean {
  return recordedBy.kind === 'staff' || recordedBy.kind === 'system';
}

/** Written under HSL and not signed by anyone yet: marked so wherever it is shown (PDL 3:10). */
export function isUnsigned(thing: Pick<Contribution, 'recordedBy' | 'signedBy' | 'legalBasis'>): boolean {
  return thing.signedBy === undefined && thing.legalBasis === 'HSL' && takesSignature(thing);
}

/** A contribution with its kind, of the plan at hand or its header. */
function findIn(content: PlanContent, planId: ThingId, id: ThingId): { kind: ContributionKind; thing: Contribution } {
  for (const [kind, things] of Object.entries(content) as [ContributionKind, readonly Contribution[]][]) {
    const thing = things.find((one) => one.id === id && ('planId' in one ? one.planId === planId : one.id === planId));
    if (thing) return { kind, thing };
  }
  return demandFound<never>(undefined, 'contributions');
}

/**
 * Signs wordings that the own unit has written, all or none (PDL 3:10). A signature is on one wording: when staff change
 * it, it is unsigned again. Also in a closed plan, since a record is signed when it is. What is signed already stays as
 * it is.
 *
 * @throws content-not-yours (403), entered-in-error (409), stale (412), unknown-reference, signature-not-needed (422)
 */
export function signWordings(hand: PlanInHand, wordings: readonly SignedWording[], act: Act): Change[] {
  return wordings.flatMap(({ id, revision }) => {
    const { kind, thing } = findIn(hand.content, hand.plan.id, id);
    if (thing.recordedBy.unit !== act.by.unit) throw NOT_YOURS['content-not-yours']();
    if (!takesSignature(thing)) throw signatureNotNeeded();
    refuseInError(thing);
    if (thing.revision !== revision) throw stale({ extra: { revision: thing.revision } });
    if (thing.signedBy !== undefined) return [];
    const after = revised<Contribution>(thing, act, { signedBy: act.by.staff, signedAt: act.now });
    return [{ kind, before: thing, after } as Change];
  });
}
