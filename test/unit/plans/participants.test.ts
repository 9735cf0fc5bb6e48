import { describe, expect, it, test } from 'vitest';
import { PARTICIPANT_STATES, type Participant, type Party } from '../../../src/plans/domain/model.ts';
import {
  answerInvitation,
  changeParticipantRole,
  inviteParticipant,
  PARTICIPANT_MOVES,
  type ParticipantAnswer,
} from '../../../src/plans/domain/participant-commands.ts';
import { partyKey } from '../../../src/plans/domain/party.ts';
import {
  actOf,
  CENTRE,
  DAUGHTER,
  fieldsOf,
  HOME_HELP,
  made,
  NURSING,
  PATIENT_PARTY,
  partyOf,
  refused,
  SCHOOL,
  SHOWN,
  SOCIAL,
  Story,
} from './acting.ts';
import { movesTold, pairs } from './moves-told.ts';

/** docs/domain.md 3: "invited → accepted / declined (with reason) / left", and who said no or left is asked again. */
const TOLD = movesTold('invited → accepted, declined · accepted → left · declined, left → invited');

function invites(story: Story, party: Party): Participant {
  return made<Participant>(story.does((hand) => inviteParticipant(hand, { party, ...SHOWN }, actOf(CENTRE))));
}

function answers(story: Story, one: Participant, answer: ParticipantAnswer, by: string) {
  story.does((hand) => answerInvitation(hand, story.now('participant', one), answer, actOf(by)));
  return story.now('participant', one);
}

const told = (story: Story) => story.all('participant').map((one) => `${partyKey(one.party)} ${one.state}`);

describe('a participation', () => {
  test.each(pairs(PARTICIPANT_STATES.filter((state) => state !== 'entered-in-error')))('from %s to %s', (from, to) => {
    const story = new Story();
    const one = story.sets('participant', invites(story, partyOf(NURSING)), { state: from });
    const allowed = TOLD.has(`${from} → ${to}`);
    expect(PARTICIPANT_MOVES[from].includes(to)).toBe(allowed);
    if (to === 'invited') {
      const invite = () => invites(story, partyOf(NURSING));
      if (allowed) expect(invite()).toMatchObject({ id: one.id, state: 'invited', revision: 2 });
      else refused('already-participant', invite);
      return;
    }
    const answer = () => answers(story, one, { to, reason: 'Därför' }, NURSING);
    if (allowed) expect(answer()).toMatchObject({ state: to, revision: 2 });
    else refused('participant-transition-not-allowed', answer);
  });

  it('is the invited one’s own to answer, a family’s also through staff', () => {
    const story = new Story();
    const nursing = invites(story, partyOf(NURSING));
    const daughter = invites(story, DAUGHTER);
    const patient = story.all('participant').find((one) => one.party.kind === 'patient')!;
    for (const by of [CENTRE, HOME_HELP, 'patient']) {
      refused('participation-not-yours', () => answers(story, nursing, { to: 'accepted' }, by));
    }
    refused('participation-not-yours', () => answers(story, daughter, { to: 'accepted' }, 'patient'));
    refused('reason-missing', () => answers(story, nursing, { to: 'declined' }, NURSING));
    expect(answers(story, daughter, { to: 'accepted' }, CENTRE).state).toBe('accepted');
    expect(answers(story, patient, { to: 'declined' }, 'patient').state).toBe('declined');
    expect(answers(story, nursing, { to: 'declined', reason: 'Ingen insats' }, NURSING)).toMatchObject({
      reason: 'Ingen insats',
      answeredAt: expect.any(String),
    });
  });

  it('begins for the creating unit as accepted and for the patient as invited', () => {
    expect(told(new Story())).toEqual([`unit:${CENTRE} accepted`, 'patient invited']);
  });

  it('has a role that its own party or the planning lead changes', () => {
    const story = new Story();
    const nursing = invites(story, partyOf(NURSING));
    refused('participation-not-yours', () => changeParticipantRole(story.hand, nursing, 'Stöd', actOf(HOME_HELP)));
    for (const by of [CENTRE, NURSING]) {
      expect(made<Participant>(changeParticipantRole(story.hand, nursing, 'Stöd', actOf(by))).role).toBe('Stöd');
    }
  });

  it('is refused for whom the directory does not know', () => {
    const story = new Story();
    const stranger = { kind: 'region', unit: 'SE0000000000-TST7777' } as const;
    expect(fieldsOf(refused('party-not-as-registered', () => invites(story, stranger)))).toEqual(['party.unit']);
  });
});

describe('a principal in a SIP (HSL 16:4)', () => {
  const no = { to: 'declined', reason: 'Vi kan inte' } as const;

  it('cannot decline, but names which unit takes part', () => {
    const story = new Story({ kind: 'SIP' });
    const social = invites(story, partyOf(SOCIAL));
    const problem = refused('sip-principal-must-take-part', () => answers(story, social, no, SOCIAL));
    expect(problem.status).toBe(409);
    answers(story, social, { ...no, instead: HOME_HELP }, SOCIAL);
    expect(told(story).slice(2)).toEqual([`unit:${SOCIAL} declined`, `unit:${HOME_HELP} invited`]);
  });

  it.each([
    CENTRE,
    SOCIAL,
    'SE0000000000-TST7777',
  ])('does not name itself, another principal or nobody instead: %s', (instead) => {
    const story = new Story({ kind: 'SIP' });
    const social = invites(story, partyOf(SOCIAL));
    const decline = () => answers(story, social, { ...no, instead }, SOCIAL);
    expect(fieldsOf(refused('party-not-as-registered', decline))).toEqual(['instead']);
  });

  it('may let one unit decline or leave while another of its units takes part, school not counted', () => {
    const story = new Story({ kind: 'SIP' });
    const [social, school, nursing] = [SOCIAL, SCHOOL, NURSING].map((unit) => invites(story, partyOf(unit)));
    answers(story, nursing!, no, NURSING);
    refused('sip-principal-must-take-part', () => answers(story, social!, no, SOCIAL));
    answers(story, social!, { to: 'accepted' }, SOCIAL);
    refused('sip-principal-must-take-part', () => answers(story, social!, { to: 'left' }, SOCIAL));
    expect(answers(story, school!, no, SCHOOL).state).toBe('declined');
  });

  it('declines other kinds of plans freely, and so does the patient', () => {
    const story = new Story();
    expect(answers(story, invites(story, partyOf(SOCIAL)), no, SOCIAL).state).toBe('declined');
    const sip = new Story({ kind: 'SIP' });
    const patient = sip.all('participant').find((one) => one.party.kind === PATIENT_PARTY.kind)!;
    expect(answers(sip, patient, { to: 'declined' }, 'patient').state).toBe('declined');
  });
});
