import { describe, expect, it, test } from 'vitest';
import {
  type AgreementAnswer,
  answerAgreement,
  proposeAgreement,
} from '../../../src/plans/domain/agreement-commands.ts';
import { agreementInForce, awaitedFor, standingOfParts } from '../../../src/plans/domain/agreement-standing.ts';
import { proposedVersionOf } from '../../../src/plans/domain/agreement-versions.ts';
import { addCommitment } from '../../../src/plans/domain/commitment-commands.ts';
import type { AgreementAct, AgreementVersion, Party, Plan, Step } from '../../../src/plans/domain/model.ts';
import { unitOf } from '../../../src/plans/domain/party.ts';
import { addStep } from '../../../src/plans/domain/step-add.ts';
import { declineStep, proposeStep } from '../../../src/plans/domain/step-answer.ts';
import { changeStep } from '../../../src/plans/domain/step-change.ts';
import {
  actOf,
  CENTRE,
  DAUGHTER,
  ELSEWHERE,
  fieldsOf,
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
  SCHOOL,
  SHOWN,
  SOCIAL,
  Story,
  UNITS,
} from './acting.ts';

/** A plan with one step for each party, proposed as version 1. */
function proposed(parties: readonly Party[], plan: Partial<Plan> = {}) {
  const story = new Story({ kind: plan.kind ?? 'OVERENSKOMMELSE', status: 'proposed' });
  const steps = parties.map((responsibleParty) =>
    made<Step>(story.does((hand) => addStep(hand, { title: 'Steg', responsibleParty, ...SHOWN }, actOf(CENTRE)))),
  );
  story.is(plan);
  story.does((hand) => proposeAgreement(hand, actOf(CENTRE)));
  return { story, steps };
}

const current = (story: Story): AgreementVersion => story.all('agreement-version').at(-1)!;

function answers(story: Story, who: string, answer: Partial<AgreementAnswer> = {}) {
  return story.does((hand) => answerAgreement(hand, current(story), { act: 'approval', ...answer }, actOf(who)));
}

function standings(story: Story): string[] {
  const parts = standingOfParts(current(story), story.all('agreement-version'), story.all('agreement-act'));
  return parts.map(({ part, standing }) => `${unitOf(part.party) ?? part.party.kind}: ${standing}`);
}

describe('a version of the agreement', () => {
  it('names the open steps, promises and goals that the patient may read, at their revisions', () => {
    const { story, steps } = proposed([PATIENT_PARTY, partyOf(NURSING)]);
    expect(current(story)).toMatchObject({
      version: 1,
      state: 'proposed',
      parts: [
        { kind: 'step', id: steps[0]!.id, revision: 1, party: PATIENT_PARTY },
        { kind: 'step', id: steps[1]!.id, revision: 1, party: partyOf(NURSING) },
      ],
    });
    story.does((hand) => addStep(hand, { title: 'Internt', approvedForPatient: false }, actOf(CENTRE)));
    expect(story.does((hand) => proposeAgreement(hand, actOf(CENTRE)))).toEqual([]);
  });

  it('is put to the parties by the planning lead only, and not when there is nothing to agree on', () => {
    const story = new Story();
    refused('planning-lead-only', () => proposeAgreement(story.hand, actOf(NURSING)));
    refused('nothing-to-agree', () => proposeAgreement(story.hand, actOf(CENTRE)));
  });

  it('gives way to the next once anyone has answered it', () => {
    const { story } = proposed([PATIENT_PARTY, partyOf(CENTRE)]);
    const add = () => story.does((hand) => addStep(hand, { title: 'Nytt', ...SHOWN }, actOf(CENTRE)));
    add();
    story.does((hand) => proposeAgreement(hand, actOf(CENTRE)));
    expect(current(story)).toMatchObject({ version: 1, revision: 2 });
    expect(current(story).parts).toHaveLength(3);
    answers(story, 'patient');
    expect(story.does((hand) => proposeAgreement(hand, actOf(CENTRE)))).toEqual([]);
    add();
    story.does((hand) => proposeAgreement(hand, actOf(CENTRE)));
    expect(story.all('agreement-version').map(({ version, state }) => `${version} ${state}`)).toEqual([
      '1 superseded',
      '2 proposed',
    ]);
    const old = story.all('agreement-version')[0]!;
    refused('agreement-superseded', () => answerAgreement(story.hand, old, { act: 'approval' }, actOf(CENTRE)));
  });
});

