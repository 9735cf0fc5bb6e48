import { describe, expect, it, test } from 'vitest';
import {
  acceptCommitment,
  addCommitment,
  COMMITMENT_MOVES,
  type CommitmentCommand,
  changeCommitment,
  judgeCommitment,
} from '../../../src/plans/domain/commitment-commands.ts';
import { addGoal, changeGoal, GOAL_MOVES, transitionGoal } from '../../../src/plans/domain/goal-commands.ts';
import { enterInError } from '../../../src/plans/domain/in-error.ts';
import { addLink, changeLink } from '../../../src/plans/domain/link.ts';
import {
  COMMITMENT_STATES,
  type Commitment,
  GOAL_STATES,
  type Goal,
  type Link,
  type SafetyNetItem,
  type Step,
  type WhatMatters,
} from '../../../src/plans/domain/model.ts';
import { partyKey } from '../../../src/plans/domain/party.ts';
import { addSafetyNetItem, changeSafetyNetItem } from '../../../src/plans/domain/safety-net.ts';
import { addStep } from '../../../src/plans/domain/step-add.ts';
import { addWhatMatters, changeWhatMatters } from '../../../src/plans/domain/what-matters.ts';
import {
  actOf,
  CENTRE,
  DAUGHTER,
  fieldsOf,
  HEART,
  HOME_HELP,
  made,
  NOW,
  NURSING,
  PATIENT_PARTY,
  partyOf,
  refusal,
  refused,
  SHOWN,
  Story,
} from './acting.ts';
import { movesTold, pairs } from './moves-told.ts';

function promises(story: Story, fields: Partial<CommitmentCommand> = {}, by = CENTRE): Commitment {
  const command = { by: partyOf(CENTRE), to: PATIENT_PARTY, text: 'Ringer tillbaka samma dag', ...SHOWN, ...fields };
  return made<Commitment>(story.does((hand) => addCommitment(hand, command, actOf(by))));
}

describe('a promise', () => {
  const TOLD = movesTold('proposed → accepted · accepted → kept, broken, released');

  test.each(pairs(COMMITMENT_STATES))('from %s to %s is allowed exactly when the domain says so', (from, to) => {
    const story = new Story();
    const one = story.sets('commitment', promises(story), { state: from, enteredInError: from === 'entered-in-error' });
    const allowed = TOLD.has(`${from} → ${to}`) || (to === 'entered-in-error' && from !== to);
    expect(COMMITMENT_MOVES[from].includes(to)).toBe(allowed);
    if (to === 'proposed') return expect(allowed).toBe(false);
    const move = () =>
      to === 'entered-in-error'
        ? enterInError(story.hand, 'commitment', one, {}, actOf(CENTRE))
        : to === 'accepted'
          ? acceptCommitment(story.hand, one, {}, actOf(CENTRE))
          : judgeCommitment(story.hand, one, { to, why: 'Därför' }, actOf(CENTRE));
    if (allowed) return expect(made<Commitment>(move())).toMatchObject({ state: to, revision: 2 });
    return expect(refusal(move).status).toBe(409);
  });

  test.each<[string, Partial<CommitmentCommand>, string, string]>([
    ['a unit’s own', { by: partyOf(NURSING) }, NURSING, 'accepted'],
    ['the patient’s own', { by: PATIENT_PARTY, to: partyOf(CENTRE) }, 'patient', 'accepted'],
    ['another unit’s', { by: partyOf(NURSING) }, CENTRE, 'proposed'],
    ['the patient’s, written by staff', { by: PATIENT_PARTY, to: partyOf(CENTRE) }, CENTRE, 'proposed'],
    [
      'the patient’s, said to staff',
      { by: PATIENT_PARTY, to: partyOf(CENTRE), ownYes: { method: 'oral' } },
      CENTRE,
      'accepted',
    ],
    [
      'a relative’s, said to staff',
      { by: DAUGHTER, to: PATIENT_PARTY, ownYes: { method: 'oral' } },
      CENTRE,
      'accepted',
    ],
    ['care’s, wished by the patient', {}, 'patient', 'proposed'],
  ])('that is %s begins accepted or not', (_whose, fields, by, state) => {
    expect(promises(new Story(), fields, by).state).toBe(state);
  });

  it('invites each unit that it names, once', () => {
    const story = new Story();
    promises(story, { by: partyOf(NURSING), to: partyOf(NURSING) });
    promises(story, { by: partyOf(NURSING), to: partyOf(HOME_HELP) });
    expect(story.all('participant').map((one) => partyKey(one.party))).toEqual([
      `unit:${CENTRE}`,
      'patient',
      `unit:${NURSING}`,
      `unit:${HOME_HELP}`,
    ]);
  });

  it('of a unit is accepted by nobody else, however it was heard', () => {
    const heard = { by: partyOf(NURSING), ownYes: { method: 'oral' } } as const;
    refused('promise-not-yours', () => promises(new Story(), heard));
    const story = new Story();
    const asked = promises(story, { by: PATIENT_PARTY, to: partyOf(CENTRE) });
    refused('method-missing', () => acceptCommitment(story.hand, asked, {}, actOf(CENTRE)));
    expect(made<Commitment>(acceptCommitment(story.hand, asked, {}, actOf('patient'))).answeredBy?.method).toBe(
      'digital',
    );
  });

  it('broken by care is as plain as one broken by the patient: with who, when and why', () => {
    const story = new Story();
    const cares = promises(story);
    const patients = promises(story, { by: PATIENT_PARTY, to: partyOf(CENTRE) }, 'patient');
    const judge = (one: Commitment, by: string, why?: string) =>
      made<Commitment>(story.does((hand) => judgeCommitment(hand, one, { to: 'broken', why }, actOf(by))));
    refused('judgement-not-yours', () => judge(cares, HEART, 'Hört sägas'));
    refused('reason-missing', () => judge(patients, CENTRE));
    expect(judge(cares, 'patient', 'Ingen ringde')).toMatchObject({
      state: 'broken',
      judged: { at: NOW, by: { kind: 'patient' }, why: 'Ingen ringde' },
    });
    expect(judge(patients, CENTRE, 'Vägde sig inte')).toMatchObject({
      state: 'broken',
      judged: { by: { unit: CENTRE } },
    });
    refused('commitment-transition-not-allowed', () =>
      changeCommitment(story.hand, story.now('commitment', cares), { text: 'Annat' }, actOf(CENTRE)),
    );
  });

  it('is changed by the promiser; while nobody has said yes also by its writer', () => {
    const story = new Story();
    const asked = promises(story, { by: partyOf(NURSING) }, HEART);
    for (const by of [HEART, NURSING]) {
      expect(made<Commitment>(changeCommitment(story.hand, asked, { due: '2026-12-01' }, actOf(by))).due).toBe(
        '2026-12-01',
      );
    }
    const accepted = story.sets('commitment', asked, { state: 'accepted' });
    refused('promise-not-yours', () => changeCommitment(story.hand, accepted, { text: 'Annat' }, actOf(HEART)));
  });
});

