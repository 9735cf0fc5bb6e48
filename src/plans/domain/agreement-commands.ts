import type { ThingId } from '../../shared/ids.ts';
import { wrong } from '../../shared/problem.ts';
import { agreementSuperseded, NOT_YOURS, noPartsOfYours, notForThisKind, nothingToAgree } from '../problems.ts';
import { agreedEffects } from './agreement-effects.ts';
import { agreedVersionOf, type PartKind, proposedVersionOf, proposeParts } from './agreement-versions.ts';
import { type Agreeable, partyOf } from './change-control.ts';
import { type Act, added, type Change, changed, newInPlan, revised } from './contribution.ts';
import { demandFound } from './demands.ts';
import type {
  AgreementAct,
  AgreementPart,
  AgreementVersion,
  ApprovalMethod,
  Commitment,
  Goal,
  Party,
  Step,
} from './model.ts';
import { isSameParty, partyOfUnit, unitOf } from './party.ts';
import { inPlan, type PlanInHand, refuseClosed } from './plan-in-hand.ts';
import { isSame, picked } from './same.ts';
import { demandMethod } from './step-add.ts';
import { type ActsAs, actsAs, demand, isUnit, mayLeadPlan } from './who-may.ts';

const STEP_PARTS: readonly Step['state'][] = ['proposed', 'agreed', 'booked', 'in-progress', 'on-hold'];
const PROMISE_PARTS: readonly Commitment['state'][] = ['proposed', 'accepted'];
const GOAL_PARTS: readonly Goal['state'][] = ['proposed', 'active'];

/** What the parties can say yes to: open steps, promises and goals that the patient may read. */
function partsNow(hand: PlanInHand): AgreementPart[] {
  const before = proposedVersionOf(hand) ?? agreedVersionOf(hand);
  const part = (kind: PartKind, thing: Agreeable): AgreementPart => {
    // A part that was there keeps its revision: facts have changed since, not the text that was said yes to.
    const known = before?.parts.find((one) => one.id === thing.id);
    return known ?? { kind, id: thing.id, revision: thing.revision, party: partyOf(hand, kind, thing) };
  };
  const shown = <T extends Agreeable>(things: readonly T[]) => things.filter((thing) => thing.approvedForPatient);
  return [
    ...shown(inPlan(hand, 'step'))
      .filter((step) => STEP_PARTS.includes(step.state))
      .map((step) => part('step', step)),
    ...shown(inPlan(hand, 'commitment'))
      .filter((promise) => PROMISE_PARTS.includes(promise.state))
      .map((promise) => part('commitment', promise)),
    ...shown(inPlan(hand, 'goal'))
      .filter((goal) => GOAL_PARTS.includes(goal.state))
      .map((goal) => part('goal', goal)),
  ];
}

/**
 * Puts what the plan now holds to the parties as the next version of the agreement, on behalf of the planning lead. The
 * agreed version stays in force until this one is agreed; one that was merely proposed is superseded once anyone has
 * answered it, else it is brought up to date.
 *
 * @throws planning-lead-only (403), nothing-to-agree, plan-closed (409)
 */
export function proposeAgreement(hand: PlanInHand, act: Act): Change[] {
  demand(mayLeadPlan(hand.plan, actsAs(act)));
  refuseClosed(hand.plan);
  const parts = partsNow(hand);
  if (parts.length === 0) throw nothingToAgree();
  return proposeParts(hand, parts, act);
}

export interface AgreementAnswer {
  readonly act: 'approval' | 'reservation';
  /** Whose answer it is; the acting unit's or the patient's own when absent. */
  readonly party?: Party;
  /** How it was given; staff who record another's answer say which. */
  readonly method?: ApprovalMethod;
  /** A yes heard from another unit: shown as such, and binding nobody until its own staff confirm it. */
  readonly reported?: boolean;
  /** The parts that a reservation is against; all own parts when absent. */
  readonly against?: readonly ThingId[];
  readonly text?: string;
}

interface Answering {
  readonly party: Party;
  readonly method: ApprovalMethod;
  readonly standing: AgreementAct['standing'];
}

