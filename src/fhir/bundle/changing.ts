import type { FastifyRequest } from 'fastify';
import { preconditionRequired } from '../../http/problems.ts';
import { wrong } from '../../shared/problem.ts';
import { stale } from '../../shared/problems.ts';
import type { FhirDeps } from '../deps.ts';
import { patched } from '../mapping/in/json-patch.ts';
import { updating, type Writable, type WritableType } from '../mapping/in/writable.ts';
import { patchInvalid, resourceNotAsAddress } from '../problems.ts';
import { judged, placedUnder } from '../write/judge.ts';
import { namedIn, partsOf } from '../write/parts.ts';
import { readPresent } from '../write/present.ts';
import { placedFaults } from './items.ts';
import type { PlannedParts } from './plan-parts.ts';
import type { BundleEntry } from './read-bundle.ts';
import type { EntryResult } from './results.ts';

/** What a transaction changes of what is there, and what of it is as it was. */
export interface Changing {
  readonly planned: readonly PlannedParts[];
  readonly unchanged: ReadonlyMap<number, EntryResult>;
}

const VERSION = /^(?:W\/)?"([1-9]\d{0,8})"$/;

function versionOf({ ifMatch, place }: BundleEntry): number {
  const version = VERSION.exec(ifMatch ?? '')?.[1];
  if (version !== undefined) return Number(version);
  const name = place.replace(/\.resource$/, '.request.ifMatch');
  throw preconditionRequired({ invalidParameters: [wrong(name, 'Saknas', 'Is missing')] });
}

/** The patch that an entry carries: FHIR puts it in a Binary. */
function patchIn({ resource, place }: BundleEntry): unknown {
  const binary = resource as { readonly contentType?: string; readonly data?: string };
  try {
    if (binary.contentType === 'application/json-patch+json') {
      return JSON.parse(Buffer.from(binary.data ?? '', 'base64').toString('utf8'));
    }
  } catch {
    // Told below, as what is no patch at all.
  }
  throw patchInvalid({
    invalidParameters: [wrong(place, 'Ska vara en Binary med JSON Patch', 'Must be a Binary with a JSON Patch')],
  });
}

async function changingOne(deps: FhirDeps, request: FastifyRequest, entry: BundleEntry) {
  const expected = versionOf(entry);
  const type = entry.type as WritableType;
  const id = entry.id ?? '';
  const { resource: current, plan } = await readPresent(deps, request, type, id);
  const revision = Number(current.meta?.versionId);
  if (revision !== expected) throw stale({ extra: { revision } });
  const isPatch = entry.method === 'PATCH';
  const sent = judged(isPatch ? patched(current, patchIn(entry)) : entry.resource, type) as Writable;
  if (sent.id !== id) {
    throw resourceNotAsAddress({
      invalidParameters: [wrong('id', 'Ska vara adressens id', 'Must be the id of the address')],
    });
  }
  const { acts, faults } = updating(sent, current, { urls: deps.urls });
  const name = `entry-${entry.index}`;
  const writing = { name, plan: () => plan, expected, key: `fhir:${request.id}:${name}` };
  const planned = { parts: partsOf(acts, writing), named: namedIn(acts), faults: placedFaults(faults, entry.place) };
  return { planned, isIdle: acts.length === 0, revision, type, id };
}

/**
 * Reads what a transaction changes, as its sender sees it, and gives the changes.
 *
 * @throws precondition-required (428), stale (412), not-found, resource-invalid (400), each with its place
 */
export async function changingParts(
  deps: FhirDeps,
  request: FastifyRequest,
  entries: readonly BundleEntry[],
  places: Map<string, string>,
): Promise<Changing> {
  const planned: PlannedParts[] = [];
  const unchanged = new Map<number, EntryResult>();
  for (const entry of entries) {
    places.set(`entry-${entry.index}`, entry.place);
    const one = await changingOne(deps, request, entry).catch((error: unknown) => {
      throw placedUnder(error, entry.place);
    });
    planned.push(one.planned);
    if (one.isIdle)
      unchanged.set(entry.index, { kind: 'unchanged', type: one.type, id: one.id, revision: one.revision });
  }
  return { planned, unchanged };
}
