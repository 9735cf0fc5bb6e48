/** Worked out when it is first asked for, and kept. */
export function once<T>(workOut: () => T): () => T {
  let kept: { readonly is: T } | undefined;
  return () => {
    kept ??= { is: workOut() };
    return kept.is;
  };
}

/** Worked out for each key when it is first asked for, and kept. */
export function onceFor<K, T extends NonNullable<unknown>>(workOut: (key: K) => T): (key: K) => T {
  const kept = new Map<K, T>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const value = workOut(key);
    kept.set(key, value);
    return value;
  };
}

/**
 * As {@link onceFor}, of what was asked about last: for what is asked about again and again, and then never more. A WeakMap
 * would keep each record until all old objects are collected, when what was worked out holds any of it.
 */
export function onceForLatest<K extends object, T>(workOut: (of: K) => T): (of: K) => T {
  let latest: { readonly of: K; readonly is: T } | undefined;
  return (of) => {
    if (latest?.of !== of) latest = { of, is: workOut(of) };
    return latest.is;
  };
}
