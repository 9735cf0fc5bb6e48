import { describe, expect, test } from 'vitest';
import { ACTIONS, type Action } from '../../../src/access/actions.ts';
import { allowedActions } from '../../../src/access/policy/allowed-actions.ts';
import { decide } from '../../../src/access/policy/decide.ts';
import type { Facts } from '../../../src/access/policy/facts.ts';
import { REASONS } from '../../../src/access/policy/reasons.ts';
import { RULES } from '../../../src/access/policy/rules.ts';
import {
  AFTER,
  askedAt,
  BEFORE,
  CITIZEN,
  consentTo,
  FACTS,
  PLAN,
  participant,
  RELATED_ID,
  staffAt,
  systemOf,
  UNITS,
} from '../../../src/access/policy/table/world.ts';
import type { Target } from '../../../src/access/policy/target.ts';
import type { Actor } from '../../../src/shared/actor.ts';
import type { UnitFacts } from '../../../src/shared/unit-facts.ts';

const { healthCentre, nursing, homeCare, school, stranger } = UNITS;
const PERSONAL: Facts = { ...FACTS, plan: undefined };

function staff(action: Action, of: UnitFacts = healthCentre, facts: Partial<Facts> = {}, rights?: string[]) {
  const about = RULES[action].inPlan && !RULES[action].toPerson ? FACTS : PERSONAL;
  return decide(action, staffAt(of, rights), askedAt(of, { ...about, ...facts }));
}
const no = (reason: string, known = true) => ({ allowed: false, reason, known });
const yes = (relation: string) => ({ allowed: true, relation });
const own = (of: UnitFacts, more: Partial<Target> = {}): Partial<Facts> => ({
  target: { unit: of.hsaId, provider: of.provider.hsaId, ...more },
});

describe('rights are apart from each other', () => {
  const READ = ['Läsa;alla;VE'];
  test.each([
    ['plan.read', READ, 'Skriva;alla;SJF', 'right-to-read-missing'],
    ['step.change', ['Skriva;alla;VE'], 'Läsa;alla;SJF', 'right-to-write-missing'],
    ['agreement.answer', ['Signera;alla;VE'], 'Skriva;alla;SJF', 'right-to-sign-missing'],
    ['block.set', ['Spärradministration;alla;VE'], 'Skriva;alla;SJF', 'block-administration-missing'],
    ['log.review', ['Loggkontroll;alla;VG'], 'Läsa;alla;SJF', 'log-review-missing'],
    ['sealing.set', ['Planadministration;alla;VE'], 'Skriva;alla;SJF', 'plan-administration-missing'],
  ] as [Action, string[], string, string][])('%s', (action, rights, other, reason) => {
    const facts = own(healthCentre);
    expect(staff(action, healthCentre, facts, rights).allowed).toBe(true);
    expect(staff(action, healthCentre, facts, [other])).toEqual(no(reason));
    // A missing right is told before anything is looked at, so that it says nothing of what exists.
    expect(staff(action, stranger, { ...facts, patientKnown: false, plan: undefined }, [other])).toEqual(no(reason));
  });

  test('one over the provider’s log reaches no further than its own unit says', () => {
    expect(staff('log.review', healthCentre, own(healthCentre), ['Loggkontroll;alla;VE'])).toEqual(
      no('log-review-missing'),
    );
    const beyond = { target: { provider: healthCentre.provider.hsaId } };
    expect(staff('block.set', healthCentre, beyond, ['Spärradministration;alla;VE'])).toEqual(
      no('block-administration-missing'),
    );
    expect(staff('block.set', healthCentre, beyond, ['Spärradministration;alla;VG']).allowed).toBe(true);
  });

  test('staff of a care provider need an assignment, social-care staff have few rights without one', () => {
    const { commission: _none, ...bare } = staffAt(nursing);
    expect(decide('plan.read', bare, askedAt(nursing))).toEqual(no('no-commission'));
    for (const action of ['plan.read', 'step.report', 'agreement.answer', 'care-relation.read'] as const) {
      expect(staff(action, homeCare).allowed).toBe(true);
    }
    for (const action of ['block.set', 'log.review', 'sealing.set', 'retention.run'] as const) {
      expect(staff(action, homeCare, own(homeCare)).allowed).toBe(false);
    }
  });
});

