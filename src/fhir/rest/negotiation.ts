import type { FastifyRequest } from 'fastify';
import type { Server } from '../../http/server.ts';
import { parsePersonNumber } from '../../shared/person-number.ts';
import { fhirFormatNotSupported, fhirVersionNotSupported, personNumberInUrl } from '../problems.ts';

const JSON_TYPES: ReadonlySet<string> = new Set([
  'application/fhir+json',
  'application/json',
  'application/json+fhir',
  'text/json',
  'json',
  'application/*',
  '*/*',
]);
const VERSION = /;\s*fhirversion\s*=\s*"?([\d.]+)"?/i;
/** What each door calls the version that it speaks. */
export const VERSIONS = { R4: /^4\.0(?:\.1)?$/, R5: /^5\.0(?:\.0)?$/ } as const;

function hasOtherVersion(header: string | undefined, ours: RegExp): boolean {
  const version = header === undefined ? undefined : VERSION.exec(header)?.[1];
  return version !== undefined && !ours.test(version);
}

/** The media type without its parameters; a plus that came unescaped in a query is read as the space it became. */
function mediaType(text: string): string {
  return text.split(';', 1)[0]!.trim().replace(' ', '+').toLowerCase();
}

function wantsJson(request: FastifyRequest): boolean {
  const { _format: format } = request.query as { _format?: unknown };
  if (typeof format === 'string' && format !== '') return JSON_TYPES.has(mediaType(format));
  const { accept } = request.headers;
  if (accept === undefined || accept.trim() === '') return true;
  const ranges = accept.split(',').filter((range) => !/;\s*q=0(?:\.0*)?\s*(?:;|$)/i.test(range));
  // Browsers and plain clients send lists with a range for anything in them.
  return ranges.some((range) => JSON_TYPES.has(mediaType(range)));
}

const TOKEN = /[A-Za-z0-9+-]{10,13}/g;
/** Ten digits that begin with a day of birth, of a samordningsnummer too: whose century it is does not matter here. */
const TEN_DIGITS = /^\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[6-8]\d|9[01])[-+]?\d{4}$/;
const PERSONAL_SYSTEM = /personnummer|samordningsnummer|reservnummer|1\.2\.752\.129\.2\.1\.3\.|1\.2\.752\.74\.9\./i;

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

/**
 * Whether an address holds what is, or was meant to be, a personal identity number. A mistyped one counts: it tells
 * nearly as much, and would stand in every log on its way.
 */
export function holdsPersonNumber(url: string): boolean {
  const text = decoded(url);
  if (PERSONAL_SYSTEM.test(text)) return true;
  for (const [token] of text.matchAll(new RegExp(`(?<![A-Za-z0-9-])${TOKEN.source}(?![A-Za-z0-9-])`, 'g'))) {
    if (TEN_DIGITS.test(token)) return true;
    const read = parsePersonNumber(token);
    if ('kind' in read || read.fault === 'check-digit') return true;
  }
  return false;
}

/** Refuses, before anything is read, what this door does not speak and addresses that must not be sent. */
export function refuseForeignForms(door: Server, ours: RegExp = VERSIONS.R4): void {
  door.addHook('onRequest', async (request) => {
    if (holdsPersonNumber(request.url)) throw personNumberInUrl();
    const { accept, 'content-type': sent } = request.headers;
    if (hasOtherVersion(accept, ours) || hasOtherVersion(sent, ours)) {
      throw fhirVersionNotSupported();
    }
    if (!wantsJson(request)) throw fhirFormatNotSupported();
  });
}
