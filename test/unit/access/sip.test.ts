import { describe, expect, test } from 'vitest';
import type { Facts } from '../../../src/access/policy/facts.ts';
import type { GivenConsent } from '../../../src/access/policy/facts-sharing.ts';
import { sees } from '../../../src/access/policy/sees.ts';
import { DEFAULT_LAW_SETTINGS } from '../../../src/access/policy/settings.ts';
import { sipStandsAfter } from '../../../src/access/policy/sip.ts';
import {
  askedAt,
  BEFORE,
  consentTo,
  FACTS,
  NOW,
  PLAN,
  PLAN_ID,
  staffAt,
  stepOf,
  UNITS,
} from '../../../src/access/policy/table/world.ts';
import { effectOfWithdrawal } from '../../../src/access/policy/withdrawal.ts';
import { at, epoch, later } from './moments.ts';

const { healthCentre, nursing, homeCare, school, youngAdults } = UNITS;
const SIP: Facts = { ...FACTS, plan: { ...PLAN, kind: 'SIP' } };
const toRegion = consentTo('sip', healthCentre, {
  id: 'region' as never,
  recipient: { kind: 'principal', hsaId: healthCentre.principal.hsaId },
});
const toKommun = consentTo('sip', nursing, { id: 'kommun' as never });
const toRead = consentTo('read-care', nursing);

function nurseSees(consents: readonly GivenConsent[], facts: Partial<Facts> = {}) {
  return sees(staffAt(nursing), askedAt(nursing, { ...SIP, ...facts, consents }), stepOf(healthCentre));
}

describe('in a SIP reading takes sip and 3:1 or 3:2', () => {
  test('both together open, either alone does not', () => {
    expect(nurseSees([toRegion, toKommun, toRead]).shown).toBe('whole');
    expect(nurseSees([toRegion, toKommun]).reason).toBe('read-care-consent-missing');
    expect(nurseSees([toRead]).reason).toBe('sip-consent-missing');
  });

  test('consent must cover both principals, and the one who reads', () => {
    expect(nurseSees([toKommun, toRead]).reason).toBe('sip-consent-missing');
    expect(nurseSees([toRegion, toRead]).reason).toBe('sip-consent-missing');
    expect(nurseSees([toRegion, consentTo('sip', homeCare), toRead]).reason).toBe('sip-consent-missing');
  });

  test('a consent to a school covers no kommun, one to its social services does', () => {
    const covers = (of: typeof school | typeof youngAdults) =>
      sipStandsAfter([toRegion, consentTo('sip', of)], { ...SIP, now: NOW }).becomes;
    expect(covers(school)).toBe('on-hold');
    expect(covers(youngAdults)).toBe('stands');
  });

  test('a consent to another plan’s SIP is none to this', () => {
    const elsewhere = { ...toKommun, planId: 'another' as never };
    expect(nurseSees([toRegion, elsewhere, toRead]).reason).toBe('sip-consent-missing');
    expect(nurseSees([toRegion, { ...toKommun, planId: PLAN_ID }, toRead]).shown).toBe('whole');
  });

  test('a plan whose kind or partners are not known counts as one that lacks it', () => {
    expect(nurseSees([toRead], { plan: { ...PLAN, kind: undefined } }).reason).toBe('sip-consent-missing');
    const plan = { ...PLAN, kind: 'SIP', partners: undefined };
    expect(nurseSees([toRegion, toKommun, toRead], { plan }).reason).toBe('sip-consent-missing');
  });

  test('each owner keeps its own and every participant the outline', () => {
    const facts = askedAt(nursing, { ...SIP, consents: [] });
    expect(sees(staffAt(nursing), facts, stepOf(nursing)).shown).toBe('whole');
    expect(sees(staffAt(nursing), facts, stepOf(healthCentre, { kind: 'plan', outline: true })).shown).toBe('outline');
  });

  test('without consent for a person lastingly unable only when a setting says so', () => {
    const patient = {
      birthDate: '1930-01-01',
      protection: 'none',
      inability: [{ kind: 'lasting', from: BEFORE, noReasonToObject: true }],
    } as const;
    expect(nurseSees([], { patient }).reason).toBe('sip-consent-missing');
    const settings = { ...DEFAULT_LAW_SETTINGS, sipWithoutConsentWhenUnable: true };
    expect(nurseSees([], { patient, settings }).ground).toBe('lastingly-unable');
  });
});

