import type { ContributionFacts, Facts } from '../../access/index.ts';
import type { Actor } from '../../shared/actor.ts';
import type { ThingId } from '../../shared/ids.ts';
import type { Contribution, ContributionKind } from '../domain/model.ts';
import type { PlanRecord } from '../store/record.ts';
import { KINDS } from '../store/tables.ts';
import { contributionFactsIn, factsOf, planOf } from './facts.ts';

/** One plan as the policy is asked about it: its facts, and those of everything in it. */
export interface PlanInQuestion {
  readonly planId: ThingId;
  readonly facts: Facts & { readonly now: number };
  readonly contributions: readonly ContributionFacts[];
}

/** Every plan of a record as the policy takes it, for questions that are about the person and not about one plan. */
export function plansInQuestion(record: PlanRecord, actor: Actor): readonly PlanInQuestion[] {
  const factsFor = contributionFactsIn(record);
  const byPlan = new Map<ThingId, ContributionFacts[]>(record.content.plan.map(({ id }) => [id, []]));
  for (const kind of KINDS as readonly ContributionKind[]) {
    for (const thing of record.content[kind] as readonly Contribution[]) {
      byPlan.get(planOf(thing))?.push(factsFor(kind, thing));
    }
  }
  return [...byPlan].map(([planId, contributions]) => ({
    planId,
    facts: { ...factsOf(record, actor, planId), now: record.now },
    contributions,
  }));
}
