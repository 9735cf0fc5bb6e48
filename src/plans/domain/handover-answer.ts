import { handoverMoveNotAllowed, handoverNotInside, handoverOvertaken, NOT_YOURS } from '../problems.ts';
import { type Act, type Change, changed, revised } from './contribution.ts';
import { demandMove, demandReason } from './demands.ts';
import { feedbackFrom } from './feedback-commands.ts';
import { receiverOf } from './handover-offer.ts';
import { HANDOVER_MOVES, holderOf } from './handover-state.ts';
import { type Successor, takeOver } from './handover-take-over.ts';
import type { Handover, HandoverState, HsaId } from './model.ts';
import { inviteMissing } from './participant-commands.ts';
import { partyOfUnit } from './party.ts';
import { type PlanInHand, refuseClosed } from './plan-in-hand.ts';
import { actsAs } from './who-may.ts';

/** What the receiver says of what it was given; becomes feedback to the one before. */
export interface Judgement {
  readonly gotWhatWasNeeded?: Handover['gotWhatWasNeeded'];
  readonly missing?: string;
}

function demandReceiver(handover: Handover, to: HandoverState, act: Act): void {
  if (actsAs(act) !== handover.toUnit) throw NOT_YOURS['handover-not-yours']();
  demandMove(handover.state, to, HANDOVER_MOVES[handover.state], handoverMoveNotAllowed);
}

const received = (handover: Handover, act: Act): Partial<Handover> =>
  handover.receivedAt === undefined ? { receivedAt: act.now, receivedBy: act.by } : {};

/**
 * Says that it has come, by staff of the receiving unit. It changes nothing of who has the duty.
 *
 * @throws handover-not-yours (403), handover-transition-not-allowed (409)
 */
export function receiveHandover(handover: Handover, act: Act): Change[] {
  if (handover.state === 'received' && actsAs(act) === handover.toUnit) return [];
  demandReceiver(handover, 'received', act);
  const fields = { state: 'received', ...received(handover, act) } as const;
  return [changed('handover', handover, revised<Handover>(handover, act, fields))];
}

/**
 * Takes over, by staff of the receiving unit: from this moment, and not before, the duty is theirs. What they say of what
 * they were given goes back as feedback.
 *
 * @throws handover-not-yours (403); handover-transition-not-allowed, handover-overtaken, self-care-assessment-missing,
 *   plan-closed (409); party-not-as-registered (422) when a contact is named by neither person nor role
 */
export function acceptHandover(
  hand: PlanInHand,
  handover: Handover,
  answer: Judgement & Successor,
  act: Act,
): Change[] {
  demandReceiver(handover, 'accepted', act);
  refuseClosed(hand.plan);
  if (holderOf(hand.content, handover) !== handover.fromUnit) throw handoverOvertaken();
  const own = changed(
    'handover',
    handover,
    revised<Handover>(handover, act, answered(handover, 'accepted', answer, act)),
  );
  return [own, ...takeOver(hand, handover, answer, act), ...feedbackFrom(hand, own.after, act)];
}

/**
 * Gives it back, by staff of the receiving unit and with the reason. The one who gave it has had the duty all the time.
 *
 * @throws handover-not-yours (403), handover-transition-not-allowed (409), reason-missing (422)
 */
export function returnHandover(
  hand: PlanInHand,
  handover: Handover,
  answer: Judgement & { readonly reason?: string },
  act: Act,
): Change[] {
  demandReceiver(handover, 'returned', act);
  const reason = demandReason(answer.reason);
  const fields = { ...answered(handover, 'returned', answer, act), reason };
  const own = changed('handover', handover, revised<Handover>(handover, act, fields, reason));
  return [own, ...feedbackFrom(hand, own.after, act)];
}

function answered(handover: Handover, state: HandoverState, answer: Judgement, act: Act): Partial<Handover> {
  const { gotWhatWasNeeded, missing } = answer;
  return {
    state,
    ...received(handover, act),
    answeredAt: act.now,
    answeredBy: act.by,
    ...(gotWhatWasNeeded !== undefined && { gotWhatWasNeeded }),
    ...(missing !== undefined && { missing }),
  };
}

/**
 * Sends it on to another unit of the receiving provider, which has to receive and answer it by the same time. To another
 * provider it goes by being returned: what the giver was free to tell this one is not this one's to tell on.
 *
 * @throws handover-not-yours (403); handover-transition-not-allowed (409); handover-not-inside, handover-to-closed-unit,
 *   handover-to-oneself (422)
 */
export function forwardHandover(
  hand: PlanInHand,
  handover: Handover,
  on: { readonly toUnit: HsaId; readonly reason?: string },
  act: Act,
): Change[] {
  if (actsAs(act) !== handover.toUnit) throw NOT_YOURS['handover-not-yours']();
  // Also one that is only offered may be sent on: it is offered again, to another.
  demandMove<HandoverState>(handover.state, 'accepted', HANDOVER_MOVES[handover.state], handoverMoveNotAllowed);
  const next = receiverOf(hand, handover.toUnit, on.toUnit);
  const here = hand.units.get(handover.toUnit);
  if (next.hsaId === handover.fromUnit || here?.provider.hsaId !== next.provider.hsaId) throw handoverNotInside();
  const passed = { fromUnit: handover.toUnit, at: act.now, ...(on.reason !== undefined && { reason: on.reason }) };
  const fields = {
    state: 'offered',
    toUnit: next.hsaId,
    receivedAt: undefined,
    receivedBy: undefined,
    forwarded: [...handover.forwarded, passed],
  } as const;
  const own = changed('handover', handover, revised<Handover>(handover, act, fields));
  return [own, ...inviteMissing(hand, [partyOfUnit(next)], act)];
}
