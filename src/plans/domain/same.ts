/** Whether two values of stored content say the same; a field that is undefined is one that is not there. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((name) => isSame(left[name], right[name]));
}

/** A change of some fields: absent leaves a field as it is, null takes it away. */
export type Fields<T, F extends keyof T> = { readonly [N in F]?: T[N] | null };

/** Those of the fields that differ from what the thing has, null read as taken away. */
export function differing<T extends object, F extends keyof T>(thing: T, fields: Fields<T, F>): Partial<T> {
  const found: Partial<T> = {};
  for (const name of Object.keys(fields) as F[]) {
    const given = fields[name];
    if (given === undefined) continue;
    const wanted = given === null ? undefined : (given as T[F]);
    if (!isSame(thing[name], wanted)) found[name] = wanted as T[F];
  }
  return found;
}

/** Some of an object's fields, those that are there. */
export function picked<T extends object, F extends keyof T>(from: T, names: readonly F[]): Pick<T, F> {
  const kept = {} as Pick<T, F>;
  for (const name of names) if (from[name] !== undefined) kept[name] = from[name];
  return kept;
}

export function isEmpty(fields: object): boolean {
  return Object.keys(fields).length === 0;
}
