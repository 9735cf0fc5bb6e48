import { describe, expect, it, test } from 'vitest';
import type { Party, Step } from '../../../src/plans/domain/model.ts';
import { addNamedContact, transitionContact } from '../../../src/plans/domain/named-contact-commands.ts';
import { transitionPlan } from '../../../src/plans/domain/plan-state.ts';
import { assessSelfCare } from '../../../src/plans/domain/self-care.ts';
import { addStep, type StepCommand } from '../../../src/plans/domain/step-add.ts';
import { acceptStep, declineStep, proposeStep } from '../../../src/plans/domain/step-answer.ts';
import { changeStep } from '../../../src/plans/domain/step-change.ts';
import {
  actOf,
  CENTRE,
  CLOSED_UNIT,
  DAUGHTER,
  fieldsOf,
  HEART,
  HOME_HELP,
  made,
  NURSING,
  PATIENT_PARTY,
  partyOf,
  refused,
  SHOWN,
  Story,
  WARD,
} from './acting.ts';

const OUTSIDER: Party = { kind: 'other', name: 'Försäkringskassan' };
const ASSESSMENT = {
  assessor: { staff: `${CENTRE}P1`, name: 'Maj Modell', profession: 'distriktssköterska' },
  assessedOn: '2026-11-19',
  reviewOn: '2027-05-19',
  helpNeeded: 'Ingen',
  ifItFails: 'Ring vårdcentralen',
  ...SHOWN,
};

function adds(story: Story, command: Partial<StepCommand>, by: string = CENTRE): Step {
  return made<Step>(story.does((hand) => addStep(hand, { title: 'Väga', ...SHOWN, ...command }, actOf(by))));
}

