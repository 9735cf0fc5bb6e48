import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { stop } from './service.ts';

/** A program of the bench in a process of its own, asked and answering one message at a time. */
export interface Helper<Q, A> {
  readonly pid: number;
  ask(question: Q): Promise<A>;
  stop(): Promise<void>;
}

/** @param file path below `bench/` */
export async function startHelper<Q extends object, A>(
  file: string,
  execArgv: readonly string[] = [],
): Promise<Helper<Q, A>> {
  const path = new URL(file, import.meta.url).pathname;
  const child: ChildProcess = fork(path, { execArgv: ['--import', 'tsx', ...execArgv], serialization: 'advanced' });
  await once(child, 'message');
  return { pid: child.pid!, ask: (question) => askOnce<A>(child, question, file), stop: () => stop(child) };
}

function askOnce<A>(child: ChildProcess, question: object, file: string): Promise<A> {
  return new Promise((resolve, reject) => {
    const hear = (answer: A | { readonly failed: string }) => {
      child.off('exit', died);
      if (typeof answer === 'object' && answer !== null && 'failed' in answer) reject(new Error(answer.failed));
      else resolve(answer);
    };
    const died = (code: number | null) => {
      child.off('message', hear);
      reject(new Error(`${file} avslutades med ${code}`));
    };
    child.once('message', hear as (answer: unknown) => void);
    child.once('exit', died);
    child.send(question);
  });
}

/** The other end: answers each message, and tells a failure instead of dying. */
export function answerEach<Q, A>(work: (question: Q) => Promise<A>): void {
  const send = (message: unknown) => process.send?.(message);
  process.on('message', (question: Q) => {
    work(question).then(send, (error: unknown) =>
      send({ failed: error instanceof Error ? error.stack : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
  send('ready');
}
