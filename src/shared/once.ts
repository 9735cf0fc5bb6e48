/** Worked out when it is first asked for, and kept. */
export function once<T>(workOut: () => T): () => T {
  let kept: { readonly is: T } | undefined;
  return () => {
    kept ??= { is: workOut() };
    return kept.is;
  };
}

/** Where {@link onceFor} keeps what it has worked out: a Map, or a WeakMap. */
interface Kept<K, T> {
  get(key: K): T | undefined;
  set(key: K, value: T): unknown;
}

/** Worked out for each key when it is first asked for, and kept as long as `kept` keeps it. */
export function onceFor<K, T extends NonNullable<unknown>>(
  workOut: (key: K) => T,
  kept: Kept<K, T> = new Map<K, T>(),
): (key: K) => T {
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const value = workOut(key);
    kept.set(key, value);
    return value;
  };
}

/** As {@link onceFor}, of objects: kept no longer than what it is of. */
export function oncePer<K extends object, T extends NonNullable<unknown>>(workOut: (of: K) => T): (of: K) => T {
  return onceFor(workOut, new WeakMap<K, T>());
}
