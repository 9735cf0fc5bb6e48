import type { FastifyRequest } from 'fastify';
import { matchesNone } from '../../http/etag.ts';

const SECOND_MS = 1000;
/** The one form in which HTTP dates are written today (RFC 9110 5.6.7). */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** The first whole second that is after a change. */
function secondAfter(changedAt: number): number {
  return (Math.floor(changedAt / SECOND_MS) + 1) * SECOND_MS;
}

/**
 * What `Last-Modified` says of a version. HTTP tells whole seconds, and a thing may change twice within one: so it is the
 * first second after the change, once that has come, and only then can the answer be held against `If-Modified-Since`.
 * Before that it is the second of the change, which confirms nothing.
 */
export function lastModifiedAt(changedAt: number, now: number): number {
  const after = secondAfter(changedAt);
  return after <= now ? after : after - SECOND_MS;
}

/**
 * Whether a reader has this version already: by its tag, else by when it changed (FHIR R4 http.html#cread). A date is
 * passed over beside a tag, and when it cannot be read or has not come yet (RFC 9110 13.1.3).
 */
export function hasVersion(request: FastifyRequest, { versionId, lastUpdated }: fhir4.Meta, now: number): boolean {
  if (request.headers['if-none-match'] !== undefined) return matchesNone(request, `W/"${versionId}"`);
  const since = request.headers['if-modified-since'];
  if (since === undefined || lastUpdated === undefined || !HTTP_DATE.test(since)) return false;
  const at = Date.parse(since);
  return at <= now && Date.parse(lastUpdated) < at;
}