describe('what an active SIP becomes', () => {
  const standing = (consents: readonly GivenConsent[], now = NOW) => sipStandsAfter(consents, { ...SIP, now });

  test('it stands while both principals are covered, whoever else leaves', () => {
    expect(standing([toRegion, toKommun])).toEqual({ becomes: 'stands' });
    expect(standing([toRegion, consentTo('sip', homeCare)])).toEqual({ becomes: 'stands' });
  });

  test('else it goes on hold, with an explanation owed by noon the next weekday', () => {
    const evening = epoch('2026-11-18T20:14+01:00');
    expect(standing([toRegion], evening)).toEqual({
      becomes: 'on-hold',
      uncovered: ['municipality'],
      explainBy: '2026-11-19T11:00:00.000Z',
    });
    expect(standing([], evening)).toMatchObject({ uncovered: ['region', 'municipality'] });
  });

  test.each([
    ['a Friday', '2026-11-20T09:00+01:00', '2026-11-23T12:00+01:00'],
    ['a Saturday', '2026-11-21T09:00+01:00', '2026-11-23T12:00+01:00'],
    ['just before midnight', '2026-11-18T23:59+01:00', '2026-11-19T12:00+01:00'],
    ['midnight', '2026-11-19T00:00+01:00', '2026-11-20T12:00+01:00'],
    ['the day before Good Friday', '2026-04-02T09:00+02:00', '2026-04-07T12:00+02:00'],
  ])('on %s', (_what, now, by) => {
    expect(standing([], epoch(now))).toMatchObject({ explainBy: at(epoch(by)) });
  });

  test('on the instant that a consent ends', () => {
    const until = (moment: string) => standing([toRegion, { ...toKommun, until: moment }]).becomes;
    expect(until(later(NOW, 1))).toBe('stands');
    expect(until(at(NOW))).toBe('on-hold');
  });
});

describe('the effect of a withdrawal, asked for before', () => {
  const consents = [...(FACTS.consents ?? []).filter(({ type }) => type !== 'sip'), toRegion, toKommun];
  const before = { ...SIP, now: NOW, consents };

  test('tells who stops seeing whose, and leaves all facts as they were', () => {
    const facts = { ...FACTS, now: NOW };
    expect(effectOfWithdrawal(facts, consentTo('read-care', nursing).id)).toEqual({
      losses: [
        { unit: nursing.hsaId, owner: healthCentre.hsaId, before: 'whole', after: 'nothing', count: 1 },
        { unit: nursing.hsaId, owner: homeCare.hsaId, before: 'whole', after: 'nothing', count: 1 },
      ],
    });
    expect(facts.consents).toBe(FACTS.consents);
  });

  test('a SIP that loses a principal is lost to everyone’s reading', () => {
    const effect = effectOfWithdrawal(before, toKommun.id);
    expect(effect.sip).toMatchObject({ becomes: 'on-hold', uncovered: ['municipality'] });
    expect(new Set(effect.losses.map(({ unit }) => unit))).toEqual(new Set([healthCentre.hsaId, nursing.hsaId]));
  });

  test('without anything to lose there is nothing to tell, and the SIP stands', () => {
    expect(effectOfWithdrawal(before, 'unknown' as never)).toEqual({ losses: [], sip: { becomes: 'stands' } });
  });

  test('counts what is judged, and does not list what remains', () => {
    const contributions = [
      stepOf(healthCentre),
      stepOf(healthCentre, { kind: 'goal' }),
      stepOf(healthCentre, { duties: [{ state: 'accepted', unit: nursing.hsaId }] }),
      stepOf(nursing),
    ];
    const effect = effectOfWithdrawal({ ...FACTS, now: NOW }, consentTo('read-care', nursing).id, contributions);
    expect(effect.losses).toEqual([
      { unit: nursing.hsaId, owner: healthCentre.hsaId, before: 'whole', after: 'nothing', count: 2 },
      { unit: nursing.hsaId, owner: healthCentre.hsaId, before: 'whole', after: 'limited', count: 1 },
    ]);
  });

  test('is told for a protected person as well', () => {
    const patient = { birthDate: '1988-04-23', protection: { grade: 'confidentiality-mark', list: [] } } as const;
    const effect = effectOfWithdrawal({ ...FACTS, patient, now: NOW }, consentTo('read-care', nursing).id);
    expect(effect.losses).toHaveLength(2);
  });
});