describe('who a new step falls to', () => {
  test.each<[string, string, Party, Step['state'], string]>([
    ['the writer’s own unit has said yes', CENTRE, partyOf(CENTRE), 'agreed', CENTRE],
    ['another unit is asked, and the writer acts until it answers', CENTRE, partyOf(NURSING), 'proposed', CENTRE],
    ['the patient is asked, and the lead unit acts', NURSING, PATIENT_PARTY, 'proposed', CENTRE],
    ['a relative is asked, and the lead unit acts', NURSING, DAUGHTER, 'proposed', CENTRE],
    ['someone outside is asked, and the writer acts', NURSING, OUTSIDER, 'proposed', NURSING],
    ['what the patient adds for herself is agreed', 'patient', PATIENT_PARTY, 'agreed', CENTRE],
    ['what the patient wants of a unit is a wish', 'patient', partyOf(NURSING), 'wished', CENTRE],
  ])('%s', (_told, by, responsibleParty, state, responsibleNow) => {
    const step = adds(new Story(), { responsibleParty }, by);
    expect(step).toMatchObject({ state, responsibleParty, responsibleNow });
  });

  it('a wish for nobody in particular is put to the unit that has it', () => {
    expect(adds(new Story(), {}, 'patient')).toMatchObject({ state: 'wished', responsibleParty: partyOf(CENTRE) });
  });

  it('an own yes comes along when staff have heard it, with how, but never for a unit', () => {
    for (const responsibleParty of [PATIENT_PARTY, DAUGHTER, OUTSIDER]) {
      const step = adds(new Story(), { responsibleParty, ownYes: { method: 'oral' } });
      expect(step).toMatchObject({ state: 'agreed', responsibleParty, answeredBy: { method: 'oral', unit: CENTRE } });
      expect(step.responsibleNow).toBe(CENTRE);
    }
    refused('method-missing', () =>
      adds(new Story(), { responsibleParty: PATIENT_PARTY, ownYes: { method: 'digital' } }),
    );
    const problem = refused('responsibility-by-another', () =>
      adds(new Story(), { responsibleParty: partyOf(NURSING), ownYes: { method: 'oral' } }),
    );
    expect(problem.status).toBe(403);
  });

  it('the asked unit is invited, once, and a wish invites nobody', () => {
    const story = new Story();
    const units = () =>
      story.all('participant').map(({ party, state }) => ('unit' in party ? `${party.unit} ${state}` : state));
    adds(story, { responsibleParty: partyOf(NURSING) }, 'patient');
    expect(units()).toEqual([`${CENTRE} accepted`, 'invited']);
    adds(story, { responsibleParty: partyOf(NURSING) });
    adds(story, { responsibleParty: partyOf(NURSING) });
    expect(units()).toEqual([`${CENTRE} accepted`, 'invited', `${NURSING} invited`]);
  });

  it('a family step goes to its support, else the primary contact’s unit, else the lead, and follows the contact', () => {
    const story = new Story({}, WARD);
    const early = adds(story, { responsibleParty: PATIENT_PARTY }, WARD);
    const supported = adds(story, { responsibleParty: PATIENT_PARTY, supportUnit: NURSING }, WARD);
    expect([early.responsibleNow, supported.responsibleNow]).toEqual([WARD, NURSING]);
    const contact = { role: 'fast-vardkontakt', unit: CENTRE, person: { name: 'Maj Modell' }, ...SHOWN } as const;
    const maj = story.does((hand) => addNamedContact(hand, contact, actOf(CENTRE)))[0]!.after;
    expect(adds(story, { responsibleParty: DAUGHTER }, WARD).responsibleNow).toBe(CENTRE);
    expect(story.now('step', early)).toMatchObject({ responsibleNow: CENTRE, revision: 2 });
    expect(story.now('step', supported)).toMatchObject({ responsibleNow: NURSING, revision: 1 });
    story.does((hand) => transitionContact(hand, story.now('named-contact', maj), { to: 'ended' }, actOf(CENTRE)));
    expect(story.now('step', early).responsibleNow).toBe(WARD);
  });

  test.each<[string, Partial<StepCommand>, string, string]>([
    [
      'a unit that is not there',
      { responsibleParty: { kind: 'region', unit: 'SE0000000000-TST7777' } },
      'party-not-as-registered',
      'responsibleParty.unit',
    ],
    [
      'a unit that is closed',
      { responsibleParty: { kind: 'region', unit: CLOSED_UNIT } },
      'party-not-as-registered',
      'responsibleParty.unit',
    ],
    [
      'social services called health care',
      { responsibleParty: { kind: 'municipality-health', unit: HOME_HELP } },
      'party-not-as-registered',
      'responsibleParty.kind',
    ],
    [
      'the kommun called a region',
      { responsibleParty: { kind: 'region', unit: NURSING } },
      'party-not-as-registered',
      'responsibleParty.kind',
    ],
    ['nobody by name', { responsibleParty: { kind: 'other' } }, 'party-not-as-registered', 'responsibleParty'],
    [
      'a support that is not there',
      { responsibleParty: PATIENT_PARTY, supportUnit: 'SE0000000000-TST7777' },
      'party-not-as-registered',
      'supportUnit',
    ],
    [
      'a predecessor that is not there',
      { predecessors: [actOf(CENTRE).newId()] },
      'unknown-reference',
      'predecessors[0]',
    ],
    [
      'a contact that is not there',
      { contact: { namedContactId: actOf(CENTRE).newId() } },
      'unknown-reference',
      'contact.namedContactId',
    ],
    [
      'an end before its start',
      { time: { form: 'window', from: '2026-12-02', to: '2026-12-01' } },
      'time-not-in-order',
      'time.to',
    ],
    [
      'a series that ends before it starts',
      {
        time: {
          form: 'recurring',
          series: { every: 'day', interval: 1, startsOn: '2026-12-02', endsOn: '2026-12-01' },
        },
      },
      'time-not-in-order',
      'time.series.endsOn',
    ],
    [
      'a booking link without https',
      { time: { form: 'patient-books', link: 'javascript:alert(1)' } },
      'link-not-allowed',
      'time.link',
    ],
  ])('refuses %s, naming the field and echoing nothing', (_what, command, code, field) => {
    const story = new Story();
    const problem = refused(code, () => adds(story, command));
    expect(problem.status).toBe(422);
    expect(fieldsOf(problem)).toEqual([field]);
    expect(JSON.stringify(problem.particulars)).not.toContain('TST7777');
    expect(story.all('step')).toEqual([]);
  });

  it('is not added to a closed plan', () => {
    for (const status of ['completed', 'revoked', 'entered-in-error'] as const) {
      refused('plan-closed', () => adds(new Story().is({ status }), {}));
    }
  });
});

