import { readerOf, withoutProtectedStaff } from '../../access/index.ts';
import type { Actor } from '../../shared/actor.ts';
import type { Commitment, Contribution, Step } from '../domain/model.ts';
import type { PlanRecord } from '../store/record.ts';
import { contributionFactsIn, factsOf } from './facts.ts';
import { forReader } from './visible.ts';

export interface OwnThings {
  readonly steps: readonly Step[];
  readonly commitments: readonly Commitment[];
}

/**
 * The steps and promises that a relative has said yes to, in whatever plans they stand: never the plans, nor what comes
 * before or after their own (docs/domain.md 4, "Self-care").
 */
export function ownThings(record: PlanRecord, actor: Actor): OwnThings {
  const read = readerOf(actor, factsOf(record, actor));
  const factsFor = contributionFactsIn(record);
  const seen = <K extends 'step' | 'commitment', T extends Contribution>(kind: K, things: readonly T[]): T[] =>
    things.flatMap((thing) => {
      const sight = read(factsFor(kind, thing));
      return sight.shown === 'nothing' || sight.asOf !== undefined ? [] : [forReader(sight, kind, thing) as T];
    });
  const steps = seen('step', record.content.step);
  const own = new Set(steps.map(({ id }) => id));
  const told = {
    steps: steps.map((step) => ({ ...step, predecessors: step.predecessors.filter((id) => own.has(id)) })),
    commitments: seen('commitment', record.content.commitment),
  };
  return withoutProtectedStaff(told, record.law.protectedStaff ?? new Set());
}
