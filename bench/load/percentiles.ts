/** Half were at most so late, and all but one in a hundred; zero when there were none. */
export interface Times {
  readonly medianMs: number;
  readonly p99Ms: number;
}

export function percentiles(durations: readonly number[]): Times {
  const sorted = Float64Array.from(durations).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { medianMs: at(0.5), p99Ms: at(0.99) };
}
