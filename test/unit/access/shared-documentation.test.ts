import { describe, expect, test } from 'vitest';
import type { Facts } from '../../../src/access/policy/facts.ts';
import { sees } from '../../../src/access/policy/sees.ts';
import {
  ALL_RIGHTS,
  askedAt,
  BEFORE,
  consentTo,
  FACTS,
  NOW,
  PLAN,
  participant,
  staffAt,
  stepOf,
  UNITS,
} from '../../../src/access/policy/table/world.ts';
import type { UnitFacts } from '../../../src/shared/unit-facts.ts';
import { at, later } from './moments.ts';

const { healthCentre, nursing, homeCare, youngAdults, school, assessors } = UNITS;

function nurseSees(facts: Partial<Facts>, c = stepOf(healthCentre)) {
  return sees(staffAt(nursing), askedAt(nursing, { ...FACTS, ...facts }), c);
}
function homeCareSees(facts: Partial<Facts>, c = stepOf(healthCentre)) {
  return sees(staffAt(homeCare), askedAt(homeCare, { ...FACTS, ...facts }), c);
}
function withUnit(of: UnitFacts, fields: Partial<UnitFacts['provider']>): Partial<Facts> {
  const changed = { ...of, provider: { ...of.provider, ...fields } };
  return { units: new Map(FACTS.units).set(of.hsaId, changed) };
}

describe('a care provider reads (lag 2022:913 3:1)', () => {
  test('when relation, consent, information and authority are there and nothing is blocked', () => {
    expect(nurseSees({})).toEqual({ shown: 'whole', ground: 'care-provider-reads', mayKnowLeftOut: false });
  });

  const missing: readonly [string, Partial<Facts>, string][] = [
    ['consent', { consents: [] }, 'read-care-consent-missing'],
    [
      'consent to it, only to another unit',
      { consents: [consentTo('read-care', healthCentre)] },
      'read-care-consent-missing',
    ],
    [
      'consent of its type: read-social is none',
      { consents: [consentTo('read-social', nursing)] },
      'read-care-consent-missing',
    ],
    ['consent of its type: sip is none', { consents: [consentTo('sip', nursing)] }, 'read-care-consent-missing'],
    [
      'consent of its type: disclosure is none',
      { consents: [consentTo('disclosure', nursing)] },
      'read-care-consent-missing',
    ],
    [
      'consent, refused',
      { consents: [consentTo('read-care', nursing, { state: 'refused' })] },
      'read-care-consent-missing',
    ],
    [
      'consent, withdrawn',
      { consents: [consentTo('read-care', nursing, { state: 'withdrawn' })] },
      'read-care-consent-missing',
    ],
    [
      'consent, expired',
      { consents: [consentTo('read-care', nursing, { state: 'expired' })] },
      'read-care-consent-missing',
    ],
    [
      'consent in this plan, only in another',
      { consents: [consentTo('read-care', nursing, { planId: 'another' as never })] },
      'read-care-consent-missing',
    ],
    ['consent to this kind', { consents: [consentTo('read-care', nursing, { kinds: ['goal'] })] }, 'not-in-consent'],
    ['information', { information: [] }, 'information-not-given'],
    [
      'information about this owner',
      { information: [{ provider: nursing.provider.hsaId, at: BEFORE }] },
      'information-not-given',
    ],
    [
      'a duty that it has accepted',
      { plan: { ...PLAN, participants: [participant(nursing, { hasDuty: false })] } },
      'no-care-relation',
    ],
    [
      'its yes to take part',
      { plan: { ...PLAN, participants: [participant(nursing, { state: 'invited' })] } },
      'no-care-relation',
    ],
    ['a plan that is going on', { plan: { ...PLAN, status: 'completed' } }, 'no-care-relation'],
    ['a living patient', { patient: { ...FACTS.patient, deceasedOn: '2026-11-15' } }, 'deceased'],
    ['blocks that could be read', { blocks: undefined }, 'blocked'],
    ['the owner’s unit in the directory', { units: new Map() }, 'owner-outside-shared-documentation'],
    ['the owner’s joining', withUnit(healthCentre, { joinedFrom: undefined }), 'owner-not-joined'],
    ['business time', { now: undefined }, 'provider-not-joined'],
  ];
  test.each(missing)('not without %s', (_what, facts, reason) => {
    expect(nurseSees(facts)).toMatchObject({ shown: 'nothing', reason });
  });

  test('not without joining, itself', () => {
    const unjoined = { ...nursing, provider: { ...nursing.provider, joinedFrom: undefined } };
    expect(sees(staffAt(nursing), askedAt(unjoined), stepOf(healthCentre)).reason).toBe('provider-not-joined');
  });

  const authority: readonly [string, readonly string[], string][] = [
    ['only over own unit', ['Läsa;alla;VE'], 'shared-reading-right-missing'],
    ['only over own provider', ['Läsa;alla;VG'], 'shared-reading-right-missing'],
    ['only to some kinds', ['Läsa;alla;VE', 'Läsa;diagnos;SJF'], 'shared-reading-right-missing'],
    ['only to write', ['Skriva;alla;SJF'], 'right-to-read-missing'],
    ['none at all', [], 'right-to-read-missing'],
  ];
  test.each(authority)('not with a right %s', (_what, rights, reason) => {
    expect(sees(staffAt(nursing, rights), askedAt(nursing), stepOf(healthCentre))).toMatchObject({
      shown: 'nothing',
      reason,
    });
  });

  test('not without an assignment', () => {
    const { commission: _none, ...actor } = staffAt(nursing);
    expect(sees(actor, askedAt(nursing), stepOf(healthCentre)).reason).toBe('no-commission');
  });

  test('nothing of an area outside the law, with every consent', () => {
    expect(nurseSees({}, stepOf(youngAdults)).reason).toBe('owner-outside-shared-documentation');
  });

  test('a consent to the provider, but not to the principal, opens for its units', () => {
    const to = (kind: 'provider' | 'principal', hsaId: string) =>
      nurseSees({ consents: [consentTo('read-care', nursing, { recipient: { kind, hsaId } })] }).shown;
    expect(to('provider', nursing.provider.hsaId)).toBe('whole');
    expect(to('principal', nursing.principal.hsaId)).toBe('nothing');
  });
});

