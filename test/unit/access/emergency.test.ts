import { describe, expect, test } from 'vitest';
import { emergency, existenceShown } from '../../../src/access/policy/existence.ts';
import type { Facts } from '../../../src/access/policy/facts.ts';
import type { BlockFacts, EmergencyFacts } from '../../../src/access/policy/facts-sharing.ts';
import { relationTo } from '../../../src/access/policy/relation.ts';
import { sees } from '../../../src/access/policy/sees.ts';
import { DEFAULT_LAW_SETTINGS } from '../../../src/access/policy/settings.ts';
import {
  AFTER,
  ALL_RIGHTS,
  askedAt,
  BEFORE,
  CITIZEN,
  FACTS,
  NOW,
  PLAN,
  RELATED_ID,
  staffAt,
  stepOf,
  systemOf,
  UNITS,
} from '../../../src/access/policy/table/world.ts';
import type { UnitFacts } from '../../../src/shared/unit-facts.ts';
import { at, later } from './moments.ts';

const { healthCentre, ward, nursing, homeCare, stranger } = UNITS;
const actor = staffAt(stranger);

function opened(fields: Partial<EmergencyFacts> = {}): EmergencyFacts {
  return {
    id: RELATED_ID,
    staff: actor.employeeHsaId,
    unit: stranger.hsaId,
    from: BEFORE,
    until: AFTER,
    reason: 'medvetslös på akuten',
    consentUnobtainable: true,
    patientCannotLift: true,
    ...fields,
  };
}
function block(of: UnitFacts, reach: BlockFacts['reach'] = 'outer'): BlockFacts {
  return { id: 'b' as never, reach, provider: of.provider.hsaId, unit: of.hsaId, from: BEFORE };
}
const facts = (fields: Partial<Facts> = {}) => askedAt(stranger, { ...FACTS, emergencies: [opened()], ...fields });
const read = (fields: Partial<Facts> = {}, c = stepOf(healthCentre)) => sees(actor, facts(fields), c);

describe('emergency access (lag 2022:913 3:6)', () => {
  test('opens what is not blocked, without consent or registered relation, in a SIP too', () => {
    expect(read({ consents: [] })).toEqual({ shown: 'whole', ground: 'emergency', mayKnowLeftOut: false });
    expect(read({ consents: [], plan: { ...PLAN, kind: 'SIP' } }).shown).toBe('whole');
    expect(relationTo(PLAN, actor, facts())).toBe('reader');
  });

  test('opens the own provider’s other units too, but for an inner block (PDL 4:1, 4:4)', () => {
    const atWard = staffAt(ward);
    const inWard = (fields: Partial<Facts>) => {
      const emergencies = [opened({ staff: atWard.employeeHsaId, unit: ward.hsaId })];
      const own = askedAt(ward, {
        ...FACTS,
        emergencies,
        information: [],
        careRelations: [],
        plan: undefined,
        ...fields,
      });
      return sees(atWard, own, stepOf(healthCentre));
    };
    expect(inWard({})).toMatchObject({ shown: 'whole', ground: 'emergency' });
    expect(inWard({ emergencies: [] }).shown).toBe('nothing');
    expect(inWard({ blocks: [block(healthCentre, 'inner')] })).toMatchObject({ shown: 'nothing', reason: 'blocked' });
  });

  const closed: readonly [string, Partial<EmergencyFacts>][] = [
    ['by another', { staff: 'another' }],
    ['at another unit', { unit: healthCentre.hsaId }],
    ['for a reason of blanks', { reason: ' \u200b\n' }],
    ['though consent can be obtained', { consentUnobtainable: undefined }],
    ['not yet', { from: later(NOW, 1) }],
    ['until now', { until: at(NOW) }],
    ['without an end', { until: undefined as never }],
  ];
  test.each(closed)('is closed when opened %s', (_what, fields) => {
    expect(read({ emergencies: [opened(fields)] }).shown).toBe('nothing');
  });

  test('holds from its first instant to before its last', () => {
    expect(read({ emergencies: [opened({ from: at(NOW) })] }).shown).toBe('whole');
    expect(read({ emergencies: [opened({ until: later(NOW, 1) })] }).shown).toBe('whole');
  });

  test('never opens what is blocked, has not been made available, or is outside the law', () => {
    expect(read({ blocks: [block(healthCentre)] })).toEqual({
      shown: 'nothing',
      reason: 'blocked',
      mayKnowLeftOut: true,
    });
    expect(read({ information: [] }).reason).toBe('information-not-given');
    expect(read({}, stepOf(UNITS.youngAdults)).reason).toBe('owner-outside-shared-documentation');
  });

  test('opens care providers’ data; social care’s, and the uninformed’s, only by settings', () => {
    expect(read({}, stepOf(homeCare)).shown).toBe('nothing');
    const opening = { ...DEFAULT_LAW_SETTINGS, emergencyOpensSocialCare: true };
    expect(read({ settings: opening }, stepOf(homeCare)).ground).toBe('emergency');
    const uninformed = { ...DEFAULT_LAW_SETTINGS, emergencyNeedsInformation: false };
    expect(read({ settings: uninformed, information: [] }).ground).toBe('emergency');
  });

  test('is not for social care, not for systems, not for citizens, not for staff without an assignment', () => {
    const carer = staffAt(homeCare, ALL_RIGHTS);
    const theirs = [opened({ staff: carer.employeeHsaId, unit: homeCare.hsaId })];
    const asked = askedAt(homeCare, { ...FACTS, consents: [], emergencies: theirs });
    expect(sees(carer, asked, stepOf(healthCentre)).shown).toBe('nothing');
    expect(emergency(carer, asked, [stepOf(healthCentre)])).toMatchObject({ opens: false });
    expect(emergency(systemOf(stranger), facts(), [])).toMatchObject({ opens: false });
    expect(emergency(CITIZEN, facts(), [])).toMatchObject({ opens: false });
    const { commission: _none, ...bare } = actor;
    expect(emergency(bare, facts(), [])).toMatchObject({ opens: false });
  });

  test('is over for the dead', () => {
    expect(read({ patient: { ...FACTS.patient, deceasedOn: '2026-11-16' } }).shown).toBe('nothing');
  });
});