describe('scopes narrow', () => {
  const scoped = (action: Action, scopes: readonly string[]) =>
    decide(action, { ...staffAt(healthCentre), scopes }, askedAt(healthCentre)).allowed;
  test('to what they name, an action, a group, reading or writing', () => {
    expect(scoped('plan.read', ['plan.read'])).toBe(true);
    expect(scoped('plan.read', ['plan.*'])).toBe(true);
    expect(scoped('plan.read', ['read'])).toBe(true);
    expect(scoped('plan.read', ['write', 'step.*', 'plan.read-history'])).toBe(false);
    expect(scoped('step.change', ['write'])).toBe(true);
    expect(scoped('step.change', ['read'])).toBe(false);
    expect(scoped('plan.read', [])).toBe(false);
  });
  test('and never widen', () => {
    const actor = { ...staffAt(stranger), scopes: ['read', 'write', 'plan.*'] };
    expect(decide('plan.read', actor, askedAt(stranger))).toEqual(no('no-relation', false));
    expect(decide('plan.read', { ...staffAt(healthCentre), scopes: ['none'] }, askedAt(healthCentre))).toEqual(
      no('outside-scope'),
    );
  });
});

describe('404 for who may not know, 403 for who may know but not do', () => {
  const cases: readonly [string, Actor, Facts, Action, object][] = [
    ['a stranger', staffAt(stranger), askedAt(stranger), 'plan.read', no('no-relation', false)],
    [
      'a plan that is not there',
      staffAt(healthCentre),
      askedAt(healthCentre, { ...FACTS, plan: nowhere() }),
      'plan.read',
      no('no-relation', false),
    ],
    [
      'an outsider who would change the header',
      staffAt(school),
      askedAt(school),
      'plan.change',
      no('not-for-this-actor'),
    ],
    ['an unknown unit', staffAt(healthCentre), FACTS, 'plan.read', no('unknown-unit', false)],
    ['another citizen', CITIZEN, FACTS, 'plan.read', no('another-patient', false)],
    [
      'the patient who would change the header',
      CITIZEN,
      { ...FACTS, isSelf: true },
      'plan.change',
      no('not-for-this-actor'),
    ],
    ['another provider’s system', systemOf(stranger), FACTS, 'plan.read', no('no-relation', false)],
    ['a system that would answer', systemOf(nursing), FACTS, 'step.answer', no('not-for-this-actor')],
    ['a child of 14 about itself', CITIZEN, child({ isSelf: true }), 'overview.read', no('too-young')],
    [
      'a child of 14 about a plan',
      CITIZEN,
      { ...child({ isSelf: true }), plan: PLAN },
      'plan.read',
      no('too-young', false),
    ],
    [
      'the patient, dead',
      CITIZEN,
      { ...PERSONAL, isSelf: true, patient: { ...FACTS.patient, deceasedOn: '2026-11-01' } },
      'overview.read',
      no('deceased', false),
    ],
    [
      'staff outside the law about a person',
      staffAt(school),
      askedAt(school, PERSONAL),
      'patient.read',
      no('outside-shared-documentation', false),
    ],
    [
      'staff about what is for relatives',
      staffAt(healthCentre),
      askedAt(healthCentre, PERSONAL),
      'own-steps.read',
      no('no-relation', false),
    ],
    ['a citizen about a work list', CITIZEN, PERSONAL, 'work-list.read', no('not-for-this-actor')],
  ];
  test.each(cases)('%s', (_who, actor, facts, action, expected) => {
    expect(decide(action, actor, facts)).toEqual(expected);
  });
});

describe('who is let in, and as what', () => {
  test('staff, patient, guardian and system to a plan', () => {
    expect(staff('plan.read')).toEqual(yes('insider'));
    expect(staff('plan.read', school)).toEqual(yes('outsider'));
    expect(decide('plan.read', CITIZEN, { ...FACTS, isSelf: true })).toEqual(yes('patient'));
    expect(decide('plan.read', CITIZEN, { ...FACTS, ...guardianOf('2018-05-01') })).toEqual(yes('guardian'));
    expect(decide('plan.read', systemOf(nursing), FACTS)).toEqual(yes('system'));
  });
  test('who has left keeps working on what is its own', () => {
    const plan = { ...PLAN, participants: [participant(nursing, { state: 'left' })] };
    expect(staff('step.change', nursing, { plan })).toEqual(yes('former'));
    expect(staff('content.change', nursing, { plan })).toEqual(yes('former'));
    expect(staff('step.add', nursing, { plan })).toEqual(no('not-for-this-actor'));
  });
  test('anyone to the directory, any staff to a work list', () => {
    expect(decide('directory.read', CITIZEN, { isSelf: false, patientKnown: false })).toEqual(yes('none'));
    expect(staff('work-list.read', school)).toEqual(yes('none'));
  });
});

