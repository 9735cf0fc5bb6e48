import { awaitedFor, standingOfParts } from './agreement-standing.ts';
import { agreedVersionOf } from './agreement-versions.ts';
import { type Act, type Change, changed, revised } from './contribution.ts';
import type { AgreementAct, AgreementPart, AgreementVersion, Commitment, Goal, Party, Step } from './model.ts';
import { isSameParty } from './party.ts';
import { handAfter, inPlan, type PlanInHand } from './plan-in-hand.ts';
import { isEmpty } from './same.ts';
import { isAssessed, needsAssessment } from './self-care.ts';
import { acceptedFields } from './step-answer.ts';

/** What a proposal of this or an earlier version says, with null read as taken away. */
function proposedFields<T extends Step | Goal | Commitment>(thing: T, version: AgreementVersion): Partial<T> {
  const { proposal } = thing;
  if (!proposal || proposal.agreementVersion > version.version) return {};
  const fields = Object.entries(proposal.changes).map(([name, value]) => [name, value ?? undefined]);
  return { ...(Object.fromEntries(fields) as Partial<T>), proposal: undefined };
}

/** A new party of an accepted step takes it over by its yes, and then it is theirs. */
function takenOver(hand: PlanInHand, step: Step, fields: Partial<Step>, act: Act): Partial<Step> {
  const party = fields.responsibleParty;
  if (!party) return fields;
  const { state: _state, ...rest } = acceptedFields(hand, step, party, act);
  return { ...fields, ...rest };
}

/** What an answer means for one part: of which version, whether that is agreed, and whether the answer is this part's. */
interface Effect {
  readonly version: AgreementVersion;
  readonly isAgreed: boolean;
  readonly isOwn: boolean;
}

function stepFields(hand: PlanInHand, step: Step, effect: Effect, yes: AgreementAct, act: Act): Partial<Step> {
  const fields = effect.isAgreed ? takenOver(hand, step, proposedFields(step, effect.version), act) : {};
  const said = isEmpty(fields) ? fields : { ...fields, factsChanged: undefined };
  const party = said.responsibleParty ?? step.responsibleParty;
  const isReady = !needsAssessment(step, party) || isAssessed(hand.content, step.id);
  if (!effect.isOwn || step.state !== 'proposed' || !isReady) return said;
  return { ...said, ...acceptedFields(hand, step, party, act, yes.method), reason: undefined };
}

function promiseFields(promise: Commitment, effect: Effect, yes: AgreementAct, act: Act): Partial<Commitment> {
  const fields = effect.isAgreed ? proposedFields(promise, effect.version) : {};
  if (!effect.isOwn || promise.state !== 'proposed') return fields;
  return { ...fields, state: 'accepted', answeredBy: { ...act.by, at: act.now, method: yes.method } };
}

function goalFields(goal: Goal, effect: Effect): Partial<Goal> {
  const fields = effect.isAgreed ? proposedFields(goal, effect.version) : {};
  return effect.isOwn && goal.state === 'proposed' ? { ...fields, state: 'active' } : fields;
}

/** What a confirmed part makes of its thing: its party's yes, and once the version is agreed the change it proposed. */
function partChange(
  hand: PlanInHand,
  { part, answer }: { part: AgreementPart; answer: AgreementAct },
  effect: Effect,
  act: Act,
): Change[] {
  const found = inPlan(hand, part.kind).find((one) => one.id === part.id);
  if (!found) return [];
  const fields =
    part.kind === 'step'
      ? stepFields(hand, found as Step, effect, answer, act)
      : part.kind === 'commitment'
        ? promiseFields(found as Commitment, effect, answer, act)
        : goalFields(found as Goal, effect);
  return isEmpty(fields) ? [] : [changed(part.kind, found, revised(found, act, fields as Partial<typeof found>))];
}

/** The version agreed, and the one before it no longer in force. */
function versionChanges(hand: PlanInHand, version: AgreementVersion, act: Act): Change[] {
  const before = agreedVersionOf(hand);
  const agreed = revised<AgreementVersion>(version, act, { state: 'agreed', agreedAt: act.now });
  const over = before && revised<AgreementVersion>(before, act, { state: 'superseded' });
  return [
    changed('agreement-version', version, agreed),
    ...(before && over ? [changed('agreement-version', before, over)] : []),
  ];
}

/**
 * What follows from a party's answer to a version: own proposed steps and promises are accepted by its yes; the version is
 * agreed once all that must have said yes have; and what an agreed version proposes applies to each part whose party has
 * said yes, the others waiting for theirs.
 *
 * @param answer the answer as it is recorded
 */
export function agreedEffects(hand: PlanInHand, version: AgreementVersion, answer: AgreementAct, act: Act): Change[] {
  const { units, plan } = hand;
  if (answer.standing === 'reported') return [];
  const acts = inPlan(handAfter(hand, [{ kind: 'agreement-act', after: answer }]), 'agreement-act');
  const becomes = version.state === 'proposed' && awaitedFor(version, acts, plan, units).length === 0;
  const isAgreed = becomes || version.state === 'agreed';
  const confirmed = standingOfParts(version, inPlan(hand, 'agreement-version'), acts).flatMap((one) =>
    one.standing === 'confirmed' && one.answer ? [{ part: one.part, answer: one.answer }] : [],
  );
  // Others' parts move only when the version becomes agreed; their own yes has had its effect when it was given.
  const mine = (party: Party) => isSameParty(party, answer.party);
  const concerned = confirmed.filter(({ part }) => becomes || mine(part.party));
  return [
    ...(becomes ? versionChanges(hand, version, act) : []),
    ...concerned.flatMap((one) => partChange(hand, one, { version, isAgreed, isOwn: mine(one.part.party) }, act)),
  ];
}
