import type { Words } from '../shared/problem.ts';

/**
 * Why the service, a command or a test run declines to start on this database. Unlike a Problem it never reaches a
 * caller over HTTP: it is read by whoever starts the process, so its message holds both languages in plain words.
 */
export class StartRefusal extends Error {
  /** Kebab-case and stable, for tests and for operators' scripts. */
  readonly code: string;
  readonly words: Words;

  constructor(code: string, words: Words, cause?: unknown) {
    super(`${words.sv} (${words.en})`, { cause });
    this.name = 'StartRefusal';
    this.code = code;
    this.words = words;
  }
}

/** Where a start tells what it does, one plain line at a time. Never receives personal data or passwords. */
export type StartLog = (line: string) => void;
