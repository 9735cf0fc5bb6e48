import type { Answer } from '../../support/app.ts';
import type { LoggedEntry } from '../../support/plan-fixtures.ts';

/** Everybody who tries every route. */
export const CALLERS = [
  'nobody',
  'forged',
  'expired',
  'wrongAudience',
  'outsider',
  'participant',
  'rightful',
  'patient',
  'otherPatient',
  'representative',
  'proxy',
  'system',
  'otherSystem',
  'guardian12',
  'guardian13',
  'guardian16',
] as const;
export type CallerName = (typeof CALLERS)[number];

/**
 * What one caller is answered: the status, the problem's code, and the reason in the access log. `200` alone is an
 * answer that the log has as granted; `404 not-found no-relation` a refusal that it has as refused for that reason;
 * `409 link-empty` a refusal by the plan's own rules, which the log does not have; `public` needs no token and leaves
 * no entry.
 */
export type Expected = string;
export type Answers = Readonly<Record<CallerName, Expected>>;

/** One route as the law judges it. */
export interface Row {
  /** What the access log calls it. */
  readonly action: string;
  readonly answers: Answers;
  /** What is logged beside it: the answer holds more than one thing, or something is read before it is done. */
  readonly also?: readonly string[];
  /** Answers from nobody's data, without a question to the database: there is nothing to log. */
  readonly holdsNothing?: true;
}

const refusedToken = (code: string) => `401 ${code} ${code}`;

/** Whoever cannot say who they are is told so, whatever the route. */
export const NO_TOKEN = {
  nobody: refusedToken('token-missing'),
  forged: refusedToken('token-invalid'),
  expired: refusedToken('token-expired'),
  wrongAudience: refusedToken('token-invalid'),
} as const;

/** A row of the class `answers`, but for the callers that are named. */
export function row(
  action: string,
  answers: Omit<Answers, keyof typeof NO_TOKEN>,
  but: Partial<Omit<Answers, keyof typeof NO_TOKEN>> = {},
  logged: Pick<Row, 'also' | 'holdsNothing'> = {},
): Row {
  return { action, answers: { ...NO_TOKEN, ...answers, ...but }, ...logged };
}

interface OutcomeLike {
  readonly code?: string;
  readonly issue?: readonly { readonly details?: { readonly coding?: readonly { readonly code?: string }[] } }[];
}

/** What a caller was answered, in the words of {@link Expected}, and what of its log entries is not as it must be. */
export function told(reply: Answer, entries: readonly LoggedEntry[], logged: Omit<Row, 'answers'>): Expected {
  const { code, issue } = reply.body as OutcomeLike;
  const problem = reply.status < 400 ? undefined : (code ?? issue?.[0]?.details?.coding?.[0]?.code ?? 'no code');
  const reasons = new Set(entries.map(({ reason }) => reason));
  const reason = reasons.size === 1 ? [...reasons][0] : undefined;
  return [reply.status, problem, reason, faultOf(reply, entries, logged)].filter(Boolean).join(' ');
}

/** Undefined when the log says what was answered: what was done, whether it was granted, and nothing of what was not. */
function faultOf(
  { status }: Answer,
  entries: readonly LoggedEntry[],
  { action, also = [], holdsNothing }: Omit<Row, 'answers'>,
): string | undefined {
  const isLogged = (status < 400 && !holdsNothing) || [401, 403, 404].includes(status);
  if (!isLogged) return entries.every((entry) => also.includes(entry.action)) ? undefined : 'LOGGED';
  if (entries.length === 0) return 'NOT-LOGGED';
  const outcome = status < 400 ? 'Beviljad' : 'Nekad';
  if (entries.some((entry) => entry.outcome !== outcome)) return `OUTCOME-NOT-${outcome}`;
  const other = entries.find((entry) => entry.action !== action && !also.includes(entry.action));
  if (other) return `LOGGED-AS-${other.action}`;
  if (outcome === 'Beviljad') return undefined;
  if (entries.length > 1) return 'LOGGED-TWICE';
  return entries[0]!.resource_ids.length > 0 ? 'REFUSED-BUT-NAMES-RESOURCES' : undefined;
}
