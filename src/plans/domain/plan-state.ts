import type { ConsentFacts } from '../../shared/consent-facts.ts';
import type { ThingId } from '../../shared/ids.ts';
import { wrong } from '../../shared/problem.ts';
import { notForThisKind, planMoveNotAllowed, sipGateUnmet } from '../problems.ts';
import { type Act, type Change, changed, revised } from './contribution.ts';
import { demandAhead, demandDate, demandMove, demandReason } from './demands.ts';
import { leadPlanOf, partOfChanges, partOfFor, replacementChanges } from './lead-plan.ts';
import { LEAD_KINDS, type Plan, type PlanStatus, type SwedishDate, type When } from './model.ts';
import type { PlanInHand } from './plan-in-hand.ts';
import { missingForSip } from './sip-gate.ts';
import { type ActsAs, actsAs, demand, type May, mayLeadPlan } from './who-may.ts';

/**
 * All allowed moves of a plan (docs/domain.md 3, "Plan states"); a mistake can be marked from anywhere and is final.
 */
export const PLAN_MOVES: Readonly<Record<PlanStatus, readonly PlanStatus[]>> = {
  draft: ['proposed', 'entered-in-error'],
  proposed: ['draft', 'active', 'declined', 'revoked', 'entered-in-error'],
  active: ['on-hold', 'completed', 'revoked', 'entered-in-error'],
  declined: ['proposed', 'entered-in-error'],
  'on-hold': ['active', 'completed', 'revoked', 'entered-in-error'],
  completed: ['entered-in-error'],
  revoked: ['entered-in-error'],
  'entered-in-error': [],
};

export interface PlanMove {
  readonly to: PlanStatus;
  /** Why; required for `declined` and `on-hold`. */
  readonly reason?: string;
  /** When a declined plan is to be offered again; required of staff. */
  readonly offerAgainOn?: SwedishDate;
  /** By when the lead unit decides about going on with a resting plan; required for `on-hold`. */
  readonly decideBy?: When;
  /** The lead plan that this one takes the place of when it becomes active. */
  readonly replaces?: ThingId;
}

/** What a move needs to know beyond the person's plans. */
export interface PlanMoveFacts {
  readonly consents: readonly ConsentFacts[];
}

/** Which of the patient's own moves there are: saying no, and ending, at any time. */
const BY_PATIENT: readonly PlanStatus[] = ['declined', 'completed', 'revoked'];

/** Whether someone may move the plan to a status: the planning lead all moves, the patient saying no and ending. */
export function mayMovePlan(plan: Plan, to: PlanStatus, who: ActsAs): May {
  return who === 'patient' && BY_PATIENT.includes(to) ? { may: true } : mayLeadPlan(plan, who);
}

function fieldsFor(plan: Plan, move: PlanMove, who: ActsAs, act: Act): Partial<Plan> {
  switch (move.to) {
    case 'proposed':
      return { declined: undefined };
    case 'active':
      return { onHold: undefined, ...(move.replaces && { replaces: move.replaces }) };
    case 'declined': {
      const reason = demandReason(move.reason);
      if (who !== 'patient') demandDate(move.offerAgainOn, 'offerAgainOn');
      demandAhead(move.offerAgainOn, act.now, 'offerAgainOn');
      return { declined: { reason, ...(move.offerAgainOn && { offerAgainOn: move.offerAgainOn }) } };
    }
    case 'on-hold': {
      const reason = demandReason(move.reason);
      const decideBy = demandDate(move.decideBy, 'decideBy');
      demandAhead(decideBy, act.now, 'decideBy');
      return { onHold: { reason, decidesUnit: plan.leadUnit, decideBy } };
    }
    case 'completed':
    case 'revoked':
      return { closed: move.reason === undefined ? {} : { reason: move.reason }, onHold: undefined };
    case 'entered-in-error':
      return { enteredInError: true, onHold: undefined };
    default:
      return {};
  }
}

function checkGate(hand: PlanInHand, facts: PlanMoveFacts, act: Act): void {
  if (hand.plan.kind !== 'SIP') return;
  const missing = missingForSip(hand, facts.consents, act.now);
  if (missing.length > 0) throw sipGateUnmet({ extra: { missing } });
}

/**
 * Moves a plan to another status on behalf of its planning lead (saying no and ending also of the patient).
 *
 * A SIP becomes active only through its gate. A lead plan that becomes active takes the place of the one named by
 * `replaces`, which is completed in the same act while its open steps and promises move along with owner and history;
 * consent does not. Other plans of the person become its parts, and no parts when there is no lead plan left.
 * Needs all plans of the person in `hand.content`.
 *
 * @returns the plan's own change first
 * @throws planning-lead-only (403), plan-transition-not-allowed with the allowed statuses (409), sip-gate-unmet with all
 *   that is missing (409), lead-plan-active with `planId` of the active one (409), reason-missing, date-missing (422)
 */
export function transitionPlan(hand: PlanInHand, move: PlanMove, act: Act, facts: PlanMoveFacts): Change[] {
  const { plan, content } = hand;
  const who = actsAs(act);
  demand(mayMovePlan(plan, move.to, who));
  demandMove(plan.status, move.to, PLAN_MOVES[plan.status], planMoveNotAllowed);
  const isLead = LEAD_KINDS.includes(plan.kind);
  if (move.replaces !== undefined && !(isLead && move.to === 'active')) {
    throw notForThisKind({
      invalidParameters: [
        wrong('replaces', 'Gäller bara när en samlad plan blir aktiv', 'Only when a lead plan becomes active'),
      ],
    });
  }
  const fields = fieldsFor(plan, move, who, act);
  if (move.to === 'active') checkGate(hand, facts, act);
  const replaced = move.to === 'active' && isLead ? replacementChanges(hand, move.replaces, act) : [];
  const standing = content.plan.map((one) => (one.id === plan.id ? { ...plan, status: move.to } : one));
  const lead = leadPlanOf(standing.filter((one) => one.id !== move.replaces));
  const partOf = partOfFor({ ...plan, status: move.to }, lead);
  const moved = changed('plan', plan, revised(plan, act, { ...fields, status: move.to, partOf }, move.reason));
  return [moved, ...replaced, ...partOfChanges(content.plan, [plan.id, move.replaces], lead, act)];
}
