import type { FastifyRequest } from 'fastify';
import type { FhirDeps } from '../deps.ts';
import { doorUrl } from '../rest/reply.ts';
import type { BundleEntry } from './read-bundle.ts';

type Answer = fhir4.BundleEntry<fhir4.FhirResource>;

/** Entries of a batch that are under way at once. */
const AT_ONCE = 4;

const PASSED_ON = ['authorization', 'prefer', 'user-agent', 'x-forwarded-for'] as const;

/** A bundle says an instant where HTTP has a date of whole seconds: the part of a second is cut off, so that less is known. */
function httpDate(instant: string | undefined): string | undefined {
  const at = Date.parse(instant ?? '');
  return Number.isNaN(at) ? undefined : new Date(at).toUTCString();
}

function headersFor(request: FastifyRequest, entry: BundleEntry): Record<string, string> {
  const { ifMatch, ifNoneExist, ifNoneMatch, method } = entry;
  const since = httpDate(entry.ifModifiedSince);
  const own = PASSED_ON.flatMap((name) => {
    const value = request.headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return {
    ...Object.fromEntries(own),
    ...(method !== 'GET' && {
      'content-type': method === 'PATCH' ? 'application/json-patch+json' : 'application/fhir+json',
    }),
    ...(ifMatch !== undefined && { 'if-match': ifMatch }),
    ...(ifNoneExist !== undefined && { 'if-none-exist': ifNoneExist }),
    ...(ifNoneMatch !== undefined && { 'if-none-match': ifNoneMatch }),
    ...(since !== undefined && { 'if-modified-since': since }),
  };
}

/** What an entry sends: a patch is the text that its Binary holds. */
function payloadOf({ method, resource }: BundleEntry): string | undefined {
  if (resource === undefined) return undefined;
  const { data } = resource as { readonly data?: string };
  return method === 'PATCH' ? Buffer.from(data ?? '', 'base64').toString('utf8') : JSON.stringify(resource);
}

const REASONS: Readonly<Record<number, string>> = { 200: 'OK', 201: 'Created', 304: 'Not Modified', 404: 'Not Found' };

/** Sends one entry through the door as a request of its own: under its own decision, with its own log entry. */
async function sendEntry(request: FastifyRequest, deps: FhirDeps, entry: BundleEntry): Promise<Answer> {
  const reply = await request.server.inject({
    method: entry.method,
    url: `${deps.prefix}/${entry.url.replace(/^\/+/, '')}`,
    headers: headersFor(request, entry),
    remoteAddress: request.ip,
    ...(entry.method !== 'GET' && entry.resource && { payload: payloadOf(entry) }),
  });
  const body = reply.body === '' ? undefined : (JSON.parse(reply.body) as fhir4.FhirResource);
  const { etag, location, 'last-modified': lastModified } = reply.headers;
  const failed = reply.statusCode >= 400;
  const base = `${doorUrl(request, deps)}/`;
  return {
    ...(body && !failed && { resource: body }),
    response: {
      status: `${reply.statusCode} ${REASONS[reply.statusCode] ?? ''}`.trim(),
      ...(typeof location === 'string' && { location: location.replace(base, '') }),
      ...(typeof etag === 'string' && { etag }),
      ...(typeof lastModified === 'string' && { lastModified: new Date(lastModified).toISOString() }),
      ...(failed && body && { outcome: body as fhir4.OperationOutcome }),
    },
  };
}

/** A read of a transaction, which is made when all of it is written. */
export function readEntry(request: FastifyRequest, deps: FhirDeps, entry: BundleEntry): Promise<Answer> {
  return sendEntry(request, deps, entry);
}

/** Carries out a batch: each entry by itself, whatever becomes of the others, and the answers in their order. */
export async function answerBatch(
  request: FastifyRequest,
  deps: FhirDeps,
  entries: readonly BundleEntry[],
): Promise<fhir4.Bundle<fhir4.FhirResource>> {
  const answers: Answer[] = [];
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    const some = entries.slice(from, from + AT_ONCE);
    answers.push(...(await Promise.all(some.map((entry) => sendEntry(request, deps, entry)))));
  }
  return { resourceType: 'Bundle', type: 'batch-response', ...(answers.length > 0 && { entry: answers }) };
}
