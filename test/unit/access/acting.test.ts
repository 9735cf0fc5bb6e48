import { describe, expect, test } from 'vitest';
import { actFor, changedBy, demandLegalBasis, legalBasisOf, ownerOf } from '../../../src/access/acting.ts';
import type { Actor } from '../../../src/shared/actor.ts';
import { randomIds } from '../../../src/shared/ids.ts';
import type { UnitFacts } from '../../../src/shared/unit-facts.ts';
import { refusalOf } from '../patients/act.ts';

const unit = (kind: 'care' | 'social-care', area: UnitFacts['area']): UnitFacts => ({
  hsaId: 'SE0000000000-TST0201',
  name: 'Enheten',
  area,
  active: true,
  provider: { hsaId: 'SE0000000000-TSTR01', name: 'Givaren', kind },
  principal: { hsaId: 'SE0000000000-TSTH01', name: 'Huvudmannen', kind: 'region' },
});
const HEALTH = unit('care', 'health');
const nurse: Actor = {
  kind: 'staff',
  issuer: 'i',
  employeeHsaId: 'SE0000000000-TSTP003',
  name: 'Maj Modell',
  unitHsaId: HEALTH.hsaId,
  providerHsaId: HEALTH.provider.hsaId,
};
const citizen: Actor = { kind: 'citizen', issuer: 'i', personNumberHash: 'h', name: 'Ester Exempelsson' };
const system: Actor = { kind: 'system', issuer: 'i', clientId: 'c', providerHsaId: HEALTH.provider.hsaId };
const owner = { unit: HEALTH.hsaId, provider: HEALTH.provider.hsaId, principal: HEALTH.principal.hsaId };

describe('what someone writes is owned', () => {
  test('by the own unit for staff, by the receiving one for a patient, by one of its provider for a system', () => {
    expect(ownerOf(nurse, HEALTH)).toEqual({ kind: 'staff', staff: nurse.employeeHsaId, name: nurse.name, ...owner });
    expect(ownerOf(citizen, HEALTH)).toEqual({ kind: 'patient', name: citizen.name, ...owner });
    expect(ownerOf(system, HEALTH)).toEqual({ kind: 'system', ...owner });
  });

  test('never by a unit that the actor does not work for', () => {
    expect(() => ownerOf({ ...nurse, unitHsaId: 'SE0000000000-TST0101' }, HEALTH)).toThrow('another unit');
    expect(() => ownerOf({ ...nurse, providerHsaId: 'SE0000000000-TSTK01' }, HEALTH)).toThrow('another unit');
    expect(() => ownerOf({ ...system, providerHsaId: 'SE0000000000-TSTK01' }, HEALTH)).toThrow('another unit');
  });
});

test('a change tells who made it', () => {
  expect(changedBy(nurse)).toEqual({
    kind: 'staff',
    staff: nurse.employeeHsaId,
    name: nurse.name,
    unit: nurse.unitHsaId,
  });
  expect(changedBy(citizen)).toEqual({ kind: 'patient', name: citizen.name });
  expect(changedBy(system)).toEqual({ kind: 'system' });
});

test('a unit writes under the law that it works under, and under no other', () => {
  expect(legalBasisOf(HEALTH)).toBe('HSL');
  expect(legalBasisOf(unit('social-care', 'disability'))).toBe('SoL');
  expect(refusalOf(() => demandLegalBasis(unit('social-care', 'disability'), 'LSS'))).toBeUndefined();
  expect(refusalOf(() => demandLegalBasis(unit('social-care', 'older'), 'LSS'))).toBe('legal-basis-not-yours');
  expect(refusalOf(() => demandLegalBasis(HEALTH, 'SoL'))).toBe('legal-basis-not-yours');
  expect(refusalOf(() => demandLegalBasis(HEALTH, undefined))).toBeUndefined();
});

test('an act has one time and makes a new key each time', () => {
  const act = actFor({ actor: nurse }, HEALTH, '2026-11-16T08:00:00.000Z', randomIds);
  expect(act).toMatchObject({ now: '2026-11-16T08:00:00.000Z', legalBasis: 'HSL' });
  expect(act.newId()).not.toBe(act.newId());
});
