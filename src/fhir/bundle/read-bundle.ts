import { wrong } from '../../shared/problem.ts';
import { bundleInvalid, bundleTooLarge, resourceInvalid } from '../problems.ts';
import { checkResource } from '../validation/check.ts';
import { refusalOf } from '../write/judge.ts';

/** More would hold a person's lock, or a batch's caller, for longer than anyone waits. */
export const MOST_ENTRIES = 500;

/** One thing that a bundle asks for, and where it stands in it. */
export interface BundleEntry {
  readonly index: number;
  /** Where its resource stands. */
  readonly place: string;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the door: `Task`, `Task/<id>`, with its query. */
  readonly url: string;
  readonly type: string;
  readonly id?: string;
  readonly fullUrl?: string;
  readonly resource?: fhir4.FhirResource;
  readonly ifMatch?: string;
  readonly ifNoneMatch?: string;
  readonly ifModifiedSince?: string;
  readonly ifNoneExist?: string;
}

export type ReadBundle = { readonly type: 'transaction' | 'batch'; readonly entries: readonly BundleEntry[] };

const PATH = /^([A-Z][A-Za-z]{1,60})(?:\/([A-Za-z0-9\-.]{1,64}))?(?=$|[/?])/;

const METHODS: ReadonlySet<unknown> = new Set<BundleEntry['method']>(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

function entryOf(entry: fhir4.BundleEntry, index: number): BundleEntry {
  const here = `Bundle.entry[${index}]`;
  const invalid = (name: string, sv: string, en: string) =>
    bundleInvalid({ invalidParameters: [wrong(`${here}${name && `.${name}`}`, sv, en)] });
  if (!isObject(entry)) throw invalid('', 'Ska vara ett objekt', 'Must be an object');
  const { request, resource, fullUrl } = entry;
  if (!request || !isObject(request)) throw invalid('request', 'Saknas', 'Is missing');
  if (!METHODS.has(request.method)) throw invalid('request.method', 'Är inte en metod', 'Is not a method');
  if (resource !== undefined && !isObject(resource))
    throw invalid('resource', 'Ska vara en resurs', 'Must be a resource');
  const [, type, id] = (typeof request.url === 'string' && PATH.exec(request.url)) || [];
  if (type === undefined)
    throw invalid('request.url', 'Ska vara en adress under den här dörren', 'Must be an address here');
  const needs = request.method === 'POST' || request.method === 'PUT' || request.method === 'PATCH';
  if (needs && !resource && !request.url.includes('/_search')) throw invalid('resource', 'Saknas', 'Is missing');
  return {
    index,
    place: `${here}.resource`,
    method: request.method,
    url: request.url,
    type,
    ...(id !== undefined && { id }),
    ...(fullUrl !== undefined && { fullUrl }),
    ...(resource && { resource: resource as fhir4.FhirResource }),
    ...(request.ifMatch !== undefined && { ifMatch: request.ifMatch }),
    ...(request.ifNoneMatch !== undefined && { ifNoneMatch: request.ifNoneMatch }),
    ...(request.ifModifiedSince !== undefined && { ifModifiedSince: request.ifModifiedSince }),
    ...(request.ifNoneExist !== undefined && { ifNoneExist: request.ifNoneExist }),
  };
}

function refuseTwice(entries: readonly BundleEntry[]): void {
  const seen = new Set<string>();
  for (const { fullUrl, index, method, id, url } of entries) {
    const own = id !== undefined && method !== 'GET' ? url : fullUrl;
    if (own !== undefined && seen.has(own)) {
      throw bundleInvalid({
        invalidParameters: [wrong(`Bundle.entry[${index}]`, 'Samma resurs två gånger', 'The same resource twice')],
      });
    }
    if (own !== undefined) seen.add(own);
  }
}

/**
 * Reads a bundle that asks for things: counted first, so that one that is too large costs nothing more, then judged whole.
 *
 * @throws bundle-too-large (413); bundle-invalid, resource-invalid (400) naming each place
 */
export function readBundle(sent: unknown): ReadBundle {
  const bundle = sent as Partial<fhir4.Bundle> | null;
  const count = Array.isArray(bundle?.entry) ? bundle.entry.length : 0;
  if (count > MOST_ENTRIES) {
    throw bundleTooLarge({
      invalidParameters: [wrong('Bundle.entry', `Högst ${MOST_ENTRIES} poster`, `At most ${MOST_ENTRIES} entries`)],
    });
  }
  const type = bundle?.resourceType === 'Bundle' ? bundle.type : undefined;
  if (type !== 'transaction' && type !== 'batch') {
    throw bundleInvalid({
      invalidParameters: [wrong('Bundle.type', 'Ska vara transaction eller batch', 'Must be transaction or batch')],
    });
  }
  const faults = type === 'transaction' ? checkResource(bundle) : [];
  if (faults.length > 0) throw refusalOf(faults, resourceInvalid);
  const entries = (bundle?.entry ?? []).map(entryOf);
  if (type === 'transaction') refuseTwice(entries);
  return { type, entries };
}