describe('blocks', () => {
  test('are set by the patient, and by staff for own provider, never by a guardian', () => {
    expect(decide('block.set', CITIZEN, { ...PERSONAL, isSelf: true })).toEqual(yes('patient'));
    expect(decide('block.set', CITIZEN, { ...PERSONAL, ...guardianOf('2018-05-01') })).toEqual(
      no('guardian-may-not-block'),
    );
    expect(decide('block.set', CITIZEN, { ...PERSONAL, ...guardianOf('2012-05-01') })).toEqual(
      no('guardian-may-not-block'),
    );
    expect(decide('block.set', CITIZEN, PERSONAL)).toEqual(no('another-patient', false));
    const rights = ['Spärradministration;alla;VG'];
    expect(staff('block.set', healthCentre, own(healthCentre), rights)).toEqual(yes('insider'));
    expect(staff('block.set', healthCentre, own(nursing), rights)).toEqual(no('not-own-provider'));
    expect(staff('block.set', healthCentre, {}, rights)).toEqual(no('not-own-provider'));
  });
  test('say nothing of a blocked guardian’s child, or a protected one', () => {
    const guardian = { ...PERSONAL, ...guardianOf('2018-05-01') };
    expect(decide('block.set', CITIZEN, { ...guardian, guardianBlocks: [{ from: BEFORE }] })).toEqual(
      no('guardian-blocked', false),
    );
    const patient = { birthDate: '2018-05-01', protection: { grade: 'confidentiality-mark', list: [] } } as const;
    expect(decide('block.set', CITIZEN, { ...guardian, patient })).toEqual(no('protected-identity', false));
  });
  test('are lifted by the provider that set them, or the patient', () => {
    const rights = ['Spärradministration;alla;VG'];
    expect(staff('block.lift', nursing, own(healthCentre), rights)).toEqual(no('not-own-provider'));
    expect(staff('block.lift', healthCentre, own(healthCentre), rights).allowed).toBe(true);
    expect(decide('block.lift', CITIZEN, { ...PERSONAL, isSelf: true }).allowed).toBe(true);
    expect(decide('block.lift', CITIZEN, { ...PERSONAL, ...guardianOf('2018-05-01') })).toEqual(
      no('not-for-this-actor'),
    );
  });
});

describe('emergencies', () => {
  test('are opened by care providers, also without any relation', () => {
    expect(staff('emergency.open', stranger)).toEqual(yes('insider'));
    expect(staff('emergency.open', homeCare)).toEqual(no('emergency-only-for-care-providers'));
    expect(staff('emergency.open', school)).toEqual(no('outside-shared-documentation'));
    expect(staff('emergency.open', stranger, {}, ['Läsa;alla;VE'])).toEqual(no('shared-reading-right-missing'));
    const deceased = { patient: { ...FACTS.patient, deceasedOn: '2026-11-01' } };
    expect(staff('emergency.open', stranger, deceased)).toEqual(no('deceased'));
    expect(decide('emergency.open', systemOf(nursing), PERSONAL)).toEqual(no('not-for-this-actor', false));
  });
  test('let ask for a lift when the patient cannot', () => {
    const opened = (patientCannotLift: boolean): Partial<Facts> => ({
      emergencies: [
        {
          id: RELATED_ID,
          staff: staffAt(stranger).employeeHsaId,
          unit: stranger.hsaId,
          from: BEFORE,
          until: AFTER,
          reason: 'fara',
          consentUnobtainable: true,
          patientCannotLift,
        },
      ],
    });
    expect(staff('block.request-lift', stranger, opened(true)).allowed).toBe(true);
    expect(staff('block.request-lift', stranger, opened(false))).toEqual(no('no-emergency'));
    expect(staff('block.request-lift', stranger)).toEqual(no('no-emergency'));
    expect(staff('emergency.close', stranger, opened(false)).allowed).toBe(true);
    expect(staff('emergency.close', stranger)).toEqual(no('no-emergency'));
  });
});

