import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FhirDeps } from '../deps.ts';
import type { InFault } from '../mapping/in/faults.ts';
import type { WritableType } from '../mapping/in/writable.ts';
import { FHIR_JSON } from '../rest/outcome.ts';
import { doorUrl } from '../rest/reply.ts';
import { warningsOf } from './judge.ts';
import { readWritten } from './present.ts';

/** What a write came to. */
export interface Written {
  readonly type: WritableType;
  readonly id: string;
  readonly revision: number;
  readonly created: boolean;
  /** What was let go, since the client would rather have the rest. */
  readonly dropped: readonly InFault[];
  readonly replayed?: boolean;
}

type Return = 'minimal' | 'representation' | 'OperationOutcome';

/** What a client would have back; the resource unless it says otherwise. */
export function wantedReturn(prefer: string | undefined): Return {
  const said = /(?:^|[;,\s])return\s*=\s*(minimal|representation|OperationOutcome)(?:$|[;,\s])/i.exec(
    prefer ?? '',
  )?.[1];
  if (said?.toLowerCase() === 'minimal') return 'minimal';
  return said?.toLowerCase() === 'operationoutcome' ? 'OperationOutcome' : 'representation';
}

/** How it went, with what was let go as warnings. */
export function outcomeOfWrite({ created, dropped }: Pick<Written, 'created' | 'dropped'>): fhir4.OperationOutcome {
  const text = created ? 'Skapat' : 'Sparat';
  const done: fhir4.OperationOutcomeIssue = { severity: 'information', code: 'informational', details: { text } };
  return { resourceType: 'OperationOutcome', issue: [done, ...warningsOf(dropped)] };
}

/** Answers a write as the client would have it: nothing, the resource as it is now, or how it went. */
export async function answerWrite(
  deps: FhirDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  written: Written,
): Promise<FastifyReply> {
  const { type, id, created } = written;
  const wanted = wantedReturn(preferOf(request));
  const resource = wanted === 'representation' ? await readWritten(deps, request, type, id) : undefined;
  const version = resource?.meta?.versionId ?? String(written.revision);
  reply.header('etag', `W/"${version}"`).header('cache-control', 'private, no-store').header('content-type', FHIR_JSON);
  if (resource?.meta?.lastUpdated) reply.header('last-modified', new Date(resource.meta.lastUpdated).toUTCString());
  if (created) reply.header('location', `${doorUrl(request, deps)}/${type}/${id}/_history/${version}`);
  if (written.replayed) reply.header('idempotency-replayed', 'true');
  const body = wanted === 'OperationOutcome' ? outcomeOfWrite(written) : resource;
  reply.code(created ? 201 : 200);
  return body ? reply.send(Buffer.from(JSON.stringify(body))) : reply.send('');
}

/** The `Prefer` header, however many times it was sent. */
export function preferOf(request: FastifyRequest): string | undefined {
  const { prefer } = request.headers;
  return Array.isArray(prefer) ? prefer.join(',') : prefer;
}
