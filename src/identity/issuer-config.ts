import { z } from 'zod';
import { normalizeHsaId } from '../shared/hsa-id.ts';
import { isLoopback } from '../shared/loopback.ts';

/** The only signatures accepted: asymmetric, so that no key that can sign lies in this service (RFC 8725 3.1). */
export const SIGNATURE_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

/** What the service reads from a token, by the identity provider's own names (Inera IdP; docs/domain.md section 7). */
export const DEFAULT_CLAIMS = {
  employeeHsaId: 'employeeHsaId',
  commissionHsaId: 'commissionHsaId',
  commissionName: 'commissionName',
  commissionPurpose: 'commissionPurpose',
  commissionRight: 'commissionRight',
  healthCareUnitHsaId: 'healthCareUnitHsaId',
  healthCareProviderHsaId: 'healthCareProviderHsaId',
  organizationHsaId: 'organizationHsaId',
  personalIdentityNumber: 'personalIdentityNumber',
  providerHsaId: 'providerHsaId',
  givenName: 'given_name',
  familyName: 'family_name',
  name: 'name',
  acr: 'acr',
  scope: 'scope',
} as const;

export type ClaimKey = keyof typeof DEFAULT_CLAIMS;

const text = z
  .string({ error: 'ska vara en text' })
  .min(1, { error: 'får inte vara tom' })
  .max(500, { error: 'är längre än 500 tecken' });

const hsaId = text.transform((value, context) => {
  const normal = normalizeHsaId(value);
  if (normal !== undefined) return normal;
  context.addIssue({ code: 'custom', message: 'är inte ett HSA-id' });
  return z.NEVER;
});

function isSafeKeyAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  if (url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

const publicKey = z
  .looseObject({
    kty: z.enum(['RSA', 'EC', 'OKP'], { error: 'ska vara RSA, EC eller OKP (delade nycklar godtas inte)' }),
    n: z.string().optional(),
  })
  .refine((key) => !('d' in key) && !('k' in key), { error: 'innehåller en hemlig nyckel; bara den öppna ska stå här' })
  .refine((key) => key.kty !== 'RSA' || Buffer.from(key.n ?? '', 'base64url').length >= 256, {
    error: 'RSA-nyckeln är kortare än 2048 bitar',
  });

const claimName = text.optional();
const claimNames = Object.fromEntries(Object.keys(DEFAULT_CLAIMS).map((key) => [key, claimName])) as Record<
  ClaimKey,
  typeof claimName
>;

const issuer = z
  .strictObject({
    issuer: text,
    audience: z.union([text, z.array(text).min(1)], { error: 'ska vara en text eller en lista med minst en text' }),
    kind: z.enum(['staff', 'citizen', 'system'], { error: 'ska vara staff, citizen eller system' }),
    jwksUri: text
      .refine(isSafeKeyAddress, { error: 'ska vara en https-adress utan lösenord (http bara till den egna datorn)' })
      .optional(),
    jwks: z.looseObject({ keys: z.array(publicKey).min(1, { error: 'ska ha minst en nyckel' }) }).optional(),
    algorithms: z
      .array(z.enum(SIGNATURE_ALGORITHMS, { error: `ska vara någon av ${SIGNATURE_ALGORITHMS.join(', ')}` }))
      .min(1, { error: 'ska ha minst ett värde' })
      .optional(),
    acrValues: z.array(text).min(1, { error: 'ska ha minst ett värde' }).optional(),
    claims: z.strictObject(claimNames).optional(),
    clients: z.record(text, hsaId).optional(),
  })
  .refine((it) => (it.jwksUri === undefined) !== (it.jwks === undefined), {
    error: 'ska ha antingen jwksUri eller jwks, inte båda',
  })
  .refine((it) => it.clients === undefined || it.kind === 'system', {
    error: 'clients hör bara till en utfärdare av slaget system',
  });

/**
 * Who may issue tokens, and for whom: one kind of actor per issuer, so that a member of staff's token can never be
 * read as a patient's. `clients` binds a system's client id to its one provider.
 */
export type IssuerConfig = z.output<typeof issuer>;

/** The list in `AUTH_ISSUERS`, with faults in Swedish that name the place and never the value. */
export const issuerList = z
  .array(issuer, { error: 'ska vara en JSON-lista av utfärdare' })
  .min(1, { error: 'ska ha minst en utfärdare' })
  .superRefine((list, context) => {
    const seen = new Set<string>();
    for (const [index, entry] of list.entries()) {
      if (seen.has(entry.issuer)) {
        context.addIssue({
          code: 'custom',
          path: [index, 'issuer'],
          message: 'står två gånger; varje utfärdare har ett slag',
        });
      }
      seen.add(entry.issuer);
    }
  });
