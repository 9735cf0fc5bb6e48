/** The closed list of error kinds; each door renders them in its own form. */
export const PROBLEM_KINDS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  conflict: 409,
  stale: 412,
  'too-large': 413,
  'unsupported-media': 415,
  unprocessable: 422,
  'precondition-missing': 428,
  'too-many': 429,
  fault: 500,
  busy: 503,
} as const;

export type ProblemKind = keyof typeof PROBLEM_KINDS;

/** Words for people: Swedish first, English on request. */
export interface Words {
  readonly sv: string;
  readonly en: string;
}

/** One field that was wrong: where it is and why, never what it held (it may be a personnummer). */
export interface InvalidParameter {
  /** Dotted path in the body, or the name of the header, query or path parameter. */
  readonly name: string;
  readonly reason: Words;
}

export interface ProblemDefinition {
  /** Kebab-case, unique, stable: clients branch on it. */
  readonly code: string;
  readonly kind: ProblemKind;
  readonly title: Words;
  /** The paragraph that it comes from, when the law and not the form of the request refuses. */
  readonly law?: string;
}

export interface ProblemParticulars {
  readonly detail?: Words;
  readonly invalidParameters?: readonly InvalidParameter[];
  /** Facts that help the caller on (allowed states, what is missing). Never a rejected value, never another's data. */
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;
}

/** An expected refusal. Whatever else is thrown is a fault and leaves as 500 without inner text. */
export class Problem extends Error {
  readonly definition: ProblemDefinition;
  readonly particulars: ProblemParticulars;

  constructor(definition: ProblemDefinition, particulars: ProblemParticulars = {}) {
    super(definition.code);
    this.name = 'Problem';
    this.definition = definition;
    this.particulars = particulars;
  }

  get status(): number {
    return PROBLEM_KINDS[this.definition.kind];
  }
}

export type ProblemFactory = ((particulars?: ProblemParticulars) => Problem) & {
  readonly definition: ProblemDefinition;
};

const registry = new Map<string, ProblemDefinition>();

/**
 * Declares one kind of refusal and gives the function that makes it: `throw stepNotYours()`.
 *
 * @throws Error when the code is already taken, so that two slices cannot mean different things by one code
 */
export function defineProblem(definition: ProblemDefinition): ProblemFactory {
  if (registry.has(definition.code)) throw new Error(`problem code declared twice: ${definition.code}`);
  registry.set(definition.code, definition);
  return Object.assign((particulars?: ProblemParticulars) => new Problem(definition, particulars), { definition });
}

/** All declared problems, for the documentation and its test. */
export function listProblems(): readonly ProblemDefinition[] {
  return [...registry.values()].sort((a, b) => a.code.localeCompare(b.code));
}

/** Names one wrong field. */
export function wrong(name: string, sv: string, en: string): InvalidParameter {
  return { name, reason: { sv, en } };
}