describe('who must say yes', () => {
  const yes = (story: Story, ...who: string[]) => {
    for (const one of who) answers(story, one);
    return current(story).state;
  };

  test.each<[string, Partial<Plan>, string[], string[], boolean]>([
    ['patient and lead principal', {}, [CENTRE], ['patient', CENTRE], true],
    ['the lead principal by another of its units', {}, [HEART, CENTRE], ['patient', HEART], true],
    ['the patient alone', {}, [CENTRE], ['patient'], false],
    ['the lead principal alone', {}, [CENTRE], [CENTRE], false],
    ['patient and another principal', {}, [CENTRE, NURSING], ['patient', NURSING], false],
    ['the kommun as lead principal', { leadPrincipal: KOMMUN.hsaId }, [CENTRE, NURSING], ['patient', NURSING], true],
    [
      'the region when the kommun leads',
      { leadPrincipal: KOMMUN.hsaId },
      [CENTRE, NURSING],
      ['patient', CENTRE],
      false,
    ],
    ['the lead unit for itself, without parts', {}, [NURSING], ['patient', CENTRE], true],
    ['the lead unit without parts, for another of its principal with parts', {}, [HEART], ['patient', CENTRE], false],
    ['a SIP by both principals', { kind: 'SIP' }, [CENTRE, SOCIAL], ['patient', CENTRE, SOCIAL], true],
    [
      'a SIP by one of the kommun’s units',
      { kind: 'SIP' },
      [CENTRE, SOCIAL, NURSING],
      ['patient', CENTRE, NURSING],
      true,
    ],
    ['a SIP without the kommun', { kind: 'SIP' }, [CENTRE, SOCIAL], ['patient', CENTRE], false],
    ['a SIP without the region', { kind: 'SIP' }, [CENTRE, SOCIAL], ['patient', SOCIAL], false],
    ['a SIP without the patient', { kind: 'SIP' }, [CENTRE, SOCIAL], [CENTRE, SOCIAL], false],
    [
      'a SIP led by a third principal that is silent',
      { kind: 'SIP', leadPrincipal: OTHER_REGION.hsaId },
      [CENTRE, SOCIAL, ELSEWHERE],
      ['patient', CENTRE, SOCIAL],
      false,
    ],
    [
      'a SIP led by a third principal that says yes',
      { kind: 'SIP', leadPrincipal: OTHER_REGION.hsaId },
      [CENTRE, SOCIAL, ELSEWHERE],
      ['patient', ELSEWHERE, SOCIAL],
      true,
    ],
  ])('%s: agreed as it should', (_what, plan, units, who, agreed) => {
    const { story } = proposed([PATIENT_PARTY, ...units.map(partyOf)], plan);
    expect(yes(story, ...who)).toBe(agreed ? 'agreed' : 'proposed');
    const awaited = awaitedFor(current(story), story.all('agreement-act'), story.hand.plan, UNITS);
    expect(awaited.length === 0).toBe(agreed);
    expect(current(story).agreedAt !== undefined).toBe(agreed);
  });

  it('a reported yes makes nothing agreed, and a reservation against everything takes a yes back', () => {
    const { story } = proposed([PATIENT_PARTY, partyOf(CENTRE), partyOf(SOCIAL)], {
      kind: 'SIP',
      leadPrincipal: REGION.hsaId,
    });
    answers(story, CENTRE, { party: partyOf(SOCIAL), method: 'oral', reported: true });
    expect(yes(story, CENTRE)).toBe('proposed');
    answers(story, CENTRE, { act: 'reservation', text: 'Vi hinner inte' });
    expect(yes(story, 'patient', SOCIAL)).toBe('proposed');
    expect(yes(story, CENTRE)).toBe('agreed');
  });
});

