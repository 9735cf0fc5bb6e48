import { describe, expect, it } from 'vitest';
import { changeFollowUp, planFollowUp, recordFollowUp } from '../../../src/plans/domain/follow-up.ts';
import type { FollowUp, Remark, Step } from '../../../src/plans/domain/model.ts';
import { addNamedContact } from '../../../src/plans/domain/named-contact-commands.ts';
import { changeHeader } from '../../../src/plans/domain/plan-header.ts';
import {
  addRemark,
  answeringUnit,
  answerRemark,
  answersTo,
  type RemarkCommand,
} from '../../../src/plans/domain/remark-commands.ts';
import { addStep } from '../../../src/plans/domain/step-add.ts';
import {
  actOf,
  CENTRE,
  fieldsOf,
  HEART,
  KOMMUN,
  made,
  NURSING,
  OTHER_REGION,
  refusal,
  refused,
  SHOWN,
  Story,
  WARD,
} from './acting.ts';

function says(story: Story, fields: Partial<RemarkCommand>, by = 'patient'): Remark {
  const command = { what: 'question', text: 'När?', approvedForPatient: false, ...fields } as const;
  return made<Remark>(story.does((hand) => addRemark(hand, command, actOf(by))));
}

function stepBy(story: Story, unit: string): Step {
  return made<Step>(story.does((hand) => addStep(hand, { title: 'Väga', ...SHOWN }, actOf(unit))));
}

describe('a remark', () => {
  it('of the patient’s is answered by the unit that answers for the step, and the patient sees who and when', () => {
    const story = new Story();
    const step = stepBy(story, NURSING);
    const asked = says(story, { aboutId: step.id });
    expect(asked).toMatchObject({ what: 'question', approvedForPatient: true, recordedBy: { kind: 'patient' } });
    expect(answeringUnit(story.hand, asked)).toBe(NURSING);
    for (const by of [HEART, 'patient']) {
      refused('answer-not-yours', () => answerRemark(story.hand, asked, { text: 'Nej' }, actOf(by)));
    }
    const answer = made<Remark>(
      story.does((hand) =>
        answerRemark(hand, asked, { text: 'På måndag' }, actOf(NURSING, '2026-11-21T08:00:00.000Z')),
      ),
    );
    expect(answersTo(story.all('remark'), asked.id)).toEqual([answer]);
    expect(answer).toMatchObject({
      what: 'answer',
      answers: asked.id,
      aboutId: step.id,
      approvedForPatient: true,
      recordedBy: { unit: NURSING, name: expect.any(String) },
      createdAt: '2026-11-21T08:00:00.000Z',
    });
    expect(made<Remark>(answerRemark(story.hand, asked, { text: 'Ja' }, actOf(CENTRE))).recordedBy.unit).toBe(CENTRE);
    refused('not-for-this-kind', () => answerRemark(story.hand, answer, { text: 'Ja' }, actOf(NURSING)));
  });

  it('about the plan falls to the primary contact, else the lead; about other things to their writer', () => {
    const story = new Story({}, WARD);
    const about = says(story, {});
    expect(answeringUnit(story.hand, about)).toBe(WARD);
    const contact = { role: 'fast-vardkontakt', unit: CENTRE, person: { name: 'Maj' }, ...SHOWN } as const;
    const maj = story.does((hand) => addNamedContact(hand, contact, actOf(CENTRE)))[0]!.after;
    expect(answeringUnit(story.hand, about)).toBe(CENTRE);
    expect(answeringUnit(story.hand, { aboutId: story.hand.plan.id })).toBe(CENTRE);
    const later = says(story, { aboutId: maj.id, what: 'comment' });
    expect(answeringUnit(story.hand, later)).toBe(CENTRE);
  });

  it('asks for another time of a step only', () => {
    const story = new Story();
    const step = stepBy(story, NURSING);
    const wish = { what: 'another-time', wishedTime: 'Efter lunch' } as const;
    expect(says(story, { ...wish, aboutId: step.id })).toMatchObject(wish);
    expect(fieldsOf(refused('unknown-reference', () => says(story, wish)))).toEqual(['aboutId']);
    expect(fieldsOf(refused('not-for-this-kind', () => says(story, { wishedTime: 'Efter lunch' })))).toEqual([
      'wishedTime',
    ]);
  });

  it('is about something in this plan', () => {
    const story = new Story();
    const other = story.hand.plan.id;
    story.begins({ kind: 'VP' });
    for (const aboutId of [other, actOf(CENTRE).newId()]) {
      expect(fieldsOf(refused('unknown-reference', () => says(story, { aboutId })))).toEqual(['aboutId']);
    }
  });

  it('in a closed plan may only be a disagreement, which is noted always (PDL 3:8)', () => {
    const story = new Story().is({ status: 'completed' });
    refused('plan-closed', () => says(story, {}));
    expect(says(story, { what: 'disagreement', text: 'Det stämmer inte' }).what).toBe('disagreement');
    expect(says(story, { what: 'disagreement' }, CENTRE).approvedForPatient).toBe(true);
  });

  it('between staff need not be shown to the patient', () => {
    expect(says(new Story(), { what: 'comment' }, CENTRE).approvedForPatient).toBe(false);
  });
});

