import { describe, expect, it } from 'vitest';
import { addCommitment } from '../../../src/plans/domain/commitment-commands.ts';
import type { Commitment, Plan, Step } from '../../../src/plans/domain/model.ts';
import { transitionPlan } from '../../../src/plans/domain/plan-state.ts';
import { addRemark } from '../../../src/plans/domain/remark-commands.ts';
import { reportStep } from '../../../src/plans/domain/report-commands.ts';
import { addStep } from '../../../src/plans/domain/step-add.ts';
import { actOf, CENTRE, made, NURSING, PATIENT_PARTY, partyOf, refused, SHOWN, Story, WARD } from './acting.ts';

const NO_CONSENTS = { consents: [] };
const activate = (story: Story, replaces?: Plan['id'], by = CENTRE) =>
  story.does((hand) => transitionPlan(hand, { to: 'active', replaces }, actOf(by), NO_CONSENTS));
const move = (story: Story, to: 'completed' | 'on-hold', by = CENTRE) =>
  story.does((hand) => transitionPlan(hand, { to, reason: 'Därför', decideBy: '2026-12-01' }, actOf(by), NO_CONSENTS));

/** A story with an active lead plan, and another one proposed. */
function twoLeadPlans() {
  const story = new Story({ status: 'proposed', title: 'Gamla' });
  activate(story);
  const old = story.hand.plan;
  story.begins({ status: 'proposed', title: 'Nya' }, WARD);
  return { story, old, fresh: story.hand.plan };
}

describe('the one lead plan of a person', () => {
  it('is not joined by a second one that does not name it, and the refusal says which', () => {
    const { story, old } = twoLeadPlans();
    const problem = refused('lead-plan-active', () => activate(story, undefined, WARD));
    expect(problem.status).toBe(409);
    expect(problem.particulars.extra).toEqual({ planId: { patientId: old.patientId, id: old.id } });
  });

  it('gives way to the one that names it, in the same act', () => {
    const { story, old, fresh } = twoLeadPlans();
    const changes = activate(story, old.id, WARD);
    expect(made<Plan>(changes)).toMatchObject({ id: fresh.id, status: 'active', replaces: old.id });
    expect(story.now('plan', old)).toMatchObject({ status: 'completed', replacedBy: fresh.id, revision: 3 });
  });

  it('moves open steps and promises along with owner, history and what was said of them, and leaves the ended', () => {
    const story = new Story({ status: 'proposed' });
    activate(story);
    const old = story.hand.plan;
    const step = (title: string, by: string) =>
      made<Step>(story.does((hand) => addStep(hand, { title, ...SHOWN }, actOf(by))));
    const open = step('Väga', NURSING);
    const ended = step('Ringa', NURSING);
    const report = (one: Step, outcome: 'done' | 'undone') =>
      story.does((hand) => reportStep(hand, one, { outcome, clientKey: outcome, ...SHOWN }, actOf(NURSING)));
    report(ended, 'done');
    report(open, 'undone');
    const said = story.does((hand) =>
      addRemark(hand, { what: 'question', text: 'När?', aboutId: open.id, ...SHOWN }, actOf('patient')),
    );
    const promise = made<Commitment>(
      story.does((hand) =>
        addCommitment(hand, { by: partyOf(NURSING), to: PATIENT_PARTY, text: 'Ringer', ...SHOWN }, actOf(NURSING)),
      ),
    );
    story.begins({ status: 'proposed' }, WARD);
    activate(story, old.id, WARD);
    const fresh = story.hand.plan;
    expect(story.now('step', open)).toMatchObject({ planId: fresh.id, recordedBy: open.recordedBy, state: 'agreed' });
    expect(story.now('commitment', promise)).toMatchObject({ planId: fresh.id, recordedBy: promise.recordedBy });
    expect(story.now('remark', said[0]!.after).planId).toBe(fresh.id);
    expect(story.now('step', ended).planId).toBe(old.id);
    expect(story.all('report').map((one) => one.planId === fresh.id)).toEqual([false, true]);
  });

  it('a resting one may rest beside the active one, be replaced when named, and not go on unnamed', () => {
    const { story, old, fresh } = twoLeadPlans();
    move(story.turnTo(old.id), 'on-hold');
    activate(story.turnTo(fresh.id), undefined, WARD);
    expect(story.now('plan', old).status).toBe('on-hold');
    refused('lead-plan-active', () => activate(story.turnTo(old.id)));
    activate(story, fresh.id);
    expect(story.now('plan', fresh)).toMatchObject({ status: 'completed', replacedBy: old.id });
  });

  it('refuses to replace what is no lead plan, is not going on, or when it does not become active', () => {
    const { story, old, fresh } = twoLeadPlans();
    refused('unknown-reference', () => activate(story, fresh.id, WARD));
    move(story.turnTo(old.id), 'completed');
    refused('replaced-plan-not-active', () => activate(story.turnTo(fresh.id), old.id, WARD));
    refused('not-for-this-kind', () =>
      transitionPlan(story.hand, { to: 'draft', replaces: old.id }, actOf(WARD), NO_CONSENTS),
    );
  });

  it('has the other plans as its parts, and when it ends they are parts of nothing', () => {
    const story = new Story({ kind: 'SPU', status: 'proposed' }, WARD);
    activate(story, undefined, WARD);
    const part = story.hand.plan;
    expect(part.partOf).toBeUndefined();
    story.begins({ status: 'proposed' });
    activate(story);
    const lead = story.hand.plan;
    expect(story.now('plan', part)).toMatchObject({ partOf: lead.id, revision: 3 });
    expect(story.begins({ kind: 'VP' }, WARD).hand.plan.partOf).toBe(lead.id);
    move(story.turnTo(lead.id), 'on-hold');
    expect(story.now('plan', part).partOf).toBe(lead.id);
    move(story, 'completed');
    expect(story.all('plan').map((plan) => plan.partOf)).toEqual([undefined, undefined, undefined]);
  });

  it('keeps its parts when another takes its place: they are that one’s', () => {
    const { story, old, fresh } = twoLeadPlans();
    story.begins({ kind: 'RP' }, WARD);
    const part = story.hand.plan;
    expect(part.partOf).toBe(old.id);
    activate(story.turnTo(fresh.id), old.id, WARD);
    expect(story.now('plan', part).partOf).toBe(fresh.id);
  });
});
