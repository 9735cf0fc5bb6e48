import { once } from 'node:events';
import type { LineImporter } from '../../plans/index.ts';
import { withDatabase } from '../open-database.ts';
import type { ProcessAnswer, ToldProcess } from './import-processes.ts';
import { CONNECTIONS, type ImportJob, importerOn } from './importer.ts';

// One of several processes that bring plans in: takes the lines that it is sent, until nobody is there to send more.

const terminal = { env: process.env, out: () => undefined, err: () => undefined };
const isLeft = once(process, 'disconnect');

/** An importer on a database that stays open until this process is left. */
function opened(job: ImportJob): Promise<LineImporter> {
  return new Promise((resolve, reject) => {
    withDatabase(
      terminal,
      async (pool) => {
        resolve(await importerOn(pool, terminal.env, job));
        await isLeft;
      },
      { connections: CONNECTIONS },
    ).catch(reject);
  });
}

function answer(what: ProcessAnswer): void {
  if (process.connected) process.send?.(what);
}

function fail(error: unknown): void {
  const { message, stack, code } = error as NodeJS.ErrnoException;
  answer({ failed: { message, stack, code } });
}

let importer: Promise<LineImporter> = Promise.reject(new Error('lines came before the job'));
importer.catch(() => undefined);

process.on('message', (told: ToldProcess) => {
  if ('job' in told) {
    importer = opened(told.job);
    importer.catch(fail);
  } else {
    const { number, lines } = told;
    importer.then((one) => one.take(lines)).then((done) => answer({ number, done }), fail);
  }
});
