import type { ThingId } from '../../shared/ids.ts';
import { wrong } from '../../shared/problem.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import {
  alreadyParticipant,
  participantMoveNotAllowed,
  partyNotAsRegistered,
  sipPrincipalMustTakePart,
} from '../problems.ts';
import { type Act, added, type Change, changed, type NewOwned, newInPlan, revised } from './contribution.ts';
import { demandMove, demandReason } from './demands.ts';
import type { HsaId, Participant, ParticipantState, Party } from './model.ts';
import { checkParty, checkUnit, isSameParty, partyOfUnit, unitOf } from './party.ts';
import { findInPlan, inPlan, type PlanInHand, refuseClosed } from './plan-in-hand.ts';
import { actsAs, demand, isUnit, mayAnswerInvitation, mayLeadPlan } from './who-may.ts';

/** All allowed moves of a participation; who said no or left may be invited again. */
export const PARTICIPANT_MOVES: Readonly<Record<ParticipantState, readonly ParticipantState[]>> = {
  invited: ['accepted', 'declined', 'entered-in-error'],
  accepted: ['left', 'entered-in-error'],
  declined: ['invited', 'entered-in-error'],
  left: ['invited', 'entered-in-error'],
  'entered-in-error': [],
};

const TAKES_PART: readonly ParticipantState[] = ['invited', 'accepted'];

export interface ParticipantCommand extends NewOwned {
  readonly party: Party;
  readonly role?: string;
}

/** A party as a new participant of the plan. */
export function newParticipant(
  hand: PlanInHand,
  command: ParticipantCommand,
  state: 'invited' | 'accepted',
  act: Act,
): Participant {
  return Object.assign(newInPlan(act, hand.plan, command), {
    party: command.party,
    role: command.role,
    state,
    invitedAt: act.now,
    answeredAt: state === 'accepted' ? act.now : undefined,
  });
}

function invited(hand: PlanInHand, command: ParticipantCommand, act: Act): Change | undefined {
  const known = findInPlan(hand, 'participant', ({ party }) => isSameParty(party, command.party));
  if (!known) return added('participant', newParticipant(hand, command, 'invited', act));
  if (TAKES_PART.includes(known.state)) return undefined;
  const role = command.role ?? known.role;
  const again = { state: 'invited', invitedAt: act.now, answeredAt: undefined, reason: undefined, role } as const;
  return changed('participant', known, revised<Participant>(known, act, again));
}

/**
 * Invites a party to take part; one that said no or left is invited again.
 *
 * @throws already-participant, plan-closed (409), party-not-as-registered (422)
 */
export function inviteParticipant(hand: PlanInHand, command: ParticipantCommand, act: Act): Change[] {
  refuseClosed(hand.plan);
  checkParty(command.party, hand.units, 'party');
  const change = invited(hand, command, act);
  if (!change) throw alreadyParticipant();
  return [change];
}

/**
 * Invites those of the parties' units that do not take part yet: who is asked to do something must be able to see it.
 * What patients write invites nobody: whom care asks is for care to say.
 */
export function inviteMissing(hand: PlanInHand, parties: readonly Party[], act: Act): Change[] {
  if (!isUnit(actsAs(act))) return [];
  const once = new Map(parties.filter((party) => unitOf(party) !== undefined).map((party) => [unitOf(party), party]));
  return [...once.values()].flatMap((party) => invited(hand, { party, approvedForPatient: true }, act) ?? []);
}

export interface ParticipantAnswer {
  readonly to: 'accepted' | 'declined' | 'left';
  /** Why; required when staff decline. */
  readonly reason?: string;
  /** The unit of the same principal that takes part instead. */
  readonly instead?: HsaId;
}

/** School and others outside health care and social services do not stand for their principal in a SIP. */
function standsForPrincipal(unit: UnitFacts | undefined): unit is UnitFacts {
  return unit !== undefined && unit.area !== 'school' && unit.area !== 'other';
}

/** A SIP's principals cannot decline it, only name who takes part [HSL 16:4]. */
function demandPrincipalStays(hand: PlanInHand, participant: Participant, instead: UnitFacts | undefined): void {
  const leaving = hand.units.get(unitOf(participant.party) ?? '');
  if (hand.plan.kind !== 'SIP' || !standsForPrincipal(leaving)) return;
  const principal = leaving.principal.hsaId;
  const remaining = inPlan(hand, 'participant')
    .filter((one) => one.id !== participant.id && TAKES_PART.includes(one.state))
    .map((one) => hand.units.get(unitOf(one.party) ?? ''));
  const stays = [...remaining, instead].some((unit) => standsForPrincipal(unit) && unit.principal.hsaId === principal);
  if (!stays) throw sipPrincipalMustTakePart();
}

function unitInstead(hand: PlanInHand, participant: Participant, instead: HsaId): UnitFacts {
  const unit = checkUnit(instead, hand.units, 'instead');
  const own = hand.units.get(unitOf(participant.party) ?? '');
  if (own && own.hsaId !== instead && own.principal.hsaId === unit.principal.hsaId) return unit;
  throw partyNotAsRegistered({
    invalidParameters: [
      wrong('instead', 'Ska vara en annan enhet hos samma huvudman', 'Must be another unit of the same principal'),
    ],
  });
}

/**
 * Accepts or declines an invitation, or leaves, on behalf of the one invited: a unit by its own staff, patient and
 * relatives also through staff who record it. Who declines may name another unit of its principal, which is invited.
 *
 * @throws participation-not-yours (403); participant-transition-not-allowed, sip-principal-must-take-part when the last
 *   unit of a SIP's principal says no without naming another, plan-closed (409); reason-missing (422)
 */
export function answerInvitation(hand: PlanInHand, one: Participant, answer: ParticipantAnswer, act: Act): Change[] {
  const who = actsAs(act);
  demand(mayAnswerInvitation(one, who));
  refuseClosed(hand.plan);
  demandMove<ParticipantState>(one.state, answer.to, PARTICIPANT_MOVES[one.state], participantMoveNotAllowed);
  if (answer.to === 'declined' && who !== 'patient') demandReason(answer.reason);
  const instead = answer.instead === undefined ? undefined : unitInstead(hand, one, answer.instead);
  if (answer.to !== 'accepted') demandPrincipalStays(hand, one, instead);
  const fields = { state: answer.to, answeredAt: act.now, reason: answer.reason };
  return [
    changed('participant', one, revised<Participant>(one, act, fields, answer.reason)),
    ...(instead ? inviteMissing(hand, [partyOfUnit(instead)], act) : []),
  ];
}

/** The role of a participant in this plan; by the party itself or the planning lead. */
export function changeParticipantRole(
  hand: PlanInHand,
  one: Participant,
  role: string | undefined,
  act: Act,
): Change[] {
  const who = actsAs(act);
  if (!mayLeadPlan(hand.plan, who).may) demand(mayAnswerInvitation(one, who));
  refuseClosed(hand.plan);
  return one.role === role ? [] : [changed('participant', one, revised<Participant>(one, act, { role }))];
}

/** The participant that a party is in this plan. */
export function participantOf(hand: PlanInHand, party: Party): { id: ThingId; state: ParticipantState } | undefined {
  return findInPlan(hand, 'participant', (one) => isSameParty(one.party, party));
}
