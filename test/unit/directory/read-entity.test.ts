import { describe, expect, it } from 'vitest';
import { COLUMNS, columnNamed } from '../../../src/directory/domain/columns.ts';
import { ENTITY_TYPES, type Unit } from '../../../src/directory/domain/model.ts';
import { changedFields, completed, readRow } from '../../../src/directory/domain/read-entity.ts';
import { keyOf, RULES } from '../../../src/directory/domain/rules.ts';

const tst = (suffix: string) => `SE0000000000-TST${suffix}`;
const row = (fields: Record<string, unknown>) => new Map(Object.entries(fields));
const unit: Unit = { hsaId: tst('E1'), name: 'Åby', area: 'health', providerHsaId: tst('V1'), active: true };

describe('a row', () => {
  it('tells of everything that is wrong with it', () => {
    const { faults } = readRow('units', row({ hsaId: '8', name: ' ', area: 'blå', providerHsaId: tst('V1') }));
    expect(faults.map(({ field }) => field)).toEqual(['hsaId', 'name', 'area']);
  });

  it('leaves alone what its file has no column for, and clears what is empty', () => {
    const there = { ...RULES_PROVIDER, organizationNumber: '2321000016', joinedSharedDocumentationFrom: '2024-01-01' };
    const { fields } = readRow('providers', row({ ...REQUIRED_PROVIDER, organizationNumber: '' }));
    expect(completed('providers', fields, there)).toEqual({ ...there, organizationNumber: null });
  });

  it('is in use again when it comes back, unless it says no', () => {
    const closed = { ...unit, active: false };
    const { active: _, ...rest } = unit;
    expect(completed('units', readRow('units', row(rest)).fields, closed).active).toBe(true);
    expect(completed('units', readRow('units', row({ ...rest, active: 'nej' })).fields, unit).active).toBe(false);
  });

  it('gives a new entity what it has when nothing is said', () => {
    const said = { hsaId: tst('P1'), givenName: 'Maj', familyName: 'Modell', unitHsaIds: tst('E1') };
    expect(completed('staff', readRow('staff', row(said)).fields, undefined)).toEqual({
      ...said,
      unitHsaIds: [tst('E1')],
      title: null,
      protectedIdentity: false,
      active: true,
    });
  });
});

const REQUIRED_PROVIDER = { hsaId: tst('V1'), name: 'Region', kind: 'care', principalHsaId: tst('H1') } as const;
const RULES_PROVIDER = {
  ...REQUIRED_PROVIDER,
  organizationNumber: null,
  joinedSharedDocumentationFrom: null,
  joinedSharedDocumentationTo: null,
  active: true,
};

describe('two versions of an entity', () => {
  it('differ in the fields that differ', () => {
    expect(changedFields('units', unit, { ...unit, name: 'Älv', active: false })).toEqual(['name', 'active']);
  });

  it('do not differ by the order in which their parts are kept', () => {
    const channel = {
      ownerHsaId: tst('E1'),
      key: 'a',
      kind: 'phone',
      value: '112',
      purpose: 'Akut',
      audience: 'patient',
      whenClosed: null,
      inEmergency: null,
      order: 0,
      active: true,
    } as const;
    const weekly = [{ days: ['mon'], from: '08:00', to: '09:00' }] as const;
    const other = [{ to: '09:00', from: '08:00', days: ['mon'] }] as const;
    const is = { ...channel, openingHours: { weekly, holidays: 'closed', exceptions: [] } } as const;
    const was = { ...channel, openingHours: { exceptions: [], holidays: 'closed', weekly: other } } as const;
    expect(changedFields('channels', was, is)).toEqual([]);
  });
});

describe('the rules of an entity', () => {
  it.each([
    ['a kommun with a county code', 'principals', { kind: 'municipality', areaCode: '12' }, ['areaCode']],
    ['a region with a county code', 'principals', { kind: 'region', areaCode: '12' }, []],
    [
      'an end without a beginning',
      'providers',
      { joinedSharedDocumentationFrom: null, joinedSharedDocumentationTo: '2026-01-01' },
      ['joinedSharedDocumentationTo'],
    ],
    [
      'an end before its beginning',
      'providers',
      { joinedSharedDocumentationFrom: '2026-01-02', joinedSharedDocumentationTo: '2026-01-01' },
      ['joinedSharedDocumentationTo'],
    ],
    [
      'one day',
      'providers',
      { joinedSharedDocumentationFrom: '2026-01-01', joinedSharedDocumentationTo: '2026-01-01' },
      [],
    ],
    ['staff without a unit', 'staff', { active: true, unitHsaIds: [] }, ['unitHsaIds']],
    ['former staff without a unit', 'staff', { active: false, unitHsaIds: [] }, []],
    ['a telephone that is an address', 'channels', { kind: 'phone', value: 'https://exempel.se/' }, ['value']],
    ['web booking over http', 'channels', { kind: 'web-booking', value: 'http://exempel.se/' }, ['value']],
    ['a visit', 'channels', { kind: 'visit', value: 'Testgatan 1, Provköping' }, []],
    ['nothing readable', 'channels', {}, []],
  ] as const)('judge %s', (_what, type, entity, fields) => {
    const faults = (RULES[type].faults as (known: object) => readonly { field: string }[])(entity);
    expect(faults.map(({ field }) => field)).toEqual(fields);
  });

  it('know a thing by its HSA-id, and a channel by owner and key', () => {
    expect(keyOf('units', { hsaId: tst('E1') })).toBe(tst('E1'));
    expect(keyOf('channels', { ownerHsaId: tst('E1'), key: 'a b' })).toBe(`${tst('E1')} a b`);
    expect(keyOf('channels', { ownerHsaId: tst('E1') })).toBeUndefined();
  });
});

describe('headings', () => {
  it('are known by every name they have, however written, and none by two', () => {
    for (const type of ENTITY_TYPES) {
      for (const column of COLUMNS[type]) {
        for (const heading of [column.field, ...column.swedish]) {
          expect(columnNamed(type, heading)).toBe(column);
          expect(columnNamed(type, ` ${heading.toUpperCase().replaceAll(' ', '_')} `)).toBe(column);
        }
      }
    }
  });

  it('are not known when they are something else', () => {
    expect(columnNamed('units', 'constructor')).toBeUndefined();
    expect(columnNamed('units', '')).toBeUndefined();
  });
});
