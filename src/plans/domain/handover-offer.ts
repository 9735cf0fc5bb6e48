import type { AgreedRule, RuleInForce } from '../../deadlines/domain/agreed-rules.ts';
import { ruleInForce } from '../../deadlines/domain/agreed-rules.ts';
import { type DeadlineName, type DeadlineRule, lastInstantBefore, lastInstantOf } from '../../shared/deadline.ts';
import type { ThingId } from '../../shared/ids.ts';
import { wrong } from '../../shared/problem.ts';
import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import {
  handoverAlreadyOpen,
  handoverMoveNotAllowed,
  handoverNeedsPatientsYes,
  handoverToClosedUnit,
  handoverToOneself,
  NOT_YOURS,
  nothingToHandOver,
} from '../problems.ts';
import { type Act, added, type Change, changed, type NewOwned, newInPlan, revised } from './contribution.ts';
import { demandAhead, demandFound, demandMove, demandReason } from './demands.ts';
import { HANDOVER_MOVES, holderOf, isOpenHandover } from './handover-state.ts';
import type { Handover, HsaId, Instant } from './model.ts';
import { inviteMissing } from './participant-commands.ts';
import { checkUnit, partyOfUnit } from './party.ts';
import { inPlan, type PlanInHand, refuseClosed } from './plan-in-hand.ts';
import { primaryContactOf } from './responsibility.ts';
import { differing, type Fields, isEmpty, picked } from './same.ts';
import { epochOf } from './when.ts';
import { actsAs } from './who-may.ts';

export interface HandoverCommand extends NewOwned, Pick<Handover, 'of' | 'needs' | 'given'> {
  /** The step, the named contact or the follow-up; not for the planning lead, which is the plan's own. */
  readonly aboutId?: ThingId;
  readonly toUnit: HsaId;
  /** Counted by the rule between the two principals unless said. */
  readonly answerBy?: Instant;
  /** When the patient is to leave hospital: the answer must come before. */
  readonly homecomingAt?: Instant;
  /** The giving unit unless said. */
  readonly escalateTo?: HsaId;
  /** How the patient has said yes to moving; demanded when the lead or the primary contact passes to another principal. */
  readonly patientsYes?: Handover['patientsYes'];
}

/** The unit that a handover goes to: one that the directory knows, that is open, and another than the giver. */
export function receiverOf(hand: PlanInHand, from: HsaId, toUnit: HsaId): UnitFacts {
  if (toUnit === from) throw handoverToOneself();
  const unit = hand.units.get(toUnit);
  if (unit && !unit.active) throw handoverToClosedUnit();
  return checkUnit(toUnit, hand.units, 'toUnit');
}

/** @throws handover-already-open (409) */
function refuseSecond(hand: PlanInHand, aboutId: ThingId): void {
  const open = inPlan(hand, 'handover').find((one) => one.aboutId === aboutId && isOpenHandover(one));
  if (open) throw handoverAlreadyOpen({ extra: { handoverId: { patientId: open.patientId, id: open.id } } });
}

/** Moving to another region or kommun is the patient's own decision: it is the lead, or the primary contact, that moves. */
function demandPatientsYes(hand: PlanInHand, command: HandoverCommand, from: HsaId, to: UnitFacts): void {
  const giver = hand.units.get(from);
  const isPrimary = command.of === 'named-contact' && primaryContactOf(hand)?.id === command.aboutId;
  const moves = (command.of === 'planning-lead' || isPrimary) && giver?.principal.hsaId !== to.principal.hsaId;
  if (!moves || command.patientsYes) return;
  throw handoverNeedsPatientsYes({
    invalidParameters: [wrong('patientsYes', 'Ange hur patienten har sagt ja', 'Say how the patient has said yes')],
  });
}

type Answering = Pick<Handover, 'answerBy' | 'answerRule'>;

function answerUntil(
  hand: PlanInHand,
  command: HandoverCommand,
  from: HsaId,
  to: UnitFacts,
  known: AnswerFacts,
): Answering {
  const { answerBy, homecomingAt } = command;
  if (answerBy !== undefined) {
    demandAhead(answerBy, known.now, 'answerBy');
    return { answerBy, answerRule: { name: 'stated' } };
  }
  const now = epochOf(known.now);
  const between = [hand.units.get(from)?.principal.hsaId ?? '', to.principal.hsaId] as const;
  const inForce = (name: DeadlineName) => ruleInForce(known.rules, name, between, swedishDate(now));
  if (homecomingAt === undefined) {
    const found = inForce('handover-answer');
    return { answerBy: toRfc3339Utc(lastInstantOf(found.rule, now)), answerRule: namedRule(found) };
  }
  const found = inForce('handover-before-homecoming');
  const rule = found.rule as Extract<DeadlineRule, { counts: 'hours' }>;
  const before = toRfc3339Utc(lastInstantBefore(rule, epochOf(homecomingAt)));
  demandAhead(before, known.now, 'homecomingAt');
  return { answerBy: before, answerRule: namedRule(found) };
}

