import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem, type ProblemFactory } from '../shared/problem.ts';
import { type ProblemStyle, sendProblem } from './problem-reply.ts';
import {
  bodyTooLarge,
  busy,
  emptyBody,
  fault,
  invalidRequest,
  malformedJson,
  malformedUrl,
  methodNotAllowed,
  notFound,
  timedOut,
  tooManyRequests,
  unsupportedMediaType,
} from './problems.ts';

/** Recognizes errors of a lower layer (a lost database) as an expected refusal; undefined leaves it a fault. */
export type TranslateError = (error: unknown) => Problem | undefined;

const BY_CODE: Readonly<Record<string, ProblemFactory>> = {
  FST_ERR_BAD_URL: malformedUrl,
  FST_ERR_MAX_PARAM_LENGTH: notFound,
  FST_ERR_CTP_INVALID_JSON_BODY: malformedJson,
  FST_ERR_CTP_EMPTY_JSON_BODY: emptyBody,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: unsupportedMediaType,
  FST_ERR_CTP_BODY_TOO_LARGE: bodyTooLarge,
  FST_ERR_HANDLER_TIMEOUT: timedOut,
};

const BY_STATUS: Readonly<Record<number, ProblemFactory>> = {
  400: invalidRequest,
  404: notFound,
  413: bodyTooLarge,
  415: unsupportedMediaType,
  429: tooManyRequests,
  503: busy,
};

/** What was thrown, as the refusal that the caller is told of. Whatever nobody foresaw is `fault`, without its text. */
export function toProblem(error: unknown, translate?: TranslateError): Problem {
  if (error instanceof Problem) return error;
  const translated = translate?.(error);
  if (translated) return translated;
  const { code, statusCode } = (typeof error === 'object' && error !== null ? error : {}) as {
    code?: unknown;
    statusCode?: unknown;
  };
  const factory = BY_CODE[String(code)] ?? BY_STATUS[Number(statusCode)] ?? fault;
  return factory();
}

/**
 * Logs what the operator must know of: faults with their trace, overload as a warning, refusals not at all here. What was
 * refused as busy on purpose has no trace: writing it cost more than the refusal, just when there is least to spare.
 */
export function logFailure(request: FastifyRequest, problem: Problem, error: unknown): void {
  if (problem.definition.kind === 'fault') request.log.error({ err: error }, 'fault');
  else if (problem.definition.kind !== 'busy') return;
  else if (error instanceof Problem) request.log.warn('busy');
  else request.log.warn({ err: error }, 'busy');
}

/** Renders every error and every unknown route of this door as problem+json. Call it on the door's own context. */
export function handleErrors(app: FastifyInstance, style: ProblemStyle, translate?: TranslateError): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error, translate);
    logFailure(request, problem, error);
    return sendProblem(request, reply, problem, style);
  });
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** The methods that some route has for this path; says nothing of whether the resource exists. */
export function allowedMethods(request: FastifyRequest): readonly string[] {
  const path = request.url.split('?', 1)[0]!;
  return METHODS.filter((method) => request.server.findRoute({ method, url: path }) !== null);
}

/**
 * Answers a URL that no route has: 405 with `Allow` when only the method is wrong, otherwise the same 404 that a missing
 * resource gives, so that the two cannot be told apart.
 */
export function answerUnknownRoute(style: ProblemStyle) {
  return (request: FastifyRequest, reply: FastifyReply) => {
    const allowed = allowedMethods(request);
    if (allowed.length === 0) return sendProblem(request, reply, notFound(), style);
    reply.header('allow', allowed.join(', '));
    return sendProblem(request, reply, methodNotAllowed(), style);
  };
}
