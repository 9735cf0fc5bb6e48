import type { Ask } from './ask.ts';
import { asksFor, asksOf, PAIRS } from './asks.ts';
import { boundariesAt, type Coverage } from './coverage.ts';
import type { Settings } from './law/question.ts';
import { lawOf } from './lawful.ts';
import { makeWorld } from './make-world.ts';
import { PATIENTS, type PatientName } from './people.ts';
import type { World } from './world.ts';

/** One world, and what is asked about it. */
export interface Errand {
  readonly world: World;
  readonly asks: readonly Ask[];
}

/** Worlds looked through for what chance has left out: then the run says what it has not tried. */
const MOST_LOOKED_THROUGH = 1000;
/** So many in a row that hold nothing of it: there may be none. */
const MOST_IN_VAIN = 150;
/** Of one world at most so many for one run's lacks: there are others. */
const MOST_OF_ONE = 60;
/** What the law says of a request takes a moment to find out. */
const MOST_LOOKED_AT = 150;
/** A boundary is met by anybody's asking on both sides of it. */
const OF_A_BOUNDARY = 6;

/**
 * Everything that a run asks, decided before anything is answered: what a request touches is the law's to say, and so the
 * same seed always asks the same. First worlds as chance makes them; then, for as long as something has been tried too
 * seldom, worlds are looked through for it and only that is asked.
 */
export class Course {
  readonly #ready = new Map<PatientName, Errand[]>(PATIENTS.map((name) => [name, []]));
  readonly #seed: number;
  readonly #requests: number;
  readonly #settings: Settings;
  readonly #coverage: Coverage;
  #made = 0;
  #planned = 0;
  #lookedThrough = 0;
  #inVain = 0;

  constructor(seed: number, requests: number, settings: Settings, coverage: Coverage) {
    this.#seed = seed;
    this.#requests = requests;
    this.#settings = settings;
    this.#coverage = coverage;
  }

  /** The next world about a person; undefined when there is no more to ask. */
  next(name: PatientName): Errand | undefined {
    const ready = this.#ready.get(name)!;
    while (ready.length === 0 && this.#make());
    return ready.shift();
  }

  /** Makes one more errand, of whichever person; false when there is none to make. */
  #make(): boolean {
    const isByChance = this.#planned < this.#requests;
    if (!isByChance && !this.#looksFurther()) return false;
    const name = PATIENTS[this.#made % PATIENTS.length]!;
    const world = makeWorld((Math.imul(this.#seed, 7919) + this.#made++) >>> 0, name);
    const asks = isByChance ? asksFor(world) : this.#lackingIn(world);
    if (isByChance) for (const ask of asks) this.#note(world, ask);
    this.#planned += asks.length;
    this.#inVain = asks.length > 0 ? 0 : this.#inVain + 1;
    if (asks.length > 0) this.#ready.get(name)!.push({ world, asks });
    return true;
  }

  #looksFurther(): boolean {
    return (
      this.#coverage.isSteered &&
      this.#lookedThrough++ < MOST_LOOKED_THROUGH &&
      this.#inVain < MOST_IN_VAIN &&
      this.#coverage.lacks(this.#settings).length > 0
    );
  }

  #note(world: World, ask: Ask): void {
    this.#coverage.note(world, ask, this.#lawOf(world, ask));
  }

  #lawOf(world: World, ask: Ask) {
    const plan = world.plans.find(({ id }) => id === ask.plan)!;
    return lawOf({ world, asking: ask.asking, now: ask.at, settings: this.#settings }, ask, plan);
  }

  #lackingIn(world: World): Ask[] {
    const asks: Ask[] = [];
    const boundaries = boundariesAt(world);
    const isAtBoundary = boundaries.some((boundary) => this.#coverage.lacksBoundary(boundary));
    const pairs = this.#coverage.worthTrying(PAIRS, this.#settings);
    // From another place each time, so that who stands last is asked too.
    const from = (this.#lookedThrough * 37) % Math.max(pairs.length, 1);
    let looked = 0;
    for (const ask of asksOf(world, [...pairs.slice(from), ...pairs.slice(0, from)])) {
      if (asks.length >= MOST_OF_ONE || looked++ >= MOST_LOOKED_AT) break;
      const law = this.#lawOf(world, ask);
      if (!(isAtBoundary && asks.length < OF_A_BOUNDARY) && !this.#coverage.isLackedBy(law)) continue;
      asks.push(ask);
      this.#coverage.note(world, ask, law);
    }
    return asks;
  }
}
