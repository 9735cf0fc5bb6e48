import { describe, expect, it, test } from 'vitest';
import { enterInError } from '../../../src/plans/domain/in-error.ts';
import { CONTACT_STATES, type ContactRole, type NamedContact } from '../../../src/plans/domain/model.ts';
import {
  addNamedContact,
  type ContactCommand,
  type ContactMove,
  changeNamedContact,
  makePrimary,
  transitionContact,
} from '../../../src/plans/domain/named-contact-commands.ts';
import { CONTACT_MOVES } from '../../../src/plans/domain/named-contact-rules.ts';
import { actOf, CENTRE, fieldsOf, HEART, made, NURSING, refusal, refused, SHOWN, Story, WARD } from './acting.ts';
import { movesTold, pairs } from './moves-told.ts';

const TOLD = movesTold(
  'requested → offered, declined, plainly-unneeded, designated · offered → declined, plainly-unneeded, designated · declined, plainly-unneeded → requested, offered, designated · designated → ended',
);

function adds(story: Story, unit: string, fields: Partial<ContactCommand> = {}, by = unit): NamedContact {
  const command = {
    role: 'fast-vardkontakt',
    unit,
    person: { name: `Person ${unit.slice(-4)}` },
    ...SHOWN,
    ...fields,
  } as const;
  return made<NamedContact>(story.does((hand) => addNamedContact(hand, command, actOf(by))));
}

function moves(story: Story, contact: NamedContact, move: ContactMove, by = CENTRE) {
  story.does((hand) => transitionContact(hand, story.now('named-contact', contact), move, actOf(by)));
  return story.now('named-contact', contact);
}

const primaries = (story: Story) =>
  story
    .all('named-contact')
    .filter((one) => one.isPrimary)
    .map((one) => one.unit);

describe('the offer of a named contact', () => {
  test.each(pairs(CONTACT_STATES.filter((state) => state !== 'entered-in-error')))('from %s to %s', (from, to) => {
    const story = new Story();
    const contact = story.sets('named-contact', adds(story, CENTRE, { state: 'requested' }), { state: from });
    const allowed = TOLD.has(`${from} → ${to}`);
    expect(CONTACT_MOVES[from].includes(to)).toBe(allowed);
    const move = { to, reason: 'Därför' } as const;
    if (allowed) expect(moves(story, contact, move)).toMatchObject({ state: to, revision: 2 });
    else {
      const { particulars } = refused('contact-transition-not-allowed', () => moves(story, contact, move));
      expect(particulars.extra).toEqual({ from, allowed: CONTACT_MOVES[from] });
    }
  });

  it('is requested of another unit, which designates its own and nobody else’s', () => {
    const story = new Story({}, WARD);
    refused('contact-of-another-unit', () => adds(story, CENTRE, { state: 'designated' }, WARD));
    const asked = adds(story, CENTRE, { person: undefined }, WARD);
    expect(asked).toMatchObject({ state: 'requested', isPrimary: false });
    refused('contact-of-another-unit', () => moves(story, asked, { to: 'designated', person: { name: 'Maj' } }, WARD));
    expect(fieldsOf(refused('party-not-as-registered', () => moves(story, asked, { to: 'designated' })))).toEqual([
      'person',
    ]);
    const maj = moves(story, asked, { to: 'designated', person: { name: 'Maj Modell' }, from: '2026-11-18' });
    expect(maj).toMatchObject({
      state: 'designated',
      isPrimary: true,
      designatedBy: { unit: CENTRE },
      from: '2026-11-18',
    });
  });

  it('is asked for and declined by the patient; staff who decline or find it unneeded say why', () => {
    const story = new Story();
    const wanted = adds(story, CENTRE, { state: undefined, approvedForPatient: false }, 'patient');
    expect(wanted).toMatchObject({ state: 'requested', approvedForPatient: true });
    for (const to of ['declined', 'plainly-unneeded'] as const) {
      refused('reason-missing', () => moves(story, wanted, { to }));
    }
    expect(moves(story, wanted, { to: 'declined' }, 'patient').state).toBe('declined');
    refused('content-not-yours', () => moves(story, wanted, { to: 'offered' }, NURSING));
  });
});

