export interface TokenCache<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  delete(key: string): void;
  readonly size: number;
}

/**
 * Remembers what has been verified, at most `capacity` entries: the one unused longest goes first, so that a flood
 * of new tokens costs memory up to a bound and no more. It knows nothing of time; who asks checks what it gets.
 */
export function createTokenCache<T>(capacity: number): TokenCache<T> {
  // A Map keeps the order of insertion, so the first key is the one unused longest when each use moves its key last.
  const entries = new Map<string, T>();
  return {
    get(key) {
      const value = entries.get(key);
      if (value === undefined) return undefined;
      entries.delete(key);
      entries.set(key, value);
      return value;
    },
    set(key, value) {
      entries.delete(key);
      entries.set(key, value);
      if (entries.size > capacity) entries.delete(entries.keys().next().value!);
    },
    delete: (key) => void entries.delete(key),
    get size() {
      return entries.size;
    },
  };
}
