import { describe, expect, it } from 'vitest';
import { demoDirectory, demoPersonas, findPersona, getPersona } from '../../../src/demo/index.ts';
import { readRow } from '../../../src/directory/domain/read-entity.ts';
import { normalizeHsaId } from '../../../src/shared/hsa-id.ts';

const { principals, providers, units, staff, channels } = demoDirectory;
const ids = (things: readonly { hsaId: string }[]) => things.map((thing) => thing.hsaId);

describe('the demonstration directory', () => {
  it('uses ids that belong to nobody, each once', () => {
    const all = [principals, providers, units, staff].flatMap(ids);
    expect(new Set(all).size).toBe(all.length);
    for (const id of all) {
      expect(normalizeHsaId(id)).toBe(id);
      expect(id).toMatch(/^SE0000000000-TST/);
    }
  });

  it('hangs together: every provider has a principal, unit a provider, staff a unit, channel an owner', () => {
    expect(ids(principals)).toEqual(expect.arrayContaining(providers.map((it) => it.principalHsaId)));
    expect(ids(providers)).toEqual(expect.arrayContaining(units.map((it) => it.providerHsaId)));
    expect(ids(units)).toEqual(expect.arrayContaining(staff.flatMap((it) => it.unitHsaIds)));
    expect([...ids(units), ...ids(staff)]).toEqual(expect.arrayContaining(channels.map((it) => it.ownerHsaId)));
    expect(new Set(channels.map((it) => `${it.ownerHsaId} ${it.key}`)).size).toBe(channels.length);
  });

  it('is what the directory import takes, without a single fault', () => {
    for (const type of ['principals', 'providers', 'units', 'staff', 'channels'] as const) {
      for (const row of demoDirectory[type]) expect(readRow(type, new Map(Object.entries(row))).faults).toEqual([]);
    }
  });

  it('gives every unit a telephone for patients and somebody who works there', () => {
    const patientPhones = channels.filter((it) => it.kind === 'phone' && it.audience === 'patient');
    const ofUnits = patientPhones.map((it) => it.ownerHsaId).filter((owner) => ids(units).includes(owner));
    expect(ofUnits.sort()).toEqual(ids(units).sort());
    expect(new Set(staff.flatMap((it) => it.unitHsaIds))).toEqual(new Set(ids(units)));
  });

  it('has telephone numbers from the series for fiction only', () => {
    const fiction = /^(040-62804[0-4]\d|031-39006[0-4]\d|08-465004\d\d)$/;
    for (const { kind, value } of channels) if (kind === 'phone') expect(value).toMatch(fiction);
  });
});

describe('the personas', () => {
  it('are told apart by ids that can stand in a command', () => {
    const all = demoPersonas.map((persona) => persona.id);
    expect(new Set(all).size).toBe(all.length);
    for (const id of all) expect(id).toMatch(/^[a-z\d-]+$/);
    expect(getPersona('tove-testrup').about).toBe('sjuksköterska, Provköpings lasarett, medicinavdelning 4');
    expect(findPersona('nobody')).toBeUndefined();
    expect(() => getPersona('nobody')).toThrow();
  });

  it('are all the staff of the directory, and lack an assignment only in home help and social services', () => {
    const members = demoPersonas.filter(({ kind, id }) => kind === 'staff' && !id.endsWith('-admin'));
    expect(members.map((persona) => persona.claims.employeeHsaId)).toEqual(ids(staff));
    const without = members.filter((persona) => persona.claims.commissionPurpose === undefined);
    expect(without.map((persona) => persona.id)).toEqual(['nils-norrprov', 'sam-latsas']);
  });

  it('include an administrator of the region, of the kommun’s health care and of its social services', () => {
    const administrators = demoPersonas.filter(({ id }) => id.endsWith('-admin'));
    expect(administrators.map(({ claims }) => claims.healthCareProviderHsaId)).toEqual(
      ['R01', 'K01', 'O01'].map((provider) => `SE0000000000-TST${provider}`),
    );
    for (const { claims } of administrators) {
      expect(String(claims.commissionRight)).toMatch(/Spärradministration.*Loggkontroll.*Planadministration/);
    }
  });

  it('include the patients of the scenarios, of whom one has no name', () => {
    const numbers = demoPersonas.filter((it) => it.kind === 'citizen').map((it) => it.claims.personalIdentityNumber);
    expect(numbers).toEqual(['192612049029', '200605132380', '199103162393', '198404202387', '198804232380']);
    expect(getPersona('p7').claims).not.toHaveProperty('name');
  });

  it('include a system for the region and for both sides of the kommun', () => {
    const systems = demoPersonas.filter((it) => it.kind === 'system').map((it) => it.claims.providerHsaId);
    expect(systems).toEqual(['SE0000000000-TSTR01', 'SE0000000000-TSTK01', 'SE0000000000-TSTO01']);
  });
});