describe('a social-care provider reads (lag 2022:913 3:2)', () => {
  test('without clinical text, and only what its part needs', () => {
    expect(homeCareSees({})).toMatchObject({
      shown: 'limited',
      ground: 'social-care-provider-reads',
      reason: 'not-needed',
    });
    for (const kind of ['named-contact', 'safety-net-item', 'participant', 'commitment', 'plan']) {
      expect(homeCareSees({}, stepOf(healthCentre, { kind })).shown).toBe('limited');
    }
    for (const kind of ['goal', 'self-care-assessment', 'what-matters', 'remark', 'receipt']) {
      expect(homeCareSees({}, stepOf(healthCentre, { kind }))).toMatchObject({
        shown: 'nothing',
        reason: 'not-needed',
      });
    }
  });

  test('every kind when it plans, still without clinical text', () => {
    const plan = { ...PLAN, participants: [participant(homeCare, { part: 'planning' })] };
    expect(homeCareSees({ plan }, stepOf(healthCentre, { kind: 'goal' })).shown).toBe('limited');
    expect(
      homeCareSees({ plan: { ...PLAN, leadUnit: homeCare.hsaId } }, stepOf(healthCentre, { kind: 'goal' })).shown,
    ).toBe('limited');
  });

  test('no clinical text even when its part is said to be clinical', () => {
    const plan = { ...PLAN, participants: [participant(homeCare, { part: 'clinical' })] };
    expect(homeCareSees({ plan }).shown).toBe('limited');
  });

  const missing: readonly [string, Partial<Facts>, string][] = [
    ['consent', { consents: [] }, 'read-social-consent-missing'],
    [
      'consent of its type: read-care is none',
      { consents: [consentTo('read-care', homeCare)] },
      'read-social-consent-missing',
    ],
    [
      'an intervention',
      { plan: { ...PLAN, participants: [participant(homeCare, { hasDuty: false })] } },
      'no-intervention',
    ],
    ['information', { information: [] }, 'information-not-given'],
  ];
  test.each(missing)('not without %s', (_what, facts, reason) => {
    expect(homeCareSees(facts)).toMatchObject({ shown: 'nothing', reason });
  });

  test('with an investigation in place of an intervention, but not with a patient relation', () => {
    const read = (kind: 'investigation' | 'intervention' | 'care') =>
      sees(
        staffAt(assessors),
        askedAt(assessors, {
          ...FACTS,
          careRelations: [{ unit: assessors.hsaId, kind, from: BEFORE }],
          consents: [consentTo('read-social', assessors)],
        }),
        stepOf(healthCentre),
      );
    expect(read('investigation').shown).toBe('limited');
    expect(read('intervention').shown).toBe('limited');
    expect(read('care').reason).toBe('no-intervention');
  });

  test('never by an assignment with every right in place of consent', () => {
    const facts = askedAt(homeCare, { ...FACTS, consents: [] });
    expect(sees(staffAt(homeCare, ALL_RIGHTS), facts, stepOf(healthCentre)).reason).toBe('read-social-consent-missing');
  });
});

