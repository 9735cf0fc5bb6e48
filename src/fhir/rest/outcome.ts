import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { allowedMethods, logFailure, type TranslateError, toProblem } from '../../http/error-handler.ts';
import { methodNotAllowed, notFound } from '../../http/problems.ts';
import type { Server } from '../../http/server.ts';
import type { Problem, ProblemKind } from '../../shared/problem.ts';
import type { OwnUrls } from '../mapping/systems.ts';

export const FHIR_JSON = 'application/fhir+json; charset=utf-8';

type Issue = fhir4.OperationOutcomeIssue;
type IssueCode = Issue['code'];

const ISSUE_CODES: Readonly<Record<ProblemKind, IssueCode>> = {
  invalid: 'invalid',
  unauthenticated: 'login',
  forbidden: 'forbidden',
  'not-found': 'not-found',
  'method-not-allowed': 'not-supported',
  'not-acceptable': 'not-supported',
  conflict: 'conflict',
  stale: 'conflict',
  'too-large': 'too-long',
  'unsupported-media': 'not-supported',
  unprocessable: 'business-rule',
  'precondition-missing': 'required',
  'too-many': 'throttled',
  fault: 'exception',
  busy: 'transient',
};

/** Where it is, for refusals of the request itself: a header or the address, as R4 names them (`issue.location`). */
const IN_REQUEST: Readonly<Record<string, string>> = {
  'person-number-in-url': 'http.url',
  'malformed-url': 'http.url',
  'fhir-format-not-supported': 'http.Accept',
  'fhir-version-not-supported': 'http.Accept',
  'unsupported-media-type': 'http.Content-Type',
  'precondition-required': 'http.If-Match',
  'if-match-malformed': 'http.If-Match',
  stale: 'http.If-Match',
  'if-none-exist-invalid': 'http.If-None-Exist',
  'idempotency-key-malformed': 'http.Idempotency-Key',
  'idempotency-mismatch': 'http.Idempotency-Key',
  'cursor-invalid': '_cursor',
  'body-too-large': 'Resource',
  'empty-body': 'Resource',
  'malformed-json': 'Resource',
};

/** A refusal as FHIR tells it: one issue for each field that is wrong, in Swedish, and never the value. */
export function outcomeOf(problem: Problem, urls: OwnUrls): fhir4.OperationOutcome {
  const { definition, particulars } = problem;
  const severity = definition.kind === 'fault' || definition.kind === 'busy' ? 'fatal' : 'error';
  const codes = (particulars.extra?.issueCodes ?? []) as readonly IssueCode[];
  const issue = (text: string, expression?: string, code = ISSUE_CODES[definition.kind]): Issue => ({
    severity,
    code,
    details: { coding: [{ system: urls.system('problem'), code: definition.code }], text },
    ...(expression !== undefined && { expression: [expression] }),
  });
  const title = definition.title.sv;
  const fields = (particulars.invalidParameters ?? []).map(({ name, reason }, i) =>
    issue(`${title}: ${reason.sv}`, name, codes[i]),
  );
  const whole = () => issue(particulars.detail?.sv ?? title, IN_REQUEST[definition.code]);
  const [first = whole(), ...rest] = fields;
  return { resourceType: 'OperationOutcome', issue: [first, ...rest] };
}

const DEFAULT_RETRY_SECONDS = 5;

/** Sends a refusal as an OperationOutcome, with the headers that the REST door sends. */
export function sendOutcome(request: FastifyRequest, reply: FastifyReply, problem: Problem, urls: OwnUrls) {
  request.problemCode = problem.definition.code;
  reply.code(problem.status).removeHeader('etag');
  reply.header('content-type', FHIR_JSON).header('content-language', 'sv').header('cache-control', 'private, no-store');
  if (problem.status === 401) {
    const challenge = request.server.problemStyle.challenge?.(problem);
    reply.header('www-authenticate', challenge ?? 'Bearer realm="patientkontrakt"');
  }
  if (problem.status === 429 || problem.status === 503) {
    const seconds = problem.particulars.retryAfterSeconds ?? DEFAULT_RETRY_SECONDS;
    reply.header('retry-after', String(Math.max(1, Math.ceil(seconds))));
  }
  return reply.send(Buffer.from(JSON.stringify(outcomeOf(problem, urls))));
}

/**
 * Answers what goes wrong before there is a route (an address that cannot be read, or is too long) when the address is
 * below one of the FHIR doors.
 *
 * @returns whether it did
 */
export function refuseEarly(urls: OwnUrls) {
  return (request: FastifyRequest, reply: FastifyReply, problem: Problem): boolean => {
    if (!/^\/fhir(?:\/|$)/.test(request.url)) return false;
    sendOutcome(request, reply, problem, urls);
    return true;
  };
}

/** Makes every refusal on this door an OperationOutcome: errors, unknown addresses and wrong methods. */
export function answerWithOutcomes(door: Server, urls: OwnUrls, translate?: TranslateError): void {
  const app: FastifyInstance = door;
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error, translate);
    logFailure(request, problem, error);
    return sendOutcome(request, reply, problem, urls);
  });
  const preHandler = app.hasDecorator('rateLimit') ? app.rateLimit() : [];
  app.setNotFoundHandler({ preHandler }, (request, reply) => {
    const allowed = allowedMethods(request);
    if (allowed.length === 0) return sendOutcome(request, reply, notFound(), urls);
    reply.header('allow', allowed.join(', '));
    return sendOutcome(request, reply, methodNotAllowed(), urls);
  });
}
