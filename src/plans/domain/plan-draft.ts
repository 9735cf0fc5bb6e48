import type { ThingId } from '../../shared/ids.ts';
import { Problem, wrong } from '../../shared/problem.ts';
import { unknownReference } from '../problems.ts';
import { type Act, added, type Change } from './contribution.ts';
import type { Contribution, ContributionKind } from './model.ts';
import { handAfter, type PlanInHand } from './plan-in-hand.ts';

/** A name that items of one call give each other before they have keys. */
export type Ref = string;

/** The keys of one list of a call: by place, and by the name an item was given. */
export interface Keys {
  readonly ids: readonly ThingId[];
  /** @throws unknown-reference (422) naming `field` */
  readonly find: (ref: Ref, field: string) => ThingId;
}

function badRef(field: string, sv: string, en: string): Problem {
  return unknownReference({ invalidParameters: [wrong(field, sv, en)] });
}

/** Gives every item of a list its key before any is made, so that they can name each other in any order. */
export function keysFor(items: readonly { readonly ref?: Ref }[], field: string, act: Act): Keys {
  const ids = items.map(() => act.newId());
  const byRef = new Map<Ref, ThingId>();
  items.forEach(({ ref }, i) => {
    if (ref === undefined) return;
    if (byRef.has(ref)) throw badRef(`${field}[${i}].ref`, 'Namnet används två gånger', 'The name is used twice');
    byRef.set(ref, ids[i]!);
  });
  const find = (ref: Ref, at: string): ThingId => {
    const id = byRef.get(ref);
    if (id === undefined) throw badRef(at, 'Finns inte i anropet', 'Is not in the call');
    return id;
  };
  return { ids, find };
}

/** The same refusal with its fields named by their place in the whole command. */
export function placed(error: unknown, path: string): unknown {
  if (!(error instanceof Problem)) return error;
  const invalidParameters = error.particulars.invalidParameters?.map((one) => ({
    ...one,
    name: `${path}.${one.name}`,
  }));
  return new Problem(error.definition, { ...error.particulars, invalidParameters });
}

/** A plan under construction: each item is added to what those before it have made. */
export class PlanDraft {
  #hand: PlanInHand;
  readonly #made: { readonly kind: ContributionKind; readonly id: ThingId }[];

  constructor(hand: PlanInHand) {
    this.#hand = hand;
    this.#made = [{ kind: 'plan', id: hand.plan.id }];
  }

  get hand(): PlanInHand {
    return this.#hand;
  }

  /** Adds what the rule makes; a refusal names its fields under `path`. */
  add(path: string, rule: (hand: PlanInHand) => readonly Change[]): void {
    try {
      const changes = rule(this.#hand);
      for (const { kind, before, after } of changes) if (!before) this.#made.push({ kind, id: after.id });
      this.#hand = handAfter(this.#hand, changes);
    } catch (error) {
      throw placed(error, path);
    }
  }

  /** Adds each item of a list of the command. */
  each<T>(
    field: string,
    items: readonly T[] | undefined,
    rule: (hand: PlanInHand, item: T, index: number) => readonly Change[],
  ): void {
    items?.forEach((item, i) => {
      this.add(`${field}[${i}]`, (hand) => rule(hand, item, i));
    });
  }

  /** All that is new, as it ended up: what one item changed of another in the same call makes no revision of its own. */
  changes(): Change[] {
    return this.#made.map(({ kind, id }) => {
      const things: readonly Contribution[] = this.#hand.content[kind];
      const thing = things.find((one) => one.id === id)!;
      return added(kind, { ...thing, revision: 1 });
    });
  }
}
