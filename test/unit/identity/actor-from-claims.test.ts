import type { JWTPayload } from 'jose';
import { describe, expect, it } from 'vitest';
import { actorFromClaims } from '../../../src/identity/actor-from-claims.ts';
import type { IssuerConfig } from '../../../src/identity/index.ts';
import type { Actor } from '../../../src/shared/actor.ts';
import { Problem } from '../../../src/shared/problem.ts';

const LOA3 = 'http://id.sambi.se/loa/loa3';

function issuer(kind: IssuerConfig['kind'], more: Partial<IssuerConfig> = {}): IssuerConfig {
  return { issuer: `https://${kind}.example.com`, audience: kind, kind, jwksUri: 'https://keys.example.com', ...more };
}

const read = (config: IssuerConfig, claims: JWTPayload): Actor => actorFromClaims(config, claims, () => 'hash');

function refused(config: IssuerConfig, claims: JWTPayload): Problem {
  try {
    read(config, claims);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('the claims were accepted');
}

const socialCare: JWTPayload = {
  employeeHsaId: 'SE0000000000-TSTP006',
  name: 'Nils Norrprov',
  healthCareUnitHsaId: 'SE0000000000-TST0303',
  healthCareProviderHsaId: 'SE0000000000-TSTO01',
  acr: LOA3,
};

const health: JWTPayload = {
  employeeHsaId: 'SE0000000000-TSTP001',
  given_name: 'Tove',
  family_name: 'Testrup',
  healthCareUnitHsaId: 'SE0000000000-TST0101',
  healthCareProviderHsaId: 'SE0000000000-TSTR01',
  commissionHsaId: 'SE0000000000-TSTC001',
  commissionPurpose: 'Vård och behandling',
  commissionRight: 'Läsa;alla;SJF',
  acr: LOA3,
};

describe('staff', () => {
  it('without an assignment have a unit and a provider but no commission', () => {
    const actor = read(issuer('staff'), socialCare);
    expect(actor).toMatchObject({ unitHsaId: 'SE0000000000-TST0303', providerHsaId: 'SE0000000000-TSTO01' });
    expect(actor).not.toHaveProperty('commission');
  });

  it('without an assignment are placed by their organisation when no unit or provider is stated', () => {
    const { healthCareProviderHsaId: _, ...rest } = socialCare;
    const placed = read(issuer('staff'), { ...rest, organizationHsaId: 'se0000000000-tsto01' });
    expect(placed).toMatchObject({ unitHsaId: 'SE0000000000-TST0303', providerHsaId: 'SE0000000000-TSTO01' });
  });

  it('with an assignment are not placed by their organisation', () => {
    const claims = { ...health, healthCareUnitHsaId: undefined, organizationHsaId: 'SE0000000000-TSTR01' };
    expect(refused(issuer('staff'), claims).particulars.extra).toEqual({ claim: 'healthCareUnitHsaId' });
  });

  it('may have one right as a text instead of a list', () => {
    expect(read(issuer('staff'), health)).toMatchObject({ commission: { rights: ['Läsa;alla;SJF'] } });
  });

  it('whose issuer gives no name are named by their HSA-id', () => {
    const actor = read(issuer('staff'), { ...health, given_name: '', family_name: null });
    expect(actor).toMatchObject({ name: 'SE0000000000-TSTP001' });
  });

  it.each<[string, JWTPayload, string]>([
    ['no employee id', { employeeHsaId: undefined }, 'employeeHsaId'],
    ['a malformed employee id', { employeeHsaId: '192612049029' }, 'employeeHsaId'],
    ['an employee id that is no text', { employeeHsaId: 7 }, 'employeeHsaId'],
    ['no unit', { healthCareUnitHsaId: undefined }, 'healthCareUnitHsaId'],
    ['a malformed unit', { healthCareUnitHsaId: 'avd 4' }, 'healthCareUnitHsaId'],
    ['no provider', { healthCareProviderHsaId: null }, 'healthCareProviderHsaId'],
    ['an assignment without an id', { commissionHsaId: undefined }, 'commissionHsaId'],
    ['an assignment without a purpose', { commissionPurpose: undefined }, 'commissionPurpose'],
    ['rights without an assignment', { commissionHsaId: '', commissionPurpose: '' }, 'commissionPurpose'],
    ['a malformed right', { commissionRight: ['Läsa'] }, 'commissionRight'],
    ['rights that are no texts', { commissionRight: [1] }, 'commissionRight'],
    ['a name with a line break', { given_name: 'Tove\nnivå=info' }, 'given_name'],
    ['a name of a million letters', { family_name: 'a'.repeat(1_000_000) }, 'family_name'],
  ])('with %s are refused, by the name of the claim and never its value', (_, changes, claim) => {
    const problem = refused(issuer('staff'), { ...health, ...changes });
    expect(problem.definition.code).toBe('token-invalid');
    expect(problem.particulars.extra).toEqual({ claim });
    expect(JSON.stringify(problem.particulars)).not.toMatch(/192612049029|avd 4|nivå/);
  });

  it.each([
    'Administration',
    'Kvalitetssäkring',
    'vård och behandling',
    'Vård och behandling ',
  ])('on an assignment for %s are refused', (commissionPurpose) => {
    expect(refused(issuer('staff'), { ...health, commissionPurpose }).definition.code).toBe('purpose-not-allowed');
  });
});

describe('the level of assurance', () => {
  it.each<[string, IssuerConfig, string | undefined, boolean]>([
    ['staff at level 3', issuer('staff'), LOA3, true],
    ['staff at level 2', issuer('staff'), 'http://id.sambi.se/loa/loa2', false],
    ['staff with no level', issuer('staff'), undefined, false],
    ['staff at a level of the configuration', issuer('staff', { acrValues: ['own-high'] }), 'own-high', true],
    ['staff at level 3 when another is configured', issuer('staff', { acrValues: ['own-high'] }), LOA3, false],
    ['a citizen at level 3', issuer('citizen'), 'http://id.elegnamnden.se/loa/1.0/loa3', true],
    ['a citizen at level 2', issuer('citizen'), 'http://id.elegnamnden.se/loa/1.0/loa2', false],
    ['a citizen with no level', issuer('citizen'), undefined, true],
    ['a citizen with no level when one is configured', issuer('citizen', { acrValues: [LOA3] }), undefined, false],
    ['a system with no level', issuer('system'), undefined, true],
    ['a system with no level when one is configured', issuer('system', { acrValues: ['high'] }), undefined, false],
  ])('%s: accepted is %4$s', (_, config, acr, accepted) => {
    const who = { client_id: 'journal', providerHsaId: 'SE0000000000-TSTR01', personalIdentityNumber: '199103162393' };
    const claims = { ...health, ...who, acr };
    if (accepted) expect(read(config, claims).kind).toBe(config.kind);
    else expect(refused(config, claims).definition.code).toBe('assurance-too-low');
  });
});

describe('citizens', () => {
  it.each([
    undefined,
    '',
    '19910316-2393',
    '9103162393',
    199_103_162_393,
    '19910316239A',
    '１９９１０３１６２３９３',
  ])('with the number %s are refused without echoing it', (personalIdentityNumber) => {
    const problem = refused(issuer('citizen'), { personalIdentityNumber });
    expect(problem.particulars.extra).toEqual({ claim: 'personalIdentityNumber' });
    if (personalIdentityNumber) {
      expect(JSON.stringify(problem.particulars)).not.toContain(String(personalIdentityNumber));
    }
  });
});

describe('systems', () => {
  const registered = issuer('system', { clients: { journal: 'SE0000000000-TSTR01' } });

  it.each<[string, JWTPayload]>([
    ['client_id', { client_id: 'journal' }],
    ['azp', { azp: 'journal' }],
    ['sub', { sub: 'journal' }],
  ])('are known by %s', (_, claims) => {
    const actor = read(registered, claims);
    expect(actor).toMatchObject({ clientId: 'journal', providerHsaId: 'SE0000000000-TSTR01' });
  });

  it.each<[string, IssuerConfig, JWTPayload, string]>([
    ['no client', registered, {}, 'client_id'],
    ['a client that is not registered', registered, { client_id: 'other' }, 'client_id'],
    ['a client named as a built-in', registered, { client_id: 'constructor' }, 'client_id'],
    [
      'another provider than the registered',
      registered,
      { client_id: 'journal', providerHsaId: 'SE0000000000-TSTK01' },
      'providerHsaId',
    ],
    ['no provider at all', issuer('system'), { client_id: 'journal' }, 'providerHsaId'],
  ])('with %s are refused', (_, config, claims, claim) => {
    expect(refused(config, claims).particulars.extra).toEqual({ claim });
  });
});

describe('what an issuer may be configured to', () => {
  it('is other names for the claims', () => {
    const mapped = issuer('staff', {
      claims: { employeeHsaId: 'hsa_id', healthCareUnitHsaId: 'https://x.example/unit' },
    });
    const { employeeHsaId, healthCareUnitHsaId, ...rest } = health;
    const claims = { ...rest, hsa_id: employeeHsaId, 'https://x.example/unit': healthCareUnitHsaId };
    expect(read(mapped, claims)).toMatchObject({ employeeHsaId, unitHsaId: healthCareUnitHsaId });
    expect(refused(mapped, health).particulars.extra).toEqual({ claim: 'hsa_id' });
  });
});

describe('scopes', () => {
  it('are passed on as the token has them, without those that only shape the sign-in', () => {
    expect(read(issuer('staff'), { ...health, scope: 'openid profile plan.read  plan.write' })).toMatchObject({
      scopes: ['plan.read', 'plan.write'],
    });
    expect(read(issuer('staff'), { ...health, scope: ['plan.read'] })).toMatchObject({ scopes: ['plan.read'] });
    expect(read(issuer('staff'), { ...health, scope: 'openid' })).not.toHaveProperty('scopes');
  });
});
