import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ImportedLines, LineImporter, NumberedLine } from '../../plans/index.ts';
import type { Terminal } from '../command.ts';
import type { ImportJob } from './importer.ts';

/** What a process is told: first its job, then lines to take. */
export type ToldProcess =
  | { readonly job: ImportJob }
  | { readonly number: number; readonly lines: readonly NumberedLine[] };

/** What it answers: what became of lines, or why it can do no more. */
export type ProcessAnswer =
  | { readonly number: number; readonly done: ImportedLines }
  | { readonly failed: { readonly message: string; readonly stack?: string; readonly code?: string } };

/** One of the processes is no more, while lines that it was given were waiting. */
export class ProcessEnded extends Error {}

/** Room for the plans of all transactions under way, so that they are not made old, and cleared away, while they wait. */
const YOUNG_OBJECTS = '--max-semi-space-size=64';

/** Importers in processes of their own, since judging plans keeps one processor busy. */
export interface ImportProcesses extends LineImporter {
  /** @throws ProcessEnded, or what the importer there threw */
  take(lines: readonly NumberedLine[]): Promise<ImportedLines>;
  /** Ends them, once what they have under way is done. */
  close(): Promise<void>;
}

/**
 * Starts them on the database that the environment names.
 *
 * @param count how many, each with connections of its own
 */
export function importProcesses(env: Terminal['env'], job: ImportJob, count: number): ImportProcesses {
  const processes = Array.from({ length: count }, () => startOne(env, job));
  return {
    take: (lines) => processes.reduce((a, b) => (b.waiting() < a.waiting() ? b : a)).take(lines),
    close: async () => {
      await Promise.all(processes.map((one) => one.close()));
    },
  };
}

interface OneProcess extends ImportProcesses {
  /** How many groups of lines it has not answered for. */
  waiting(): number;
}

interface Waiting {
  readonly resolve: (done: ImportedLines) => void;
  readonly reject: (error: Error) => void;
}

function startOne(env: Terminal['env'], job: ImportJob): OneProcess {
  const program = new URL(`./import-process${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
  const execArgv = [...process.execArgv, YOUNG_OBJECTS];
  const child = fork(program, { env, execArgv, serialization: 'advanced' });
  const waiting = new Map<number, Waiting>();
  let failure: Error | undefined;
  const fail = (error: Error) => {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  };
  child.on('message', (answer: ProcessAnswer) => {
    if ('failed' in answer) return fail(Object.assign(new Error(answer.failed.message), answer.failed));
    waiting.get(answer.number)?.resolve(answer.done);
    waiting.delete(answer.number);
  });
  child.once('error', fail);
  child.once('exit', () => fail(new ProcessEnded()));
  let told = 0;
  const tell = (what: ToldProcess) => child.send(what, (error) => error && fail(error));
  tell({ job });
  return {
    waiting: () => waiting.size,
    take: (lines) =>
      new Promise((resolve, reject) => {
        if (failure) return reject(failure);
        told += 1;
        waiting.set(told, { resolve, reject });
        tell({ number: told, lines });
      }),
    close: () => ended(child),
  };
}

/** Lets it go: it ends by itself when nobody can tell it anything more. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  if (child.connected) child.disconnect();
  await exit;
}