describe('relations, decisions and copies', () => {
  test('a relation is registered by its own unit, of its provider’s kind, to the living', () => {
    const register = (of: UnitFacts, target: Partial<Target>, facts: Partial<Facts> = {}) =>
      staff('care-relation.register', of, { ...own(of, target), ...facts });
    expect(register(nursing, { relationKind: 'care' }).allowed).toBe(true);
    expect(register(homeCare, { relationKind: 'intervention' }).allowed).toBe(true);
    expect(register(homeCare, { relationKind: 'care' })).toEqual(no('not-for-this-actor'));
    expect(register(nursing, { relationKind: 'investigation' })).toEqual(no('not-for-this-actor'));
    expect(register(nursing, {})).toEqual(no('not-for-this-actor'));
    expect(register(nursing, { relationKind: 'care', unit: homeCare.hsaId })).toEqual(no('not-own-unit'));
    const patient = { ...FACTS.patient, deceasedOn: '2026-11-01' };
    expect(register(nursing, { relationKind: 'care' }, { patient })).toEqual(no('deceased'));
    expect(staff('care-relation.end', nursing, own(homeCare))).toEqual(no('not-own-unit'));
  });
  test('a unit decides about its own data only', () => {
    const rights = ['Planadministration;alla;VG'];
    expect(staff('unit-decision.record', healthCentre, own(healthCentre), rights).allowed).toBe(true);
    expect(staff('unit-decision.record', healthCentre, own(nursing), rights)).toEqual(no('not-own-unit'));
  });
  test('a copy of own data is handed out on a ground, consent only while it holds', () => {
    const receiver = { kind: 'unit', hsaId: school.hsaId } as const;
    const consent = consentTo('disclosure', school);
    const hand = (target: Partial<Target>, consents: Facts['consents'] = [consent]) =>
      staff('disclosure.make', healthCentre, { ...own(healthCentre, target), consents });
    expect(hand({ receiver, ground: 'consent', consentId: consent.id }).allowed).toBe(true);
    expect(hand({ receiver, ground: 'harm-assessment' }, []).allowed).toBe(true);
    expect(hand({ receiver, ground: 'consent' })).toEqual(no('disclosure-without-ground'));
    expect(hand({ receiver })).toEqual(no('disclosure-without-ground'));
    expect(hand({ ground: 'harm-assessment' })).toEqual(no('disclosure-without-ground'));
    const elsewhere = { kind: 'unit', hsaId: homeCare.hsaId } as const;
    expect(hand({ receiver: elsewhere, ground: 'consent', consentId: consent.id })).toEqual(
      no('disclosure-without-ground'),
    );
    const other = { ...consent, type: 'sip' } as const;
    expect(hand({ receiver, ground: 'consent', consentId: consent.id }, [other])).toEqual(
      no('disclosure-without-ground'),
    );
    const ended = { ...consent, until: BEFORE };
    expect(hand({ receiver, ground: 'consent', consentId: consent.id }, [ended])).toEqual(
      no('disclosure-without-ground'),
    );
    const person = { kind: 'person', name: 'Britt Exempelsson' } as const;
    const toPerson = { ...consent, recipient: person };
    expect(hand({ receiver: person, ground: 'consent', consentId: consent.id }, [toPerson]).allowed).toBe(true);
    expect(staff('disclosure.make', healthCentre, own(nursing, { receiver, ground: 'harm-assessment' }))).toEqual(
      no('not-own-provider'),
    );
  });
  test('that data exist is told to who has a lawful relation', () => {
    const relation = (kind: 'care' | 'intervention') => ({
      careRelations: [{ unit: stranger.hsaId, kind, from: BEFORE }],
    });
    expect(staff('existence.read', stranger, relation('care')).allowed).toBe(true);
    expect(staff('existence.read', stranger)).toEqual(no('no-care-relation'));
    expect(staff('existence.read', homeCare)).toEqual(no('no-intervention'));
    expect(decide('existence.read', staffAt(homeCare), askedAt(homeCare)).allowed).toBe(true);
  });
  test('the patient extracts the own log, a reviewer reviews own provider’s', () => {
    expect(decide('log.extract', CITIZEN, { ...PERSONAL, isSelf: true })).toEqual(yes('patient'));
    expect(decide('log.extract', CITIZEN, PERSONAL)).toEqual(no('another-patient', false));
    expect(staff('log.review', healthCentre, own(nursing), ['Loggkontroll;alla;VG'])).toEqual(no('not-own-provider'));
  });
});

describe('what may I do with this plan', () => {
  test('lists every action in a plan, with a reason where it may be known', () => {
    const mine = allowedActions(CITIZEN, { ...FACTS, isSelf: true });
    expect(mine.map(({ action }) => action)).toEqual(
      (Object.keys(ACTIONS) as Action[]).filter((action) => RULES[action].inPlan),
    );
    expect(mine).toContainEqual({ action: 'plan.read', allowed: true });
    expect(mine).toContainEqual({ action: 'plan.change', allowed: false, reason: 'not-for-this-actor' });
  });
  test('gives no reason to who may not know the plan', () => {
    const strangers = allowedActions(staffAt(stranger), askedAt(stranger));
    expect(strangers.every((one) => !one.allowed && one.reason === undefined)).toBe(true);
  });
});

test('every reason names its law and says in two languages why', () => {
  for (const [code, { sv, en, law }] of Object.entries(REASONS)) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(sv.length).toBeGreaterThan(10);
    expect(en).not.toBe(sv);
    expect(law).toMatch(/\d+:\d+/);
  }
});

function nowhere() {
  return { ...PLAN, createdByUnit: '', leadUnit: '', participants: [], owners: [] };
}
function child(fields: Partial<Facts>): Facts {
  return { ...PERSONAL, patient: { birthDate: '2012-05-01', protection: 'none' }, ...fields };
}
function guardianOf(birthDate: string): Partial<Facts> {
  return { patient: { birthDate, protection: 'none' }, related: [{ id: RELATED_ID, kind: 'guardian' }] };
}
