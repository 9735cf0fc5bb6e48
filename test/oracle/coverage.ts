import { readFileSync } from 'node:fs';
import { startOfDay } from '../../src/shared/swedish-time.ts';
import type { Ask } from './ask.ts';
import type { Settings } from './law/question.ts';
import type { Lawful } from './lawful.ts';
import { birthday } from './make-times.ts';
import { type Asking, bornOn } from './people.ts';
import type { World } from './world.ts';

/** The closed list of reasons, as the policy table prints it. */
function closedList(): string[] {
  const table = readFileSync(new URL('../../docs/policy-table.md', import.meta.url), 'utf8');
  const section = table.split('## Skäl till nej')[1]!.split('\n## ')[0]!;
  return [...section.matchAll(/^\| ([a-z][a-z-]+) \|/gm)].map(([, code]) => code!);
}

const BIRTHDAYS = [13, 16, 18];
const BOUNDARIES = [
  ...BIRTHDAYS.map((years) => `birthday ${years}`),
  ...['consent ends', 'consent begins', 'block begins', 'block ends', 'relation ends', 'information is given'],
  'emergency ends',
];

const SIDES = ['before', 'at'] as const;

/** How often each reason must have been met, and each outcome of each act, and each boundary from each side. */
const LEAST = { reason: 50, act: 20, boundary: 20 } as const;

/** Who asks for what. */
export type Pair = Pick<Ask, 'what' | 'asking'>;

/** What a run has touched, so that one that tried too little says so. */
export interface Touched {
  readonly requests: number;
  readonly grants: number;
  readonly partial: number;
  /** `reason: …`, `act: …` and `boundary: …`, each with how often. */
  readonly counts: readonly (readonly [string, number])[];
}

export class Coverage {
  readonly isSteered: boolean;
  #requests = 0;
  #grants = 0;
  #partial = 0;
  readonly #counts = new Map<string, number>();
  readonly #metBy = new Map<string, Set<string>>();

  /** @param isSteered whether a run goes on until it has tried enough of everything */
  constructor(isSteered: boolean) {
    this.isSteered = isSteered;
    for (const reason of closedList()) this.#counts.set(`reason: ${reason}`, 0);
    for (const boundary of BOUNDARIES) for (const side of SIDES) this.#counts.set(`boundary: ${boundary}, ${side}`, 0);
  }

  note(world: World, ask: Ask, { acts, reasons, isGrant, isPartial }: Lawful): void {
    this.#requests++;
    if (isGrant) this.#grants++;
    if (isPartial) this.#partial++;
    // What the law lets be seen has words of its own, which are no reasons to refuse.
    for (const reason of reasons) if (this.#counts.has(`reason: ${reason}`)) this.#raise(`reason: ${reason}`, ask);
    for (const [action, how] of acts) this.#raise(actName(action, how), ask);
    for (const boundary of boundariesAt(world)) this.#raise(boundaryName(boundary, ask, world), ask);
  }

  get touched(): Touched {
    return { requests: this.#requests, grants: this.#grants, partial: this.#partial, counts: [...this.#counts] };
  }

  /** Names of what has been tried too seldom, and can be tried with these choices of the law. */
  lacks(settings: Settings): string[] {
    const isOut = outOfReach(settings);
    return [...this.#counts].flatMap(([name, count]) => (isTooFew(name, count) && !isOut.has(name) ? name : []));
  }

  lacksBoundary(boundary: string): boolean {
    return SIDES.some((side) => this.#isLacked(`boundary: ${boundary}, ${side}`));
  }

  isLackedBy({ acts, reasons }: Lawful): boolean {
    return (
      [...reasons].some((reason) => this.#isLacked(`reason: ${reason}`)) ||
      acts.some(([action, how]) => this.#isLacked(actName(action, how)))
    );
  }

  /** Who has met what is lacking by asking for what: the same may meet it again. All when nobody has met something. */
  worthTrying(pairs: readonly Pair[], settings: Settings): Pair[] {
    const met = this.lacks(settings).map((name) => this.#metBy.get(name));
    return pairs.filter(({ what, asking }) => met.some((by) => by?.has(pairOf(what, asking)) ?? true));
  }

  #isLacked(name: string): boolean {
    return isTooFew(name, this.#counts.get(name) ?? 0);
  }

  #raise(name: string, { what, asking }: Ask): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    const by = this.#metBy.get(name) ?? new Set();
    this.#metBy.set(name, by.add(pairOf(what, asking)));
  }
}

const pairOf = (what: string, { id }: Asking) => `${what} ${id}`;
const actName = (action: string, how: string) => `act: ${action}: ${how}`;
const boundaryName = (boundary: string, ask: Ask, world: World) =>
  `boundary: ${boundary}, ${ask.at < world.pivot ? 'before' : 'at'}`;

function isTooFew(name: string, count: number): boolean {
  return count < LEAST[name.split(': ')[0] as keyof typeof LEAST];
}

/** Reasons that nobody is given with these choices of the law. */
function outOfReach({ unsignedDelayHours, proxyMayRead, relativeSeesOwnSteps }: Settings): ReadonlySet<string> {
  return new Set([
    ...(unsignedDelayHours === 0 ? ['reason: unsigned'] : []),
    ...(proxyMayRead ? ['reason: proxy-not-allowed'] : []),
    ...(relativeSeesOwnSteps ? ['reason: relative-not-allowed'] : []),
  ]);
}

/** What is too seldom of everything that several runs have touched, with how often. */
export function lacksOf(counts: ReadonlyMap<string, number>): string[] {
  return [...counts].flatMap(([name, count]) => (isTooFew(name, count) ? `${name}: ${count}` : []));
}

/** What begins, ends or turns exactly at a world's pivot. */
export function boundariesAt(world: World): string[] {
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
