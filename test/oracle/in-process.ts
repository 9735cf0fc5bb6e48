import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Order, Result } from './process.ts';

const HERE = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Runs an order of the oracle in a process of its own: the tests' loader makes every call between modules dear, and two
 * processes use two processors.
 *
 * @param folder the tree whose service and oracle are run
 * @throws Error with what the process said when it ended without a result
 */
export async function runInProcess(order: Order, folder = HERE): Promise<Result> {
  const child = fork(join(folder, 'test/oracle/process.ts'), {
    cwd: folder,
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr!.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const results: Result[] = [];
  child.on('message', (result) => results.push(result as Result));
  child.send(order);
  await once(child, 'close');
  if (results.length === 0) throw new Error(`the oracle's process ended without a result: ${said}`);
  return results[0]!;
}
