import type { Actor } from '../shared/actor.ts';
import type { Action } from './actions.ts';
import type { Relation } from './policy/relation.ts';

declare const proof: unique symbol;

/**
 * Proof that the policy allowed this action, for this actor. Made only by the guard; whatever gives out or changes
 * data takes one, so that a forgotten check does not compile.
 */
export interface Grant<A extends Action = Action> {
  readonly [proof]: A;
  readonly action: A;
  readonly actor: Actor;
  readonly relation: Relation | 'none';
}

/** A record that has been read but not yet judged: nobody can look inside without a grant. */
export class Sealed<R> {
  readonly #content: R;

  constructor(content: R) {
    this.#content = content;
  }

  /** For the policy's own facts only: what is derived must not hold content. */
  facts<F>(derive: (content: R) => F): F {
    return derive(this.#content);
  }

  /** The whole record, for the one who holds proof. What may be *shown* is filtered by relation afterwards. */
  open(_proof: Grant): R {
    return this.#content;
  }
}
