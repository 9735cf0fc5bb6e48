import { describe, expect, it, test } from 'vitest';
import { PLAN_STATUSES, type Plan, type PlanStatus } from '../../../src/plans/domain/model.ts';
import { PLAN_MOVES, type PlanMove, transitionPlan } from '../../../src/plans/domain/plan-state.ts';
import { actOf, CENTRE, NURSING, refused, Story, WARD } from './acting.ts';
import { movesTold, pairs } from './moves-told.ts';

/** docs/domain.md 3, "Plan states", word for word. */
const TOLD = movesTold(
  'draft → proposed · proposed → draft, active, declined, revoked · declined → proposed · active ⇄ on-hold · active, on-hold → completed, revoked',
);
const everythingSaid = { reason: 'Därför', offerAgainOn: '2027-02-01', decideBy: '2026-12-01' };
const NO_CONSENTS = { consents: [] };

function isAllowed(from: PlanStatus, to: PlanStatus): boolean {
  return TOLD.has(`${from} → ${to}`) || (to === 'entered-in-error' && from !== 'entered-in-error');
}

function moves(story: Story, move: PlanMove, by = CENTRE): Plan {
  story.does((hand) => transitionPlan(hand, move, actOf(by), NO_CONSENTS));
  return story.hand.plan;
}

describe('the states of a plan', () => {
  test.each(pairs(PLAN_STATUSES))('from %s to %s is allowed exactly when the domain says so', (from, to) => {
    expect(PLAN_MOVES[from].includes(to)).toBe(isAllowed(from, to));
    const story = new Story().is({ status: from });
    const before = story.hand;
    if (isAllowed(from, to)) {
      const { status, revision } = moves(story, { to, ...everythingSaid });
      expect({ status, revision }).toEqual({ status: to, revision: before.plan.revision + 1 });
      return;
    }
    const problem = refused('plan-transition-not-allowed', () => moves(story, { to, ...everythingSaid }));
    expect(problem.status).toBe(409);
    expect(problem.particulars.extra).toEqual({ from, allowed: PLAN_MOVES[from] });
    expect(story.hand).toBe(before);
  });

  it('moves only by the planning lead, but the patient says no and ends it at any time', () => {
    const byPatient = (from: PlanStatus, to: PlanStatus) => () =>
      moves(new Story().is({ status: from }), { to, ...everythingSaid }, 'patient');
    for (const [from, to] of pairs(PLAN_STATUSES)) {
      if (!isAllowed(from, to)) continue;
      const their = to === 'declined' || to === 'completed' || to === 'revoked';
      if (their) expect(byPatient(from, to)().status).toBe(to);
      else refused('planning-lead-only', byPatient(from, to));
      for (const other of [WARD, NURSING]) {
        refused('planning-lead-only', () => moves(new Story().is({ status: from }), { to, ...everythingSaid }, other));
      }
    }
  });

  it('a declined plan carries the reason and when it is offered again, and loses them when it is', () => {
    const story = new Story({ status: 'proposed' });
    refused('reason-missing', () => moves(story, { to: 'declined', offerAgainOn: '2027-02-01' }));
    refused('date-missing', () => moves(story, { to: 'declined', reason: 'Orkar inte nu' }));
    refused('time-not-in-order', () => moves(story, { to: 'declined', reason: 'Nej', offerAgainOn: '2026-11-19' }));
    const plan = moves(story, { to: 'declined', reason: 'Orkar inte nu', offerAgainOn: '2027-02-01' });
    expect(plan.declined).toEqual({ reason: 'Orkar inte nu', offerAgainOn: '2027-02-01' });
    expect(plan.changedBy.why).toBe('Orkar inte nu');
    expect(moves(story, { to: 'proposed' }).declined).toBeUndefined();
  });

  it('the patient need not say when to be asked again', () => {
    const plan = moves(new Story({ status: 'proposed' }), { to: 'declined', reason: 'Nej tack' }, 'patient');
    expect(plan.declined).toEqual({ reason: 'Nej tack' });
  });

  it('a resting plan says who decides about going on, and by when', () => {
    const story = new Story({ status: 'proposed' });
    moves(story, { to: 'active' });
    refused('date-missing', () => moves(story, { to: 'on-hold', reason: 'Inlagd' }));
    const plan = moves(story, { to: 'on-hold', reason: 'Inlagd', decideBy: '2026-11-27' });
    expect(plan.onHold).toEqual({ reason: 'Inlagd', decidesUnit: CENTRE, decideBy: '2026-11-27' });
    expect(moves(story, { to: 'active' }).onHold).toBeUndefined();
  });

  it('what is entered in error says so and counts for nothing', () => {
    expect(moves(new Story(), { to: 'entered-in-error' }).enteredInError).toBe(true);
  });
});
