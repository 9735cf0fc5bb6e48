import { z } from 'zod';
import { isLoopback } from '../shared/loopback.ts';

function isEndpoint(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

const text = z.string({ error: 'ska vara en text' }).min(1, { error: 'ska vara en text' });
const endpoint = text.refine(isEndpoint, {
  error: 'ska vara en https-adress utan lösenord (http bara till den egna datorn)',
});

/**
 * `SMART_AUTHORIZATION`: where SMART apps sign in. It gives no trust: tokens are taken from `AUTH_ISSUERS` alone. One that
 * tells apps who has signed in says by whom and with what keys (SMART App Launch 2.2, `sso-openid-connect`).
 */
export const smartAuthorization = z
  .strictObject(
    {
      authorizationEndpoint: endpoint,
      tokenEndpoint: endpoint,
      issuer: text.optional(),
      jwksUri: endpoint.optional(),
      capabilities: z.array(text).min(1, { error: 'ska ha minst ett värde' }).optional(),
    },
    { error: 'ska vara ett JSON-objekt' },
  )
  .refine(
    ({ capabilities, issuer, jwksUri }) =>
      !capabilities?.includes('sso-openid-connect') || (issuer !== undefined && jwksUri !== undefined),
    { error: 'ska ha issuer och jwksUri när capabilities har sso-openid-connect' },
  );

/** The authorization server that SMART apps are sent to. */
export type SmartAuthorization = z.output<typeof smartAuthorization>;
