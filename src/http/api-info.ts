import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { answer, problems } from './documented.ts';
import { ABOUT_SERVICE } from './openapi.ts';

/** What the national REST API profile wants to know of an API (VER.06). */
export interface ApiInfo {
  readonly apiName: string;
  /** The version of the API that the document describes, `1.0.0`. */
  readonly apiVersion: string;
  /** The day when this version was released, `2026-11-16`. */
  readonly apiReleased: string;
  /** Where people read more. */
  readonly apiDocumentation: string;
  readonly apiStatus: 'beta' | 'active' | 'deprecated';
}

const apiInfo = z
  .object({
    apiName: z.string().meta({ description: 'API:ets namn.' }),
    apiVersion: z.string().meta({ description: 'Version av API:et.' }),
    apiReleased: z.string().meta({ format: 'date', description: 'Dagen då versionen släpptes.' }),
    apiDocumentation: z.string().meta({ description: 'Var dokumentationen finns.' }),
    apiStatus: z.enum(['beta', 'active', 'deprecated']).meta({ description: 'Var i sin livscykel API:et är.' }),
  })
  .meta({
    id: 'ApiInfo',
    description: 'Uppgifter om API:et enligt den nationella REST API-profilen.',
    examples: [
      {
        apiName: 'patientkontrakt',
        apiVersion: '1.0.0',
        apiReleased: '2026-11-16',
        apiDocumentation: '/docs',
        apiStatus: 'beta',
      },
    ],
  });

/** `GET /v1/api-info`: which API this is, in which version and where it is described. Public. */
export function serveApiInfo(app: FastifyInstance, door: string, info: ApiInfo): void {
  const schema = {
    operationId: 'getApiInfo',
    tags: [ABOUT_SERVICE.name],
    summary: 'Om API:et',
    description: 'Vilket API det är, i vilken version och var det beskrivs. Kräver ingen inloggning.',
    security: [],
    response: { 200: answer(apiInfo, 'Uppgifter om API:et.'), ...problems() },
  };
  app.get(`${door}/api-info`, { config: { access: 'public' }, schema }, (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(info),
  );
}
