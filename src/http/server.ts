import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Problem } from '../shared/problem.ts';
import { type ApiInfo, serveApiInfo } from './api-info.ts';
import { decorateWithActor } from './authenticate.ts';
import { answerClientError } from './client-error.ts';
import { demandDeclaredAccess } from './declared-access.ts';
import { serveDocs } from './docs-page.ts';
import { answerUnknownRoute, handleErrors, type TranslateError, toProblem } from './error-handler.ts';
import { closeConnectionsWhenDraining, type HealthCheck, type Readiness, serveHealth } from './health.ts';
import { readIdempotencyKeys } from './idempotency.ts';
import { readJsonBodies } from './json-body.ts';
import { limitRates, type PressureLimits, refuseUnderPressure } from './limits.ts';
import { guardChildLoggers, type LogSettings, logOptions } from './log-options.ts';
import { createMetrics, type HttpMetrics, serveMetrics } from './metrics.ts';
import { describeApi, type OpenApiOptions } from './openapi.ts';
import { refuseUnstorableParameters } from './parameters.ts';
import { serveProblemPages } from './problem-pages.ts';
import { type ProblemStyle, sendProblem } from './problem-reply.ts';
import { followRequests, requestId } from './request-log.ts';
import { type AnswerMode, serializerCompiler, validatorCompiler } from './schema-compilers.ts';
import { ALWAYS_SENT } from './security-headers.ts';

/** A Fastify server whose routes take zod schemas. */
export type Server = FastifyInstance<HttpServer, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>;

export interface ServerOptions {
  readonly log: LogSettings | false;
  /** Key for idempotency hashes; the same in every process that answers the same callers. */
  readonly secret: Uint8Array;
  /** Path prefixes under which every route must declare access. */
  readonly doors: readonly string[];
  readonly api: OpenApiOptions & Pick<ApiInfo, 'apiReleased' | 'apiStatus'>;
  readonly healthChecks: readonly HealthCheck[];
  /** How callers reach the service, for `/problems/<code>` and `/docs`; empty gives references relative to it. */
  readonly publicUrl?: string;
  /** The `WWW-Authenticate` header of a refused sign-in; a bare Bearer challenge unless given. */
  readonly challenge?: ProblemStyle['challenge'];
  /** Tests validate answers against their schemas; the service strips unknown fields and trusts its types. */
  readonly answers?: AnswerMode;
  /** False, how many servers stand in front, or their addresses. */
  readonly trustProxy?: false | number | readonly string[];
  readonly bodyLimitBytes?: number;
  readonly requestTimeoutMs?: number;
  /** False only in benchmarks, which measure something else. */
  readonly rateLimitPerMinute?: number | false;
  readonly pressure?: PressureLimits | false;
  /** Serves `/metrics` on the service's own port to whoever holds it. */
  readonly metricsToken?: string;
  readonly translateError?: TranslateError;
  /** Answers what goes wrong before there is a route, for addresses that another form of refusal belongs to; else false. */
  readonly refuseEarly?: (request: FastifyRequest, reply: FastifyReply, problem: Problem) => boolean;
}

declare module 'fastify' {
  interface FastifyInstance {
    metrics: HttpMetrics;
    readiness: Readiness;
    problemStyle: ProblemStyle;
  }
}

const DEFAULT_BODY_LIMIT = 256 * 1024;
const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_RATE = 1200;
const DEFAULT_PRESSURE: PressureLimits = { maxEventLoopDelayMs: 1000 };
/** Longer than the idle time of usual load balancers, so that it is they who close a connection first. */
const KEEP_ALIVE_MS = 65_000;

/**
 * Makes the server that the app registers its doors and slices on, with everything in place that is the same whatever is
 * served: problems, limits, logs without personal data, headers, health, metrics and documentation.
 *
 * Not authenticated by itself: each door calls `authenticateDoor`, and no route under a door starts without declared
 * access.
 */
export async function createServer(options: ServerOptions): Promise<Server> {
  const style: ProblemStyle = { typeBase: options.publicUrl ?? '', challenge: options.challenge };
  const app = bareServer(options, style);
  if (options.log !== false) guardChildLoggers(app.log);
  const metrics = createMetrics();
  const readiness: Readiness = { draining: false };
  app
    .decorate('metrics', metrics)
    .decorate('readiness', { getter: () => readiness })
    .decorate('problemStyle', { getter: () => style });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler(options.answers ?? 'strip'));
  readJsonBodies(app, ['application/json', 'application/merge-patch+json']);
  handleErrors(app, style, options.translateError);
  demandDeclaredAccess(app, options.doors);
  decorateWithActor(app);
  followRequests(app, metrics);
  closeConnectionsWhenDraining(app, readiness);
  if (options.pressure !== false) await refuseUnderPressure(app, options.pressure ?? DEFAULT_PRESSURE);
  if (options.rateLimitPerMinute !== false) await limitRates(app, options.rateLimitPerMinute ?? DEFAULT_RATE);
  refuseUnstorableParameters(app);
  readIdempotencyKeys(app, options.secret);
  app.setNotFoundHandler(
    { preHandler: app.hasDecorator('rateLimit') ? app.rateLimit() : [] },
    answerUnknownRoute(style),
  );
  await describeApi(app, options.api);
  await serveDocs(app);
  serveOwnRoutes(app, options, style);
  return app;
}

function bareServer(options: ServerOptions, style: ProblemStyle): Server {
  const timeout = options.requestTimeoutMs ?? DEFAULT_TIMEOUT_MS;
  return fastify({
    logger: options.log === false ? false : logOptions(options.log),
    logController: new fastify.LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: requestId,
    trustProxy: trusted(options.trustProxy ?? false),
    bodyLimit: options.bodyLimitBytes ?? DEFAULT_BODY_LIMIT,
    requestTimeout: timeout,
    handlerTimeout: timeout,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // Requests on connections that are still open are answered while the server stops, not turned away.
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => {
      reply.headers(ALWAYS_SENT).header('x-request-id', request.id);
      const problem = toProblem(error);
      if (!options.refuseEarly?.(request, reply, problem)) sendProblem(request, reply, problem, style);
    },
  }).withTypeProvider<ZodTypeProvider>();
}

/** A number means that many servers in front of this one, the nearest first. */
function trusted(proxies: NonNullable<ServerOptions['trustProxy']>) {
  if (typeof proxies === 'number') return (_address: string, hop: number) => hop < proxies;
  return typeof proxies === 'object' ? [...proxies] : proxies;
}

function serveOwnRoutes(app: Server, options: ServerOptions, style: ProblemStyle): void {
  const { api, metricsToken } = options;
  serveHealth(app, options.healthChecks, app.readiness);
  serveProblemPages(app, style);
  if (metricsToken !== undefined) serveMetrics(app, app.metrics, metricsToken);
  serveApiInfo(app, api.door, {
    apiName: 'patientkontrakt',
    apiVersion: api.version,
    apiReleased: api.apiReleased,
    apiDocumentation: `${style.typeBase}/docs`,
    apiStatus: api.apiStatus,
  });
}
