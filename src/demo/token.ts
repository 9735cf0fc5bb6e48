import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import type { DemoPersona } from './personas.ts';
import { DEMO_SIGNATURE, type DemoSecrets } from './secrets.ts';

/** One working day, so that the lines printed at start last while somebody looks around. */
export const DEMO_TOKEN_SECONDS = 12 * 60 * 60;

/** The client that anybody on this machine may be: a portal or a tool under development, with PKCE and no secret. */
export const DEMO_PUBLIC_CLIENT = 'demo';

/** What makes a ready-made token less than its persona. */
export interface TokenNarrowing {
  readonly expiresInSeconds?: number;
  /** Scopes, SMART's or our own, parted by blanks; without them it is as wide as the persona. */
  readonly scope?: string;
  /** The FHIR id of the patient that an app was launched for. */
  readonly patient?: string;
}

export interface TokenOptions extends TokenNarrowing {
  readonly issuer: string;
  readonly audience: string;
}

/**
 * An access token for a persona, made with the issuer's own key and with the claims that signing in through the
 * issuer's page gives, so that the two cannot be told apart by the service.
 */
export async function signToken(
  persona: DemoPersona,
  secrets: DemoSecrets,
  nowMs: number,
  { issuer, audience, expiresInSeconds = DEMO_TOKEN_SECONDS, scope, patient }: TokenOptions,
): Promise<string> {
  const jwk = secrets.signingKeys[persona.kind];
  const nowS = Math.floor(nowMs / 1000);
  const client = persona.kind === 'system' ? persona.id : DEMO_PUBLIC_CLIENT;
  return await new SignJWT({ ...persona.claims, scope, patient, client_id: client, auth_time: nowS })
    .setProtectedHeader({ alg: DEMO_SIGNATURE, typ: 'at+jwt', kid: jwk.kid })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(persona.id)
    .setJti(randomUUID())
    .setIssuedAt(nowS)
    .setNotBefore(nowS)
    .setExpirationTime(nowS + expiresInSeconds)
    .sign(await importJWK(jwk, DEMO_SIGNATURE));
}
