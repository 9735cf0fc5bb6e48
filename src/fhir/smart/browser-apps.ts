import cors from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** What an app in a browser reads and writes: the doors themselves, and where SMART's discovery stands. */
const FOR_APPS = /^\/(?:fhir\/R[45]|\.well-known\/smart-configuration)(?:[/?]|$)/;

const MOST_SECONDS_REMEMBERED = 600;

const SENT = [
  ...['Accept', 'Authorization', 'Content-Type', 'Prefer'],
  ...['If-Match', 'If-None-Match', 'If-None-Exist', 'Idempotency-Key'],
];
const TOLD = [
  ...['ETag', 'Last-Modified', 'Location', 'Retry-After', 'WWW-Authenticate'],
  ...['Idempotency-Replayed', 'X-Request-Id'],
];

/**
 * Lets apps that run in a browser, from the origins that the installation names, use the FHIR doors and SMART's
 * discovery (Fetch standard, "CORS protocol"; SMART App Launch 2.2 wants it of servers for such apps). Nothing else of
 * the service is opened, and without origins nothing at all. An app signs in with a bearer token: cookies are never
 * taken from another origin.
 *
 * Call it on the root, before the doors: a preflight has no token, and is answered before anybody is asked for one.
 *
 * @param origins `https://app.example.se`, each whole; any other origin is told nothing
 */
export async function allowBrowserApps(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  const allowed = new Set(origins);
  const forApps = {
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: SENT,
    exposedHeaders: TOLD,
    maxAge: MOST_SECONDS_REMEMBERED,
  };
  await app.register(cors, {
    delegator: async ({ url, headers }: FastifyRequest) => {
      const { origin } = headers;
      const isApp = origin !== undefined && allowed.has(origin) && FOR_APPS.test(url);
      return isApp ? { ...forApps, origin } : { origin: false };
    },
  });
}
