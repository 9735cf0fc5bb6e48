import { isAgreedPart, nextVersionNumber, type PartKind, proposeChangedPart } from './agreement-versions.ts';
import { type Act, type Change, changed, revised } from './contribution.ts';
import type { Commitment, ContributionsByKind, Goal, Party, Proposal, Step } from './model.ts';
import { partyOfUnit } from './party.ts';
import type { PlanInHand } from './plan-in-hand.ts';
import { isEmpty, isSame } from './same.ts';

/** What the parties agree on. */
export type Agreeable = ContributionsByKind[PartKind];

/** Whose part of the agreement a thing is: who does the step, who promises, whose goal it is. */
export function partyOf(hand: PlanInHand, kind: PartKind, thing: Agreeable): Party {
  if (kind === 'step') return (thing as Step).responsibleParty;
  if (kind === 'commitment') return (thing as Commitment).by;
  const goal = thing as Goal;
  if (goal.whose === 'patient') return { kind: 'patient' };
  const unit = hand.units.get(goal.recordedBy.unit);
  return unit ? partyOfUnit(unit) : { kind: 'other', unit: goal.recordedBy.unit };
}

/** The proposal that results: fields that are again as agreed fall out of it; undefined when none are left. */
function nextProposal<T extends Agreeable>(hand: PlanInHand, thing: T, wanted: Partial<T>, act: Act) {
  const changes: Record<string, unknown> = { ...thing.proposal?.changes };
  for (const [name, value] of Object.entries(wanted)) {
    if (isSame(thing[name as keyof T], value)) delete changes[name];
    // Null, so that "to be taken away" survives storage as JSON.
    else changes[name] = value ?? null;
  }
  if (isEmpty(changes)) return undefined;
  if (isSame(changes, thing.proposal?.changes)) return thing.proposal;
  return { agreementVersion: nextVersionNumber(hand), changes, at: act.now, by: act.by } satisfies Proposal;
}

/**
 * Changes agreed content and facts of one thing (docs/domain.md 3, "Change control").
 *
 * Facts apply at once. Agreed content of a thing in the agreed version becomes a proposal beside it, in agreement
 * version n+1, while version n stays in force; elsewhere it applies at once, and a version that is merely proposed
 * follows along.
 *
 * @param wanted agreed fields as they are to be, also those that are as before (which withdraws a proposal of them)
 * @param facts other fields, which already differ
 * @returns the thing's change first; nothing when nothing differs
 */
export function withAgreedChange<K extends PartKind>(
  hand: PlanInHand,
  kind: K,
  thing: ContributionsByKind[K],
  wanted: Partial<ContributionsByKind[K]>,
  facts: Partial<ContributionsByKind[K]>,
  act: Act,
): Change[] {
  type T = ContributionsByKind[K];
  const bound = isAgreedPart(hand, thing.id);
  const proposal: Proposal | undefined = bound ? nextProposal<T>(hand, thing, wanted, act) : thing.proposal;
  const direct = bound ? {} : differingOf<T>(thing, wanted);
  const proposalMoves = !isSame(proposal, thing.proposal);
  if (isEmpty(facts) && isEmpty(direct) && !proposalMoves) return [];
  const fields = { ...facts, ...direct, ...(proposalMoves && { proposal }) } as Partial<T>;
  const after = revised<T>(thing, act, fields);
  const own = changed(kind, thing, after);
  if (isEmpty(direct) && !proposalMoves) return [own];
  const revision = bound && !proposal ? undefined : after.revision;
  const party = (proposal?.changes.responsibleParty as Party | undefined) ?? partyOf(hand, kind, after);
  return [own, ...proposeChangedPart(hand, { kind, id: thing.id, revision, party }, act)];
}

function differingOf<T extends object>(thing: T, wanted: Partial<T>): Partial<T> {
  const entries = Object.entries(wanted).filter(([name, value]) => !isSame(thing[name as keyof T], value));
  return Object.fromEntries(entries) as Partial<T>;
}
