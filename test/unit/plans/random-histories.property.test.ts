import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Change } from '../../../src/plans/domain/contribution.ts';
import { LEAD_KINDS, type PlanContent, type Step } from '../../../src/plans/domain/model.ts';
import { unitOf } from '../../../src/plans/domain/party.ts';
import { applyChanges, NO_CONTENT } from '../../../src/plans/domain/plan-in-hand.ts';
import { transitionPlan } from '../../../src/plans/domain/plan-state.ts';
import { needsAssessment } from '../../../src/plans/domain/self-care.ts';
import { findCircle } from '../../../src/plans/domain/step-order.ts';
import { ACCEPTED_STATES, allowedStepMoves } from '../../../src/plans/domain/step-state.ts';
import { Problem } from '../../../src/shared/problem.ts';
import { SIZES } from '../../support/sizes.ts';
import { actOf, CENTRE, NOW, Story, UNITS } from './acting.ts';
import { COMMANDS, type Draw, plans, rightful, tries } from './random-commands.ts';

/** How often each command succeeded and was refused, so that a silent generator is noticed. */
const succeeded = new Map<string, number>();
const refusals = new Map<string, number>();
const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}

/** What holds of every list of changes, whatever was done. */
function checkChanges(changes: readonly Change[], before: PlanContent): void {
  expect(new Set(changes.map((change) => change.after.id)).size).toBe(changes.length);
  for (const { kind, before: was, after } of changes) {
    const stored = before[kind].find((one) => one.id === after.id);
    expect(was).toBe(stored);
    expect(after.revision).toBe((was?.revision ?? 0) + 1);
    expect(after.changedAt >= (was?.changedAt ?? '')).toBe(true);
    if (!was) continue;
    const owned = ({ patientId, recordedBy, legalBasis, createdAt }: typeof after) => ({
      patientId,
      recordedBy,
      legalBasis,
      createdAt,
    });
    expect(owned(after)).toEqual(owned(was));
    if (kind === 'step') checkStepMove(was as Step, after as Step);
  }
}

/** A state is left by an allowed move, or by a report that corrects another. */
function checkStepMove(was: Step, is: Step): void {
  if (was.state === is.state) return;
  const ended = was.state === 'done' || was.state === 'not-done';
  const corrected =
    ended && (is.state === was.stateBefore || allowedStepMoves({ state: was.stateBefore! }).includes(is.state));
  expect(allowedStepMoves(was).includes(is.state) || corrected, `${was.state} → ${is.state}`).toBe(true);
}

/** What is wrong with a step, in words; nothing should be. */
function faultsOf(step: Step, content: PlanContent): string[] {
  const faults = UNITS.has(step.responsibleNow) ? [] : ['nobody must act'];
  if (!ACCEPTED_STATES.includes(step.state)) return faults;
  const unit = unitOf(step.responsibleParty);
  if (unit !== undefined && step.responsibleNow !== unit) faults.push('another must act than the one who said yes');
  const assessed = content['self-care-assessment'].some((one) => one.stepId === step.id);
  if (needsAssessment(step, step.responsibleParty) && !assessed) faults.push('agreed without assessment');
  return faults;
}

function checkSteps(content: PlanContent): void {
  expect(findCircle(content.step)).toBeUndefined();
  expect(content.step.flatMap((step) => faultsOf(step, content))).toEqual([]);
}

function checkPlans(content: PlanContent): void {
  const active = content.plan.filter((plan) => LEAD_KINDS.includes(plan.kind) && plan.status === 'active');
  expect(active.length).toBeLessThanOrEqual(1);
  for (const plan of content.plan) {
    const contacts = content['named-contact'].filter((one) => one.planId === plan.id);
    const designated = contacts.filter((one) => one.state === 'designated');
    expect(contacts.filter((one) => one.isPrimary)).toHaveLength(designated.length > 0 ? 1 : 0);
    expect(contacts.every((one) => !one.isPrimary || one.state === 'designated')).toBe(true);
    expect(designated.filter((one) => one.role === 'fast-lakarkontakt').length).toBeLessThanOrEqual(1);
    const versions = content['agreement-version'].filter((one) => one.planId === plan.id);
    for (const state of ['agreed', 'proposed'] as const) {
      expect(versions.filter((one) => one.state === state).length).toBeLessThanOrEqual(1);
    }
    expect(new Set(versions.map((one) => one.version)).size).toBe(versions.length);
    if (plan.partOf !== undefined) expect(content.plan.some((one) => one.id === plan.partOf)).toBe(true);
  }
}

function tryIt(story: Story, draw: Draw & { command: string }, n: number): void {
  const planCount = story.all('plan').length;
  if (draw.what < 2) story.turnTo(story.all('plan')[(planCount - 1) >> (draw.three % 2)]!.id);
  const before = story.hand;
  const act = actOf(
    draw.who === 'rightful' ? rightful(before, draw) : draw.who,
    new Date(Date.parse(NOW) + n * 3_600_000).toISOString(),
  );
  try {
    const changes = story.does((hand) => frozen(COMMANDS[draw.command]!(hand, draw, act)));
    checkChanges(changes, before.content);
    if (changes.length > 0) count(succeeded, draw.command);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect([403, 409, 422]).toContain(error.status);
    // What was given is frozen, so that a refusal that had changed anything would have failed as a fault.
    expect(story.hand).toBe(before);
    count(refusals, error.definition.code);
  }
}

const histories = fc.array(tries, { minLength: 40, maxLength: SIZES.planHistoryLength, size: 'max' });

describe('whatever anyone tries, in any order', () => {
  it('a plan keeps its promises, and its history replays to what it is', () => {
    fc.assert(
      fc.property(plans, histories, (plan, draws) => {
        const story = new Story(plan, CENTRE);
        if (plan.kind !== 'SIP')
          story.does((hand) => transitionPlan(hand, { to: 'active' }, actOf(CENTRE), { consents: [] }));
        frozen(story.hand.content);
        draws.forEach((draw, n) => {
          tryIt(story, draw, n);
          checkSteps(story.hand.content);
          checkPlans(story.hand.content);
        });
        expect(applyChanges(NO_CONTENT, story.told)).toEqual(story.hand.content);
      }),
      { numRuns: SIZES.planHistories },
    );
  }, 300_000);

  afterAll(() => {
    // A command that never succeeds, or refusals of few kinds, would mean that the histories have said little.
    const silent = Object.keys(COMMANDS).filter((name) => !succeeded.has(name));
    expect(silent.length).toBeLessThanOrEqual(2);
    expect(refusals.size).toBeGreaterThan(25);
  });
});
