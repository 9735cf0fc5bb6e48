import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import { type Authenticator, createAuthenticator, type IssuerConfig } from '../../../src/identity/index.ts';
import { Problem } from '../../../src/shared/problem.ts';

export const NOW_S = Date.UTC(2026, 10, 16, 8) / 1000;

export interface Fixture {
  readonly issuer: IssuerConfig;
  /** Signs claims as the issuer would; `changes` with undefined leaves a claim out. */
  sign(changes?: JWTPayload, header?: Record<string, unknown>): Promise<string>;
  readonly kid: string;
}

const usual: Record<IssuerConfig['kind'], JWTPayload> = {
  staff: {
    employeeHsaId: 'SE0000000000-tstp001',
    given_name: 'Tove',
    family_name: 'Testrup',
    healthCareUnitHsaId: 'SE0000000000-TST0101',
    healthCareProviderHsaId: 'SE0000000000-TSTR01',
    commissionHsaId: 'SE0000000000-TSTC001',
    commissionName: 'Vård på avdelning 4',
    commissionPurpose: 'Vård och behandling',
    commissionRight: ['Läsa;alla;SJF', 'Skriva;alla;VE'],
    acr: 'http://id.sambi.se/loa/loa3',
  },
  citizen: { personalIdentityNumber: '192612049029', given_name: 'Ester', family_name: 'Exempelsson' },
  system: { client_id: 'journal', providerHsaId: 'SE0000000000-TSTR01' },
};

function newKeys(alg: string): KeyPairKeyObjectResult {
  if (alg === 'EdDSA' || alg === 'Ed25519') return generateKeyPairSync('ed25519');
  const curves: Record<string, string> = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' };
  const namedCurve = curves[alg];
  return namedCurve ? generateKeyPairSync('ec', { namedCurve }) : rsaKeys();
}

let rsa: KeyPairKeyObjectResult | undefined;

/** One for all RSA algorithms: such a key takes half a second to find. */
function rsaKeys(): KeyPairKeyObjectResult {
  rsa ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  return rsa;
}

/** An issuer of one kind with a key of its own (RSA keys are shared). */
export function makeIssuer(kind: IssuerConfig['kind'], config: Partial<IssuerConfig> = {}, alg = 'ES256'): Fixture {
  const { privateKey, publicKey } = newKeys(alg);
  const kid = `${kind}-key`;
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg } as { kty: 'EC' };
  const issuer: IssuerConfig = {
    issuer: `https://${kind}.example.com`,
    audience: `urn:${kind}`,
    kind,
    jwks: { keys: [jwk] },
    ...config,
  };
  return {
    issuer,
    kid,
    sign: (changes = {}, header = {}) => {
      const times = { iss: issuer.issuer, aud: `urn:${kind}`, nbf: NOW_S - 10, exp: NOW_S + 600 };
      const protectedHeader = { alg, kid, typ: 'at+jwt', ...header };
      return new SignJWT({ ...times, ...usual[kind], ...changes }).setProtectedHeader(protectedHeader).sign(privateKey);
    },
  };
}

/** An authenticator at the fixtures' own moment, with a hash that shows what it was given. */
export function authenticatorFor(fixtures: readonly Fixture[], realNow = () => NOW_S * 1000): Authenticator {
  return createAuthenticator({
    issuers: fixtures.map((fixture) => fixture.issuer),
    personNumberHash: (digits) => `hash of ${digits.length} digits ending ${digits.slice(-1)}`,
    realNow,
  });
}

/** What a refused token is answered with; fails when it is not refused. */
export async function refusal(authenticator: Authenticator, header: string | undefined): Promise<Problem> {
  try {
    await authenticator.authenticate(header);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('the token was accepted');
}
