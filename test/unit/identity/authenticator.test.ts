import { createHmac, createPublicKey, type JsonWebKey } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { describe, expect, it } from 'vitest';
import { challengeFor, createAuthenticator, SIGNATURE_ALGORITHMS } from '../../../src/identity/index.ts';
import { authenticatorFor, makeIssuer, NOW_S, refusal } from './issuer-fixture.ts';

const staff = makeIssuer('staff');
const citizen = makeIssuer('citizen');
const system = makeIssuer('system');

const all = () => authenticatorFor([staff, citizen, system]);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const payloadOf = (token: string) => token.split('.')[1]!;

describe('a token that holds', () => {
  it('makes a member of staff with unit, provider and assignment from the claims', async () => {
    const actor = await all().authenticate(`Bearer ${await staff.sign()}`);
    expect(actor).toEqual({
      kind: 'staff',
      issuer: 'https://staff.example.com',
      employeeHsaId: 'SE0000000000-TSTP001',
      name: 'Tove Testrup',
      unitHsaId: 'SE0000000000-TST0101',
      providerHsaId: 'SE0000000000-TSTR01',
      commission: {
        hsaId: 'SE0000000000-TSTC001',
        name: 'Vård på avdelning 4',
        purpose: 'Vård och behandling',
        rights: ['Läsa;alla;SJF', 'Skriva;alla;VE'],
      },
    });
  });

  it('makes a citizen that carries the hash of the number and not the number', async () => {
    const actor = await all().authenticate(`bearer ${await citizen.sign()}`);
    expect(actor).toMatchObject({ kind: 'citizen', personNumberHash: 'hash of 12 digits ending 9' });
    expect(JSON.stringify(actor)).not.toContain('192612049029');
  });

  it('makes a system of the provider that it belongs to', async () => {
    const actor = await all().authenticate(`Bearer ${await system.sign()}`);
    expect(actor).toMatchObject({ kind: 'system', clientId: 'journal', providerHsaId: 'SE0000000000-TSTR01' });
  });

  it.each(SIGNATURE_ALGORITHMS)('is accepted when signed with %s', async (alg) => {
    const issuer = makeIssuer('staff', {}, alg);
    const actor = await authenticatorFor([issuer]).authenticate(`Bearer ${await issuer.sign()}`);
    expect(actor.kind).toBe('staff');
  });

  it('may be half a minute past its end, since clocks differ, and no more', async () => {
    const token = `Bearer ${await staff.sign({ exp: NOW_S - 29 })}`;
    expect((await all().authenticate(token)).kind).toBe('staff');
    const late = await refusal(all(), `Bearer ${await staff.sign({ exp: NOW_S - 30 })}`);
    expect(late.definition.code).toBe('token-expired');
  });
});

describe('a request without a usable token', () => {
  it.each([
    [undefined, 'token-missing'],
    ['', 'token-missing'],
    ['Basic dXNlcjpwYXNz', 'token-missing'],
    ['Bearer', 'token-invalid'],
    ['Bearer ', 'token-invalid'],
    ['Bearer a b', 'token-invalid'],
    ['Bearer åäö', 'token-invalid'],
    ['Bearer not-a-token', 'token-invalid'],
    ['Bearer a.b.c', 'token-invalid'],
    ['Bearer a.b.c.d.e', 'token-invalid'],
    [`Bearer ${'a'.repeat(20_000)}`, 'token-invalid'],
  ])('%s is answered with %s', async (header, code) => {
    const problem = await refusal(all(), header);
    expect(problem.definition).toMatchObject({ code, kind: 'unauthenticated' });
  });
});

describe('a forged signature', () => {
  it('with alg none is refused', async () => {
    const body = payloadOf(await staff.sign());
    for (const alg of ['none', 'None', 'NONE']) {
      const problem = await refusal(all(), `Bearer ${encode({ alg, kid: staff.kid })}.${body}.`);
      expect(problem.definition.code).toBe('token-invalid');
    }
  });

  it('with HS256 and the public key as the secret is refused', async () => {
    const jwk = staff.issuer.jwks!.keys[0] as JsonWebKey;
    const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    const signed = `${encode({ alg: 'HS256', typ: 'JWT', kid: staff.kid })}.${payloadOf(await staff.sign())}`;
    const mac = createHmac('sha256', pem).update(signed).digest('base64url');
    expect((await refusal(all(), `Bearer ${signed}.${mac}`)).definition.code).toBe('token-invalid');
  });

  it('with another key, a changed payload or an unknown key id is refused without saying why', async () => {
    const other = makeIssuer('staff');
    const [header, body, signature] = (await staff.sign()).split('.') as [string, string, string];
    const changed = encode({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), given_name: 'Annan' });
    const forged = [await other.sign(), `${header}.${changed}.${signature}`, await staff.sign({}, { kid: 'unknown' })];
    for (const token of forged) {
      const problem = await refusal(all(), `Bearer ${token}`);
      expect(problem.definition.code).toBe('token-invalid');
      expect(problem.particulars).toEqual({});
    }
  });

  it('is refused when its algorithm is not among those that the issuer is configured with', async () => {
    const narrow = { ...staff, issuer: { ...staff.issuer, algorithms: ['RS256' as const] } };
    const problem = await refusal(authenticatorFor([narrow]), `Bearer ${await staff.sign()}`);
    expect(problem.definition.code).toBe('token-invalid');
  });

  it('is refused when the token is of a type that is no sign-in', async () => {
    const problem = await refusal(all(), `Bearer ${await staff.sign({}, { typ: 'logout+jwt' })}`);
    expect(problem.definition.code).toBe('token-invalid');
  });

  it('is refused when it demands an extension that nobody understands', async () => {
    const [header, body, signature] = (await staff.sign()).split('.') as [string, string, string];
    const critical = { ...JSON.parse(Buffer.from(header, 'base64url').toString()), crit: ['x'], x: 1 };
    const problem = await refusal(all(), `Bearer ${encode(critical)}.${body}.${signature}`);
    expect(problem.definition.code).toBe('token-invalid');
  });
});

