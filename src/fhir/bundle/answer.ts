import type { FastifyRequest } from 'fastify';
import type { FhirDeps } from '../deps.ts';
import type { InFault } from '../mapping/in/faults.ts';
import type { WritableType } from '../mapping/in/writable.ts';
import { resourceNotTaken } from '../problems.ts';
import { outcomeOf } from '../rest/outcome.ts';
import { doorUrl } from '../rest/reply.ts';
import { preferOf, wantedReturn } from '../write/answer.ts';
import { refusalOf, warningsOf } from '../write/judge.ts';
import { readWritten } from '../write/present.ts';
import { readEntry } from './batch.ts';
import { addressOf } from './items.ts';
import type { BundleEntry } from './read-bundle.ts';
import type { EntryResult, Results } from './results.ts';

type Answer = fhir4.BundleEntry<fhir4.FhirResource>;

/** Whether the sender asked for resources back: in a bundle they are left out unless asked for. */
function wantsResources(request: FastifyRequest): boolean {
  const prefer = preferOf(request);
  return /return\s*=\s*representation/i.test(prefer ?? '') && wantedReturn(prefer) === 'representation';
}

function outcome(faults: readonly InFault[]): fhir4.OperationOutcome | undefined {
  return faults.length === 0 ? undefined : { resourceType: 'OperationOutcome', issue: warningsOf(faults) };
}

async function answerMade(
  deps: FhirDeps,
  request: FastifyRequest,
  result: Extract<EntryResult, { kind: 'made' }>,
): Promise<Answer> {
  const { thing, fresh } = result.made;
  const { type, id } = addressOf(result.made);
  const told = outcome(result.dropped);
  const resource = wantsResources(request) ? await readWritten(deps, request, type as WritableType, id) : undefined;
  const version = resource?.meta?.versionId ?? String(thing.revision);
  return {
    fullUrl: `${doorUrl(request, deps)}/${type}/${id}`,
    ...(resource && { resource }),
    response: {
      status: fresh ? '201 Created' : '200 OK',
      location: `${type}/${id}/_history/${version}`,
      etag: `W/"${version}"`,
      lastModified: thing.changedAt,
      ...(told && { outcome: told }),
    },
  };
}

async function answerEntry(
  deps: FhirDeps,
  request: FastifyRequest,
  entry: BundleEntry,
  result: EntryResult,
): Promise<Answer> {
  switch (result.kind) {
    case 'made':
      return answerMade(deps, request, result);
    case 'known':
      return { response: { status: '200 OK', location: result.reference } };
    case 'unchanged': {
      const location = `${result.type}/${result.id}/_history/${result.revision}`;
      return { response: { status: '200 OK', location, etag: `W/"${result.revision}"` } };
    }
    case 'refused': {
      const told = outcomeOf(refusalOf(result.faults, resourceNotTaken), deps.urls);
      return { response: { status: '422 Unprocessable Entity', outcome: told } };
    }
    default:
      return readEntry(request, deps, entry);
  }
}

/** The answer to a transaction: what each entry came to, in the order of the entries. */
export async function answerTransaction(
  deps: FhirDeps,
  request: FastifyRequest,
  entries: readonly BundleEntry[],
  results: Results,
): Promise<fhir4.Bundle<fhir4.FhirResource>> {
  const entry: Answer[] = [];
  for (const one of entries) entry.push(await answerEntry(deps, request, one, results.get(one.index)!));
  return { resourceType: 'Bundle', type: 'transaction-response', ...(entry.length > 0 && { entry }) };
}
