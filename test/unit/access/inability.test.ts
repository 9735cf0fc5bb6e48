import { describe, expect, test } from 'vitest';
import type { Facts } from '../../../src/access/policy/facts.ts';
import type { Inability } from '../../../src/access/policy/facts-person.ts';
import { sees } from '../../../src/access/policy/sees.ts';
import { DEFAULT_LAW_SETTINGS } from '../../../src/access/policy/settings.ts';
import {
  askedAt,
  BEFORE,
  consentTo,
  FACTS,
  PLAN,
  participant,
  staffAt,
  stepOf,
  UNITS,
} from '../../../src/access/policy/table/world.ts';
import { epoch } from './moments.ts';

const { healthCentre, nursing, homeCare } = UNITS;
/** A private omsorgsgivare, so that one social-care provider can read another's. */
const dayCare = {
  ...homeCare,
  hsaId: 'SE0000000000-TST0399',
  provider: { ...homeCare.provider, hsaId: 'SE0000000000-TSTO99' },
};
const units = new Map(FACTS.units).set(dayCare.hsaId, dayCare);
const information = [...(FACTS.information ?? []), { provider: dayCare.provider.hsaId, at: BEFORE }];

function who(birthDate: string, inability: readonly Inability[]): Partial<Facts> {
  return { units, information, consents: [], patient: { birthDate, protection: 'none', inability } };
}
const nurse = (facts: Partial<Facts>, c = stepOf(healthCentre)) =>
  sees(staffAt(nursing), askedAt(nursing, { ...FACTS, ...facts }), c);
const carer = (facts: Partial<Facts>, c = stepOf(dayCare)) =>
  sees(staffAt(homeCare), askedAt(homeCare, { ...FACTS, ...facts }), c);

const CHILD: Inability = { kind: 'child', from: BEFORE };
const LASTING: Inability = { kind: 'lasting', from: BEFORE, noReasonToObject: true };

describe('a child who cannot consent', () => {
  test('needs no consent for a care provider (3:1), for a social-care provider only to others of its kind (3:2)', () => {
    const child = who('2018-05-01', [CHILD]);
    expect(nurse(child)).toMatchObject({ shown: 'whole', ground: 'child-cannot-consent' });
    expect(nurse(child, stepOf(dayCare)).shown).toBe('whole');
    expect(carer(child)).toMatchObject({ shown: 'limited', ground: 'child-cannot-consent' });
    expect(carer(child, stepOf(healthCentre)).reason).toBe('read-social-consent-missing');
  });
  test('must have been judged so, unless a setting presumes it below an age', () => {
    expect(nurse(who('2018-05-01', [])).reason).toBe('read-care-consent-missing');
    const settings = { ...DEFAULT_LAW_SETTINGS, childUnableToConsentBelowAge: 9 };
    expect(nurse({ ...who('2018-05-01', []), settings }).shown).toBe('whole');
    expect(nurse({ ...who('2017-05-01', []), settings }).shown).toBe('nothing');
  });
  test('is no child from 18, at midnight in Sweden, and none without a known age', () => {
    const midnight = epoch('2026-11-16T00:00+01:00');
    expect(nurse({ ...who('2008-11-16', [CHILD]), now: midnight - 1 }).shown).toBe('whole');
    expect(nurse({ ...who('2008-11-16', [CHILD]), now: midnight }).shown).toBe('nothing');
    expect(nurse({ ...who('2018-05-01', [CHILD]), patient: { protection: 'none', inability: [CHILD] } }).shown).toBe(
      'nothing',
    );
  });
});

describe('a person lastingly unable', () => {
  test('needs no consent (3:3), for a social-care provider only to others of its kind (3:4)', () => {
    const lasting = who('1930-05-01', [LASTING]);
    expect(nurse(lasting)).toMatchObject({ shown: 'whole', ground: 'lastingly-unable' });
    expect(carer(lasting)).toMatchObject({ shown: 'limited', ground: 'lastingly-unable' });
    expect(carer(lasting, stepOf(healthCentre)).reason).toBe('read-social-consent-missing');
    const settings = { ...DEFAULT_LAW_SETTINGS, socialCareExceptionsReachCare: true };
    expect(carer({ ...lasting, settings }, stepOf(healthCentre)).ground).toBe('lastingly-unable');
  });
  test('only after it was clarified that there is no reason to think of an objection', () => {
    expect(nurse(who('1930-05-01', [{ ...LASTING, noReasonToObject: false }])).shown).toBe('nothing');
    expect(nurse(who('1930-05-01', [{ kind: 'lasting', from: BEFORE }])).shown).toBe('nothing');
    expect(nurse(who('1930-05-01', [{ ...LASTING, from: '2026-12-01T00:00:00Z' }])).shown).toBe('nothing');
  });
  test('need not have been informed (2:6), but relation and blocks still count', () => {
    const lasting = who('1930-05-01', [LASTING]);
    expect(nurse({ ...lasting, information: [] }).shown).toBe('whole');
    expect(nurse({ ...lasting, plan: { ...PLAN, participants: [] } }).reason).toBe('no-care-relation');
    expect(nurse({ ...lasting, blocks: undefined }).reason).toBe('blocked');
  });
});

describe('a consent given by guardians', () => {
  const given = (guardians: { needed: number; given: number; refused: number }, facts: Partial<Facts> = {}) =>
    nurse({
      patient: { birthDate: '2018-05-01', protection: 'none' },
      ...facts,
      consents: [consentTo('read-care', nursing, { guardians })],
    });

  test('takes both, and none who says no', () => {
    expect(given({ needed: 2, given: 2, refused: 0 }).shown).toBe('whole');
    expect(given({ needed: 2, given: 1, refused: 0 }).reason).toBe('read-care-consent-missing');
    expect(given({ needed: 2, given: 1, refused: 1 }).shown).toBe('nothing');
    expect(given({ needed: 1, given: 1, refused: 0 }).shown).toBe('whole');
    expect(given({ needed: 1, given: 1, refused: 1 }).shown).toBe('nothing');
    expect(given({ needed: 0, given: 0, refused: 0 }).shown).toBe('nothing');
  });
  test('takes one when a setting says so', () => {
    const settings = { ...DEFAULT_LAW_SETTINGS, everyGuardianMustConsent: false };
    expect(given({ needed: 2, given: 1, refused: 1 }, { settings }).shown).toBe('whole');
  });
  test('ends when the child comes of age', () => {
    const midnight = epoch('2026-11-16T00:00+01:00');
    const patient = { birthDate: '2008-11-16', protection: 'none' } as const;
    const both = { needed: 2, given: 2, refused: 0 };
    expect(given(both, { patient, now: midnight - 1 }).shown).toBe('whole');
    expect(given(both, { patient, now: midnight }).shown).toBe('nothing');
  });
});

test('staff of a care provider without a clinical part are not shown clinical text', () => {
  const plan = { ...PLAN, participants: [participant(nursing, { part: 'planning' })] };
  expect(nurse({ plan }, stepOf(healthCentre, { kind: 'goal' })).shown).toBe('limited');
});
