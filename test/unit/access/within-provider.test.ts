import { describe, expect, test } from 'vitest';
import type { Facts } from '../../../src/access/policy/facts.ts';
import type { BlockFacts } from '../../../src/access/policy/facts-sharing.ts';
import { sees } from '../../../src/access/policy/sees.ts';
import { DEFAULT_LAW_SETTINGS } from '../../../src/access/policy/settings.ts';
import {
  askedAt,
  BEFORE,
  FACTS,
  PLAN,
  participant,
  staffAt,
  stepOf,
  UNITS,
} from '../../../src/access/policy/table/world.ts';
import { at, later } from './moments.ts';

const { healthCentre, ward, nursing, homeCare, youngAdults } = UNITS;
const relation: Partial<Facts> = { careRelations: [{ unit: ward.hsaId, kind: 'care', from: BEFORE }] };

function wardSees(facts: Partial<Facts>, c = stepOf(healthCentre), rights?: string[]) {
  return sees(staffAt(ward, rights), askedAt(ward, { ...FACTS, ...facts }), c);
}
function block(fields: Partial<BlockFacts>): BlockFacts {
  return { id: 'b' as never, reach: 'inner', provider: healthCentre.provider.hsaId, from: BEFORE, ...fields };
}

describe('inner secrecy (PDL 4:1)', () => {
  test('another unit of the provider reads when it takes part in the care, without consent', () => {
    expect(wardSees({ ...relation, consents: [], information: [] })).toMatchObject({
      shown: 'whole',
      ground: 'inner-secrecy',
    });
  });

  test('and otherwise not, though it is the same provider', () => {
    expect(wardSees({})).toEqual({ shown: 'nothing', reason: 'inner-secrecy', mayKnowLeftOut: false });
    expect(wardSees({ ...relation, plan: undefined })).toMatchObject({ shown: 'nothing', reason: 'inner-secrecy' });
  });

  test('and no longer when the patient is dead', () => {
    const patient = { ...FACTS.patient, deceasedOn: '2026-11-15' };
    expect(wardSees({ ...relation, patient })).toMatchObject({ shown: 'nothing', reason: 'inner-secrecy' });
  });

  test('only with a right that reaches beyond the unit', () => {
    expect(wardSees(relation, stepOf(healthCentre), ['Läsa;alla;VE']).reason).toBe('right-to-read-missing');
    expect(wardSees(relation, stepOf(healthCentre), ['Läsa;alla;VG']).shown).toBe('whole');
  });

  test('not between areas inside and outside the law', () => {
    const facts = askedAt(homeCare);
    expect(sees(staffAt(homeCare), facts, stepOf(youngAdults)).reason).toBe('owner-outside-shared-documentation');
    expect(sees(staffAt(youngAdults), askedAt(youngAdults), stepOf(homeCare)).reason).toBe(
      'outside-shared-documentation',
    );
  });

  test('only what a practical part needs', () => {
    const plan = { ...PLAN, participants: [participant(ward, { part: 'practical' })] };
    expect(wardSees({ plan }).shown).toBe('limited');
    expect(wardSees({ plan }, stepOf(healthCentre, { kind: 'goal' })).reason).toBe('not-needed');
    expect(wardSees({ plan }, stepOf(healthCentre, { enteredInError: true })).reason).toBe('entered-in-error');
  });
});

describe('own contributions', () => {
  test('are whole for the unit, whatever else holds', () => {
    const worst: Partial<Facts> = {
      consents: [],
      information: [],
      blocks: [block({}), block({ reach: 'outer' })],
      patient: { ...FACTS.patient, deceasedOn: '2026-01-01' },
      plan: {
        ...PLAN,
        status: 'revoked',
        leadUnit: nursing.hsaId,
        participants: [participant(healthCentre, { state: 'left' })],
      },
    };
    const sight = sees(
      staffAt(healthCentre),
      askedAt(healthCentre, { ...FACTS, ...worst }),
      stepOf(healthCentre, { enteredInError: true }),
    );
    expect(sight).toEqual({ shown: 'whole', ground: 'own-unit', mayKnowLeftOut: false });
  });

  test('are not those that the unit wrote for another provider', () => {
    const c = { ...stepOf(healthCentre), ownerProvider: nursing.provider.hsaId };
    expect(sees(staffAt(healthCentre), askedAt(healthCentre), c).shown).toBe('nothing');
  });

  test('are not for staff whom the directory places elsewhere, or not at all', () => {
    const c = stepOf(healthCentre);
    expect(sees(staffAt(healthCentre), FACTS, c).reason).toBe('unknown-unit');
    expect(sees(staffAt(healthCentre), askedAt(ward), c).reason).toBe('unknown-unit');
    expect(sees(staffAt(healthCentre), askedAt({ ...healthCentre, active: false }), c).reason).toBe('unknown-unit');
    expect(sees(staffAt(healthCentre), askedAt({ ...healthCentre, provider: nursing.provider }), c).reason).toBe(
      'unknown-unit',
    );
  });
});

describe('an inner block (PDL 4:4)', () => {
  const inner = block({ unit: healthCentre.hsaId });

  test('hides from other units of the provider and lets them know that it is there', () => {
    expect(wardSees({ ...relation, blocks: [inner] })).toEqual({
      shown: 'nothing',
      reason: 'blocked',
      mayKnowLeftOut: true,
    });
  });

  test('hides from other providers too, unless a setting says otherwise', () => {
    const facts = askedAt(nursing, { ...FACTS, blocks: [inner] });
    expect(sees(staffAt(nursing), facts, stepOf(healthCentre)).reason).toBe('blocked');
    const settings = { ...DEFAULT_LAW_SETTINGS, innerBlockHidesFromOtherProviders: false };
    expect(sees(staffAt(nursing), { ...facts, settings }, stepOf(healthCentre)).shown).toBe('whole');
  });

  test('is about the unit that it names, or all of the provider', () => {
    expect(wardSees({ ...relation, blocks: [block({ unit: nursing.hsaId })] }).shown).toBe('whole');
    expect(wardSees({ ...relation, blocks: [block({})] }).shown).toBe('nothing');
  });

  test('an outer block leaves the own provider alone', () => {
    expect(wardSees({ ...relation, blocks: [block({ reach: 'outer' })] }).shown).toBe('whole');
  });

  test('of a period hides what was written in it, and what nobody knows when it was written', () => {
    const written = (from: string, until: string) =>
      wardSees({ ...relation, blocks: [block({ written: { from, until } })] }).shown;
    const wrote = Date.parse(BEFORE);
    expect(written(at(wrote), later(wrote, 1))).toBe('nothing');
    expect(written(later(wrote, 1), later(wrote, 2))).toBe('whole');
    expect(written(later(wrote, -2), at(wrote))).toBe('whole');
    const undated = wardSees(
      { ...relation, blocks: [block({ written: { until: '2020-01-01T00:00:00Z' } })] },
      stepOf(healthCentre, { writtenAt: undefined }),
    );
    expect(undated.shown).toBe('nothing');
  });
});
