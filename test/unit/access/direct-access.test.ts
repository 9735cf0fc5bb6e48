import { describe, expect, test } from 'vitest';
import type { Facts } from '../../../src/access/policy/facts.ts';
import type { Protection, RelatedFacts } from '../../../src/access/policy/facts-person.ts';
import type { ContributionFacts } from '../../../src/access/policy/facts-plan.ts';
import { sees } from '../../../src/access/policy/sees.ts';
import { DEFAULT_LAW_SETTINGS } from '../../../src/access/policy/settings.ts';
import { BEFORE, CITIZEN, FACTS, NOW, RELATED_ID, stepOf, UNITS } from '../../../src/access/policy/table/world.ts';
import { at, epoch, later } from './moments.ts';

const { healthCentre, nursing } = UNITS;
const step = stepOf(healthCentre);

function patientSees(facts: Partial<Facts> = {}, c: ContributionFacts = step) {
  return sees(CITIZEN, { ...FACTS, isSelf: true, ...facts }, c);
}
function bornOn(birthDate: string): Partial<Facts> {
  return { patient: { birthDate, protection: 'none' } };
}
function relatedSees(related: Partial<RelatedFacts>, facts: Partial<Facts> = {}, c: ContributionFacts = step) {
  return sees(CITIZEN, { ...FACTS, related: [{ id: RELATED_ID, kind: 'guardian', ...related }], ...facts }, c);
}

/** Midnight between 15 and 16 November 2026 on a Swedish clock, and the last millisecond before. */
const MIDNIGHT = epoch('2026-11-16T00:00+01:00');
const LAST = MIDNIGHT - 1;

describe('the patient', () => {
  test('sees what is approved, in the patient’s own text, blocked or not', () => {
    const blocks = [{ id: 'b' as never, reach: 'outer', provider: healthCentre.provider.hsaId, from: BEFORE } as const];
    expect(patientSees()).toEqual({ shown: 'limited', ground: 'patient', mayKnowLeftOut: false });
    expect(patientSees({ blocks, consents: [], information: [] }).shown).toBe('limited');
  });

  const hidden: readonly [string, Partial<ContributionFacts>, string][] = [
    ['is not approved', { approvedForPatient: false }, 'not-approved-for-patient'],
    ['was entered in error', { enteredInError: true }, 'entered-in-error'],
    ['was made available under 2:6', { underTwoSix: true }, 'lasting-inability'],
  ];
  test.each(hidden)('does not see what %s, nor that it exists', (_what, fields, reason) => {
    expect(patientSees({}, stepOf(healthCentre, fields))).toEqual({ shown: 'nothing', reason, mayKnowLeftOut: false });
  });

  test('has no direct access once registered as deceased', () => {
    expect(patientSees({ patient: { ...FACTS.patient, deceasedOn: '2026-11-16' } }).reason).toBe('deceased');
  });

  test('of unknown age is shown nothing', () => {
    expect(patientSees({ patient: { protection: 'none' } }).reason).toBe('age-unknown');
    expect(patientSees({ now: undefined }).reason).toBe('age-unknown');
  });
});

test('to the patient’s side of a protected person no place is told, whoever is on the list, until it is lifted', () => {
  const listed = [{ relatedPersonId: RELATED_ID, from: BEFORE }];
  const by = (grade: Protection['grade'], list: Protection['list'] = []) => ({
    patient: { ...FACTS.patient, protection: { grade, list } },
  });
  expect(patientSees(by('confidentiality-mark'))).toMatchObject({ shown: 'limited', placeless: true });
  expect(patientSees(by('protected-registration'))).toMatchObject({ shown: 'limited', placeless: true });
  expect(patientSees(by('lifted'))).not.toHaveProperty('placeless');
  const representative = { kind: 'legal-representative', decisionReference: 'Ä 1-25' } as const;
  expect(relatedSees(representative, { ...by('confidentiality-mark', listed) })).toMatchObject({
    ...{ shown: 'limited', ground: 'representative', placeless: true },
  });
});

