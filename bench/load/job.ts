/** Stands in a body for a number that is another each time, so that there is always something to change. */
export const ROUND = '@n@';

/** One request of a list; what varies from one sending to the next is said and not written out. */
export interface LoadRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly token?: string;
  readonly body?: string;
  /** Sent as If-Match, and raised by one each time. */
  readonly revision?: number;
  /** Sent with an Idempotency-Key that is new each time. */
  readonly keyed?: true;
}

/** One stretch of load: so many requests over so many connections, each of which goes through its own list. */
export interface LoadJob {
  readonly url: string;
  readonly amount: number;
  readonly connections: number;
  /** Requests per second over all connections, whatever the answers; as fast as they come unless said. */
  readonly rate?: number;
  readonly lists: readonly (readonly LoadRequest[])[];
}

export interface LoadResult {
  readonly requests: number;
  readonly errors: number;
  readonly seconds: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly bytes: number;
  /** Those that were answered well, and how many were told to come back later. */
  readonly accepted: { readonly requests: number; readonly medianMs: number; readonly p99Ms: number };
  readonly refused: number;
  /** The first answer that was no success, to tell what went wrong. */
  readonly firstError?: string;
}
