export type { ApiInfo } from './api-info.ts';
export {
  type AuthenticationOptions,
  type Authenticator,
  authenticateDoor,
  knownActor,
} from './authenticate.ts';
export { type CursorScope, type Cursors, createCursors } from './cursor.ts';
export { type DeclaredAccess, type DeclaredRoute, listRoutes } from './declared-access.ts';
export { answer, bodyless, problemSchema, problems, REPLY_HEADERS } from './documented.ts';
export { allowedMethods, handleErrors, logFailure, type TranslateError, toProblem } from './error-handler.ts';
export { matchesNone, replyAssembled, requireIfMatch, strongTag } from './etag.ts';
export * from './fields.ts';
export type { HealthCheck, Readiness } from './health.ts';
export type { Idempotency } from './idempotency.ts';
export { invalidFields } from './invalid-fields.ts';
export { readJsonBodies } from './json-body.ts';
export { type Language, languageOf } from './language.ts';
export type { LogSettings } from './log-options.ts';
export { createMetricsServer, type HttpMetrics } from './metrics.ts';
export { buildOpenApi, type OpenApiOptions } from './openapi.ts';
export { cursor, limit, pageOf, paging } from './paging.ts';
export { type ProblemStyle, problemBody, sendProblem } from './problem-reply.ts';
export * from './problems.ts';
export { because } from './reasons.ts';
export { changeHeaders, createHeaders, readHeaders } from './request-headers.ts';
export type { AnswerMode } from './schema-compilers.ts';
export { createServer, type Server, type ServerOptions } from './server.ts';
export { closeGracefully, type ShutdownOptions, stopInOrder } from './shutdown.ts';
