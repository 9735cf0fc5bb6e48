import { isJsonObject, type JsonObject } from './json-walk.ts';
import { COMPONENT, resolved, schemasOf, section } from './openapi-components.ts';

const DEEPEST = 16;
const BY_FORMAT: Readonly<Record<string, string>> = {
  'date-time': '2026-11-16T10:00:00.000Z',
  date: '2026-11-16',
  time: '08:00',
  uri: 'https://patientkontrakt.example/',
  uuid: '5b0c9a1e-5a53-4a6e-9d0a-0a4c1f6f2f10',
};

/**
 * An example of a whole body, put together from the examples of its fields: what the national profile asks of every
 * body (DOK.15), without each being written by hand. A schema's own example goes before.
 *
 * @returns undefined for a schema that holds itself, where it comes round again
 */
export function exampleOf(schema: JsonObject, schemas: JsonObject, deep = 0): unknown {
  const { examples, example, default: usual, const: only, enum: values } = schema;
  const own = example ?? (Array.isArray(examples) ? examples[0] : undefined) ?? usual ?? only;
  if (own !== undefined) return own;
  if (Array.isArray(values)) return values[0];
  if (deep === DEEPEST) return undefined;
  if (schema.$ref !== undefined) return exampleOf(resolved(schema, schemas), schemas, deep + 1);
  const variant = [schema.oneOf, schema.anyOf, schema.allOf].flatMap((list) => (Array.isArray(list) ? list : []));
  const first = variant.filter(isJsonObject).find(({ type }) => type !== 'null');
  if (first) return exampleOf(first, schemas, deep + 1);
  return exampleOfType(schema, schemas, deep);
}

function exampleOfType(schema: JsonObject, schemas: JsonObject, deep: number): unknown {
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== 'null') : schema.type;
  switch (type) {
    case 'object':
      return exampleOfObject(schema, schemas, deep);
    case 'array': {
      const item = isJsonObject(schema.items) ? exampleOf(schema.items, schemas, deep + 1) : undefined;
      return item === undefined ? [] : [item];
    }
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'string':
      return BY_FORMAT[String(schema.format)] ?? 'text';
    default:
      return undefined;
  }
}

function exampleOfObject(schema: JsonObject, schemas: JsonObject, deep: number): JsonObject {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const entries = Object.entries(properties)
    .map(([name, field]) => [name, isJsonObject(field) ? exampleOf(field, schemas, deep + 1) : undefined] as const)
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries);
}

/** Shows an example where the profile looks for it; that of a named schema stands once, among the components. */
export function showExample(media: JsonObject, document: JsonObject): void {
  if (media.examples !== undefined || !isJsonObject(media.schema)) return;
  const value = media.example ?? exampleOf(media.schema, schemasOf(document));
  delete media.example;
  if (value === undefined) return;
  const { $ref } = media.schema;
  if (typeof $ref !== 'string') {
    media.examples = { exempel: { value } };
    return;
  }
  const name = $ref.slice(COMPONENT.length);
  section(document, 'examples')[name] = { value };
  media.examples = { exempel: { $ref: `#/components/examples/${name}` } };
}