describe('ages turn at midnight in Sweden', () => {
  test('16: then the child, and only the child', () => {
    const sixteen = bornOn('2010-11-16');
    expect(patientSees({ ...sixteen, now: LAST }).reason).toBe('too-young');
    expect(patientSees({ ...sixteen, now: MIDNIGHT }).shown).toBe('limited');
    const decided: Partial<Facts> = {
      unitDecisions: [{ unit: healthCentre.hsaId, opensFor: 'guardian', from: BEFORE }],
    };
    expect(relatedSees({}, { ...sixteen, ...decided, now: LAST }).shown).toBe('limited');
    expect(relatedSees({}, { ...sixteen, ...decided, now: MIDNIGHT }).reason).toBe('child-too-old-for-guardian');
  });

  test('13: then no guardian, and nobody', () => {
    const thirteen = bornOn('2013-11-16');
    expect(relatedSees({}, { ...thirteen, now: LAST })).toMatchObject({ shown: 'limited', ground: 'guardian' });
    expect(relatedSees({}, { ...thirteen, now: MIDNIGHT }).reason).toBe('child-too-old-for-guardian');
    expect(patientSees({ ...thirteen, now: LAST }).reason).toBe('too-young');
    expect(patientSees({ ...thirteen, now: MIDNIGHT }).reason).toBe('too-young');
  });

  test('in summer time too, and for one born on 29 February', () => {
    const june = epoch('2026-06-10T00:00+02:00');
    expect(patientSees({ ...bornOn('2010-06-10'), now: june - 1 }).shown).toBe('nothing');
    expect(patientSees({ ...bornOn('2010-06-10'), now: june }).shown).toBe('limited');
    const leap = epoch('2025-02-28T00:00+01:00');
    expect(relatedSees({}, { ...bornOn('2012-02-29'), now: leap - 1 }).shown).toBe('limited');
    expect(relatedSees({}, { ...bornOn('2012-02-29'), now: leap }).shown).toBe('nothing');
  });

  test('the limits are settings', () => {
    const settings = { ...DEFAULT_LAW_SETTINGS, ownAccessFromAge: 15, guardianAccessUntilAge: 14 };
    expect(patientSees({ ...bornOn('2011-01-01'), settings }).shown).toBe('limited');
    expect(relatedSees({}, { ...bornOn('2013-01-01'), settings }).shown).toBe('limited');
  });
});

describe('at 13–15 a unit can open its own data', () => {
  const fourteen = bornOn('2012-05-01');
  const decision = { unit: healthCentre.hsaId, opensFor: 'child', from: BEFORE } as const;

  test('to the child, and only its own', () => {
    const facts = { ...fourteen, unitDecisions: [decision] };
    expect(patientSees(facts)).toMatchObject({ shown: 'limited', ground: 'unit-decision' });
    expect(patientSees(facts, stepOf(nursing)).reason).toBe('too-young');
  });
  test('to the guardian, to one or to all, which is another decision than for the child', () => {
    const facts = (fields: object) => ({ ...fourteen, unitDecisions: [{ ...decision, ...fields }] });
    expect(relatedSees({}, facts({}))).toMatchObject({ shown: 'nothing' });
    expect(relatedSees({}, facts({ opensFor: 'guardian' })).ground).toBe('unit-decision');
    expect(relatedSees({}, facts({ opensFor: 'guardian', guardianId: RELATED_ID })).shown).toBe('limited');
    expect(relatedSees({}, facts({ opensFor: 'guardian', guardianId: 'another' })).shown).toBe('nothing');
    expect(relatedSees({}, facts({ opensFor: 'guardian' }), stepOf(nursing)).reason).toBe('child-too-old-for-guardian');
    expect(patientSees(facts({ opensFor: 'guardian' })).reason).toBe('too-young');
  });
  test('from and until an instant', () => {
    const from = (moment: string) => patientSees({ ...fourteen, unitDecisions: [{ ...decision, from: moment }] }).shown;
    const until = (moment: string) =>
      patientSees({ ...fourteen, unitDecisions: [{ ...decision, until: moment }] }).shown;
    expect([from(later(NOW, 1)), from(at(NOW))]).toEqual(['nothing', 'limited']);
    expect([until(later(NOW, 1)), until(at(NOW))]).toEqual(['limited', 'nothing']);
  });
  test('but not to a child under 13', () => {
    expect(patientSees({ ...bornOn('2014-05-01'), unitDecisions: [decision] }).reason).toBe('too-young');
  });
});

describe('a guardian', () => {
  const child = bornOn('2018-05-01');
  test('is shut out by a block of all guardians or of this one, not by one of the other', () => {
    const blocked = (guardianBlocks: Facts['guardianBlocks']) => relatedSees({}, { ...child, guardianBlocks });
    expect(blocked([{ from: BEFORE }])).toEqual({
      shown: 'nothing',
      reason: 'guardian-blocked',
      mayKnowLeftOut: false,
    });
    expect(blocked([{ from: BEFORE, guardianId: RELATED_ID }]).reason).toBe('guardian-blocked');
    expect(blocked([{ from: BEFORE, guardianId: 'another' as never }]).shown).toBe('limited');
    expect(blocked(undefined).reason).toBe('guardian-blocked');
    expect(blocked([{ from: later(NOW, 1) }]).shown).toBe('limited');
    expect(blocked([{ from: at(NOW) }]).shown).toBe('nothing');
    expect(blocked([{ from: BEFORE, until: at(NOW) }]).shown).toBe('limited');
  });
  test('is one only in the days of the custody, the last day included', () => {
    expect(relatedSees({ until: '2026-11-16' }, child).shown).toBe('limited');
    expect(relatedSees({ until: '2026-11-15' }, child).reason).toBe('relation-not-in-force');
    expect(relatedSees({ from: '2026-11-16' }, child).shown).toBe('limited');
    expect(relatedSees({ from: '2026-11-17' }, child).reason).toBe('relation-not-in-force');
  });
  test('sees nothing of a child who has died', () => {
    expect(relatedSees({}, { patient: { ...child.patient, deceasedOn: '2026-11-01' } }).reason).toBe('deceased');
  });
});

