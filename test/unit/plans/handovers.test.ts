import { describe, expect, it, test } from 'vitest';
import type { AgreedRule } from '../../../src/deadlines/domain/agreed-rules.ts';
import { planFollowUp } from '../../../src/plans/domain/follow-up.ts';
import {
  acceptHandover,
  forwardHandover,
  receiveHandover,
  returnHandover,
} from '../../../src/plans/domain/handover-answer.ts';
import { lapsedHandovers } from '../../../src/plans/domain/handover-lapse.ts';
import {
  cancelHandover,
  correctHandover,
  type HandoverCommand,
  offerHandover,
} from '../../../src/plans/domain/handover-offer.ts';
import { isLateHandover } from '../../../src/plans/domain/handover-state.ts';
import type { FollowUp, Handover, NamedContact, Step } from '../../../src/plans/domain/model.ts';
import { addNamedContact } from '../../../src/plans/domain/named-contact-commands.ts';
import { reportStep } from '../../../src/plans/domain/report-commands.ts';
import { addStep } from '../../../src/plans/domain/step-add.ts';
import {
  actOf,
  CENTRE,
  CLOSED_UNIT,
  ELSEWHERE,
  HEART,
  HOME_HELP,
  KOMMUN,
  made,
  NURSING,
  OTHER_REGION,
  PATIENT_PARTY,
  partyOf,
  REGION,
  refused,
  SHOWN,
  Story,
  WARD,
} from './acting.ts';

const FRIDAY = '2026-11-20T14:10:00.000Z';
const HOME = '2026-11-21T10:00:00.000Z';
const NEXT = { homecomingAt: HOME, toUnit: NURSING } as const;

function storyOf(step: object = {}) {
  const story = new Story({}, WARD);
  const weighing = made<Step>(
    story.does((hand) => addStep(hand, { title: 'Viktkontroll', ...SHOWN, ...step }, actOf(WARD, FRIDAY))),
  );
  return { story, weighing };
}

function offer(story: Story, command: Partial<HandoverCommand>, by = WARD, at = FRIDAY, rules: AgreedRule[] = []) {
  const whole = { of: 'step', approvedForPatient: false, ...NEXT, ...command } as HandoverCommand;
  return made<Handover>(story.does((hand) => offerHandover(hand, whole, rules, actOf(by, at))));
}

