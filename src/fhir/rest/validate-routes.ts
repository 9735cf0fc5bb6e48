import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Server } from '../../http/server.ts';
import type { FhirDeps } from '../deps.ts';
import { WRITABLE, type WritableType } from '../mapping/in/writable.ts';
import { checkResource, type Fault } from '../validation/check.ts';
import { NOTHING_HERE } from './access.ts';
import { sendResource } from './reply.ts';

const ISSUE: Readonly<Record<Fault['code'], fhir4.OperationOutcomeIssue['code']>> = {
  structure: 'structure',
  required: 'required',
  value: 'value',
  'code-invalid': 'code-invalid',
  extension: 'extension',
  invalid: 'value',
};

/** Judges what a client would send, without storing, reading or logging anything of it. */
export function registerValidation(door: Server, _deps: FhirDeps): void {
  for (const type of WRITABLE) {
    const handler = (request: FastifyRequest, reply: FastifyReply) => validate(type, request, reply);
    door.post(`/${type}/$validate`, NOTHING_HERE, handler);
    door.post(`/${type}/:id/$validate`, NOTHING_HERE, handler);
  }
}

/** The resource itself, or the one in Parameters (R4 resource-operation-validate.html). */
function resourceIn(body: unknown): unknown {
  const { resourceType, parameter } = (body ?? {}) as Partial<fhir4.Parameters>;
  if (resourceType !== 'Parameters' || !Array.isArray(parameter)) return body;
  return parameter.find(({ name }) => name === 'resource')?.resource;
}

function faultsOf(type: WritableType, sent: unknown): readonly Fault[] {
  const named = (sent as { readonly resourceType?: unknown } | null | undefined)?.resourceType;
  if (named === type) return checkResource(sent);
  return [{ code: 'structure', expression: 'Resource.resourceType', sv: `Ska vara ${type}`, en: `Must be ${type}` }];
}

function validate(type: WritableType, request: FastifyRequest, reply: FastifyReply) {
  const faults = faultsOf(type, resourceIn(request.body));
  const issue: fhir4.OperationOutcomeIssue[] = faults.map(({ code, expression, sv }) => ({
    severity: 'error',
    code: ISSUE[code],
    details: { text: sv },
    expression: [expression],
  }));
  const [first, ...rest] = issue;
  const nothing: fhir4.OperationOutcomeIssue = {
    severity: 'information',
    code: 'informational',
    details: { text: 'Inget att anmärka' },
  };
  return sendResource(reply, { resourceType: 'OperationOutcome', issue: [first ?? nothing, ...rest] });
}
