/** An instant as facts write it. */
export function at(epoch: number): string {
  return new Date(epoch).toISOString();
}

/** The instant so many milliseconds later. */
export function later(epoch: number, milliseconds: number): string {
  return at(epoch + milliseconds);
}

/** The epoch of a time with its offset, `2026-11-16T00:00+01:00`. */
export function epoch(text: string): number {
  return Date.parse(text);
}