describe('yes and no to a step', () => {
  it('only the asked unit’s own staff say yes, and then it is theirs', () => {
    const story = new Story();
    const step = adds(story, { responsibleParty: partyOf(NURSING) });
    for (const other of [CENTRE, WARD, HOME_HELP, 'patient']) {
      refused('step-answer-not-yours', () => acceptStep(story.hand, step, {}, actOf(other)));
    }
    story.does((hand) => acceptStep(hand, step, {}, actOf(NURSING)));
    const theirs = story.now('step', step);
    expect(theirs).toMatchObject({
      state: 'agreed',
      responsibleNow: NURSING,
      answeredBy: { unit: NURSING },
      revision: 2,
    });
    refused('step-not-yours', () => changeStep(story.hand, theirs, { title: 'Annat' }, actOf(CENTRE)));
    refused('step-transition-not-allowed', () => acceptStep(story.hand, theirs, {}, actOf(NURSING)));
  });

  it('declined with a reason, it goes back to the writer, who may put it to another', () => {
    const story = new Story();
    const step = adds(story, { responsibleParty: partyOf(NURSING) });
    refused('reason-missing', () => declineStep(story.hand, step, {}, actOf(NURSING)));
    story.does((hand) => declineStep(hand, step, { reason: 'Vi har ingen tid' }, actOf(NURSING)));
    const back = story.now('step', step);
    expect(back).toMatchObject({ state: 'declined', responsibleNow: CENTRE, reason: 'Vi har ingen tid' });
    refused('step-not-yours', () => proposeStep(story.hand, back, {}, actOf(NURSING)));
    story.does((hand) => proposeStep(hand, back, { responsibleParty: partyOf(HOME_HELP) }, actOf(CENTRE)));
    expect(story.now('step', step)).toMatchObject({
      state: 'proposed',
      responsibleParty: partyOf(HOME_HELP),
      responsibleNow: CENTRE,
    });
    expect(story.now('step', step).reason).toBeUndefined();
  });

  it('a family’s own yes is given by the patient, or said to staff who record how', () => {
    const story = new Story();
    const patients = adds(story, { responsibleParty: PATIENT_PARTY });
    const daughters = adds(story, { responsibleParty: DAUGHTER });
    refused('step-answer-not-yours', () => acceptStep(story.hand, daughters, {}, actOf('patient')));
    refused('step-answer-not-yours', () => acceptStep(story.hand, patients, { method: 'oral' }, actOf(NURSING)));
    refused('method-missing', () => acceptStep(story.hand, daughters, {}, actOf(CENTRE)));
    story.does((hand) => acceptStep(hand, patients, {}, actOf('patient')));
    story.does((hand) => acceptStep(hand, daughters, { method: 'oral' }, actOf(CENTRE)));
    expect(story.now('step', patients).answeredBy).toMatchObject({ kind: 'patient', method: 'digital' });
    expect(story.now('step', daughters)).toMatchObject({
      state: 'agreed',
      answeredBy: { kind: 'staff', method: 'oral' },
    });
  });

  it('the patient says no without having to say why', () => {
    const story = new Story();
    const step = adds(story, { responsibleParty: PATIENT_PARTY });
    story.does((hand) => declineStep(hand, step, {}, actOf('patient')));
    expect(story.now('step', step)).toMatchObject({ state: 'declined', responsibleNow: CENTRE });
  });

  it('a wish is taken on by the unit that has it or was asked, declined, or put to another', () => {
    const story = new Story();
    const wish = () => adds(story, { responsibleParty: partyOf(HEART) }, 'patient');
    const [one, two, three] = [wish(), wish(), wish()];
    refused('step-answer-not-yours', () => acceptStep(story.hand, one, {}, actOf(NURSING)));
    refused('step-answer-not-yours', () => acceptStep(story.hand, one, {}, actOf('patient')));
    story.does((hand) => acceptStep(hand, one, {}, actOf(CENTRE)));
    expect(story.now('step', one)).toMatchObject({ responsibleParty: partyOf(CENTRE), responsibleNow: CENTRE });
    story.does((hand) => acceptStep(hand, two, {}, actOf(HEART)));
    expect(story.now('step', two)).toMatchObject({ responsibleParty: partyOf(HEART), responsibleNow: HEART });
    story.does((hand) => proposeStep(hand, three, {}, actOf(CENTRE)));
    expect(story.now('step', three)).toMatchObject({ state: 'proposed', responsibleNow: CENTRE });
  });

  it('the patient may change and take back an own wish, and nobody else’s step', () => {
    const story = new Story();
    const wish = adds(story, {}, 'patient');
    story.does((hand) => changeStep(hand, wish, { title: 'Sjukgymnast' }, actOf('patient')));
    expect(story.now('step', wish).title).toBe('Sjukgymnast');
    const own = adds(story, { responsibleParty: PATIENT_PARTY });
    refused('step-not-yours', () => changeStep(story.hand, own, { title: 'Nej' }, actOf('patient')));
  });

  it('a closed plan takes no answer', () => {
    const story = new Story({ status: 'proposed' });
    const step = adds(story, { responsibleParty: partyOf(NURSING) });
    story.does((hand) => transitionPlan(hand, { to: 'revoked' }, actOf('patient'), { consents: [] }));
    refused('plan-closed', () => acceptStep(story.hand, step, {}, actOf(NURSING)));
  });
});

