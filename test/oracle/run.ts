import { type Ask, askAndCompare } from './ask.ts';
import { Course } from './course.ts';
import type { Coverage } from './coverage.ts';
import { PATIENTS, type PatientName } from './people.ts';
import type { OracleService } from './service.ts';
import type { World } from './world.ts';

/** A request whose answer is not what the law says. */
export interface Difference {
  readonly world: World;
  readonly ask: Ask;
  readonly differences: readonly string[];
}

export interface RunOptions {
  readonly seed: number;
  readonly requests: number;
  /** How many differences are enough. */
  readonly stopAt: number;
  /** What has been tried already, and is to be tried until it is enough. */
  readonly coverage: Coverage;
}

export interface Found {
  readonly differences: readonly Difference[];
  /** How many requests were answered before the first difference. */
  readonly answered: number;
}

/** How many ask about one world at the same time. */
const AT_ONCE = 8;

/** Worlds in lanes beside each other, one for each person, until the course is run or enough has been found. */
export async function runOracle(service: OracleService, options: RunOptions): Promise<Found> {
  const course = new Course(options.seed, options.requests, service.settings, options.coverage);
  const found: Difference[] = [];
  let answered = 0;
  const isEnough = () => found.length >= options.stopAt;
  const lane = async (name: PatientName) => {
    for (let errand = course.next(name); errand && !isEnough(); errand = course.next(name)) {
      const { world, asks } = errand;
      await service.put(world);
      await eachOf(asks, AT_ONCE, async (ask) => {
        if (isEnough()) return;
        const differences = await askAndCompare(service, world, ask);
        if (found.length === 0) answered++;
        if (differences.length > 0) found.push({ world, ask, differences });
      });
      await service.take(world);
    }
  };
  await Promise.all(PATIENTS.map(lane));
  return { differences: found, answered };
}

async function eachOf<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