describe('speaking for oneself', () => {
  it('a unit answers for its own parts by its own staff, and nobody approves for another', () => {
    const { story } = proposed([PATIENT_PARTY, partyOf(NURSING)]);
    for (const by of [CENTRE, HOME_HELP]) {
      const problem = refused('approval-for-another', () =>
        answers(story, by, { party: partyOf(NURSING), method: 'oral' }),
      );
      expect(problem.status).toBe(403);
    }
    refused('approval-for-another', () => answers(story, 'patient', { party: partyOf(NURSING) }));
    refused('no-own-parts', () => answers(story, HOME_HELP));
    expect(story.all('agreement-act')).toEqual([]);
  });

  it('the patient’s yes may be heard by staff, who say how; a digital one is the patient’s own', () => {
    const { story } = proposed([PATIENT_PARTY, DAUGHTER]);
    refused('method-missing', () => answers(story, NURSING, { party: PATIENT_PARTY }));
    refused('method-missing', () => answers(story, NURSING, { party: PATIENT_PARTY, method: 'digital' }));
    answers(story, NURSING, { party: PATIENT_PARTY, method: 'oral' });
    answers(story, CENTRE, { party: DAUGHTER, method: 'written' });
    answers(story, 'patient');
    expect(story.all('agreement-act').map(({ method, standing }) => `${method} ${standing}`)).toEqual([
      'oral given',
      'written given',
      'digital given',
    ]);
  });

  it('home help’s oral yes, noted by Maj, is reported until home help confirms it the next morning', () => {
    const { story, steps } = proposed([PATIENT_PARTY, partyOf(CENTRE), partyOf(HOME_HELP)]);
    answers(story, 'patient');
    answers(story, CENTRE);
    const heard = made<AgreementAct>(
      answers(story, CENTRE, { party: partyOf(HOME_HELP), method: 'oral', reported: true }),
    );
    expect(heard).toMatchObject({ standing: 'reported', party: partyOf(HOME_HELP), recordedBy: { unit: CENTRE } });
    expect(standings(story)).toEqual(['patient: confirmed', `${CENTRE}: confirmed`, `${HOME_HELP}: reported`]);
    expect(story.now('step', steps[2]!).state).toBe('proposed');
    const morning = actOf(HOME_HELP, '2026-11-27T07:10:00.000Z');
    story.does((hand) => answerAgreement(hand, current(story), { act: 'approval' }, morning));
    expect(story.now('agreement-act', heard)).toMatchObject({
      standing: 'confirmed',
      method: 'oral',
      recordedBy: { unit: CENTRE },
      changedBy: { unit: HOME_HELP },
      changedAt: '2026-11-27T07:10:00.000Z',
    });
    expect(story.all('agreement-act')).toHaveLength(3);
    expect(standings(story)[2]).toBe(`${HOME_HELP}: confirmed`);
    expect(story.now('step', steps[2]!)).toMatchObject({ state: 'agreed', responsibleNow: HOME_HELP });
  });

  it('a unit that says otherwise than was reported is heard itself', () => {
    const { story } = proposed([PATIENT_PARTY, partyOf(HOME_HELP)]);
    answers(story, CENTRE, { party: partyOf(HOME_HELP), method: 'oral', reported: true });
    answers(story, HOME_HELP, { act: 'reservation', text: 'Vi har inte lovat det' });
    expect(standings(story)).toEqual(['patient: unconfirmed', `${HOME_HELP}: reserved`]);
  });
});

describe('where parts stand', () => {
  it('those whose party has not answered are not confirmed, also when the version is agreed', () => {
    const { story } = proposed([PATIENT_PARTY, partyOf(CENTRE), partyOf(NURSING), partyOf(SCHOOL)]);
    for (const who of ['patient', CENTRE]) answers(story, who);
    answers(story, NURSING, { act: 'reservation', text: 'Inte på helger' });
    expect(current(story).state).toBe('agreed');
    expect(standings(story)).toEqual([
      'patient: confirmed',
      `${CENTRE}: confirmed`,
      `${NURSING}: reserved`,
      `${SCHOOL}: unconfirmed`,
    ]);
    expect(agreementInForce(story.hand)?.parts[2]?.answer?.text).toBe('Inte på helger');
  });

  it('a reservation against some parts leaves the yes to the others', () => {
    const { story, steps } = proposed([partyOf(CENTRE), partyOf(CENTRE)]);
    answers(story, CENTRE);
    answers(story, CENTRE, { act: 'reservation', against: [steps[1]!.id] });
    expect(standings(story)).toEqual([`${CENTRE}: confirmed`, `${CENTRE}: reserved`]);
    answers(story, 'patient');
    expect(current(story).state).toBe('agreed');
  });

  it('is against own parts only', () => {
    const { story, steps } = proposed([PATIENT_PARTY, partyOf(CENTRE)]);
    const against = [steps[0]!.id];
    expect(
      fieldsOf(refused('unknown-reference', () => answers(story, CENTRE, { act: 'reservation', against }))),
    ).toEqual(['against[0]']);
    refused('not-for-this-kind', () => answers(story, CENTRE, { against }));
  });

  it('a yes holds on for a part that has not changed, into the next version', () => {
    const { story, steps } = proposed([PATIENT_PARTY, partyOf(CENTRE), partyOf(NURSING)]);
    for (const who of ['patient', CENTRE, NURSING]) answers(story, who);
    story.does((hand) => changeStep(hand, story.now('step', steps[1]!), { title: 'Annat' }, actOf(CENTRE)));
    expect(current(story).version).toBe(2);
    expect(standings(story)).toEqual(['patient: confirmed', `${CENTRE}: unconfirmed`, `${NURSING}: confirmed`]);
    const parts = standingOfParts(current(story), story.all('agreement-version'), story.all('agreement-act'));
    expect(parts.map((part) => part.version)).toEqual([1, undefined, 1]);
    for (const who of ['patient', CENTRE]) answers(story, who);
    expect(current(story).state).toBe('agreed');
    expect(story.all('agreement-version')[0]!.state).toBe('superseded');
    expect(story.now('step', steps[1]!).title).toBe('Annat');
  });
});

