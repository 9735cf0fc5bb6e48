const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * How long to wait after each failed try, milliseconds: what Standard Webhooks advises, three days in all. After the last
 * the event is a dead letter.
 */
export const RETRY_SCHEDULE_MS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/**
 * When to try again after this many failed tries, undefined when there is no more.
 *
 * @param spread 0 to 1, so that those who failed together do not all come back at once: up to a tenth later
 */
export function nextTryAfter(failed: number, schedule: readonly number[], spread: number): number | undefined {
  const wait = schedule[failed - 1];
  return wait === undefined ? undefined : Math.round(wait * (1 + spread / 10));
}
