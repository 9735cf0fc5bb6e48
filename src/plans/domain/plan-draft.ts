import type { ThingId } from '../../shared/ids.ts';
import { Problem, wrong } from '../../shared/problem.ts';
import { unknownReference } from '../problems.ts';
import { type Act, added, type Change } from './contribution.ts';
import type { Contribution, ContributionKind, PlanContent } from './model.ts';
import { type PlanInHand, place } from './plan-in-hand.ts';

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

/** A plan under construction: each item is added to what those before it have made, in lists of the draft's own. */
export class PlanDraft {
  /** For one rule at a time: what is added later is in the same lists. */
  readonly hand: PlanInHand;
  readonly #lists: Record<ContributionKind, Contribution[]>;
  readonly #made: { readonly kind: ContributionKind; readonly at: number }[] = [];

  /** @param content all plans of the person before this one */
  constructor({ plan, units, content }: PlanInHand) {
    const lists = Object.entries(content).map(([kind, things]) => [kind, [...things]]);
    this.#lists = Object.fromEntries(lists) as Record<ContributionKind, Contribution[]>;
    this.hand = { plan, units, content: this.#lists as unknown as PlanContent };
    this.#take(added('plan', plan));
  }

  /** Adds what the rule makes; a refusal names its fields under the place in the command. */
  add(field: string, rule: (hand: PlanInHand) => readonly Change[], index?: number): void {
    try {
      for (const change of rule(this.hand)) this.#take(change);
    } catch (error) {
      throw placed(error, index === undefined ? field : `${field}[${index}]`);
    }
  }

  /** Adds each item of a list of the command. */
  each<T>(
    field: string,
    items: readonly T[] | undefined,
    rule: (hand: PlanInHand, item: T, index: number) => readonly Change[],
  ): void {
    items?.forEach((item, i) => {
      this.add(field, (hand) => rule(hand, item, i), i);
    });
  }

  #take({ kind, before, after }: Change): void {
    const things = this.#lists[kind];
    if (before) place(things, after);
    else this.#made.push({ kind, at: things.push(after) - 1 });
  }

  /** All that is new, as it ended up: what one item changed of another in the same call makes no revision of its own. */
  changes(): Change[] {
    return this.#made.map(({ kind, at }) => {
      const thing = this.#lists[kind][at]!;
      return added(kind, thing.revision === 1 ? thing : { ...thing, revision: 1 });
    });
  }
}
