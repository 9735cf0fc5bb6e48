import { isJsonObject, type JsonObject, walk } from './json-walk.ts';
import { dropUnused, joinTwins, open, schemasOf, section } from './openapi-components.ts';
import { showExample } from './openapi-examples.ts';

const LONGEST_PATTERN = 80;
const HEADER_NAMES: Readonly<Record<string, string>> = {
  'if-match': 'If-Match',
  'if-none-match': 'If-None-Match',
  'idempotency-key': 'Idempotency-Key',
};

/**
 * Makes the generated document one that people can read, without changing what it says.
 *
 * The generator writes every schema twice (`X` for answers, `XInput` for requests), all registered ones whether used or
 * not, bounds that only mean "a number that JavaScript can hold", and regular expressions of several lines. It also
 * closes every answer to further fields, though new ones may come; requests stay as closed as they are. Refusals that
 * many operations share are told once.
 *
 * @throws Error when a component's own id ends with `Input`, which the generator keeps for itself
 */
export function tidyDocument(document: JsonObject): JsonObject {
  walk(document, tidySchema);
  const schemas = schemasOf(document);
  const taken = Object.keys(schemas).find((name) => name.endsWith('InputInput'));
  if (taken !== undefined) throw new Error(`a component's id may not end with Input: ${taken.slice(0, -5)}`);
  dropUnused(document, schemas);
  for (const name of Object.keys(schemas)) if (!name.endsWith('Input')) walk(schemas[name], open);
  for (const { operation } of operationsOf(document)) walk(operation.responses, open);
  joinTwins(document, schemas);
  dropUnused(document, schemas);
  for (const found of operationsOf(document)) tidyOperation(found, document);
  return document;
}

function tidySchema(node: JsonObject): void {
  const { pattern, format, minimum, maximum } = node;
  if (typeof pattern === 'string' && (typeof format === 'string' || pattern.length > LONGEST_PATTERN))
    delete node.pattern;
  if (minimum === Number.MIN_SAFE_INTEGER) delete node.minimum;
  if (maximum === Number.MAX_SAFE_INTEGER) delete node.maximum;
}

interface Found {
  readonly method: string;
  readonly path: string;
  readonly operation: JsonObject;
}

function operationsOf(document: JsonObject): Found[] {
  return Object.entries(isJsonObject(document.paths) ? document.paths : {}).flatMap(([path, item]) =>
    Object.entries(isJsonObject(item) ? item : {}).flatMap(([method, operation]) =>
      isJsonObject(operation) ? [{ method, path, operation }] : [],
    ),
  );
}

function tidyOperation({ method, path, operation }: Found, document: JsonObject): void {
  operation.operationId ??= nameOf(method, path);
  for (const parameter of [operation.parameters].flat().filter(isJsonObject)) tidyParameter(parameter);
  const responses = isJsonObject(operation.responses) ? operation.responses : {};
  for (const part of [operation.requestBody, ...Object.values(responses)].filter(isJsonObject)) {
    const content = isJsonObject(part.content) ? Object.values(part.content) : [];
    for (const media of content.filter(isJsonObject)) showExample(media, document);
  }
  for (const [status, response] of Object.entries(responses)) {
    if (Number(status) >= 400 && isJsonObject(response)) responses[status] = shared(status, response, document);
  }
}

/** What generated clients call an operation that has no name of its own: `postPlansStepsAccept`, `getPlansByPlanId`. */
function nameOf(method: string, path: string): string {
  const segments = path.split('/').filter(Boolean);
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  const words = segments.filter((segment) => !segment.startsWith('{')).flatMap((segment) => segment.split('-'));
  const last = /^\{(.*)\}$/.exec(segments.at(-1) ?? '')?.[1];
  return method + words.map(capital).join('') + (last === undefined ? '' : `By${capital(last)}`);
}

function tidyParameter(parameter: JsonObject): void {
  if (parameter.in !== 'header' || typeof parameter.name !== 'string') return;
  const name = HEADER_NAMES[parameter.name];
  if (name !== undefined) parameter.name = name;
  // Optional to zod, so that its absence can be answered 428 and not 400.
  if (name === 'If-Match') parameter.required = true;
}

/** Moves a refusal to the components, named by its status and codes, and leaves a reference. */
function shared(status: string, response: JsonObject, document: JsonObject): JsonObject {
  const content = isJsonObject(response.content) ? response.content['application/problem+json'] : undefined;
  const codes = isJsonObject(content) && isJsonObject(content.examples) ? Object.keys(content.examples) : [];
  if (codes.length === 0) return response;
  const name = [status, ...codes].join('.');
  section(document, 'responses')[name] = response;
  return { $ref: `#/components/responses/${name}` };
}