describe('a follow-up', () => {
  const plans = (story: Story, by = CENTRE, responsibleUnit?: string) =>
    made<FollowUp>(
      story.does((hand) => planFollowUp(hand, { plannedOn: '2027-02-04', responsibleUnit, ...SHOWN }, actOf(by))),
    );

  it('is taken on by a unit for itself or given to the planning lead, never to another', () => {
    const story = new Story();
    expect(plans(story, HEART).responsibleUnit).toBe(HEART);
    expect(plans(story, HEART, CENTRE).responsibleUnit).toBe(CENTRE);
    refused('responsibility-by-another', () => plans(story, CENTRE, NURSING));
    expect(
      fieldsOf(
        refused('time-not-in-order', () =>
          planFollowUp(story.hand, { plannedOn: '2026-11-19', ...SHOWN }, actOf(CENTRE)),
        ),
      ),
    ).toEqual(['plannedOn']);
  });

  it('is neither given nor taken away but by handover, unless the unit that has it is no more', () => {
    const story = new Story();
    const one = plans(story, HEART);
    for (const [by, to] of [
      [HEART, CENTRE],
      [CENTRE, CENTRE],
      [HEART, NURSING],
    ] as const) {
      refused('follow-up-by-handover', () => changeFollowUp(story.hand, one, { responsibleUnit: to }, actOf(by)));
    }
    const closed = new Map(story.hand.units).set(HEART, { ...story.hand.units.get(HEART)!, active: false });
    const hand = { ...story.hand, units: closed };
    refused('follow-up-by-handover', () => changeFollowUp(hand, one, { responsibleUnit: NURSING }, actOf(CENTRE)));
    const [taken] = changeFollowUp(hand, one, { responsibleUnit: CENTRE }, actOf(CENTRE));
    expect(taken?.after).toMatchObject({ responsibleUnit: CENTRE });
  });

  it('is moved and done by who has it or the planning lead, once', () => {
    const story = new Story();
    const one = plans(story, HEART);
    refused('planning-lead-only', () => changeFollowUp(story.hand, one, { plannedOn: '2027-02-05' }, actOf(NURSING)));
    story.does((hand) => changeFollowUp(hand, one, { plannedOn: '2027-02-05' }, actOf(CENTRE)));
    refused('time-not-in-order', () => recordFollowUp(story.hand, one, { doneOn: '2026-11-21' }, actOf(HEART)));
    story.does((hand) => recordFollowUp(hand, story.now('follow-up', one), { outcome: 'Går bra' }, actOf(HEART)));
    const done = story.now('follow-up', one);
    expect(done).toMatchObject({ plannedOn: '2027-02-05', outcome: 'Går bra', doneOn: '2026-11-20', revision: 3 });
    refused('follow-up-done', () => recordFollowUp(story.hand, done, { outcome: 'Nej' }, actOf(HEART)));
    refused('follow-up-done', () => changeFollowUp(story.hand, done, { plannedOn: '2027-03-01' }, actOf(HEART)));
  });

  it('holds the person’s own story and rating, which the person may give, and nothing else', () => {
    const story = new Story();
    const one = plans(story);
    refused('content-not-yours', () => recordFollowUp(story.hand, one, { outcome: 'Bra' }, actOf('patient')));
    story.does((hand) => recordFollowUp(hand, one, { story: 'Jag gick till brevlådan', rating: 4 }, actOf('patient')));
    const told = story.now('follow-up', one);
    expect(told).toMatchObject({ story: 'Jag gick till brevlådan', rating: 4 });
    expect(told.doneOn).toBeUndefined();
  });
});

describe('the header', () => {
  it('is the planning lead’s to change, until the plan is closed', () => {
    const story = new Story();
    refused('planning-lead-only', () => changeHeader(story.hand, { title: 'Annan' }, actOf(NURSING)));
    story.does((hand) => changeHeader(hand, { title: 'Annan', planningLead: { name: 'Maj' } }, actOf(CENTRE)));
    expect(story.hand.plan).toMatchObject({ title: 'Annan', planningLead: { name: 'Maj' }, revision: 2 });
    expect(changeHeader(story.hand, { title: 'Annan', purpose: null }, actOf(CENTRE))).toEqual([]);
    refused('plan-closed', () => changeHeader(story.is({ status: 'revoked' }).hand, { title: 'X' }, actOf(CENTRE)));
  });

  it('names a principal and units that are there, and a period in order', () => {
    const story = new Story();
    const change = (fields: Parameters<typeof changeHeader>[1]) => () =>
      changeHeader(story.hand, fields, actOf(CENTRE));
    expect(fieldsOf(refusal(change({ leadPrincipal: 'SE0000000000-TST7777' })))).toEqual(['leadPrincipal']);
    expect(fieldsOf(refusal(change({ convener: { unit: 'SE0000000000-TST7777' } })))).toEqual(['convener.unit']);
    expect(fieldsOf(refusal(change({ periodFrom: '2026-12-02', periodTo: '2026-12-01' })))).toEqual(['periodTo']);
    for (const { hsaId } of [KOMMUN, OTHER_REGION]) expect(change({ leadPrincipal: hsaId })()).toHaveLength(1);
  });

  it('keeps its kind once the plan has been active, and is a part or not as its kind says', () => {
    const story = new Story({ status: 'proposed' });
    story.is({ status: 'active' });
    refused('plan-kind-fixed', () => changeHeader(story.hand, { kind: 'SIP' }, actOf(CENTRE)));
    const lead = story.hand.plan.id;
    story.begins({ kind: 'SIP' });
    story.does((hand) => changeHeader(hand, { kind: 'VP' }, actOf(CENTRE)));
    expect(story.hand.plan).toMatchObject({ kind: 'VP', partOf: lead });
  });
});
