import { type Relation, readerOf, relationTo, withoutProtectedStaff } from '../../access/index.ts';
import type { Actor } from '../../shared/actor.ts';
import type { ThingId } from '../../shared/ids.ts';
import type { Contribution, ContributionKind } from '../domain/model.ts';
import type { PlanRecord } from '../store/record.ts';
import { KINDS } from '../store/tables.ts';
import { contributionFactsIn, factsOf, planOf } from './facts.ts';
import { asSeen, protectedIn, type VisiblePlan, visiblePlan } from './visible.ts';

/** Kinds that are shown by what else of the plan is: the header may be a stub, and a version names its visible parts. */
const BY_OTHERS: ReadonlySet<ContributionKind> = new Set<ContributionKind>(['plan', 'agreement-version']);

/**
 * One plan as one reader may see it, judged no further than what is asked: a change of one step is about that step, and
 * judging all that stands beside it, twice, was a fifth of what a change cost. What it shows is what {@link visiblePlan}
 * shows, thing by thing.
 */
export class PlanInSight {
  readonly relation: Relation;
  readonly #record: PlanRecord;
  readonly #actor: Actor;
  readonly #planId: ThingId;
  readonly #shown: (kind: ContributionKind, thing: Contribution) => Contribution | undefined;
  #whole: VisiblePlan | undefined;

  constructor(record: PlanRecord, actor: Actor, planId: ThingId, relation: Relation, read: Reader) {
    this.relation = relation;
    this.#record = record;
    this.#actor = actor;
    this.#planId = planId;
    const factsFor = contributionFactsIn(record);
    this.#shown = (kind, thing) => asSeen(record, read(factsFor(kind, thing)), kind, thing);
  }

  /** One thing of the plan as it is shown; undefined when it is not there, is in another plan, or nothing of it is shown. */
  thing(kind: ContributionKind, id: ThingId): Contribution | undefined {
    if (BY_OTHERS.has(kind))
      return (this.whole().content[kind] as readonly Contribution[]).find((one) => one.id === id);
    const things: readonly Contribution[] = this.#record.content[kind];
    const own = things.find((thing) => thing.id === id && planOf(thing) === this.#planId);
    const seen = own && this.#shown(kind, own);
    return seen && withoutProtectedStaff(seen, protectedIn(this.#record));
  }

  /** All of the plan that is shown. */
  whole(): VisiblePlan {
    this.#whole ??= visiblePlan(this.#record, this.#actor, this.#planId);
    if (!this.#whole) throw new Error('a plan in sight is not to be seen');
    return this.#whole;
  }

  /** Whether anything is shown by which the reader may know of the plan: its header, and for others than citizens any of it. */
  isThere(header: Contribution): boolean {
    if (this.#shown('plan', header)) return true;
    if (this.#actor.kind === 'citizen') return false;
    return KINDS.some((kind) =>
      this.#record.content[kind].some((thing) => planOf(thing) === this.#planId && this.#shown(kind, thing)),
    );
  }
}

type Reader = ReturnType<typeof readerOf>;

/** One plan as the actor may see it, to be asked about thing by thing; undefined when it does not exist for them. */
export function planInSight(record: PlanRecord, actor: Actor, planId: ThingId): PlanInSight | undefined {
  const header = record.content.plan.find((plan) => plan.id === planId);
  if (!header) return undefined;
  const facts = factsOf(record, actor, planId);
  const relation = relationTo(facts.plan!, actor, facts);
  if (!relation) return undefined;
  const plan = new PlanInSight(record, actor, planId, relation, readerOf(actor, facts));
  return plan.isThere(header) ? plan : undefined;
}
