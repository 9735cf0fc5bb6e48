import { readFileSync } from 'node:fs';
import { startOfDay } from '../../src/shared/swedish-time.ts';
import type { Ask, Outcome } from './ask.ts';
import { birthday } from './make-times.ts';
import { bornOn } from './people.ts';
import type { World } from './world.ts';

/** Reasons of the closed list that no request can meet yet, each with why. */
export const OUT_OF_REACH: ReadonlyMap<string, string> = new Map([
  ['search-ban', 'no door searches persons across patients'],
]);

/** The closed list of reasons, as the policy table prints it. */
export function closedList(): string[] {
  const table = readFileSync(new URL('../../docs/policy-table.md', import.meta.url), 'utf8');
  const section = table.split('## Skäl till nej')[1]!.split('\n## ')[0]!;
  return [...section.matchAll(/^\| ([a-z][a-z-]+) \|/gm)].map(([, code]) => code!);
}

/** What a run has touched, so that one that tried too little says so. */
export class Coverage {
  requests = 0;
  grants = 0;
  partial = 0;
  readonly reasons = new Map<string, number>();
  readonly acts = new Map<string, number>();
  readonly boundaries = new Map<string, number>();

  note(world: World, ask: Ask, outcome: Outcome): void {
    this.requests++;
    if (outcome.isGrant) this.grants++;
    if (outcome.isPartial) this.partial++;
    for (const reason of outcome.reasons) raise(this.reasons, reason);
    for (const [action, how] of outcome.acts) raise(this.acts, `${action}: ${how}`);
    const side = ask.at < world.pivot ? 'before' : 'at';
    for (const boundary of boundariesAt(world)) raise(this.boundaries, `${boundary}, ${side}`);
  }
}

const OF_REASONS = 50;
const OF_ACTS = 20;
const OF_BOUNDARIES = 20;

/** What has been tried too seldom, and how often. */
export interface Lacks {
  readonly reasons: readonly string[];
  readonly acts: readonly string[];
  readonly boundaries: readonly string[];
}

export function lacksOf({ reasons, acts, boundaries }: Coverage): Lacks {
  const rare = (names: Iterable<string>, counts: ReadonlyMap<string, number>, least: number) =>
    [...names].flatMap((name) => ((counts.get(name) ?? 0) < least ? `${name} ${counts.get(name) ?? 0}` : []));
  const sides = BOUNDARIES.flatMap((boundary) => [`${boundary}, before`, `${boundary}, at`]);
  return {
    reasons: rare(
      closedList().filter((reason) => !OUT_OF_REACH.has(reason)),
      reasons,
      OF_REASONS,
    ),
    acts: rare(acts.keys(), acts, OF_ACTS),
    boundaries: rare(sides, boundaries, OF_BOUNDARIES),
  };
}

function raise(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

const BIRTHDAYS = [13, 16, 18];

/** What begins, ends or turns exactly at a world's pivot. */
function boundariesAt(world: World): string[] {
  const { pivot } = world;
  const born = bornOn(world.patient.name);
  const is = (at: number | undefined) => at === pivot;
  const found: (string | false)[] = [
    ...BIRTHDAYS.map((years) => is(startOfDay(birthday(born, years))) && `birthday ${years}`),
    world.consents.some(({ until }) => is(until)) && 'consent ends',
    world.consents.some(({ from }) => is(from)) && 'consent begins',
    world.blocks.some(({ from }) => is(from)) && 'block begins',
    world.blocks.some(({ until }) => is(until)) && 'block ends',
    world.relations.some(({ until }) => is(until)) && 'relation ends',
    world.told.some(({ at }) => is(at)) && 'information is given',
    world.emergencies.some(({ until }) => is(until)) && 'emergency ends',
  ];
  return found.filter((one) => one !== false);
}

export const BOUNDARIES = [
  ...BIRTHDAYS.map((years) => `birthday ${years}`),
  ...['consent ends', 'consent begins', 'block begins', 'block ends', 'relation ends', 'information is given'],
  'emergency ends',
];
