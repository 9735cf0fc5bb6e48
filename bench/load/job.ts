import type { Failures } from './failures.ts';
import type { Times } from './percentiles.ts';

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
  /** Requests per second over all connections, sent all at once at each second; as fast as they come unless said. */
  readonly rate?: number;
  readonly lists: readonly (readonly LoadRequest[])[];
}

export interface LoadResult extends Times {
  readonly requests: number;
  readonly errors: number;
  readonly seconds: number;
  readonly bytes: number;
  /** Those that were answered well, and how many were told to come back later. */
  readonly accepted: Counted;
  readonly refused: number;
  /** What went wrong, how often: answers that were no success, and requests that were never answered. */
  readonly failures: Failures;
}

/** So many answers of one kind, and how late they were. */
export interface Counted extends Times {
  readonly requests: number;
}

/**
 * A crowd over connections that are open before anything is counted, as those of a load balancer are. Without a rate each
 * connection asks again when it is answered; with one, requests fall due as callers come, whether or not those before
 * were answered.
 */
export interface CrowdJob {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** Requests that fall due in a second, at random moments. */
  readonly rate?: number;
  /** Callers on connections of their own, all at once when half the time has gone. */
  readonly newcomers?: number;
  readonly requests: readonly LoadRequest[];
}

export interface CrowdResult {
  readonly seconds: number;
  readonly accepted: Counted;
  readonly refused: Counted;
  /** How late those who came on a connection of their own were told anything, and the last of them. */
  readonly newcomers?: Times & { readonly lastMs: number };
  /** How late requests left, which is no fault of the service: 99 in a hundred were less late. */
  readonly leftLateMs: number;
  readonly errors: number;
  readonly failures: Failures;
}
