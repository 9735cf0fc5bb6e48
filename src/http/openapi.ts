import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { type core, z } from 'zod';
import { signInProblems } from './documented.ts';
import { isJsonObject, type JsonObject, sortedJson } from './json-walk.ts';
import { tidyDocument } from './openapi-tidy.ts';

export interface OpenApiOptions {
  /** Version of the API, `1.0.0`. */
  readonly version: string;
  /** The path prefix that the document describes, `/v1`; other routes are left out of it. */
  readonly door: string;
  readonly description: string;
  readonly tags: readonly { readonly name: string; readonly description: string }[];
}

interface Converted {
  readonly zodSchema: core.$ZodTypes;
  readonly jsonSchema: core.JSONSchema.BaseSchema;
}

/** zod leaves out examples and defaults of whatever reads its input, and of all that holds such a thing: put them back. */
function restoreAnnotations({ zodSchema, jsonSchema }: Converted): void {
  const examples = z.globalRegistry.get(zodSchema)?.examples;
  if (Array.isArray(examples)) jsonSchema.examples = examples;
  const { def } = zodSchema._zod;
  if (def.type === 'default') jsonSchema.default = structuredClone(def.defaultValue) as typeof jsonSchema.default;
}

const zodToJsonConfig = { override: restoreAnnotations };
const jsonSchemaTransform = createJsonSchemaTransform({ zodToJsonConfig });
const jsonSchemaTransformObject = createJsonSchemaTransformObject({ zodToJsonConfig });
type Transform = typeof jsonSchemaTransform;

/**
 * Describes all routes of one door as OpenAPI 3.1, from the schemas that the service itself judges by.
 *
 * Call it before the first route. What the generator drops of our `answer` and `problems` (examples, headers, answers
 * without a body) is put back here.
 */
export async function describeApi(app: FastifyInstance, options: OpenApiOptions): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: infoOf(options),
      servers: [{ url: options.door, description: 'Den här tjänsten' }],
      externalDocs: {
        description: 'Handledning för den som ansluter',
        url: 'https://patientkontrakt.example/dokumentation',
      },
      tags: [...options.tags.map(({ name, description }) => ({ name, description })), ABOUT_SERVICE],
      components: { securitySchemes: { bearer: BEARER } },
      security: [{ bearer: [] }],
    },
    transform: transformFor(options.door),
    transformObject: (document) => {
      const object = jsonSchemaTransformObject(document);
      return tidyDocument(object as unknown as JsonObject) as unknown as typeof object;
    },
  });
}

const BEARER = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'JWT',
  description:
    'Åtkomstbiljett från en betrodd utfärdare. Enhet och vårdgivare tas från biljetten, aldrig från innehållet.',
} as const;

function infoOf({ version, description }: OpenApiOptions) {
  return {
    title: 'Patientkontrakt',
    version,
    description,
    contact: {
      name: 'Patientkontrakt',
      url: 'https://patientkontrakt.example/kontakt',
      email: 'api@patientkontrakt.example',
    },
    license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    'x-sla': {
      availability: 'Avtalas med den som driver installationen.',
      responseTime: 'Avtalas med den som driver installationen.',
      support: 'Ges av den som driver installationen.',
    },
    'x-limitations':
      'Begränsningar, om installationen inte säger annat: 256 kB per begäran, 200 poster per sida och 1 200 anrop per minut och användare. 429 och 503 säger med Retry-After när man kan försöka igen.',
  };
}

function transformFor(door: string): Transform {
  return (document) => {
    const { schema, url } = document;
    if (!schema || schema.hide || !url.startsWith(`${door}/`)) return { schema: { hide: true }, url };
    const answers = { ...(schema.response as Record<string, unknown> | undefined) };
    if ('401' in answers) answers['401'] = signInProblems();
    const ofZod = Object.entries(answers).filter(
      ([, one]) => one instanceof z.ZodType || (isJsonObject(one) && 'content' in one && isJsonAnswer(one.content)),
    );
    const result = jsonSchemaTransform({
      ...document,
      schema: { ...schema, response: Object.fromEntries(ofZod) },
    } as Parameters<Transform>[0]);
    const transformed = ((result.schema as JsonObject).response ?? {}) as JsonObject;
    for (const [status, one] of Object.entries(answers)) transformed[status] = restored(transformed[status], one);
    return { ...result, schema: { ...result.schema, response: transformed } } as ReturnType<Transform>;
  };
}

/** A page or a file is described as it is; only what zod describes is made into JSON Schema. */
function isJsonAnswer(content: unknown): boolean {
  return (
    isJsonObject(content) &&
    Object.values(content).every((media) => isJsonObject(media) && media.schema instanceof z.ZodType)
  );
}

function restored(transformed: unknown, original: unknown): unknown {
  if (!isJsonObject(transformed)) return structuredClone(original);
  if (original instanceof z.ZodType || !isJsonObject(original)) return transformed;
  const { headers, content } = original;
  for (const [type, media] of Object.entries(isJsonObject(content) ? content : {})) {
    const target = isJsonObject(transformed.content) ? transformed.content[type] : undefined;
    if (isJsonObject(target) && isJsonObject(media) && media.examples)
      target.examples = structuredClone(media.examples);
  }
  return headers ? { ...transformed, headers: structuredClone(headers) } : transformed;
}

/** The tag of `GET …/api-info`, which the kernel itself serves. */
export const ABOUT_SERVICE = { name: 'Om tjänsten', description: 'Vilket API det är och i vilken version.' };

/** Where the published document says that the service is; an installation says its own. */
const PUBLISHED_SERVERS = [
  { url: 'https://api.patientkontrakt.example/patientkontrakt/v1', description: 'Exempel på installation' },
];

/**
 * The document as text for `openapi/v1.json`: names sorted, so that the same code gives the same bytes. Call it when the
 * app is ready.
 */
export function buildOpenApi(app: FastifyInstance): string {
  const document = { ...app.swagger(), servers: PUBLISHED_SERVERS };
  return `${JSON.stringify(sortedJson(document), null, 2)}\n`;
}