const namedRule = ({ name, agreed }: RuleInForce) => ({ name, ...(agreed !== undefined && { agreed }) });

interface AnswerFacts {
  readonly rules: readonly AgreedRule[];
  readonly now: Instant;
}

/**
 * Offers an accepted step or a duty to another unit. The one who gives it has it until the other has accepted, over
 * nights, weekends and holidays.
 *
 * @throws handover-not-yours (403); nothing-to-hand-over, handover-already-open, plan-closed (409); handover-to-oneself,
 *   handover-to-closed-unit, handover-needs-patients-yes, unknown-reference, time-not-in-order (422)
 */
export function offerHandover(
  hand: PlanInHand,
  command: HandoverCommand,
  rules: readonly AgreedRule[],
  act: Act,
): Change[] {
  refuseClosed(hand.plan);
  const aboutId = command.of === 'planning-lead' ? hand.plan.id : demandFound(command.aboutId, 'aboutId');
  const things = command.of === 'planning-lead' ? [hand.plan] : inPlan(hand, command.of);
  demandFound(
    things.find(({ id }) => id === aboutId),
    'aboutId',
  );
  const from = holderOf(hand.content, { of: command.of, aboutId });
  if (from === undefined) throw nothingToHandOver();
  if (actsAs(act) !== from) throw NOT_YOURS['handover-not-yours']();
  const to = receiverOf(hand, from, command.toUnit);
  if (command.escalateTo !== undefined) checkUnit(command.escalateTo, hand.units, 'escalateTo');
  refuseSecond(hand, aboutId);
  demandPatientsYes(hand, command, from, to);
  const handover: Handover = {
    ...newInPlan(act, hand.plan, command),
    ...picked(command, ['of', 'needs', 'given', 'patientsYes']),
    ...answerUntil(hand, command, from, to, { rules, now: act.now }),
    aboutId,
    state: 'offered',
    fromUnit: from,
    toUnit: to.hsaId,
    escalateTo: command.escalateTo ?? from,
    offeredAt: act.now,
    forwarded: [],
  };
  return [added('handover', handover), ...inviteMissing(hand, [partyOfUnit(to)], act)];
}

type Corrected = 'needs' | 'given' | 'answerBy' | 'escalateTo' | 'approvedForPatient';

/**
 * Corrects what was sent, by the unit that gives. One that had been received waits to be received anew.
 *
 * @throws handover-not-yours (403), handover-transition-not-allowed (409), time-not-in-order (422)
 */
export function correctHandover(
  hand: PlanInHand,
  handover: Handover,
  fields: Fields<Handover, Corrected>,
  act: Act,
): Change[] {
  if (actsAs(act) !== handover.fromUnit) throw NOT_YOURS['handover-not-yours']();
  if (!isOpenHandover(handover)) throw handoverMoveNotAllowed({ extra: { from: handover.state, allowed: [] } });
  const differs = differing<Handover, Corrected>(handover, fields);
  if (isEmpty(differs)) return [];
  if (differs.escalateTo !== undefined) checkUnit(differs.escalateTo, hand.units, 'escalateTo');
  demandAhead(differs.answerBy, act.now, 'answerBy');
  const stated = differs.answerBy === undefined ? {} : { answerRule: { name: 'stated' } };
  const anew = { ...differs, ...stated, state: 'offered', receivedAt: undefined, receivedBy: undefined } as const;
  return [changed('handover', handover, revised<Handover>(handover, act, anew))];
}

/**
 * Takes back what was sent, by the unit that gives and with the reason; the duty has been there all the time.
 *
 * @throws handover-not-yours (403), handover-transition-not-allowed (409), reason-missing (422)
 */
export function cancelHandover(handover: Handover, given: { readonly reason?: string }, act: Act): Change[] {
  if (actsAs(act) !== handover.fromUnit) throw NOT_YOURS['handover-not-yours']();
  demandMove(handover.state, 'cancelled', HANDOVER_MOVES[handover.state], handoverMoveNotAllowed);
  const reason = demandReason(given.reason);
  return [changed('handover', handover, revised<Handover>(handover, act, { state: 'cancelled', reason }, reason))];
}