describe('the one to turn to first', () => {
  it('is the first designated, until another is made it in the same act', () => {
    const story = new Story();
    const maj = adds(story, CENTRE);
    const ali = adds(story, HEART);
    expect(primaries(story)).toEqual([CENTRE]);
    const changes = story.does((hand) => makePrimary(hand, ali, actOf(HEART)));
    expect(changes.map((change) => change.after.id)).toEqual([ali.id, maj.id]);
    expect(primaries(story)).toEqual([HEART]);
    adds(story, NURSING, { isPrimary: true });
    expect(primaries(story)).toEqual([NURSING]);
    expect(makePrimary(story.hand, story.all('named-contact')[2]!, actOf(NURSING))).toEqual([]);
  });

  it.each([
    ['the one named', true],
    ['the first that remains', false],
  ])('ends, and %s takes its place', (_what, named) => {
    const story = new Story();
    const maj = adds(story, CENTRE);
    adds(story, HEART);
    const nurse = adds(story, NURSING);
    const ended = moves(story, maj, { to: 'ended', ...(named && { primary: nurse.id }) });
    expect(ended).toMatchObject({ state: 'ended', isPrimary: false, to: '2026-11-20' });
    expect(primaries(story)).toEqual([named ? NURSING : HEART]);
  });

  it('is none when the last has ended, and is no ended or merely requested one', () => {
    const story = new Story();
    const maj = adds(story, CENTRE);
    const requested = adds(story, HEART, { state: 'requested' });
    refused('primary-contact-not-designated', () => makePrimary(story.hand, requested, actOf(HEART)));
    refused('unknown-reference', () => moves(story, maj, { to: 'ended', primary: requested.id }));
    moves(story, maj, { to: 'ended' });
    expect(primaries(story)).toEqual([]);
  });

  it('entered in error gives way to the next', () => {
    const story = new Story();
    const maj = adds(story, CENTRE);
    adds(story, HEART);
    story.does((hand) => enterInError(hand, 'named-contact', maj, { reason: 'Fel person' }, actOf(CENTRE)));
    expect(story.now('named-contact', maj)).toMatchObject({ enteredInError: true, isPrimary: false });
    expect(primaries(story)).toEqual([HEART]);
  });
});

it('there is at most one fast läkarkontakt at a time', () => {
  const story = new Story();
  const doctor = { role: 'fast-lakarkontakt' as ContactRole };
  const first = adds(story, CENTRE, doctor);
  refused('second-fast-lakarkontakt', () => adds(story, HEART, doctor));
  const asked = adds(story, HEART, { ...doctor, state: 'requested' });
  refused('second-fast-lakarkontakt', () => moves(story, asked, { to: 'designated' }, HEART));
  moves(story, first, { to: 'ended' });
  expect(moves(story, asked, { to: 'designated' }, HEART).state).toBe('designated');
});

describe('a named contact’s particulars', () => {
  it('are its own unit’s to change, at once; a deputy may be at another unit', () => {
    const story = new Story();
    const ali = adds(story, HEART);
    const away = [{ from: '2026-12-24', to: '2026-12-27' }];
    refused('content-not-yours', () => changeNamedContact(story.hand, ali, { away }, actOf(CENTRE)));
    const deputy = { name: 'Jour', unit: NURSING };
    story.does((hand) => changeNamedContact(hand, ali, { away, deputy }, actOf(HEART)));
    expect(story.now('named-contact', ali)).toMatchObject({ away, deputy, revision: 2 });
    expect(changeNamedContact(story.hand, story.now('named-contact', ali), { away }, actOf(HEART))).toEqual([]);
  });

  test.each<[string, Parameters<typeof changeNamedContact>[2], string]>([
    ['a deputy at no unit', { deputy: { name: 'X', unit: 'SE0000000000-TST7777' } }, 'deputy.unit'],
    ['an absence that ends before it begins', { away: [{ from: '2026-12-02', to: '2026-12-01' }] }, 'away[0].to'],
    ['an end before the beginning', { to: '2026-11-01' }, 'to'],
    ['nobody', { person: null }, 'person'],
  ])('are refused with %s', (_what, fields, field) => {
    const story = new Story();
    const ali = adds(story, HEART, { from: '2026-11-18' });
    expect(fieldsOf(refusal(() => changeNamedContact(story.hand, ali, fields, actOf(HEART))))).toEqual([field]);
  });
});
