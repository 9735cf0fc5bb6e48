import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { CARE_PURPOSE, STAFF_ASSURANCE } from '../../src/identity/index.ts';
import type { UnitFacts } from '../../src/shared/unit-facts.ts';
import { staffIdOf } from './district.ts';

const ALGORITHM = 'ES256';
const LIFETIME_S = 24 * 3600;
const ISSUERS = { staff: 'https://staff.bench.invalid', citizen: 'https://citizen.bench.invalid' } as const;
const AUDIENCE = 'bench';

/** Signs tokens as two identity providers would, and says how the service is to know them. */
export interface TokenMaker {
  /** For `AUTH_ISSUERS`. */
  readonly issuers: string;
  staff(unit: UnitFacts, n: number): Promise<string>;
  citizen(digits: string): Promise<string>;
}

export async function createTokenMaker(): Promise<TokenMaker> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), alg: ALGORITHM, kid: 'bench', use: 'sig' };
  const issuerOf = (kind: keyof typeof ISSUERS) => ({
    issuer: ISSUERS[kind],
    audience: AUDIENCE,
    kind,
    jwks: { keys: [jwk] },
  });
  const sign = (kind: keyof typeof ISSUERS, subject: string, claims: Record<string, unknown>) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: ALGORITHM, typ: 'at+jwt', kid: 'bench' })
      .setIssuer(ISSUERS[kind])
      .setAudience(AUDIENCE)
      .setSubject(subject)
      .setIssuedAt()
      .setNotBefore('0s')
      .setExpirationTime(Math.floor(Date.now() / 1000) + LIFETIME_S)
      .sign(privateKey);
  return {
    issuers: JSON.stringify([issuerOf('staff'), issuerOf('citizen')]),
    staff: (unit, n) => sign('staff', staffIdOf(unit, n), staffClaims(unit, n)),
    citizen: (digits) =>
      sign('citizen', digits, { personalIdentityNumber: digits, given_name: 'Prov', family_name: 'Patientsson' }),
  };
}

/** As Inera's identity provider names them. */
function staffClaims(unit: UnitFacts, n: number): Record<string, unknown> {
  return {
    employeeHsaId: staffIdOf(unit, n),
    given_name: 'Prov',
    family_name: `Personal-${n}`,
    commissionHsaId: `${unit.hsaId}M`,
    commissionName: 'Provuppdrag',
    commissionPurpose: CARE_PURPOSE,
    commissionRight: ['Läsa;alla;SJF', 'Skriva;alla;VE', 'Planadministration;alla;VE'],
    healthCareUnitHsaId: unit.hsaId,
    healthCareProviderHsaId: unit.provider.hsaId,
    acr: STAFF_ASSURANCE[0],
    amr: ['urn:oasis:names:tc:SAML:2.0:ac:classes:X509'],
  };
}