describe('outside the law (3:7) nobody reads, whatever is consented to', () => {
  test.each([
    ['a school', school],
    ['individual and family services', youngAdults],
  ])('%s', (_what, of) => {
    const consents = (['sip', 'read-care', 'read-social', 'disclosure'] as const).map((type) => consentTo(type, of));
    const facts = askedAt(of, { ...FACTS, consents });
    expect(sees(staffAt(of, ALL_RIGHTS), facts, stepOf(healthCentre)).reason).toBe('outside-shared-documentation');
    expect(sees(staffAt(of, ALL_RIGHTS), facts, stepOf(nursing)).reason).toBe('outside-shared-documentation');
  });
});

describe('what begins and ends does so on the instant', () => {
  type Sides = readonly [string, (moment: string) => Partial<Facts>, before: string, after: string];
  const starts: readonly Sides[] = [
    ['a consent begins', (from) => ({ consents: [consentTo('read-care', nursing, { from })] }), 'nothing', 'whole'],
    ['a consent ends', (until) => ({ consents: [consentTo('read-care', nursing, { until })] }), 'whole', 'nothing'],
    [
      'information is given',
      (given) => ({ information: [{ provider: healthCentre.provider.hsaId, at: given }] }),
      'nothing',
      'whole',
    ],
    ['the owner joins', (joinedFrom) => withUnit(healthCentre, { joinedFrom }), 'nothing', 'whole'],
    ['the owner leaves', (joinedTo) => withUnit(healthCentre, { joinedTo }), 'whole', 'nothing'],
    [
      'a registered relation begins',
      (from) => ({ plan: { ...PLAN, participants: [] }, careRelations: [{ unit: nursing.hsaId, kind: 'care', from }] }),
      'nothing',
      'whole',
    ],
    [
      'a registered relation ends',
      (until) => ({
        plan: { ...PLAN, participants: [] },
        careRelations: [{ unit: nursing.hsaId, kind: 'care', from: BEFORE, until }],
      }),
      'whole',
      'nothing',
    ],
    ['a block begins', (from) => ({ blocks: [outerBlock({ from })] }), 'whole', 'nothing'],
    ['a block ends', (until) => ({ blocks: [outerBlock({ until })] }), 'nothing', 'whole'],
    ['a block is lifted', (liftedAt) => ({ blocks: [outerBlock({ liftedAt })] }), 'nothing', 'whole'],
    [
      'a block is lifted for the unit',
      (from) => ({ blocks: [outerBlock({ liftedFor: [{ unit: nursing.hsaId, from }] })] }),
      'nothing',
      'whole',
    ],
    [
      'a lift for the unit ends',
      (until) => ({ blocks: [outerBlock({ liftedFor: [{ unit: nursing.hsaId, from: BEFORE, until }] })] }),
      'whole',
      'nothing',
    ],
  ];
  test.each(starts)('%s', (_what, facts, before, after) => {
    expect(nurseSees(facts(later(NOW, 1))).shown).toBe(before);
    expect(nurseSees(facts(at(NOW))).shown).toBe(after);
  });

  test('a time that cannot be read is no permission, and no end of a prohibition', () => {
    expect(nurseSees({ consents: [consentTo('read-care', nursing, { from: 'soon' })] }).shown).toBe('nothing');
    expect(nurseSees({ consents: [consentTo('read-care', nursing, { until: 'later' })] }).shown).toBe('nothing');
    expect(nurseSees({ blocks: [outerBlock({ from: 'soon' })] }).shown).toBe('nothing');
    expect(nurseSees({ blocks: [outerBlock({ until: 'later' })] }).shown).toBe('nothing');
  });
});

function outerBlock(fields: object) {
  return { id: 'b' as never, reach: 'outer', provider: healthCentre.provider.hsaId, from: BEFORE, ...fields } as const;
}
