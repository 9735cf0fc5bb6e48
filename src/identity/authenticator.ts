import { createHash } from 'node:crypto';
import { decodeJwt, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Actor } from '../shared/actor.ts';
import { Problem } from '../shared/problem.ts';
import { actorFromClaims } from './actor-from-claims.ts';
import { claimRefused } from './claim-reader.ts';
import { type IssuerConfig, SIGNATURE_ALGORITHMS } from './issuer-config.ts';
import { issuerKeys } from './issuer-keys.ts';
import { tokenExpired, tokenInvalid, tokenMissing } from './problems.ts';
import { createTokenCache } from './token-cache.ts';

/** How far the issuer's clock may differ from ours. */
const CLOCK_TOLERANCE_S = 30;
const MAX_HEADER_LENGTH = 12_000;
const CACHED_TOKENS = 10_000;
const BEARER = /^Bearer +([A-Za-z\d\-._~+/]+=*) *$/i;
/** Access tokens (RFC 9068) and issuers that say nothing; a logout or security-event token is no sign-in. */
const TOKEN_TYPES = new Set([undefined, 'jwt', 'at+jwt', 'application/at+jwt', 'application/jwt']);

export interface AuthenticatorOptions {
  readonly issuers: readonly IssuerConfig[];
  /** Keyed hash of a personal identity number, twelve digits: the same that the patients' look-up uses. */
  readonly personNumberHash: (digits: string) => string;
  /** Real time, epoch milliseconds: a moved business clock must never make an old token valid. */
  readonly realNow: () => number;
}

export interface Authenticator {
  /**
   * Says who sent a request, from its `Authorization` header.
   *
   * @throws Problem of kind `unauthenticated` (see problems.ts; `challengeFor` gives its header), or
   *   issuerUnavailable when the issuer's keys cannot be fetched
   */
  authenticate(header: string | undefined): Promise<Actor>;
}

interface Verified {
  readonly actor: Actor;
  readonly expiresS: number;
  readonly notBeforeS: number;
}

interface TrustedIssuer {
  readonly config: IssuerConfig;
  readonly keys: JWTVerifyGetKey;
}

function bearerToken(header: string | undefined): string {
  if (header === undefined || !/^Bearer(?: |$)/i.test(header)) throw tokenMissing();
  const token = header.length <= MAX_HEADER_LENGTH ? BEARER.exec(header)?.[1] : undefined;
  if (token === undefined) throw tokenInvalid();
  return token;
}

/** Which issuer a token says it is from: only to choose whose keys must confirm it. */
function statedIssuer(token: string): string {
  try {
    const { iss } = decodeJwt(token);
    if (typeof iss === 'string') return iss;
  } catch {
    throw tokenInvalid();
  }
  throw claimRefused('iss');
}

/** Our words for the library's: what a caller can put right is named, why a signature failed is not. */
function refusalOf(error: unknown): unknown {
  if (error instanceof Problem) return error;
  if (error instanceof errors.JWTExpired) return tokenExpired();
  if (error instanceof errors.JWTClaimValidationFailed) return claimRefused(error.claim);
  return error instanceof errors.JOSEError ? tokenInvalid() : error;
}

async function verify(token: string, issuer: TrustedIssuer, nowMs: number): Promise<JWTPayload> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, issuer.keys, {
      issuer: issuer.config.issuer,
      audience: issuer.config.audience,
      algorithms: [...(issuer.config.algorithms ?? SIGNATURE_ALGORITHMS)],
      requiredClaims: ['exp'],
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: new Date(nowMs),
    });
    if (!TOKEN_TYPES.has(protectedHeader.typ?.toLowerCase())) throw tokenInvalid();
    return payload;
  } catch (error) {
    throw refusalOf(error);
  }
}

function checkStillValid({ expiresS, notBeforeS }: Verified, nowMs: number): void {
  const nowS = Math.floor(nowMs / 1000);
  if (expiresS <= nowS - CLOCK_TOLERANCE_S) throw tokenExpired();
  if (notBeforeS > nowS + CLOCK_TOLERANCE_S) throw claimRefused('nbf');
}

/**
 * The one place that reads tokens: verifies them against the configured issuers and says who is asking.
 *
 * A token is verified in full the first time and then remembered until it expires, under its SHA-256, so that the
 * memory holds no token that could be used; its times are judged at every use. Refusals are not remembered, so that
 * forged tokens cannot push out real ones.
 */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const trusted = new Map<string, TrustedIssuer>(
    options.issuers.map((config) => [config.issuer, { config, keys: issuerKeys(config) }]),
  );
  const cache = createTokenCache<Verified>(CACHED_TOKENS);

  async function verified(token: string, nowMs: number): Promise<Verified> {
    const issuer = trusted.get(statedIssuer(token));
    if (issuer === undefined) throw claimRefused('iss');
    const payload = await verify(token, issuer, nowMs);
    const actor = Object.freeze(actorFromClaims(issuer.config, payload, options.personNumberHash));
    return { actor, expiresS: payload.exp!, notBeforeS: payload.nbf ?? 0 };
  }

  return {
    async authenticate(header) {
      const token = bearerToken(header);
      const nowMs = options.realNow();
      const key = createHash('sha256').update(token).digest('base64');
      const known = cache.get(key);
      if (known === undefined) {
        const fresh = await verified(token, nowMs);
        cache.set(key, fresh);
        return fresh.actor;
      }
      try {
        checkStillValid(known, nowMs);
      } catch (error) {
        cache.delete(key);
        throw error;
      }
      return known.actor;
    },
  };
}
