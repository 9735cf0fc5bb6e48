import type { FastifyReply, FastifyRequest } from 'fastify';
import type { InvalidParameter, Problem } from '../shared/problem.ts';
import { type Language, languageOf } from './language.ts';
import { safePath } from './safe-path.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Code of the refusal that this request ended in, for the request log. */
    problemCode: string | undefined;
  }
}

export interface ProblemStyle {
  /** How callers reach the service, in `type`; empty gives references relative to it. */
  readonly typeBase: string;
  /** The `WWW-Authenticate` header that belongs to a 401 (`identity/challengeFor`). */
  readonly challenge?: (problem: Problem) => string;
}

const DEFAULT_RETRY_SECONDS = 5;
const BARE_CHALLENGE = 'Bearer realm="patientkontrakt"';

/** A problem in the words of one language, as RFC 9457 lays it out; `instance` is the path without the query. */
export function problemBody(problem: Problem, language: Language, url: string, style: ProblemStyle) {
  const { definition, particulars } = problem;
  const { detail, invalidParameters, extra } = particulars;
  const named = (parameter: InvalidParameter) => ({ name: parameter.name, reason: parameter.reason[language] });
  return {
    ...extra,
    type: `${style.typeBase}/problems/${definition.code}`,
    title: definition.title[language],
    status: problem.status,
    detail: (detail ?? definition.title)[language],
    instance: safePath(url),
    code: definition.code,
    ...(definition.law !== undefined && { law: definition.law }),
    ...(invalidParameters && { invalidParameters: invalidParameters.map(named) }),
  };
}

/**
 * Sends a refusal as `application/problem+json` (RFC 9457), in Swedish or, when `Accept-Language` prefers it, English.
 *
 * A 401 says which scheme to use (RFC 6750 3), a 429 and a 503 when to try again. The same problem on the same URL gives
 * the same bytes, whatever the reason behind it was.
 */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem, style: ProblemStyle) {
  const language = languageOf(request.headers['accept-language']);
  request.problemCode = problem.definition.code;
  // A buffer, because Fastify would add a charset to text, and problem+json has no such parameter.
  const bytes = Buffer.from(JSON.stringify(problemBody(problem, language, request.url, style)));
  reply.code(problem.status).removeHeader('etag');
  reply.header('content-type', 'application/problem+json');
  reply.header('content-language', language);
  reply.header('cache-control', 'private, no-store');
  reply.header('vary', variesOn(reply.getHeader('vary')));
  if (problem.status === 401) reply.header('www-authenticate', style.challenge?.(problem) ?? BARE_CHALLENGE);
  if (problem.status === 429 || problem.status === 503) {
    const seconds = problem.particulars.retryAfterSeconds ?? DEFAULT_RETRY_SECONDS;
    reply.header('retry-after', String(Math.max(1, Math.ceil(seconds))));
  }
  return reply.send(bytes);
}

function variesOn(existing: number | string | string[] | undefined): string {
  const names = existing === undefined ? [] : String(existing).split(/\s*,\s*/);
  return names.some((name) => name.toLowerCase() === 'accept-language')
    ? names.join(', ')
    : [...names, 'Accept-Language'].join(', ');
}
