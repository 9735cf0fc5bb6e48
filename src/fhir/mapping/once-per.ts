/**
 * What many resources are told with (of a plan's view, of all that a reader sees): worked out when it is first asked for,
 * and kept as long as what it is of.
 */
export function oncePer<K extends object, T extends object>(workOut: (of: K) => T): (of: K) => T {
  const kept = new WeakMap<K, T>();
  return (of) => {
    const known = kept.get(of);
    if (known !== undefined) return known;
    const value = workOut(of);
    kept.set(of, value);
    return value;
  };
}
