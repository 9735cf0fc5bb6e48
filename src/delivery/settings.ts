import { RETRY_SCHEDULE_MS } from './domain/retry.ts';

/** Where events may be sent, and how patiently. */
export interface DeliverySettings {
  /** Host names that webhooks may be sent to, `hooks.example.se` or `*.example.se`; none unless said. */
  readonly hosts: readonly string[];
  /** Tests and demonstrations at the own desk: plain http to the loopback address too. Never for real persons. */
  readonly allowLocal: boolean;
  /** How long one try may take in all, milliseconds. */
  readonly timeoutMs: number;
  /** For how long a process has an event to itself: longer than a try, so that nobody else sends it meanwhile. */
  readonly leaseMs: number;
  /** How many lanes (plans) of one subscription are on their way at a time. */
  readonly lanesAtOnce: number;
  /** How often each process looks for something to do, milliseconds. */
  readonly everyMs: number;
  readonly retryScheduleMs: readonly number[];
}

/** What applies unless configured: nowhere to send to. */
export const DEFAULT_DELIVERY: DeliverySettings = {
  hosts: [],
  allowLocal: false,
  timeoutMs: 10_000,
  leaseMs: 30_000,
  lanesAtOnce: 4,
  everyMs: 500,
  retryScheduleMs: RETRY_SCHEDULE_MS,
};
