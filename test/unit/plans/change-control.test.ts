import { describe, expect, it, test } from 'vitest';
import { answerAgreement, proposeAgreement } from '../../../src/plans/domain/agreement-commands.ts';
import { agreedVersionOf, proposedVersionOf } from '../../../src/plans/domain/agreement-versions.ts';
import { acceptCommitment, addCommitment, changeCommitment } from '../../../src/plans/domain/commitment-commands.ts';
import { addGoal, changeGoal } from '../../../src/plans/domain/goal-commands.ts';
import type { Commitment, Goal, Step } from '../../../src/plans/domain/model.ts';
import { addStep } from '../../../src/plans/domain/step-add.ts';
import { changeStep, type StepFields } from '../../../src/plans/domain/step-change.ts';
import { isPast, isPastAgreed } from '../../../src/plans/domain/step-fields.ts';
import { transitionStep } from '../../../src/plans/domain/step-move.ts';
import { actOf, CENTRE, HEART, made, NURSING, PATIENT_PARTY, partyOf, refused, SHOWN, Story } from './acting.ts';

const fixed = (start: string) => ({ form: 'fixed', start, changeable: { byPatient: true } }) as const;

/** A plan with a step of the centre's, a promise and a goal, agreed as version 1 unless it is to be only proposed. */
function begun(until: 'unproposed' | 'proposed' | 'agreed' = 'agreed') {
  const story = new Story();
  const add = { title: 'Ring Ester', patientText: 'Maj ringer dig', agreedLatest: '2026-11-25', ...SHOWN };
  const step = made<Step>(story.does((hand) => addStep(hand, add, actOf(CENTRE))));
  const promise = made<Commitment>(
    story.does((hand) =>
      addCommitment(hand, { by: partyOf(CENTRE), to: PATIENT_PARTY, text: 'Ringer tillbaka', ...SHOWN }, actOf(CENTRE)),
    ),
  );
  const goal = made<Goal>(
    story.does((hand) => addGoal(hand, { text: 'Gå till brevlådan', whose: 'patient', ...SHOWN }, actOf('patient'))),
  );
  if (until !== 'unproposed') story.does((hand) => proposeAgreement(hand, actOf(CENTRE)));
  if (until === 'agreed') {
    for (const who of [CENTRE, 'patient']) answers(story, who);
    expect(agreedVersionOf(story.hand)?.version).toBe(1);
  }
  return { story, step, promise, goal };
}

function answers(story: Story, who: string) {
  const version = proposedVersionOf(story.hand) ?? agreedVersionOf(story.hand)!;
  return story.does((hand) => answerAgreement(hand, version, { act: 'approval' }, actOf(who)));
}

function changes(story: Story, step: Step, fields: StepFields, by = CENTRE) {
  return story.does((hand) => changeStep(hand, story.now('step', step), fields, actOf(by)));
}

describe('facts', () => {
  test.each<[string, StepFields]>([
    ['time', { time: fixed('2026-11-24T09:00:00.000Z') }],
    ['way', { way: { kind: 'home', place: 'Storgatan 1' } }],
    ['performer', { performer: { name: 'Maj Modell' } }],
    ['deputy', { deputy: { name: 'Jour' } }],
    ['contact', { contact: { unit: HEART } }],
  ])('apply at once and are marked: %s', (field, fields) => {
    const { story, step } = begun();
    changes(story, step, fields);
    const after = story.now('step', step);
    expect(after).toMatchObject({ ...fields, factsChanged: { fields: [field] }, revision: 2 });
    expect(after.proposal).toBeUndefined();
    expect(proposedVersionOf(story.hand)).toBeUndefined();
  });

  it('that nobody plans by are not marked, and marks gather', () => {
    const { story, step } = begun();
    changes(story, step, { clinicalText: 'Vikt', order: 9, needsFromPrevious: 'Lista', purpose: 'treatment' });
    expect(story.now('step', step).factsChanged).toBeUndefined();
    changes(story, step, { performer: { name: 'Maj' } });
    changes(story, step, { time: fixed('2026-11-24T09:00:00.000Z'), performer: { name: 'Ali' } });
    expect(story.now('step', step).factsChanged?.fields).toEqual(['performer', 'time']);
  });

  it('that are the same change nothing', () => {
    const { story, step } = begun();
    expect(changes(story, step, { title: 'Ring Ester', time: null })).toEqual([]);
  });
});

