/** What a log line may tell of an error: its kind, its codes and where in our code it happened. Never its message. */
export interface ErrorTrace {
  readonly type: string;
  /** Always the same words, for readers of logs who look for a message. */
  readonly message: string;
  readonly stack: string;
  readonly code?: string;
  readonly table?: string;
  readonly constraint?: string;
  readonly cause?: ErrorTrace;
}

const MOST_FRAMES = 15;
const MOST_CAUSES = 3;
const IDENTIFIER = /^[A-Za-z_][\w.]{0,62}$/;
const SQLSTATE = /^[0-9A-Z]{5}$/;
const FRAME = /^\s+at /;

/**
 * Reduces an error to what cannot hold personal data.
 *
 * Messages are left out without exception: the database quotes values ("Key (…)=(…) already exists"), the query
 * builder quotes parameters, and `JSON.parse` quotes its input. Codes, names of tables and constraints, and the stack
 * tell the operator where to look.
 */
export function traceOf(error: unknown, causes = MOST_CAUSES): ErrorTrace {
  const { name, message, stack, code, table, constraint, cause } = (
    typeof error === 'object' && error !== null ? error : {}
  ) as Record<string, unknown>;
  const own = (value: unknown) => (typeof value === 'string' && IDENTIFIER.test(value) ? value : undefined);
  return {
    type: own(name) ?? typeof error,
    message: 'not logged: it could hold personal data',
    stack: framesOf(stack, message),
    code: own(code) ?? (typeof code === 'string' && SQLSTATE.test(code) ? code : undefined),
    table: own(table),
    constraint: own(constraint),
    ...(cause !== undefined && causes > 0 && { cause: traceOf(cause, causes - 1) }),
  };
}

function framesOf(stack: unknown, message: unknown): string {
  if (typeof stack !== 'string') return '';
  // The message stands first in the stack, and a message of several lines could imitate a frame.
  const start = typeof message === 'string' && message !== '' ? stack.indexOf(message) + message.length : 0;
  const frames = stack
    .slice(start)
    .split('\n')
    .filter((line) => FRAME.test(line));
  return frames.slice(0, MOST_FRAMES).join('\n');
}
