import { z } from 'zod';
import type { ProblemDefinition, ProblemFactory } from '../shared/problem.ts';
import { listProblems, PROBLEM_KINDS } from '../shared/problem.ts';
import {
  actorNotAllowed,
  bodyTooLarge,
  busy,
  fault,
  forbidden,
  idempotencyMismatch,
  invalidRequest,
  methodNotAllowed,
  notFound,
  preconditionRequired,
  stale,
  tooManyRequests,
  unsupportedMediaType,
} from './problems.ts';

/** The form of every refusal under `/v1` (RFC 9457; national REST API profile FEL.01–02). */
export const problemSchema = z
  .looseObject({
    type: z.string().meta({ description: 'Adress till en beskrivning av felet.' }),
    title: z.string().meta({ description: 'Felet i korthet; samma text varje gång.' }),
    status: z.int().meta({ description: 'HTTP-statuskod.' }),
    detail: z.string().meta({ description: 'Vad som var fel den här gången.' }),
    instance: z.string().meta({ description: 'Sökvägen som anropades, utan parametrar.' }),
    code: z.string().meta({ description: 'Felets kod, stabil över tid: den som klienten ska välja efter.' }),
    law: z.string().optional().meta({ description: 'Lagrummet, när det är lagen som hindrar.' }),
    invalidParameters: z
      .array(
        z.object({
          name: z.string().meta({ description: 'Fältets sökväg med punkter, eller namnet på parametern.' }),
          reason: z.string().meta({ description: 'Varför värdet inte godtogs. Själva värdet återges aldrig.' }),
        }),
      )
      .optional()
      .meta({ description: 'Alla fält som var fel.' }),
  })
  .meta({ id: 'Problem', description: 'Ett fel enligt RFC 9457.' });

interface DocumentedHeader {
  readonly type: 'string' | 'integer';
  readonly description: string;
  readonly example?: string;
}

/** Headers of answers, for `answer(…, { headers })`. */
export const REPLY_HEADERS = {
  etag: { type: 'string', description: 'Uppgiftens revision; skickas tillbaka i If-Match.', example: '"3"' },
  weakEtag: {
    type: 'string',
    description: 'Märke för just det här svaret; kan användas i If-None-Match, aldrig i If-Match.',
    example: 'W/"kq3v9Zt0m1Xy2Ab4Cd5EfA"',
  },
  location: { type: 'string', description: 'Adressen till det som skapades.' },
  replayed: {
    type: 'string',
    description: '`true` när svaret gäller en begäran som redan hade tagits emot med samma Idempotency-Key.',
    example: 'true',
  },
} as const satisfies Record<string, DocumentedHeader>;

interface AnswerOptions<T> {
  /** A whole answer; without it the example that the schema itself carries is shown. */
  readonly example?: T;
  readonly headers?: Readonly<Record<string, DocumentedHeader>>;
}

/** Documents one successful answer of a route: `response: { 200: answer(planSchema, 'Planen.') }`. */
export function answer<S extends z.ZodType>(schema: S, description: string, options: AnswerOptions<z.output<S>> = {}) {
  const { example, headers } = options;
  const media = { schema, ...(example !== undefined && { examples: { exempel: { value: example } } }) };
  return { description, ...(headers && { headers }), content: { 'application/json': media } };
}

/** Documents an answer without a body: 204 or 304. */
export function bodyless(description: string) {
  return { description, type: 'null' as const };
}

type ProblemAnswer = {
  readonly description: string;
  readonly content: {
    readonly 'application/problem+json': { readonly schema: typeof problemSchema; readonly examples: object };
  };
};

/** Stands for whatever sign-in can be refused for, which `identity/` declares; see `signInProblems`. */
const unauthenticated: ProblemDefinition = {
  code: 'unauthenticated',
  kind: 'unauthenticated',
  title: { sv: 'Inloggning krävs', en: 'Sign-in is required' },
};

const USUAL: Readonly<Record<number, readonly ProblemDefinition[]>> = {
  400: [invalidRequest.definition],
  401: [unauthenticated],
  403: [forbidden.definition, actorNotAllowed.definition],
  404: [notFound.definition],
  405: [methodNotAllowed.definition],
  412: [stale.definition],
  413: [bodyTooLarge.definition],
  415: [unsupportedMediaType.definition],
  422: [idempotencyMismatch.definition],
  428: [preconditionRequired.definition],
  429: [tooManyRequests.definition],
  500: [fault.definition],
  503: [busy.definition],
};

/** What any request can be answered, whatever it asks for. */
const ALWAYS = [429, 500, 503] as const;

/**
 * Documents the refusals of a route, to spread into `response`: `...problems(400, 401, 404, stepNotYours, planClosed)`.
 *
 * A status stands for the door's usual refusal of that kind; a factory for that very code, under its own status. Too
 * many requests, fault and overload are always there.
 *
 * @throws Error for a status that has no usual refusal, such as 409: name the codes
 */
export function problems(...items: readonly (number | ProblemFactory)[]): Record<number, ProblemAnswer> {
  const byStatus = new Map<number, ProblemDefinition[]>();
  for (const item of [...items, ...ALWAYS]) {
    const definitions = typeof item === 'number' ? USUAL[item] : [item.definition];
    if (!definitions) throw new Error(`no usual problem of status ${item}: name the codes`);
    for (const definition of definitions) {
      const status = PROBLEM_KINDS[definition.kind];
      byStatus.set(status, [...new Set([...(byStatus.get(status) ?? []), definition])]);
    }
  }
  return Object.fromEntries([...byStatus].map(([status, definitions]) => [status, problemAnswer(definitions)]));
}

/** What a sign-in can be refused for, once all problems are declared. */
export function signInProblems(): ProblemAnswer {
  const declared = listProblems().filter(({ kind }) => kind === 'unauthenticated');
  return problemAnswer(declared.length > 0 ? declared : [unauthenticated]);
}

function problemAnswer(definitions: readonly ProblemDefinition[]): ProblemAnswer {
  const description = definitions.map(({ code, title }) => `${title.sv} (\`${code}\`).`).join(' ');
  const examples = Object.fromEntries(
    definitions.map((definition) => [definition.code, { value: exampleOf(definition) }]),
  );
  return { description, content: { 'application/problem+json': { schema: problemSchema, examples } } };
}

function exampleOf({ code, kind, title, law }: ProblemDefinition) {
  return {
    type: `/problems/${code}`,
    title: title.sv,
    status: PROBLEM_KINDS[kind],
    detail: title.sv,
    instance: '/v1/plans',
    code,
    ...(law !== undefined && { law }),
    ...(code === 'invalid-request' && { invalidParameters: [{ name: 'title', reason: 'Fältet saknas.' }] }),
  };
}
