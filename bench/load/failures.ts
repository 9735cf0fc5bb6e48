/** How often requests failed, by how: `412 stale`, `503 busy`, `ECONNRESET`. */
export type Failures = Readonly<Record<string, number>>;

/** So much of an answer that is no refusal of ours is told. */
const TOLD_LETTERS = 80;

interface Refusal {
  readonly code?: unknown;
  readonly issue?: readonly { readonly details?: { readonly coding?: readonly { readonly code?: unknown }[] } }[];
}

/**
 * What an answer that was no success is counted as: its status, and the problem's own code, also as FHIR tells it. When a
 * refusal says to come back tells what was the matter: 1 too many under way, 2 the database, 5 an event loop that is late.
 */
export function failureOf(status: number, text: string, retryAfter?: string): string {
  const code = codeOf(text) ?? text.slice(0, TOLD_LETTERS).trim();
  return `${status} ${code}${retryAfter === undefined ? '' : ` (åter om ${retryAfter} s)`}`.trim();
}

function codeOf(text: string): string | undefined {
  try {
    const { code, issue } = JSON.parse(text) as Refusal;
    const said = code ?? issue?.[0]?.details?.coding?.[0]?.code;
    return typeof said === 'string' ? said : undefined;
  } catch {
    return undefined;
  }
}

/** What a request without any answer is counted as: the connection's own error. */
export function connectionFailure(error: unknown): string {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  return code ?? message ?? String(error);
}

/** Counts while requests are under way. */
export class FailureCount {
  private readonly times = new Map<string, number>();

  add(failure: string): void {
    this.times.set(failure, (this.times.get(failure) ?? 0) + 1);
  }

  get all(): Failures {
    return Object.fromEntries(this.times);
  }
}

/** Those of several stretches together. */
export function togetherOf(some: readonly Failures[]): Failures {
  const sum: Record<string, number> = {};
  for (const failures of some)
    for (const [failure, times] of Object.entries(failures)) sum[failure] = (sum[failure] ?? 0) + times;
  return sum;
}

export const failedTimes = (failures: Failures): number => Object.values(failures).reduce((sum, one) => sum + one, 0);

/** The most frequent first: `68 × 412 stale, 3 × ECONNRESET`. */
export function failuresInWords(failures: Failures): string {
  return Object.entries(failures)
    .sort(([, a], [, b]) => b - a)
    .map(([failure, times]) => `${times} × ${failure}`)
    .join(', ');
}
