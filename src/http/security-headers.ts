/**
 * Headers of every answer. They keep it out of every store and make a browser treat it as data: no scripts, no frames,
 * no guessing of types, no referrers, HTTPS from now on.
 *
 * Constants, set with the others at the start of each request. A middleware that works them out anew for every request
 * and sets them one by one cost as much time as writing the log line.
 */
export const ALWAYS_SENT: Readonly<Record<string, string>> = {
  'cache-control': 'private, no-store',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
