import { Coverage, type Touched } from './coverage.ts';
import type { Settings } from './law/question.ts';
import { runOracle } from './run.ts';
import { type OracleDatabase, startOracleService } from './service.ts';
import { tell } from './told.ts';

/*
 * The oracle in a process of its own, next to the tests' own loader: it is told what to run by its parent, and tells what
 * it has found.
 */

/** One service with its law's choices, and how much it is asked. */
export interface Part {
  readonly database: OracleDatabase;
  readonly law?: Partial<Settings>;
  readonly seed: number;
  readonly requests: number;
}

export interface Order {
  readonly parts: readonly Part[];
  readonly stopAt: number;
  /** How many differences are told as stories. */
  readonly stories: number;
  /** Whether it goes on until it has tried enough of everything. */
  readonly isSteered: boolean;
}

export interface Result {
  readonly touched: Touched;
  readonly differences: number;
  /** Requests answered until the first difference, or all. */
  readonly answered: number;
  readonly stories: readonly string[];
}

async function run({ parts, stopAt, stories, isSteered }: Order): Promise<Result> {
  const told: string[] = [];
  let differences = 0;
  let answered = 0;
  const coverage = new Coverage(isSteered);
  for (const { database, law, seed, requests } of parts) {
    const service = await startOracleService(database, law);
    const found = await runOracle(service, { seed, requests, stopAt, coverage });
    differences += found.differences.length;
    answered += found.answered;
    for (const difference of found.differences.slice(0, stories)) told.push(await tell(service, difference));
    await service.close();
    if (differences > 0) break;
  }
  return { touched: coverage.touched, differences, answered, stories: told };
}

// Whoever gave the order has gone: nobody waits for the result.
process.once('disconnect', () => process.exit());
process.once('message', (order: Order) => {
  run(order).then(
    (result) => process.send!(result, () => process.disconnect()),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    },
  );
});