describe('handing over a step', () => {
  it('is a promise by nobody until it is accepted: the sender has the step, over the weekend and past the deadline', () => {
    const { story, weighing } = storyOf();
    const handover = offer(story, { aboutId: weighing.id, escalateTo: HEART });
    expect(handover).toMatchObject({ state: 'offered', fromUnit: WARD, toUnit: NURSING, escalateTo: HEART });
    expect(story.now('step', weighing).responsibleNow).toBe(WARD);
    story.does(() => receiveHandover(handover, actOf(NURSING, '2026-11-20T14:30:00.000Z')));
    const received = story.now('handover', handover);
    expect(received).toMatchObject({ state: 'received', receivedBy: { unit: NURSING } });
    expect(story.now('step', weighing).responsibleNow).toBe(WARD);
    expect(isLateHandover(received, Date.parse('2026-11-21T08:00:00.000Z'))).toBe(false);
    expect(isLateHandover(received, Date.parse('2026-11-21T08:00:00.001Z'))).toBe(true);
    expect(story.now('step', weighing)).toMatchObject({ responsibleNow: WARD, responsibleParty: partyOf(WARD) });
  });

  it('is theirs from acceptance on, with their answer as feedback to the one before', () => {
    const { story, weighing } = storyOf();
    const handover = offer(story, { aboutId: weighing.id });
    const answer = { gotWhatWasNeeded: 'partly', missing: 'Utgångsvikten' } as const;
    story.does((hand) => acceptHandover(hand, handover, answer, actOf(NURSING, '2026-11-20T15:05:00.000Z')));
    expect(story.now('handover', handover)).toMatchObject({ state: 'accepted', ...answer });
    expect(story.now('step', weighing)).toMatchObject({ responsibleNow: NURSING, responsibleParty: partyOf(NURSING) });
    expect(story.only('feedback')).toMatchObject({
      what: 'missing-information',
      text: 'Utgångsvikten',
      fromUnit: NURSING,
      toUnit: WARD,
      approvedForPatient: false,
    });
  });

  it('moves the support of a family’s step and never the family’s own yes', () => {
    const { story, weighing } = storyOf({ responsibleParty: PATIENT_PARTY, ownYes: { method: 'oral' } });
    const handover = offer(story, { aboutId: weighing.id });
    story.does((hand) => acceptHandover(hand, handover, {}, actOf(NURSING)));
    expect(story.now('step', weighing)).toMatchObject({
      responsibleParty: PATIENT_PARTY,
      supportUnit: NURSING,
      responsibleNow: NURSING,
    });
  });

  it('comes back with a reason, and the sender has had it all the time', () => {
    const { story, weighing } = storyOf();
    const handover = offer(story, { aboutId: weighing.id });
    refused('reason-missing', () => returnHandover(story.hand, handover, {}, actOf(NURSING)));
    story.does((hand) => returnHandover(hand, handover, { reason: 'Annan kommun' }, actOf(NURSING)));
    expect(story.now('handover', handover)).toMatchObject({ state: 'returned', reason: 'Annan kommun' });
    expect(story.now('step', weighing).responsibleNow).toBe(WARD);
    expect(offer(story, { aboutId: weighing.id, toUnit: CENTRE })).toMatchObject({ state: 'offered' });
  });

  it('is received anew when it has been corrected or sent on', () => {
    const { story, weighing } = storyOf();
    const handover = offer(story, { aboutId: weighing.id, toUnit: CENTRE });
    story.does(() => receiveHandover(handover, actOf(CENTRE)));
    story.does((hand) => correctHandover(hand, story.now('handover', handover), { given: 'Listan' }, actOf(WARD)));
    const corrected = story.now('handover', handover);
    expect(corrected).toMatchObject({ state: 'offered', given: 'Listan' });
    expect(corrected.receivedAt).toBeUndefined();
    story.does((hand) => forwardHandover(hand, corrected, { toUnit: HEART }, actOf(CENTRE)));
    const onward = story.now('handover', handover);
    expect(onward).toMatchObject({ toUnit: HEART, answerBy: handover.answerBy, forwarded: [{ fromUnit: CENTRE }] });
    refused('handover-not-yours', () => acceptHandover(story.hand, onward, {}, actOf(CENTRE)));
    story.does((hand) => acceptHandover(hand, onward, {}, actOf(HEART)));
    expect(story.now('step', weighing).responsibleNow).toBe(HEART);
  });

  it('lapses when there is nothing left to hand over', () => {
    const { story, weighing } = storyOf();
    const handover = offer(story, { aboutId: weighing.id });
    const act = actOf(WARD, '2026-11-20T15:00:00.000Z');
    const report = { outcome: 'done', clientKey: 'k', approvedForPatient: true } as const;
    const done = story.does((hand) => {
      const changes = reportStep(hand, weighing, report, act);
      return [...changes, ...lapsedHandovers(hand, changes, act)];
    });
    expect(done.map(({ kind }) => kind)).toContain('handover');
    expect(story.now('handover', handover)).toMatchObject({ state: 'cancelled' });
  });
});

describe('handing over a follow-up', () => {
  it('moves who follows up, when the other has accepted', () => {
    const story = new Story({}, CENTRE);
    const planned = made<FollowUp>(
      story.does((hand) => planFollowUp(hand, { plannedOn: '2027-02-04', ...SHOWN }, actOf(CENTRE))),
    );
    const handover = offer(story, { of: 'follow-up', aboutId: planned.id, toUnit: HEART }, CENTRE);
    expect(story.now('follow-up', planned).responsibleUnit).toBe(CENTRE);
    story.does((hand) => acceptHandover(hand, handover, {}, actOf(HEART)));
    expect(story.now('follow-up', planned).responsibleUnit).toBe(HEART);
  });
});

