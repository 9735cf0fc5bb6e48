import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

/** Sign-ins under way at once; beyond it the oldest are dropped, so that nobody can fill the memory. */
const MOST_ENTRIES = 5000;

interface Entry {
  readonly payload: AdapterPayload;
  readonly expiresAtMs: number;
}

type Store = Map<string, Entry>;

function put(store: Store, key: string, entry: Entry): void {
  store.delete(key);
  store.set(key, entry);
  if (store.size > MOST_ENTRIES) store.delete(store.keys().next().value!);
}

function take(store: Store, key: string, nowMs: number): AdapterPayload | undefined {
  const entry = store.get(key);
  if (entry === undefined || entry.expiresAtMs > nowMs) return entry?.payload;
  store.delete(key);
  return undefined;
}

function findWhere(store: Store, nowMs: number, holds: (payload: AdapterPayload) => boolean) {
  for (const { payload, expiresAtMs } of store.values()) if (expiresAtMs > nowMs && holds(payload)) return payload;
  return undefined;
}

/**
 * Keeps a demonstration provider's sign-ins under way, codes and grants in memory: they last minutes, and a restart
 * just means to choose a persona again. Its tokens are JWTs and kept nowhere.
 */
export function memoryAdapter(realNow: () => number): AdapterFactory {
  return (): Adapter => {
    const store: Store = new Map();
    return {
      async upsert(id, payload, expiresInS = 0) {
        const expiresAtMs = expiresInS > 0 ? realNow() + expiresInS * 1000 : Number.POSITIVE_INFINITY;
        put(store, id, { payload, expiresAtMs });
      },
      find: async (id) => take(store, id, realNow()),
      findByUid: async (uid) => findWhere(store, realNow(), (payload) => payload.uid === uid),
      findByUserCode: async (code) => findWhere(store, realNow(), (payload) => payload.userCode === code),
      async consume(id) {
        const entry = store.get(id);
        if (entry) entry.payload.consumed = Math.floor(realNow() / 1000);
      },
      async destroy(id) {
        store.delete(id);
      },
      async revokeByGrantId(grantId) {
        for (const [id, { payload }] of store) if (payload.grantId === grantId) store.delete(id);
      },
    };
  };
}