describe('a rightly signed token', () => {
  it.each<[string, JWTPayload, string, string | undefined]>([
    ['of an unknown issuer', { iss: 'https://other.example.com' }, 'token-invalid', 'iss'],
    ['without an issuer', { iss: undefined }, 'token-invalid', 'iss'],
    ['for another audience', { aud: 'urn:other' }, 'token-invalid', 'aud'],
    ['without an audience', { aud: undefined }, 'token-invalid', 'aud'],
    ['that has expired', { exp: NOW_S - 3600 }, 'token-expired', undefined],
    ['that never expires', { exp: undefined }, 'token-invalid', 'exp'],
    ['whose end is no number', { exp: 'soon' as unknown as number }, 'token-invalid', 'exp'],
    ['that is not valid yet', { nbf: NOW_S + 3600 }, 'token-invalid', 'nbf'],
  ])('%s is refused', async (_, changes, code, claim) => {
    const problem = await refusal(all(), `Bearer ${await staff.sign(changes)}`);
    expect(problem.definition.code).toBe(code);
    expect(problem.particulars.extra?.claim).toBe(claim);
  });

  it('of one kind cannot be used as another: the citizen issuer vouches for no staff', async () => {
    const claims = JSON.parse(Buffer.from(payloadOf(await staff.sign()), 'base64url').toString());
    // The staff issuer says it is the citizen issuer: its key is not that issuer's.
    const posing = await staff.sign({ iss: 'https://citizen.example.com', aud: 'urn:citizen' });
    expect((await refusal(all(), `Bearer ${posing}`)).definition.code).toBe('token-invalid');
    // The citizen issuer puts staff claims in its token: they are not read.
    const { iss: _iss, aud: _aud, ...staffClaims } = claims;
    const noNumber = await citizen.sign({ ...staffClaims, personalIdentityNumber: undefined });
    const problem = await refusal(all(), `Bearer ${noNumber}`);
    expect(problem.particulars.extra?.claim).toBe('personalIdentityNumber');
    expect((await all().authenticate(`Bearer ${await citizen.sign(staffClaims)}`)).kind).toBe('citizen');
    // And a staff token with somebody's number in it is still staff.
    const numbered = await staff.sign({ personalIdentityNumber: '192612049029' });
    expect((await all().authenticate(`Bearer ${numbered}`)).kind).toBe('staff');
  });
});

describe('a token seen before', () => {
  it('is verified once, and its times are judged at every use', async () => {
    let nowS = NOW_S;
    const authenticator = authenticatorFor([staff], () => nowS * 1000);
    const header = `Bearer ${await staff.sign({ nbf: NOW_S, exp: NOW_S + 60 })}`;
    const first = await authenticator.authenticate(header);
    expect(await authenticator.authenticate(header)).toBe(first);
    nowS = NOW_S + 89;
    expect(await authenticator.authenticate(header)).toBe(first);
    nowS = NOW_S + 90;
    expect((await refusal(authenticator, header)).definition.code).toBe('token-expired');
    expect((await refusal(authenticator, header)).definition.code).toBe('token-expired');
  });

  it('is refused when real time has been set back to before it holds', async () => {
    let nowS = NOW_S;
    const authenticator = authenticatorFor([staff], () => nowS * 1000);
    const header = `Bearer ${await staff.sign({ nbf: NOW_S })}`;
    await authenticator.authenticate(header);
    nowS = NOW_S - 31;
    expect((await refusal(authenticator, header)).particulars.extra?.claim).toBe('nbf');
  });

  it('is refused at each use when it was refused the first time', async () => {
    const authenticator = all();
    const header = `Bearer ${await staff.sign({ commissionPurpose: 'Administration' })}`;
    for (let use = 0; use < 2; use++) {
      expect((await refusal(authenticator, header)).definition.code).toBe('purpose-not-allowed');
    }
  });
});

describe('keys that are fetched', () => {
  it('give a busy answer, not a refused sign-in, when the issuer cannot be reached', async () => {
    const jwksUri = 'http://127.0.0.1:1/jwks';
    const far = { ...staff.issuer, jwks: undefined, jwksUri };
    const options = { issuers: [far], personNumberHash: () => '', realNow: () => NOW_S * 1000 };
    const problem = await refusal(createAuthenticator(options), `Bearer ${await staff.sign()}`);
    expect(problem.definition).toMatchObject({ code: 'issuer-unavailable', kind: 'busy' });
    expect(problem.particulars.retryAfterSeconds).toBeGreaterThan(0);
  });
});

describe('the WWW-Authenticate header', () => {
  it('is bare without a token, names the code with one, and the levels when the level was too low', async () => {
    expect(challengeFor(await refusal(all(), undefined))).toBe('Bearer realm="patientkontrakt"');
    expect(challengeFor(await refusal(all(), 'Bearer x'))).toBe(
      'Bearer realm="patientkontrakt", error="invalid_token", error_description="token-invalid"',
    );
    const low = await refusal(all(), `Bearer ${await staff.sign({ acr: 'http://id.sambi.se/loa/loa2' })}`);
    expect(challengeFor(low)).toBe(
      'Bearer realm="patientkontrakt", error="insufficient_user_authentication", ' +
        'error_description="assurance-too-low", acr_values="http://id.sambi.se/loa/loa3"',
    );
  });
});
