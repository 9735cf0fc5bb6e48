export type JsonObject = Record<string, unknown>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Visits every object inside a JSON value, outermost first. Examples are data and not schemas: they are left alone. */
export function walk(value: unknown, visit: (node: JsonObject) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit);
  } else if (isJsonObject(value)) {
    visit(value);
    for (const [name, item] of Object.entries(value)) if (name !== 'examples' && name !== 'example') walk(item, visit);
  }
}

/** The same JSON value with all names sorted, at every level. */
export function sortedJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedJson);
  if (!isJsonObject(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sortedJson(value[name])]));
}