describe('a goal', () => {
  const TOLD = movesTold(
    'proposed → active, cancelled · active → achieved, not-achieved, cancelled · achieved, not-achieved → active',
  );
  const adds = (story: Story, by = CENTRE, whose: Goal['whose'] = 'professional') =>
    made<Goal>(story.does((hand) => addGoal(hand, { text: 'Gå till brevlådan', whose, ...SHOWN }, actOf(by))));

  test.each(pairs(GOAL_STATES.filter((state) => state !== 'entered-in-error')))('from %s to %s', (from, to) => {
    const story = new Story();
    const goal = story.sets('goal', adds(story), { state: from });
    const allowed = TOLD.has(`${from} → ${to}`);
    expect(GOAL_MOVES[from].includes(to)).toBe(allowed);
    const move = () => transitionGoal(story.hand, goal, { to }, actOf(CENTRE));
    if (allowed) expect(made<Goal>(move())).toMatchObject({ state: to, revision: 2 });
    else
      expect(refused('goal-transition-not-allowed', move).particulars.extra).toEqual({
        from,
        allowed: GOAL_MOVES[from],
      });
  });

  it('that the patient writes is the patient’s, and judged by the patient, its writer or the planning lead', () => {
    const story = new Story();
    const goal = adds(story, 'patient');
    expect(goal).toMatchObject({ whose: 'patient', state: 'active', approvedForPatient: true });
    refused('content-not-yours', () => transitionGoal(story.hand, goal, { to: 'achieved' }, actOf(NURSING)));
    for (const by of ['patient', CENTRE]) {
      expect(made<Goal>(transitionGoal(story.hand, goal, { to: 'achieved' }, actOf(by))).state).toBe('achieved');
    }
    refused('content-not-yours', () => changeGoal(story.hand, goal, { text: 'Annat' }, actOf(CENTRE)));
    const taken = adds(story, NURSING, 'patient');
    expect(
      made<Goal>(changeGoal(story.hand, taken, { clinicalText: 'Gång 200 m', targetOn: null }, actOf(NURSING)))
        .clinicalText,
    ).toBe('Gång 200 m');
  });
});

describe('the person’s own words', () => {
  const text = '  Jag vill hem till min stol\u00a0vid fönstret. 🪟\n';

  it('are kept byte for byte, and changed by nobody but who wrote them', () => {
    const story = new Story();
    const words = made<WhatMatters>(
      story.does((hand) => addWhatMatters(hand, { text, approvedForPatient: false }, actOf('patient'))),
    );
    expect(words).toMatchObject({ text, approvedForPatient: true });
    refused('content-not-yours', () => changeWhatMatters(story.hand, words, { text: 'Rättat' }, actOf(CENTRE)));
    story.does((hand) => changeWhatMatters(hand, words, { ownResources: 'Min dotter' }, actOf('patient')));
    expect(story.now('what-matters', words)).toMatchObject({ text, ownResources: 'Min dotter', revision: 2 });
    expect(changeWhatMatters(story.hand, story.now('what-matters', words), { text }, actOf('patient'))).toEqual([]);
  });
});