describe('a yes to the agreement', () => {
  it('is a yes to own proposed steps and promises, and to no one else’s', () => {
    const { story, steps } = proposed([PATIENT_PARTY, partyOf(NURSING), partyOf(HEART)]);
    const promise = { by: PATIENT_PARTY, to: partyOf(CENTRE), text: 'Väger mig', ...SHOWN };
    story.does((hand) => addCommitment(hand, promise, actOf(CENTRE)));
    story.does((hand) => proposeAgreement(hand, actOf(CENTRE)));
    answers(story, NURSING);
    expect(steps.map((step) => story.now('step', step).state)).toEqual(['proposed', 'agreed', 'proposed']);
    answers(story, CENTRE, { party: PATIENT_PARTY, method: 'oral' });
    expect(story.now('step', steps[0]!)).toMatchObject({ state: 'agreed', answeredBy: { method: 'oral' } });
    expect(story.only('commitment').state).toBe('accepted');
  });

  it('does not agree to a health measure that nobody has assessed', () => {
    const story = new Story({ status: 'proposed' });
    const measure = { title: 'Spruta', responsibleParty: PATIENT_PARTY, healthMeasure: true, ...SHOWN };
    const step = made<Step>(story.does((hand) => addStep(hand, measure, actOf(CENTRE))));
    story.does((hand) => proposeAgreement(hand, actOf(CENTRE)));
    answers(story, 'patient');
    expect(story.now('step', step).state).toBe('proposed');
  });

  it('of long ago does not agree to what was declined since and is asked anew', () => {
    const { story, steps } = proposed([PATIENT_PARTY, partyOf(NURSING)]);
    const nursing = steps[1]!;
    story.does((hand) => declineStep(hand, nursing, { reason: 'Nej' }, actOf(NURSING)));
    answers(story, NURSING);
    expect(story.now('step', nursing).state).toBe('declined');
    story.does((hand) => proposeStep(hand, story.now('step', nursing), {}, actOf(CENTRE)));
    for (const who of ['patient', CENTRE]) answers(story, who);
    expect(story.now('step', nursing).state).toBe('proposed');
  });

  it('given after the version was agreed applies what it proposed for that party', () => {
    const { story, steps } = proposed([PATIENT_PARTY, partyOf(CENTRE), partyOf(NURSING)]);
    for (const who of ['patient', CENTRE, NURSING]) answers(story, who);
    story.does((hand) => changeStep(hand, story.now('step', steps[2]!), { title: 'Oftare' }, actOf(NURSING)));
    for (const who of ['patient', CENTRE]) answers(story, who);
    expect(story.now('step', steps[2]!)).toMatchObject({ title: 'Steg', proposal: { changes: { title: 'Oftare' } } });
    expect(proposedVersionOf(story.hand)).toBeUndefined();
    answers(story, NURSING);
    expect(story.now('step', steps[2]!)).toMatchObject({ title: 'Oftare' });
    expect(story.now('step', steps[2]!).proposal).toBeUndefined();
  });

  it('is not taken by a closed plan', () => {
    const { story } = proposed([PATIENT_PARTY]);
    refused('plan-closed', () => answers(story.is({ status: 'revoked' }), 'patient'));
  });
});
