import { type Ask, askAndJudge, type Outcome } from './ask.ts';
import { Dice } from './dice.ts';
import { makeWorld } from './make-world.ts';
import {
  type Asking,
  citizen,
  NUMBERS,
  ORDINARY_STAFF,
  PATIENTS,
  type PatientName,
  SPECIAL_STAFF,
  SYSTEMS,
} from './people.ts';
import type { OracleService } from './service.ts';
import type { World } from './world.ts';

/** A request whose answer is not what the law says. */
export interface Difference {
  readonly world: World;
  readonly ask: Ask;
  readonly differences: readonly string[];
}

/** Who is near a world's plans is asked for always; others now and then. */
function askersOf(world: World, dice: Dice): Asking[] {
  const near = new Set(
    world.plans.flatMap(({ creator, lead, things }) => [
      creator,
      lead,
      ...things.flatMap(({ owner, party }) => [
        owner,
        ...(typeof party === 'object' && 'unit' in party ? [party.unit] : []),
      ]),
    ]),
  );
  const related = new Set(world.related.map(({ who }) => who));
  const isNear = (asking: Asking) =>
    asking.kind === 'staff'
      ? near.has(asking.unit)
      : asking.kind === 'system'
        ? true
        : related.has(asking.id) || asking.id === world.patient.name;
  const all: readonly Asking[] = [
    ...ORDINARY_STAFF,
    ...SPECIAL_STAFF,
    ...SYSTEMS,
    ...(Object.keys(NUMBERS) as (keyof typeof NUMBERS)[]).map(citizen),
  ];
  return all.filter((asking) => dice.chance(isNear(asking) ? 1 : 0.3));
}

const PERSON = [
  'information.record',
  'care-relation.register',
  'block.set',
  'guardian-block.set',
  'log.extract',
  'emergency.open',
] as const;

function whatFor(dice: Dice, { kind }: Asking): Ask['what'] {
  if (kind === 'system')
    return dice.weighted([
      [5, 'plan'],
      [2, 'history'],
      [2, 'allowed-actions'],
    ] as const);
  const reading = [
    [9, 'plan'],
    [2, 'history'],
    [3, 'allowed-actions'],
    [2, 'list'],
  ] as const;
  if (kind === 'citizen') return dice.weighted([...reading, [3, 'overview'], [1, 'block.set']] as const);
  return dice.weighted([...reading, [1, 'change'], [2, 'existence'], [2, dice.pick(PERSON)]] as const);
}

/** The requests of one world, each just before the pivot and at it. */
export function asksFor(world: World): Ask[] {
  const dice = new Dice(world.seed ^ 0x5eed);
  return askersOf(world, dice).flatMap((asking) => {
    const plan = dice.pick(world.plans).id;
    const what = whatFor(dice, asking);
    return [world.pivot - 1, world.pivot].map((at) => ({ what, asking, at, plan }));
  });
}

export interface RunOptions {
  readonly seed: number;
  readonly requests: number;
  readonly onOutcome: (world: World, ask: Ask, outcome: Outcome) => void;
}

/** Worlds in lanes beside each other, one for each person, until as many requests as wanted have been sent. */
export async function runOracle(
  service: OracleService,
  { seed, requests, onOutcome }: RunOptions,
): Promise<Difference[]> {
  const found: Difference[] = [];
  let sent = 0;
  let next = 0;
  const lane = async (name: PatientName) => {
    while (sent < requests && found.length < 50) {
      const world = makeWorld((Math.imul(seed, 7919) + next++) >>> 0, name);
      const asks = asksFor(world);
      sent += asks.length;
      await service.put(world);
      await eachOf(asks, 6, async (ask) => {
        const outcome = await askAndJudge(service, world, ask);
        onOutcome(world, ask, outcome);
        if (outcome.differences.length > 0) found.push({ world, ask, differences: outcome.differences });
      });
      await service.take(world);
    }
  };
  await Promise.all(PATIENTS.map(lane));
  return found;
}

async function eachOf<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
