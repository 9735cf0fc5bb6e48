import { describe, expect, test } from 'vitest';
import { WRITABLE } from '../../../src/fhir/mapping/in/writable.ts';
import { smartConfiguration } from '../../../src/fhir/smart/configuration.ts';
import { reachOf } from '../../../src/fhir/smart/reach.ts';
import type { Interaction } from '../../../src/fhir/smart/scopes.ts';
import { smartScope } from '../../../src/fhir/smart/scopes.ts';
import { smartAuthorization } from '../../../src/identity/index.ts';
import type { Actor } from '../../../src/shared/actor.ts';
import { publicPatientId } from '../../../src/shared/ids.ts';
import { PATIENT } from '../plans/plan-builder.ts';

const SERVER = { authorizationEndpoint: 'https://idp.example.se/auth', tokenEndpoint: 'https://idp.example.se/token' };
const STAFF = {
  kind: 'staff',
  issuer: 'i',
  employeeHsaId: 'SE0000000000-TSTP003',
  name: 'n',
  unitHsaId: 'u',
  providerHsaId: 'p',
} as const;
const SYSTEM = { kind: 'system', issuer: 'i' } as const;
const SIGN_ON = ['launch-standalone', 'client-public', 'sso-openid-connect', 'permission-v2'];
const WHO = { issuer: 'https://idp.example.se', jwksUri: 'https://idp.example.se/jwks' };

describe('the discovery document', () => {
  test('offers no sign-in to apps unless the authorization server has it', () => {
    const found = smartConfiguration(smartAuthorization.parse({ ...SERVER, ...WHO }));
    expect(found.capabilities).not.toContain('sso-openid-connect');
    expect(found.scopes_supported).not.toContain('fhirUser');
    expect(found.scopes_supported).not.toContain('openid');
    expect(found.scopes_supported).toContain('launch/patient');
    expect(found).not.toHaveProperty('issuer');
    expect(found.jwks_uri).toBe(WHO.jwksUri);
  });

  test('says by whom and with what keys when it has, and offers no launch that it lacks', () => {
    const found = smartConfiguration(smartAuthorization.parse({ ...SERVER, ...WHO, capabilities: SIGN_ON }));
    expect(found).toMatchObject({ issuer: WHO.issuer, jwks_uri: WHO.jwksUri, capabilities: SIGN_ON });
    expect(found.scopes_supported).toEqual(expect.arrayContaining(['openid', 'fhirUser', 'patient/*.rs']));
    expect(found.scopes_supported).not.toContain('launch/patient');
  });

  const offered = (...capabilities: string[]) =>
    smartConfiguration(smartAuthorization.parse({ ...SERVER, capabilities })).scopes_supported as string[];

  test('offers only scopes that are understood and cover what they say', () => {
    for (const text of offered('permission-v1', 'permission-v2')) {
      const { level, type, interactions } = smartScope(text)!;
      const launch = level === 'patient' ? { launchPatient: publicPatientId(PATIENT) } : {};
      const reach = reachOf({ ...(level === 'system' ? SYSTEM : STAFF), scopes: [text], ...launch } as Actor)!;
      const asked = type === '*' ? 'Task' : type;
      for (const one of interactions) expect([text, reach.covers(asked, one as Interaction)]).toEqual([text, true]);
    }
  });

  test('offers writing of what can be written, and of nothing else', () => {
    const all = offered('permission-v1', 'permission-v2');
    expect(all).toEqual(
      expect.arrayContaining(['patient/Task.rs', 'user/Task.crus', 'system/Task.read', 'user/*.cruds']),
    );
    expect(all).toEqual(expect.arrayContaining(['user/Goal.write', 'patient/*.write', 'user/*.*', 'user/Consent.rs']));
    const types = all.flatMap((text) => {
      const { type, interactions } = smartScope(text)!;
      return interactions.has('c') || interactions.has('u') ? [type] : [];
    });
    expect(new Set(types)).toEqual(new Set(['*', ...WRITABLE, 'Subscription']));
    expect(all.filter((text) => text.includes('Subscription'))).toEqual(['system/Subscription.crds']);
  });

  test('offers each version’s form only where the server gives it', () => {
    expect(offered('permission-v2').filter((text) => /\.(?:read|write|\*)$/.test(text))).toEqual([]);
    expect(offered('permission-v1').filter((text) => !/\.(?:read|write|\*)$/.test(text))).toEqual([]);
  });

  test.each([{}, { issuer: WHO.issuer }, { jwksUri: WHO.jwksUri }])('is refused without either: %j', (some) => {
    expect(smartAuthorization.safeParse({ ...SERVER, ...some, capabilities: SIGN_ON }).success).toBe(false);
  });
});