/** For whom the answer counts and how, or the refusal to speak for another. */
function answering(hand: PlanInHand, answer: AgreementAnswer, who: ActsAs): Answering {
  const { party, reported } = answer;
  if (!isUnit(who)) {
    if (who === 'relative' || (party && party.kind !== 'patient')) throw NOT_YOURS['approval-for-another']();
    return { party: { kind: 'patient' }, method: 'digital', standing: 'given' };
  }
  const own = hand.units.get(who);
  const speaking = party ?? (own ? partyOfUnit(own) : ({ kind: 'other', unit: who } as const));
  const unit = unitOf(speaking);
  if (unit === who) return { party: speaking, method: answer.method ?? 'digital', standing: 'given' };
  if (unit === undefined) return { party: speaking, method: demandMethod(answer.method), standing: 'given' };
  if (!reported) throw NOT_YOURS['approval-for-another']();
  return { party: speaking, method: demandMethod(answer.method), standing: 'reported' };
}

function ownParts(version: AgreementVersion, party: Party): readonly AgreementPart[] {
  return version.parts.filter((part) => isSameParty(part.party, party));
}

/** Each party answers for its own parts; the patient and the planning lead's unit also for the agreement as a whole. */
function demandOwnParts(hand: PlanInHand, version: AgreementVersion, party: Party): void {
  const whole = party.kind === 'patient' || unitOf(party) === hand.plan.leadUnit;
  if (!whole && ownParts(version, party).length === 0) throw noPartsOfYours();
}

function checkAgainst(version: AgreementVersion, party: Party, answer: AgreementAnswer): void {
  if (answer.against === undefined) return;
  if (answer.act === 'approval') {
    throw notForThisKind({
      invalidParameters: [wrong('against', 'Hör till en reservation', 'Belongs with a reservation')],
    });
  }
  const own = ownParts(version, party);
  answer.against.forEach((id, i) => {
    demandFound(
      own.find((part) => part.id === id),
      `against[${i}]`,
    );
  });
}

/** The answer as a change: a reported yes that its own organisation now gives is confirmed, not said twice. */
function answerChange(
  hand: PlanInHand,
  version: AgreementVersion,
  said: Answering,
  answer: AgreementAnswer,
  act: Act,
): Change {
  const heard = inPlan(hand, 'agreement-act').findLast(
    (one) => one.version === version.version && one.standing === 'reported' && isSameParty(one.party, said.party),
  );
  if (said.standing === 'given' && heard && heard.act === answer.act && isSame(heard.against, answer.against)) {
    return changed('agreement-act', heard, revised<AgreementAct>(heard, act, { standing: 'confirmed' }));
  }
  const fresh: AgreementAct = {
    ...newInPlan(act, hand.plan, { approvedForPatient: true }),
    version: version.version,
    ...said,
    act: answer.act,
    ...picked(answer, ['against', 'text']),
    givenAt: act.now,
  };
  return added('agreement-act', fresh);
}

/**
 * Records a party's yes to its own parts of a version, or its visible reservation against them (docs/domain.md 5).
 *
 * The patient answers by own act, or orally or in writing to staff; a unit by its own staff. What staff have heard another
 * unit say is recorded as reported, binds nobody, and becomes an approval when that unit's own staff give the same answer.
 * The version is agreed once the patient and, for a SIP, both principals (else the lead principal) have said yes; then
 * what it changes applies for the parts whose party has said yes. A yes is also a yes to own steps and promises.
 *
 * @returns the answer first
 * @throws approval-for-another (403); agreement-superseded, no-own-parts, plan-closed (409); method-missing,
 *   unknown-reference (422)
 */
export function answerAgreement(
  hand: PlanInHand,
  version: AgreementVersion,
  answer: AgreementAnswer,
  act: Act,
): Change[] {
  const said = answering(hand, answer, actsAs(act));
  refuseClosed(hand.plan);
  if (version.state === 'superseded') throw agreementSuperseded();
  demandOwnParts(hand, version, said.party);
  checkAgainst(version, said.party, answer);
  const own = answerChange(hand, version, said, answer, act);
  return [own, ...agreedEffects(hand, version, own.after as AgreementAct, act)];
}
