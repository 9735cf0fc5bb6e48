import { type Ask, askAndJudge, type Outcome, WRITES } from './ask.ts';
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

/** What those with a right of its own are there for. */
const OFFICES: readonly (readonly [profile: string, whats: readonly Ask['what'][]])[] = [
  ['blocks', ['block.set', 'block.set', 'block.set of another']],
  ['log', ['log.extract']],
  ['plans', ['guardian-block.set']],
];

const READING = [
  [9, 'plan'],
  [2, 'history'],
  [3, 'allowed-actions'],
  [2, 'list'],
] as const;

function whatFor(dice: Dice, { kind, id }: Asking, world: World): Ask['what'] {
  if (kind === 'system')
    return dice.weighted([
      [5, 'plan'],
      [2, 'history'],
      [2, 'allowed-actions'],
    ] as const);
  if (kind === 'citizen') return dice.weighted([...READING, [3, 'overview'], [3, 'block.set']] as const);
  const [, office] = OFFICES.find(([profile]) => id.endsWith(profile)) ?? [];
  if (office && dice.chance(0.6)) return dice.pick(office);
  const isInEmergency = world.emergencies.some(({ staff }) => id === `${staff.slice(-4, -1)}full`);
  if (isInEmergency && dice.chance(0.3)) return 'emergency.close';
  if (kind === 'staff' && id === `${world.relations[0]?.unit.slice(-3)}full` && dice.chance(0.12))
    return 'care-relation.end';
  const isSocial = kind === 'staff' && /^X[OM]/.test(id);
  // Social care's way has reasons of its own, and fewer units: they are asked for more often.
  if (isSocial)
    return dice.weighted([
      [14, 'plan'],
      [2, 'allowed-actions'],
      [1, 'history'],
      [1, 'existence'],
      [1, 'emergency.open'],
      [2, dice.pick(WRITES)],
    ] as const);
  return dice.weighted([...READING, [2, 'existence'], [4, dice.pick(WRITES)]] as const);
}

/** The requests of one world, each just before the pivot and at it. */
export function asksFor(world: World): Ask[] {
  const dice = new Dice(world.seed ^ 0x5eed);
  return askersOf(world, dice).flatMap((asking) => {
    const plan = dice.pick(world.plans).id;
    const what = whatFor(dice, asking, world);
    return [world.pivot - 1, world.pivot].map((at) => ({ what, asking, at, plan }));
  });
}

export interface RunOptions {
  readonly seed: number;
  readonly requests: number;
  /** How many differences are enough. */
  readonly stopAt: number;
  readonly onOutcome: (world: World, ask: Ask, outcome: Outcome) => void;
}

/** Worlds in lanes beside each other, one for each person, until as many requests as wanted have been sent. */
export async function runOracle(
  service: OracleService,
  { seed, requests, stopAt, onOutcome }: RunOptions,
): Promise<Difference[]> {
  const found: Difference[] = [];
  let sent = 0;
  let next = 0;
  const lane = async (name: PatientName) => {
    while (sent < requests && found.length < stopAt) {
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