describe('refusals, with nothing changed', () => {
  const cases: [string, Partial<HandoverCommand>, string, string][] = [
    ['to a closed unit', { toUnit: CLOSED_UNIT }, WARD, 'handover-to-closed-unit'],
    ['to oneself', { toUnit: WARD }, WARD, 'handover-to-oneself'],
    ['by one who does not have it', {}, CENTRE, 'handover-not-yours'],
    ['with the homecoming too near', { homecomingAt: '2026-11-20T15:00:00.000Z' }, WARD, 'time-not-in-order'],
  ];
  test.each(cases)('%s', (_told, command, by, code) => {
    const { story, weighing } = storyOf();
    refused(code, () => offer(story, { aboutId: weighing.id, ...command }, by));
    expect(story.all('handover')).toHaveLength(0);
  });

  it('a second one that is open, a step that nobody has accepted, a move that does not exist', () => {
    const { story, weighing } = storyOf();
    const handover = offer(story, { aboutId: weighing.id });
    refused('handover-already-open', () => offer(story, { aboutId: weighing.id }));
    refused('handover-not-yours', () => receiveHandover(handover, actOf(HOME_HELP)));
    refused('handover-not-inside', () => forwardHandover(story.hand, handover, { toUnit: HOME_HELP }, actOf(NURSING)));
    story.does(() => cancelHandover(handover, { reason: 'Stannar kvar' }, actOf(WARD)));
    const over = story.now('handover', handover);
    refused('handover-transition-not-allowed', () => acceptHandover(story.hand, over, {}, actOf(NURSING)));
    const asked = made<Step>(
      story.does((hand) => addStep(hand, { title: 'Prov', responsibleParty: partyOf(CENTRE), ...SHOWN }, actOf(WARD))),
    );
    refused('nothing-to-hand-over', () => offer(story, { aboutId: asked.id }));
  });
});

describe('until when', () => {
  const between = (rule: Partial<AgreedRule>): AgreedRule => ({
    id: 'a',
    region: REGION.hsaId,
    municipality: KOMMUN.hsaId,
    name: 'handover-answer',
    rule: { counts: 'hours', number: 4 },
    validFrom: '2026-11-01',
    reference: 'ÖK 1',
    ...rule,
  });

  it('the end of the next weekday, unless the two have agreed otherwise on that day', () => {
    const until = (rules: AgreedRule[]) => {
      const { story, weighing } = storyOf();
      return offer(story, { aboutId: weighing.id, homecomingAt: undefined }, WARD, FRIDAY, rules);
    };
    expect(until([])).toMatchObject({ answerBy: '2026-11-23T22:59:59.999Z', answerRule: { name: 'handover-answer' } });
    expect(until([between({})])).toMatchObject({ answerBy: '2026-11-20T18:10:00.000Z', answerRule: { agreed: 'a' } });
    const over = until([between({ validTo: '2026-11-19' })]);
    expect(over.answerBy).toBe('2026-11-23T22:59:59.999Z');
    expect(until([between({ municipality: OTHER_REGION.hsaId })]).answerBy).toBe('2026-11-23T22:59:59.999Z');
  });
});

describe('moving', () => {
  it('passes lead and overall responsibility with the patient’s yes, and the header with them', () => {
    const story = new Story({ leadPrincipal: REGION.hsaId }, CENTRE);
    const command = { of: 'planning-lead', toUnit: ELSEWHERE, homecomingAt: undefined } as const;
    refused('handover-needs-patients-yes', () => offer(story, command, CENTRE));
    const patientsYes = { method: 'oral', at: FRIDAY } as const;
    const handover = offer(story, { ...command, patientsYes }, CENTRE);
    expect(story.hand.plan).toMatchObject({ leadUnit: CENTRE, leadPrincipal: REGION.hsaId });
    const who = { person: { name: 'Nils Norrprov' } };
    story.does((hand) => acceptHandover(hand, handover, who, actOf(ELSEWHERE)));
    expect(story.hand.plan).toMatchObject({
      leadUnit: ELSEWHERE,
      leadPrincipal: OTHER_REGION.hsaId,
      planningLead: { name: 'Nils Norrprov' },
      recordedBy: { unit: ELSEWHERE },
    });
  });

  it('passes the contact: the former ends and the next is the primary one in the same act', () => {
    const story = new Story({}, CENTRE);
    const designated = { role: 'fast-vardkontakt', unit: CENTRE, person: { name: 'Maj Modell' }, ...SHOWN } as const;
    const maj = made<NamedContact>(story.does((hand) => addNamedContact(hand, designated, actOf(CENTRE))));
    const command = { of: 'named-contact', aboutId: maj.id, toUnit: ELSEWHERE, homecomingAt: undefined } as const;
    refused('handover-needs-patients-yes', () => offer(story, command, CENTRE));
    const handover = offer(story, { ...command, patientsYes: { method: 'oral', at: FRIDAY } }, CENTRE);
    refused('party-not-as-registered', () => acceptHandover(story.hand, handover, {}, actOf(ELSEWHERE)));
    story.does((hand) => acceptHandover(hand, handover, { person: { name: 'Nils' } }, actOf(ELSEWHERE)));
    const contacts = story.all('named-contact');
    expect(contacts.map(({ state, isPrimary, unit }) => [state, isPrimary, unit])).toEqual([
      ['ended', false, CENTRE],
      ['designated', true, ELSEWHERE],
    ]);
  });
});