describe('agreed content', () => {
  it('applies at once while there is no agreement, and a merely proposed version follows along', () => {
    const { story, step } = begun('unproposed');
    changes(story, step, { title: 'Ring' });
    expect(story.now('step', step).title).toBe('Ring');
    expect(story.all('agreement-version')).toEqual([]);
    const proposed = begun('proposed');
    changes(proposed.story, proposed.step, { title: 'Ring' });
    const version = proposed.story.only('agreement-version');
    expect(version).toMatchObject({ version: 1, state: 'proposed', revision: 2 });
    expect(version.parts.find((part) => part.id === proposed.step.id)?.revision).toBe(2);
  });

  it('of an agreed step waits in version 2 while version 1 stays in force', () => {
    const { story, step } = begun();
    changes(story, step, { title: 'Besök Ester', agreedLatest: '2026-11-30' });
    const after = story.now('step', step);
    expect(after).toMatchObject({ title: 'Ring Ester', agreedLatest: '2026-11-25' });
    expect(after.proposal).toMatchObject({
      agreementVersion: 2,
      changes: { title: 'Besök Ester', agreedLatest: '2026-11-30' },
      by: { unit: CENTRE },
    });
    expect(story.all('agreement-version').map(({ version, state }) => `${version} ${state}`)).toEqual([
      '1 agreed',
      '2 proposed',
    ]);
  });

  it('gathers in one version until somebody answers it, then in the next', () => {
    const { story, step, promise } = begun();
    changes(story, step, { title: 'Besök' });
    story.does((hand) => changeCommitment(hand, promise, { text: 'Ringer samma dag' }, actOf(CENTRE)));
    expect(proposedVersionOf(story.hand)).toMatchObject({ version: 2, revision: 2 });
    answers(story, 'patient');
    changes(story, step, { title: 'Hembesök' });
    expect(story.all('agreement-version').map(({ version, state }) => `${version} ${state}`)).toEqual([
      '1 agreed',
      '2 superseded',
      '3 proposed',
    ]);
    expect(story.now('step', step).proposal).toMatchObject({ agreementVersion: 3, changes: { title: 'Hembesök' } });
    for (const who of ['patient', CENTRE]) answers(story, who);
    expect(story.now('step', step)).toMatchObject({ title: 'Hembesök' });
    expect(story.now('commitment', promise)).toMatchObject({ text: 'Ringer samma dag' });
    expect(story.now('step', step).proposal).toBeUndefined();
  });

  it('taken back to what is agreed leaves no proposal and no open version', () => {
    const { story, step } = begun();
    changes(story, step, { title: 'Besök' });
    changes(story, step, { title: 'Ring Ester' });
    expect(story.now('step', step)).toMatchObject({ title: 'Ring Ester', revision: 3 });
    expect(story.now('step', step).proposal).toBeUndefined();
    expect(proposedVersionOf(story.hand)).toBeUndefined();
    expect(agreedVersionOf(story.hand)?.version).toBe(1);
  });

  it('can be taken away, once the parties agree', () => {
    const { story, step } = begun();
    changes(story, step, { agreedLatest: null });
    expect(story.now('step', step)).toMatchObject({
      agreedLatest: '2026-11-25',
      proposal: { changes: { agreedLatest: null } },
    });
    for (const who of ['patient', CENTRE]) answers(story, who);
    expect('agreedLatest' in story.now('step', step) && story.now('step', step).agreedLatest).toBeUndefined();
  });

  it('of promises and goals waits likewise, and is changed by nobody but its owner', () => {
    const { story, promise, goal } = begun();
    refused('promise-not-yours', () => changeCommitment(story.hand, promise, { text: 'Nej' }, actOf(NURSING)));
    refused('content-not-yours', () => changeGoal(story.hand, goal, { text: 'Nej' }, actOf(CENTRE)));
    story.does((hand) => changeCommitment(hand, promise, { due: '2026-12-01' }, actOf(CENTRE)));
    story.does((hand) => changeGoal(hand, goal, { text: 'Gå till affären' }, actOf('patient')));
    expect(story.now('commitment', promise).proposal?.changes).toEqual({ due: '2026-12-01' });
    expect(story.now('goal', goal)).toMatchObject({
      text: 'Gå till brevlådan',
      proposal: { changes: { text: 'Gå till affären' } },
    });
    for (const who of ['patient', CENTRE]) answers(story, who);
    expect(story.now('commitment', promise).due).toBe('2026-12-01');
    expect(story.now('goal', goal).text).toBe('Gå till affären');
  });

  it('of a thing added after the agreement applies at once: nobody has agreed on it yet', () => {
    const { story } = begun();
    const later = made<Step>(story.does((hand) => addStep(hand, { title: 'Nytt', ...SHOWN }, actOf(CENTRE))));
    changes(story, later, { title: 'Nyare' });
    expect(story.now('step', later).title).toBe('Nyare');
    expect(proposedVersionOf(story.hand)).toBeUndefined();
  });
});

