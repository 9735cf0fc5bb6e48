import { isJsonObject, type JsonObject, walk } from './json-walk.ts';

export const COMPONENT = '#/components/schemas/';

/** The document's own schemas, by name; an empty object when there are none. */
export function schemasOf(document: JsonObject): JsonObject {
  return section(document, 'schemas');
}

/** One section of the document's components, made when it is missing. */
export function section(document: JsonObject, name: string): JsonObject {
  const components = isJsonObject(document.components) ? document.components : {};
  document.components = components;
  const found = isJsonObject(components[name]) ? components[name] : {};
  components[name] = found;
  return found;
}

/** The schema that a reference means, or the schema itself. */
export function resolved(schema: JsonObject, schemas: JsonObject): JsonObject {
  const target = typeof schema.$ref === 'string' ? schemas[schema.$ref.slice(COMPONENT.length)] : schema;
  return isJsonObject(target) ? target : {};
}

function refsIn(node: unknown): Set<string> {
  const refs = new Set<string>();
  walk(node, ({ $ref }) => {
    if (typeof $ref === 'string' && $ref.startsWith(COMPONENT)) refs.add($ref.slice(COMPONENT.length));
  });
  return refs;
}

/** Takes away the schemas that nothing in the paths leads to. */
export function dropUnused(document: JsonObject, schemas: JsonObject): void {
  const used = refsIn([document.paths, document.webhooks]);
  for (const name of used) for (const inner of refsIn(schemas[name])) used.add(inner);
  for (const name of Object.keys(schemas)) if (!used.has(name)) delete schemas[name];
}

/** Leaves a schema open to further fields. */
export function open(node: JsonObject): void {
  if (node.additionalProperties === false) delete node.additionalProperties;
}

function renameRefs(node: unknown, names: ReadonlyMap<string, string>): void {
  walk(node, (inner) => {
    const name = typeof inner.$ref === 'string' ? names.get(inner.$ref.slice(COMPONENT.length)) : undefined;
    if (name !== undefined) inner.$ref = COMPONENT + name;
  });
}

/** Gives `XInput` the name `X` where there is no `X`, or where the two are the same; what remains really differs. */
export function joinTwins(document: JsonObject, schemas: JsonObject): void {
  const names = new Map(
    Object.keys(schemas)
      .filter((name) => name.endsWith('Input'))
      .map((name) => [name, name.slice(0, -'Input'.length)]),
  );
  // Two schemas may only be equal once the schemas they hold are: assume all are, and take back until nothing differs.
  let differing = differingTwins(schemas, names);
  while (differing.length > 0) {
    for (const name of differing) names.delete(name);
    differing = differingTwins(schemas, names);
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