describe('whom an emergency leads to (3:5)', () => {
  const all = [stepOf(healthCentre), stepOf(nursing), stepOf(homeCare)];
  test('names the care providers that have blocked, and no social-care provider', () => {
    const blocks = [block(healthCentre), block(nursing), block(homeCare)];
    expect(emergency(actor, facts({ blocks }), all)).toEqual({
      opens: true,
      blockingProviders: [nursing.provider.hsaId, healthCentre.provider.hsaId],
      blockingUnits: [],
    });
  });
  test('names nobody while the patient can ask', () => {
    const blocks = [block(healthCentre)];
    const able = facts({ blocks, emergencies: [opened({ patientCannotLift: false })] });
    expect(emergency(actor, able, all)).toEqual({ opens: true, blockingProviders: [], blockingUnits: [] });
  });
  test('names the own provider’s units with an inner block (PDL 4:5)', () => {
    const nurse = staffAt(ward);
    const asked = askedAt(ward, {
      ...FACTS,
      blocks: [block(healthCentre, 'inner')],
      emergencies: [opened({ staff: nurse.employeeHsaId, unit: ward.hsaId })],
      careRelations: [{ unit: ward.hsaId, kind: 'care', from: BEFORE }],
    });
    expect(emergency(nurse, asked, all)).toMatchObject({ blockingProviders: [], blockingUnits: [healthCentre.hsaId] });
  });
  test('says nothing of a protected person', () => {
    const patient = { birthDate: '1988-04-23', protection: { grade: 'confidentiality-mark', list: [] } } as const;
    expect(emergency(actor, facts({ patient, blocks: [block(healthCentre)] }), all)).toMatchObject({ opens: false });
  });
});

describe('what may be known of what is left out (2:4–5)', () => {
  const told = (of: UnitFacts, fields: Partial<Facts>, c = stepOf(healthCentre)) =>
    existenceShown(staffAt(of), askedAt(of, { ...FACTS, ...fields }), [c]);
  const NOTHING = { unblocked: false, blocked: false };

  test('a care provider with a relation but no consent learns that unblocked data exist', () => {
    expect(told(nursing, { consents: [] })).toEqual({ unblocked: true, blocked: false });
    expect(told(nursing, { consents: [], plan: { ...PLAN, kind: 'SIP' } })).toEqual({
      unblocked: true,
      blocked: false,
    });
  });
  test('and that blocked data exist, of care providers', () => {
    expect(told(nursing, { blocks: [block(healthCentre)] })).toEqual({ unblocked: false, blocked: true });
    expect(told(nursing, { blocks: [block(homeCare)] }, stepOf(homeCare))).toEqual(NOTHING);
  });
  test('a social-care provider learns of unblocked data, unless a setting says not, and never of blocks', () => {
    const settings = { ...DEFAULT_LAW_SETTINGS, socialCareKnowsOfUnblocked: false };
    expect(told(homeCare, { consents: [] })).toEqual({ unblocked: true, blocked: false });
    expect(told(homeCare, { consents: [], settings })).toEqual(NOTHING);
    expect(told(homeCare, { blocks: [block(healthCentre)] })).toEqual(NOTHING);
  });
  test('nobody learns anything without a relation, or of what has not been made available', () => {
    expect(told(stranger, { consents: [] })).toEqual(NOTHING);
    expect(told(stranger, { blocks: [block(healthCentre)] })).toEqual(NOTHING);
    expect(told(nursing, { consents: [], information: [] })).toEqual(NOTHING);
    expect(told(UNITS.school, { consents: [] })).toEqual(NOTHING);
    expect(told(nursing, {}, stepOf(UNITS.youngAdults))).toEqual(NOTHING);
  });
});