describe('a time past what was agreed', () => {
  it('shows at once, marked so, and proposes the later date', () => {
    const { story, step } = begun();
    changes(story, step, { time: fixed('2026-11-27T09:00:00.000Z') });
    const after = story.now('step', step);
    expect(after).toMatchObject({
      time: { start: '2026-11-27T09:00:00.000Z' },
      agreedLatest: '2026-11-25',
      factsChanged: { fields: ['time'] },
      proposal: { agreementVersion: 2, changes: { agreedLatest: '2026-11-27T09:00:00.000Z' } },
    });
    expect(isPastAgreed(after)).toBe(true);
    expect(proposedVersionOf(story.hand)?.version).toBe(2);
  });

  it('that comes back within it takes the proposal back with it', () => {
    const { story, step } = begun();
    changes(story, step, { time: fixed('2026-11-27T09:00:00.000Z') });
    changes(story, step, { time: fixed('2026-11-24T09:00:00.000Z') });
    expect(story.now('step', step).proposal).toBeUndefined();
    expect(proposedVersionOf(story.hand)).toBeUndefined();
  });

  it('is also told when it is booked, and asks for nothing more than what is already proposed', () => {
    const { story, step } = begun();
    changes(story, step, { agreedLatest: '2026-12-10' });
    const move = { to: 'booked', time: fixed('2026-12-03T09:00:00.000Z') } as const;
    story.does((hand) => transitionStep(hand, story.now('step', step), move, actOf(CENTRE)));
    expect(story.now('step', step)).toMatchObject({
      state: 'booked',
      proposal: { changes: { agreedLatest: '2026-12-10' } },
    });
    expect(proposedVersionOf(story.hand)).toMatchObject({ version: 2, revision: 1 });
  });

  test.each([
    ['2026-11-25', '2026-11-25', false],
    ['2026-11-26', '2026-11-25', true],
    ['2026-11-25T22:59:59.999Z', '2026-11-25', false],
    ['2026-11-25T23:00:00.000Z', '2026-11-25', true],
    ['2026-11-25T11:00:00.000Z', '2026-11-25T11:00:00.000Z', false],
    ['2026-11-25T11:00:00.001Z', '2026-11-25T11:00:00.000Z', true],
    ['2026-11-25', '2026-11-25T11:00:00.000Z', true],
  ])('%s against %s is past: %s', (at, latest, past) => {
    expect(isPast(at, latest)).toBe(past);
  });
});

describe('another party', () => {
  it('is asked freely while nobody has said yes', () => {
    const story = new Story();
    const asked = { title: 'Väga', responsibleParty: partyOf(NURSING), ...SHOWN };
    const step = made<Step>(story.does((hand) => addStep(hand, asked, actOf(CENTRE))));
    changes(story, step, { responsibleParty: partyOf(HEART) });
    expect(story.now('step', step)).toMatchObject({
      state: 'proposed',
      responsibleParty: partyOf(HEART),
      responsibleNow: CENTRE,
    });
    expect(story.all('participant').some((one) => 'unit' in one.party && one.party.unit === HEART)).toBe(true);
  });

  it('takes an accepted step by handover only, or by its own yes to a new version', () => {
    const loose = begun('unproposed');
    const give = { responsibleParty: partyOf(NURSING) };
    refused('step-already-accepted', () => changes(loose.story, loose.step, give));
    const { story, step } = begun();
    changes(story, step, give);
    expect(story.now('step', step)).toMatchObject({ responsibleParty: partyOf(CENTRE), responsibleNow: CENTRE });
    for (const who of ['patient', CENTRE]) answers(story, who);
    expect(agreedVersionOf(story.hand)?.version).toBe(2);
    expect(story.now('step', step)).toMatchObject({ responsibleParty: partyOf(CENTRE), responsibleNow: CENTRE });
    answers(story, NURSING);
    expect(story.now('step', step)).toMatchObject({
      state: 'agreed',
      responsibleParty: partyOf(NURSING),
      responsibleNow: NURSING,
    });
  });

  it('another support cannot be given an accepted step in silence', () => {
    const story = new Story();
    const own = { title: 'Gå ut', responsibleParty: PATIENT_PARTY, ownYes: { method: 'oral' }, ...SHOWN } as const;
    const step = made<Step>(story.does((hand) => addStep(hand, own, actOf(CENTRE))));
    refused('step-already-accepted', () => changes(story, step, { supportUnit: NURSING }));
  });
});

it('an ended step and a closed plan refuse changes', () => {
  const { story, step } = begun();
  for (const state of ['done', 'not-done', 'cancelled', 'entered-in-error'] as const) {
    story.sets('step', step, { state });
    refused('step-ended', () => changes(story, step, { title: 'Nej' }));
  }
  story.sets('step', step, { state: 'agreed' });
  refused('plan-closed', () => changes(story.is({ status: 'completed' }), step, { title: 'Nej' }));
});

it('a promise of another unit’s waits for its own yes', () => {
  const story = new Story();
  const promise = made<Commitment>(
    story.does((hand) =>
      addCommitment(hand, { by: partyOf(NURSING), to: PATIENT_PARTY, text: 'Väger', ...SHOWN }, actOf(CENTRE)),
    ),
  );
  refused('promise-not-yours', () => acceptCommitment(story.hand, promise, {}, actOf(CENTRE)));
  story.does((hand) => acceptCommitment(hand, promise, {}, actOf(NURSING)));
  expect(story.now('commitment', promise)).toMatchObject({ state: 'accepted', answeredBy: { unit: NURSING } });
});
