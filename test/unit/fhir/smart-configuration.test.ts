import { describe, expect, test } from 'vitest';
import { smartConfiguration } from '../../../src/fhir/smart/configuration.ts';
import { smartAuthorization } from '../../../src/identity/index.ts';

const SERVER = { authorizationEndpoint: 'https://idp.example.se/auth', tokenEndpoint: 'https://idp.example.se/token' };
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

  test.each([{}, { issuer: WHO.issuer }, { jwksUri: WHO.jwksUri }])('is refused without either: %j', (some) => {
    expect(smartAuthorization.safeParse({ ...SERVER, ...some, capabilities: SIGN_ON }).success).toBe(false);
  });
});