describe('others in the patient’s place', () => {
  test('a legal representative of one of age, with a decision on record', () => {
    const represents = (decisionReference: string | undefined, facts: Partial<Facts> = {}) =>
      relatedSees({ kind: 'legal-representative', decisionReference }, facts);
    expect(represents('Ä 123-26')).toMatchObject({ shown: 'limited', ground: 'representative' });
    expect(represents(undefined).reason).toBe('decision-missing');
    expect(represents(' \u200b').reason).toBe('decision-missing');
    expect(represents('Ä 123-26', { ...bornOn('2008-11-16'), now: LAST }).reason).toBe('decision-missing');
    expect(represents('Ä 123-26', { ...bornOn('2008-11-16'), now: MIDNIGHT }).shown).toBe('limited');
  });
  test('a proxy only when a setting says so', () => {
    const settings = { ...DEFAULT_LAW_SETTINGS, proxyMayRead: true };
    expect(relatedSees({ kind: 'proxy' }).reason).toBe('proxy-not-allowed');
    expect(relatedSees({ kind: 'proxy' }, { settings })).toMatchObject({ shown: 'limited', ground: 'proxy' });
  });
  test('a relative only own steps, and only when a setting says so', () => {
    const settings = { ...DEFAULT_LAW_SETTINGS, relativeSeesOwnSteps: true };
    const own = stepOf(healthCentre, { duties: [{ state: 'accepted', relatedPersonId: RELATED_ID }] });
    const asked = stepOf(healthCentre, { duties: [{ state: 'asked', relatedPersonId: RELATED_ID }] });
    expect(relatedSees({ kind: 'relative' }, {}, own).reason).toBe('relative-not-allowed');
    expect(relatedSees({ kind: 'relative' }, { settings }, own)).toMatchObject({
      shown: 'limited',
      ground: 'relative',
    });
    expect(relatedSees({ kind: 'relative' }, { settings }, asked).reason).toBe('relative-not-allowed');
    expect(relatedSees({ kind: 'relative' }, { settings }).reason).toBe('relative-not-allowed');
  });
  test('nobody without a relation, and nobody to a person who is not registered', () => {
    expect(sees(CITIZEN, FACTS, step).reason).toBe('another-patient');
    expect(relatedSees({}, { patientKnown: false }).reason).toBe('another-patient');
  });
  test('of several relations the best counts', () => {
    const related: RelatedFacts[] = [
      { id: 'r' as never, kind: 'relative' },
      { id: RELATED_ID, kind: 'guardian' },
    ];
    expect(sees(CITIZEN, { ...FACTS, ...bornOn('2018-05-01'), related }, step).ground).toBe('guardian');
  });
});

describe('sealing closes to every citizen', () => {
  test('all, a unit, a provider, or what was written in a period', () => {
    const sealed = (fields: object) => patientSees({ sealings: [{ from: BEFORE, ...fields }] }).shown;
    expect(sealed({})).toBe('nothing');
    expect(sealed({ unit: healthCentre.hsaId })).toBe('nothing');
    expect(sealed({ unit: nursing.hsaId })).toBe('limited');
    expect(sealed({ provider: healthCentre.provider.hsaId })).toBe('nothing');
    expect(sealed({ provider: nursing.provider.hsaId })).toBe('limited');
    expect(sealed({ written: { until: BEFORE } })).toBe('limited');
    expect(sealed({ written: { from: BEFORE } })).toBe('nothing');
    expect(sealed({ from: later(NOW, 1) })).toBe('limited');
    expect(sealed({ from: at(NOW) })).toBe('nothing');
    expect(sealed({ until: at(NOW) })).toBe('limited');
    expect(patientSees({ sealings: undefined }).reason).toBe('sealed');
    expect(relatedSees({}, { ...bornOn('2018-05-01'), sealings: [{ from: BEFORE }] }).reason).toBe('sealed');
  });
});

describe('unsigned entries (PDL 3:10)', () => {
  const settings = { ...DEFAULT_LAW_SETTINGS, unsignedDelayHours: 48 };
  const since = (moment: number, fields: Partial<ContributionFacts> = {}) =>
    patientSees({ settings }, stepOf(healthCentre, { unsignedSince: at(moment), ...fields }));
  const hours = (n: number) => n * 3_600_000;

  test('wait as long as the setting says, to the instant', () => {
    expect(since(NOW - hours(48) + 1).reason).toBe('unsigned');
    expect(since(NOW - hours(48)).shown).toBe('limited');
  });
  test('do not wait unless a setting says so, once signed, or under other laws than HSL', () => {
    expect(patientSees({}, stepOf(healthCentre, { unsignedSince: at(NOW) })).shown).toBe('limited');
    expect(patientSees({ settings }, stepOf(healthCentre)).shown).toBe('limited');
    expect(since(NOW, { legalBasis: 'SoL' }).shown).toBe('limited');
    expect(since(NOW, { legalBasis: 'LSS' }).shown).toBe('limited');
    expect(since(NOW, { legalBasis: undefined }).reason).toBe('unsigned');
  });
});