describe('a health measure outside health care (lag 2022:1250)', () => {
  const MEASURE = { healthMeasure: true } as const;

  it('is not agreed before somebody has assessed it', () => {
    const story = new Story();
    const step = adds(story, { ...MEASURE, responsibleParty: PATIENT_PARTY });
    refused('self-care-assessment-missing', () => acceptStep(story.hand, step, {}, actOf('patient')));
    story.does((hand) => assessSelfCare(hand, step, ASSESSMENT, actOf(CENTRE)));
    story.does((hand) => acceptStep(hand, step, {}, actOf('patient')));
    expect(story.now('step', step).state).toBe('agreed');
  });

  it('is born proposed for social services, a wish for the patient, and agreed with its assessment', () => {
    expect(adds(new Story({}, HOME_HELP), MEASURE, HOME_HELP).state).toBe('proposed');
    expect(adds(new Story(), { ...MEASURE, responsibleParty: PATIENT_PARTY }, 'patient').state).toBe('wished');
    expect(adds(new Story(), { ...MEASURE, responsibleParty: partyOf(CENTRE) }).state).toBe('agreed');
    const ownYes = { method: 'oral' } as const;
    const asked = { ...MEASURE, responsibleParty: PATIENT_PARTY, ownYes };
    refused('self-care-assessment-missing', () => adds(new Story(), asked));
    expect(adds(new Story(), { ...asked, assessment: ASSESSMENT }).state).toBe('agreed');
  });

  it('is assessed by health care only, before its review and not in the future', () => {
    const story = new Story();
    const step = adds(story, { ...MEASURE, responsibleParty: PATIENT_PARTY });
    const assess =
      (fields: Partial<typeof ASSESSMENT>, by = CENTRE) =>
      () =>
        assessSelfCare(story.hand, step, { ...ASSESSMENT, ...fields }, actOf(by));
    refused('assessment-by-health-care', assess({}, HOME_HELP));
    refused('assessment-by-health-care', assess({}, 'patient'));
    expect(fieldsOf(refused('time-not-in-order', assess({ reviewOn: '2026-11-18' })))).toEqual(['reviewOn']);
    expect(fieldsOf(refused('time-not-in-order', assess({ assessedOn: '2026-11-21' })))).toEqual(['assessedOn']);
  });

  it('cannot be made of an agreed step without one', () => {
    const story = new Story();
    const step = adds(story, { responsibleParty: PATIENT_PARTY, ownYes: { method: 'oral' } });
    refused('self-care-assessment-missing', () => changeStep(story.hand, step, MEASURE, actOf(CENTRE)));
  });
});
