import { isJsonObject, type JsonObject, walk } from './json-walk.ts';

const COMPONENT = '#/components/schemas/';
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
 * closes every answer to further fields, though new ones may come; requests stay as closed as they are.
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
  for (const { responses } of operationsOf(document)) walk(responses, open);
  joinTwins(document, schemas);
  dropUnused(document, schemas);
  for (const operation of operationsOf(document)) tidyOperation(operation, schemas);
  return document;
}

function schemasOf(document: JsonObject): JsonObject {
  const components = document.components;
  const schemas = isJsonObject(components) ? components.schemas : undefined;
  return isJsonObject(schemas) ? schemas : {};
}

function tidySchema(node: JsonObject): void {
  const { pattern, format, minimum, maximum } = node;
  if (typeof pattern === 'string' && (typeof format === 'string' || pattern.length > LONGEST_PATTERN))
    delete node.pattern;
  if (minimum === Number.MIN_SAFE_INTEGER) delete node.minimum;
  if (maximum === Number.MAX_SAFE_INTEGER) delete node.maximum;
}

function open(node: JsonObject): void {
  if (node.additionalProperties === false) delete node.additionalProperties;
}

function refsIn(node: unknown): Set<string> {
  const refs = new Set<string>();
  walk(node, ({ $ref }) => {
    if (typeof $ref === 'string' && $ref.startsWith(COMPONENT)) refs.add($ref.slice(COMPONENT.length));
  });
  return refs;
}

function dropUnused(document: JsonObject, schemas: JsonObject): void {
  const used = refsIn([document.paths, document.webhooks]);
  for (const name of used) for (const inner of refsIn(schemas[name])) used.add(inner);
  for (const name of Object.keys(schemas)) if (!used.has(name)) delete schemas[name];
}

function renameRefs(node: unknown, names: ReadonlyMap<string, string>): void {
  walk(node, (inner) => {
    const name = typeof inner.$ref === 'string' ? names.get(inner.$ref.slice(COMPONENT.length)) : undefined;
    if (name !== undefined) inner.$ref = COMPONENT + name;
  });
}

/** Gives `XInput` the name `X` where there is no `X`, or where the two are the same; what remains really differs. */
function joinTwins(document: JsonObject, schemas: JsonObject): void {
  const names = new Map(
    Object.keys(schemas)
      .filter((name) => name.endsWith('Input'))
      .map((name) => [name, name.slice(0, -'Input'.length)]),
  );
  // Two schemas may only be equal once the schemas they hold are: assume all are, and take back until nothing differs.
  for (
    let differing = differingTwins(schemas, names);
    differing.length > 0;
    differing = differingTwins(schemas, names)
  ) {
    for (const name of differing) names.delete(name);
  }
  renameRefs(document, names);
  for (const [twin, name] of names) {
    // The request's variant, since it tells whether unknown fields are refused.
    schemas[name] = schemas[twin];
    delete schemas[twin];
  }
}

function differingTwins(schemas: JsonObject, names: ReadonlyMap<string, string>): string[] {
  const renamed = (schema: unknown) => {
    const copy = structuredClone(schema);
    renameRefs(copy, names);
    walk(copy, open);
    return JSON.stringify(copy);
  };
  return [...names.keys()].filter((twin) => {
    const other = schemas[names.get(twin)!];
    return other !== undefined && renamed(schemas[twin]) !== renamed(other);
  });
}

function operationsOf(document: JsonObject): JsonObject[] {
  const paths = isJsonObject(document.paths) ? Object.values(document.paths) : [];
  return paths.filter(isJsonObject).flatMap((path) => Object.values(path).filter(isJsonObject));
}

function tidyOperation(operation: JsonObject, schemas: JsonObject): void {
  for (const parameter of [operation.parameters].flat().filter(isJsonObject)) tidyParameter(parameter);
  const responses = isJsonObject(operation.responses) ? Object.values(operation.responses) : [];
  for (const part of [operation.requestBody, ...responses].filter(isJsonObject)) {
    const content = isJsonObject(part.content) ? Object.values(part.content) : [];
    for (const media of content.filter(isJsonObject)) showExample(media, schemas);
  }
}

function tidyParameter(parameter: JsonObject): void {
  if (parameter.in !== 'header' || typeof parameter.name !== 'string') return;
  const name = HEADER_NAMES[parameter.name];
  if (name !== undefined) parameter.name = name;
  // Optional to zod, so that its absence can be answered 428 and not 400.
  if (name === 'If-Match') parameter.required = true;
}

/** Lifts the schema's own example to where the national profile looks for it (DOK.15). */
function showExample(media: JsonObject, schemas: JsonObject): void {
  if (media.examples !== undefined || !isJsonObject(media.schema)) return;
  const { $ref } = media.schema;
  const schema = typeof $ref === 'string' ? schemas[$ref.slice(COMPONENT.length)] : media.schema;
  const examples = isJsonObject(schema) ? schema.examples : undefined;
  const value = media.example ?? (Array.isArray(examples) ? examples[0] : undefined);
  if (value === undefined) return;
  delete media.example;
  media.examples = { exempel: { value } };
}