describe('the safety net', () => {
  const sign = { level: 'yellow', sign: 'Vikten upp 2 kg på 3 dagar', advice: 'Ring Maj', ...SHOWN } as const;

  it('says whom to call day and night, by contacts and units that are there', () => {
    const story = new Story();
    const call = { day: { unit: CENTRE }, night: { name: '1177', phone: '08-46500400' } };
    const item = made<SafetyNetItem>(story.does((hand) => addSafetyNetItem(hand, { ...sign, call }, actOf(CENTRE))));
    expect(item).toMatchObject({ ...sign, call, order: 1 });
    refused('content-not-yours', () => changeSafetyNetItem(story.hand, item, { level: 'red' }, actOf(NURSING)));
    story.does((hand) => changeSafetyNetItem(hand, item, { level: 'red', call: null }, actOf(CENTRE)));
    expect(story.now('safety-net-item', item)).toMatchObject({ level: 'red', revision: 2 });
    const calls = [
      { day: { unit: 'SE0000000000-TST7777' } },
      { night: { namedContactId: actOf(CENTRE).newId() } },
    ] as const;
    expect(
      calls.map((one) => fieldsOf(refusal(() => addSafetyNetItem(story.hand, { ...sign, call: one }, actOf(CENTRE))))),
    ).toEqual([['call.day.unit'], ['call.night.namedContactId']]);
  });
});

describe('a link', () => {
  const link = { to: 'booking', title: 'Boka', ...SHOWN } as const;

  it.each([
    'http://exempel.test/',
    'javascript:alert(1)',
    'https://',
    'https://a b.test/',
    'https://anna:hemligt@exempel.test/',
    ' https://exempel.test/',
    'https:\\\\exempel.test',
    'data:text/html,hej',
    '//exempel.test',
    '',
  ])('is https or nothing: %j', (url) => {
    const problem = refused('link-not-allowed', () => addLink(new Story().hand, { ...link, url }, actOf(CENTRE)));
    expect(fieldsOf(problem)).toEqual(['url']);
  });

  it('has an address or a reference, also after a change', () => {
    const story = new Story();
    refused('link-empty', () => addLink(story.hand, link, actOf(CENTRE)));
    const url = 'https://exempel.test/boka?tid=1';
    const one = made<Link>(story.does((hand) => addLink(hand, { ...link, url }, actOf(CENTRE))));
    refused('link-empty', () => changeLink(story.hand, one, { url: null }, actOf(CENTRE)));
    refused('content-not-yours', () => changeLink(story.hand, one, { title: 'X' }, actOf(NURSING)));
    story.does((hand) => changeLink(hand, one, { url: null, reference: 'Remiss 12' }, actOf(CENTRE)));
    expect(story.now('link', one).reference).toBe('Remiss 12');
  });
});

describe('a mistake', () => {
  it('is marked by who wrote it, with who, when and why, and is final; also in a closed plan', () => {
    const story = new Story();
    const words = made<WhatMatters>(
      story.does((hand) => addWhatMatters(hand, { text: 'Fel', ...SHOWN }, actOf(NURSING))),
    );
    story.is({ status: 'completed' });
    refused('content-not-yours', () => enterInError(story.hand, 'what-matters', words, {}, actOf(CENTRE)));
    story.does((hand) => enterInError(hand, 'what-matters', words, { reason: 'Fel patient' }, actOf(NURSING)));
    const marked = story.now('what-matters', words);
    expect(marked).toMatchObject({
      enteredInError: true,
      text: 'Fel',
      revision: 2,
      changedAt: NOW,
      changedBy: { unit: NURSING, why: 'Fel patient' },
    });
    refused('entered-in-error', () => enterInError(story.hand, 'what-matters', marked, {}, actOf(NURSING)));
    story.is({ status: 'active' });
    refused('entered-in-error', () => changeWhatMatters(story.hand, marked, { text: 'Rätt' }, actOf(NURSING)));
  });

  it('in a step is also marked by the unit that answers for it now', () => {
    const story = new Story();
    const asked = { title: 'Väga', responsibleParty: partyOf(HOME_HELP), ...SHOWN };
    const step = made<Step>(story.does((hand) => addStep(hand, asked, actOf(CENTRE))));
    const theirs = story.sets('step', step, { state: 'agreed', responsibleNow: HOME_HELP });
    for (const by of [CENTRE, HOME_HELP]) {
      expect(made<Step>(enterInError(story.hand, 'step', theirs, {}, actOf(by)))).toMatchObject({
        state: 'entered-in-error',
      });
    }
    refused('content-not-yours', () => enterInError(story.hand, 'step', theirs, {}, actOf(NURSING)));
  });
});
