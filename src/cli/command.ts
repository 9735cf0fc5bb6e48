/** Where a command writes, and the environment that it reads. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What was asked for: goes to standard output. */
  out(line: string): void;
  /** Progress, faults and refusals: goes to standard error. */
  err(line: string): void;
}

/** How a command ends, for scripts that call it. */
export const EXIT = {
  done: 0,
  /** It ran, and what it was given or asked to check is not in order. */
  faults: 1,
  /** It was called wrongly. */
  usage: 2,
  /** It could not be carried out: no database, a refusal to start. */
  failed: 3,
  /** Whoever started it broke it off (128 and SIGINT, as shells say it). */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** One command of the project's command line. */
export interface Command {
  /** What it is called by, `['directory', 'import']`. */
  readonly words: readonly string[];
  /** One line in Swedish for the list of commands. */
  readonly summary: string;
  /** What `--help` answers, in Swedish. */
  help(): string;
  /**
   * @param args what followed the command's words
   * @throws UsageError, StartRefusal and errors of the system; all are told in plain words by whoever runs it
   */
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>;
}

/** The command was called wrongly; the message says how, in Swedish, for the one at the keyboard. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
