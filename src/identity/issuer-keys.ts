import { createLocalJWKSet, createRemoteJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { IssuerConfig } from './issuer-config.ts';
import { issuerUnavailable } from './problems.ts';

const FETCH_TIMEOUT_MS = 3000;
/** How soon an unknown key id may make us ask the issuer again: bounds what a forger can make us fetch. */
const COOLDOWN_MS = 30_000;
const KEPT_MS = 10 * 60_000;

/** The faults that lie in the token, not in reaching the issuer. */
const ABOUT_THE_TOKEN = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

/**
 * Where an issuer's public keys come from: its configuration, or its own address, fetched once and kept.
 *
 * @throws issuerUnavailable when the address does not give keys, so that the caller is not told to sign in again
 */
export function issuerKeys(issuer: IssuerConfig): JWTVerifyGetKey {
  if (issuer.jwksUri === undefined) return createLocalJWKSet(issuer.jwks as JSONWebKeySet);
  const remote = createRemoteJWKSet(new URL(issuer.jwksUri), {
    timeoutDuration: FETCH_TIMEOUT_MS,
    cooldownDuration: COOLDOWN_MS,
    cacheMaxAge: KEPT_MS,
  });
  return async (header, token) => {
    try {
      return await remote(header, token);
    } catch (error) {
      if (ABOUT_THE_TOKEN.some((kind) => error instanceof kind)) throw error;
      throw issuerUnavailable({ retryAfterSeconds: 5 });
    }
  };
}
