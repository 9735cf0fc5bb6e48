/**
 * Business time: what deadlines, ages, consents and the next step are judged by. It is passed to SQL as a
 * parameter, so that a scenario can move it; tokens, the log, retention and rate limits use real time instead.
 */
export interface Clock {
  /** The present moment, as epoch milliseconds. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
